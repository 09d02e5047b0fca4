// SPDX-License-Identifier: Apache-2.0

public import Deadlines
public import Texts

/// A clock of the standard: a way to apply, or another event, with the term that runs from it.
public struct Channel: Hashable, Sendable {
    /// The term as a rule sets it.
    public struct TermRule: Hashable, Sendable {
        public let term: Term
        public let rule: RuleID
        /// The rule by which the day of the event does not count.
        public let firstDayRule: RuleID?
        /// The week that defines a working day; nil where the office's own does.
        public let week: String?
        /// The names of the policies that chose the week or the roll.
        public let policies: [String]

        public init(
            term: Term, rule: RuleID, firstDayRule: RuleID?, week: String?, policies: [String]
        ) {
            self.term = term
            self.rule = rule
            self.firstDayRule = firstDayRule
            self.week = week
            self.policies = policies
        }
    }

    public let id: String
    public let title: LocalizedText
    /// The office whose hours open and end the term.
    public let office: String
    public let termRule: TermRule
    /// What the term runs from, such as "State registration of the order" (R11.1); nil for a channel,
    /// whose term runs from the acceptance.
    public let event: LocalizedText?

    public init(
        id: String, title: LocalizedText, office: String, termRule: TermRule,
        event: LocalizedText? = nil
    ) {
        self.id = id
        self.title = title
        self.office = office
        self.termRule = termRule
        self.event = event
    }
}
