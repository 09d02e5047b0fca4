// SPDX-License-Identifier: Apache-2.0

public import Texts
public import WorkingDays

/// A clause of the regulation by its id, such as `R3.4`.
///
/// It is the name that data, code and documents share; people are told where the clause stands, by a
/// ``Citation``.
public struct RuleID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Nil unless the text is `R`, a number, a dot and a number.
    public init?(_ text: String) {
        let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        guard text.first == "R", parts.count == 2,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        description = text
    }
}

/// Where a rule stands in its act.
public struct RulePlace: Hashable, Sendable {
    public let rule: RuleID
    /// The row of the annex, from 1; nil where the act has no rows, or the row is not known.
    public let row: Int?
    /// The numbered item of the row, from 1; nil where the row has none, or it is not known.
    public let item: Int?

    public init(rule: RuleID, row: Int?, item: Int?) {
        self.rule = rule
        self.row = row
        self.item = item
    }
}

/// An act that a standard rests on, with the places of those of its rules that the standard cites.
public struct RuleSource: Hashable, Sendable {
    /// The act itself, by its name in full and the day of the wording that is followed.
    public let base: Act
    /// Its short name, as a person cites it.
    public let shortTitle: LocalizedText
    /// The annex in which the rules stand; nil where they stand in the act itself.
    public let annex: Int?
    public let places: [RulePlace]

    public init(base: Act, shortTitle: LocalizedText, annex: Int?, places: [RulePlace]) {
        self.base = base
        self.shortTitle = shortTitle
        self.annex = annex
        self.places = places
    }

    /// The act with its annex.
    public var act: Act {
        guard let annex else { return base }
        func whole(_ language: Language) -> String {
            "\(base.title[language]), \(language.annex(annex))"
        }
        return Act(
            title: LocalizedText(kk: whole(.kk), ru: whole(.ru), en: whole(.en)), date: base.date)
    }

    /// Where a rule stands; nil if it is none of this act's.
    public func place(of rule: RuleID) -> RulePlace? { places.first { $0.rule == rule } }
}
