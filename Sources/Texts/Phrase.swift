// SPDX-License-Identifier: Apache-2.0

/// Words that are said in English where something is found, and told in the language of whoever reads.
///
/// Names and numbers stand apart from the words: `"expected \(5) services"` has the words
/// `expected {} services`, of which ``words`` has the Kazakh and the Russian. Words that nobody has
/// translated are told in English.
public struct Phrase: Sendable, Hashable, CustomStringConvertible {
    fileprivate enum Part: Sendable {
        case words(String)
        case value(String)
        case phrase(Phrase)
        case text(LocalizedText)
    }

    private var parts: [Part]

    /// The words, with `{}` in the place of each value.
    public var key: String {
        parts.map { if case .words(let words) = $0 { words } else { "{}" } }.joined()
    }

    /// In English.
    public var description: String { self[.en] }

    public subscript(language: Language) -> String {
        guard language != .en, let translation = translation?[language] else {
            return parts.map { Self.text($0, language) }.joined()
        }
        var values = parts.compactMap { part -> String? in
            if case .words = part { nil } else { Self.text(part, language) }
        }[...]
        // Values stand in their order in every language.
        var told = ""
        for (place, words) in translation.split(separator: "{}", omittingEmptySubsequences: false)
            .enumerated()
        {
            if place > 0 { told += values.popFirst() ?? "" }
            told += words
        }
        return told
    }

    /// In each language.
    public var text: LocalizedText { LocalizedText(kk: self[.kk], ru: self[.ru], en: self[.en]) }

    /// Whether its words, and those of the phrases within it, are there in every language.
    public var isTranslated: Bool {
        let isPlain = parts.allSatisfy {
            if case .words(let words) = $0 { words.allSatisfy { !$0.isLetter } } else { true }
        }
        return (isPlain || translation != nil)
            && parts.allSatisfy {
                if case .phrase(let inner) = $0 { inner.isTranslated } else { true }
            }
    }

    /// A sentence of a part of the program that speaks English alone: its numbers are values, the rest of it
    /// is words.
    ///
    /// ```swift
    /// Phrase(sentence: "visit 7 is there twice").key  // "visit {} is there twice"
    /// ```
    public init(sentence: String) {
        parts = []
        var rest = sentence[...]
        while let match = rest.firstMatch(of: /\b[0-9]+(?:\.[0-9]+)?\b/) {
            let words = rest[..<match.range.lowerBound]
            if !words.isEmpty { parts.append(.words(String(words))) }
            parts.append(.value(String(match.0)))
            rest = rest[match.range.upperBound...]
        }
        if !rest.isEmpty { parts.append(.words(String(rest))) }
    }

    /// What the system says of a failure, in the words of the C library: "No space left on device".
    public static func system(_ words: String) -> Phrase { Phrase(stringLiteral: words) }

    private var translation: LocalizedText? {
        Self.words[key].map { LocalizedText(kk: $0.kk, ru: $0.ru, en: key) }
    }

    private static func text(_ part: Part, _ language: Language) -> String {
        switch part {
        case .words(let text), .value(let text): text
        case .phrase(let phrase): phrase[language]
        case .text(let text): text[language]
        }
    }

    /// The same words, in English, whichever of them were values.
    public static func == (a: Phrase, b: Phrase) -> Bool { a.description == b.description }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }

    public static func + (a: Phrase, b: Phrase) -> Phrase {
        var sum = a
        for part in b.parts {
            if case .words(let more) = part, case .words(let words)? = sum.parts.last {
                sum.parts[sum.parts.count - 1] = .words(words + more)
            } else {
                sum.parts.append(part)
            }
        }
        return sum
    }
}

extension Phrase: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { parts = [.words(value)] }

    public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.words(literal)) }
        }

        /// A name, a number: the same in every language.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            parts.append(.value(value.description))
        }

        public mutating func appendInterpolation(_ phrase: Phrase) {
            parts.append(.phrase(phrase))
        }

        /// What is there in each language already.
        public mutating func appendInterpolation(_ text: LocalizedText) {
            parts.append(.text(text))
        }
    }
}

extension Sequence where Element == Phrase {
    /// The phrases with a text between each and the next.
    public func joined(separator: String) -> Phrase {
        var sum: Phrase = ""
        for (place, phrase) in enumerated() {
            sum = place == 0 ? "\(phrase)" : "\(sum)\(separator)\(phrase)"
        }
        return sum
    }
}
