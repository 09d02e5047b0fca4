// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// A sentence that came from elsewhere in English, as a server's log or health has it, as the phrase of which
    /// it was made, so that it can be told in other languages; itself where it is none that is known.
    ///
    /// ```swift
    /// Phrase(recognising: "the disk that holds /srv/k.sqlite is full: make room on it")[.ru]
    /// ```
    ///
    /// Of several phrases that fit it is the one with most words of its own; its values are looked at in the
    /// same way, five deep at most: a file, its field, what it was to be, and what was expected.
    public init(recognising sentence: String) { self.init(recognising: sentence, depth: 5) }

    private init(recognising sentence: String, depth: Int) {
        self.init(sentence: sentence)
        guard !isTranslated, depth > 0 else { return }
        guard let (parts, values) = Self.form(of: sentence) else {
            // What is wrong with a file comes behind its name.
            guard let colon = sentence.firstRange(of: ": ") else { return }
            let rest = Phrase(
                recognising: String(sentence[colon.upperBound...]), depth: depth - 1)
            if rest.isTranslated { self = "\(sentence[..<colon.lowerBound]): \(rest)" }
            return
        }
        var told = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        for (place, part) in parts.enumerated() {
            told.appendLiteral(String(part))
            guard place < values.count else { continue }
            let value = String(values[place])
            let inner = Phrase(recognising: value, depth: depth - 1)
            if inner.isTranslated {
                told.appendInterpolation(inner)
            } else {
                told.appendInterpolation(value)
            }
        }
        self = Phrase(stringInterpolation: told)
    }

    /// The known words of which a sentence consists, and its values between them; nil if there are none.
    private static func form(of sentence: String) -> (parts: [Substring], values: [Substring])? {
        for words in recognised {
            if let values = values(in: sentence, words) { return (words, values) }
        }
        return nil
    }

    /// What is known with values in it, by what stands between these, most words first.
    ///
    /// Of what has hardly a word of its own nothing is recognised: it would fit anything.
    private static let recognised: [[Substring]] = words.keys.compactMap {
        key -> (own: Int, parts: [Substring])? in
        let parts = key.split(separator: "{}", omittingEmptySubsequences: false)
        let own = parts.reduce(0) { $0 + $1.count(where: \.isLetter) }
        return parts.count > 1 && own >= 8 ? (own, parts) : nil
    }.sorted { ($0.own, $0.parts.joined()) > ($1.own, $1.parts.joined()) }.map(\.parts)

    /// The values of a sentence between such parts; nil if it does not consist of them.
    ///
    /// Each value is as short as it can be, and not empty.
    private static func values(in sentence: String, _ parts: [Substring]) -> [Substring]? {
        guard let first = parts.first, let last = parts.last, sentence.hasPrefix(first),
            sentence.hasSuffix(last)
        else { return nil }
        var values: [Substring] = []
        var rest = sentence[...].dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.dropFirst().firstRange(of: part) else { return nil }
            values.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        guard rest.count > last.count else { return nil }
        return values + [rest.dropLast(last.count)]
    }
}
