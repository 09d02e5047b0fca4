// SPDX-License-Identifier: Apache-2.0

public import Texts

/// A rule as a person cites it: the act, the annex, the row and the item, as far as they are known,
/// and last the id that the data have for it.
public struct Citation: Hashable, Sendable, CustomStringConvertible {
    public let rule: RuleID
    /// From the act down to the item; empty where nobody says in which act the rule stands.
    public let parts: [String]

    public init(_ rule: RuleID, parts: [String]) {
        self.rule = rule
        self.parts = parts
    }

    /// The citation by itself: "Rules and conditions of attestation, annex 7, row 3 (R3.4)".
    public var description: String {
        guard !parts.isEmpty else { return rule.description }
        return String(parts: parts.joined(separator: ", "), " (", rule.description, ")")
    }

    /// The citation behind what it is cited for: "(row 3, R3.4)".
    public var inBrackets: String {
        String(parts: "(", (parts + [rule.description]).joined(separator: ", "), ")")
    }
}

extension ServiceStandard {
    /// Where a rule stands, with its act: "Rules and conditions of attestation, annex 7, row 3 (R3.4)".
    ///
    /// - Complexity: linear in the rules of the standard.
    public func citation(_ rule: RuleID, in language: Language) -> Citation {
        for source in sources {
            guard let place = source.place(of: rule) else { continue }
            var parts = [source.shortTitle[language]]
            if let annex = source.annex { parts.append(language.annex(annex)) }
            return Citation(rule, parts: parts + place.parts(in: language))
        }
        return Citation(rule, parts: [])
    }

    /// Where a rule stands in the standard's own act, for a page that names the act: "row 8, item 1
    /// (R8.1)"; a rule of another act is cited with it.
    public func place(of rule: RuleID, in language: Language) -> Citation {
        guard let place = sources[0].place(of: rule), place.row != nil else {
            return citation(rule, in: language)
        }
        return Citation(rule, parts: place.parts(in: language))
    }
}

extension RulePlace {
    fileprivate func parts(in language: Language) -> [String] {
        [row.map(language.row), item.map(language.item)].compactMap { $0 }
    }
}

extension Language {
    func annex(_ number: Int) -> String {
        switch self {
        case .kk: "\(number)-қосымша"
        case .ru: "приложение \(number)"
        case .en: "annex \(number)"
        }
    }

    fileprivate func row(_ number: Int) -> String {
        switch self {
        case .kk: "\(number)-жол"
        case .ru: "строка \(number)"
        case .en: "row \(number)"
        }
    }

    fileprivate func item(_ number: Int) -> String {
        switch self {
        case .kk: "\(number)-тармақша"
        case .ru: "подпункт \(number)"
        case .en: "item \(number)"
        }
    }
}
