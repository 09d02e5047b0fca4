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
        /// The names of the policies that chose the week, the first day or the roll.
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

    /// A part of the term that begins where the one before it ends.
    public struct Stage: Hashable, Sendable {
        /// What is done in it; nil where it is the whole term.
        public let title: LocalizedText?
        /// The office whose hours run and end it.
        public let office: String
        /// Which of the terms decides.
        public let choice: StagedClock.Choice
        /// Never empty.
        public let rules: [TermRule]

        /// - Precondition: there is a rule, and only one if there is no choice.
        public init(
            title: LocalizedText?, office: String, choice: StagedClock.Choice, rules: [TermRule]
        ) {
            precondition(choice == .only ? rules.count == 1 : !rules.isEmpty)
            self.title = title
            self.office = office
            self.choice = choice
            self.rules = rules
        }
    }

    /// When something can be handed in.
    public enum Intake: String, CaseIterable, Hashable, Sendable {
        /// In the office's hours of reception.
        case receptionHours = "hours-of-reception"
        /// Around the clock; what comes outside the office's working hours counts from its next opening.
        case nextOpening = "next-opening"
        /// Around the clock, and the term runs from the very moment.
        case moment
    }

    public let id: String
    public let title: LocalizedText
    /// The office that takes what is handed in.
    public let office: String
    /// Never empty.
    public let stages: [Stage]
    /// Of a channel; an event can happen at any time.
    public let intake: Intake
    /// The policy that chose the intake; nil where none did.
    public let intakePolicy: String?
    /// The shares of the term, in per cent and in rising order, at which an office is warned.
    public let warnings: [Int]
    /// What the term runs from, such as "State registration of the order" (R11.1); nil for a channel,
    /// whose term runs from the acceptance.
    public let event: LocalizedText?

    /// - Precondition: there is a stage.
    public init(
        id: String, title: LocalizedText, office: String, stages: [Stage],
        intake: Intake = .receptionHours, intakePolicy: String? = nil, warnings: [Int] = [],
        event: LocalizedText? = nil
    ) {
        precondition(!stages.isEmpty)
        self.id = id
        self.title = title
        self.office = office
        self.stages = stages
        self.intake = intake
        self.intakePolicy = intakePolicy
        self.warnings = warnings
        self.event = event
    }

    /// A clock of one term.
    public init(
        id: String, title: LocalizedText, office: String, termRule: TermRule,
        event: LocalizedText? = nil
    ) {
        self.init(
            id: id, title: title, office: office,
            stages: [Stage(title: nil, office: office, choice: .only, rules: [termRule])],
            event: event)
    }

    /// The first term, whose rule is told as that of the whole.
    public var termRule: TermRule { stages[0].rules[0] }

    /// Whether there is one term alone.
    public var isSimple: Bool { stages.count == 1 && stages[0].rules.count == 1 }

    /// The names of the policies that chose anything of it, each once.
    public var policies: [String] {
        let all = stages.flatMap(\.rules).flatMap(\.policies) + [intakePolicy].compactMap { $0 }
        return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The highest share of ``warnings`` that is reached by a share in per cent; nil if none is.
    public func warning(at percent: Int) -> Int? { warnings.last { $0 <= percent } }
}
