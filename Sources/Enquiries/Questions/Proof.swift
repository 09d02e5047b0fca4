// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import WorkingDays

/// Why a due date is what it is.
public struct Proof: Hashable, Sendable {
    /// A day or a part of a day, counted or passed over.
    public struct Line: Hashable, Sendable {
        public let date: CivilDate
        /// The part of the day; nil for the whole day.
        public let part: DayInterval?
        public let counted: Bool
        /// The place of the reason in ``Proof/reasons``.
        public let reason: Int

        public init(date: CivilDate, part: DayInterval?, counted: Bool, reason: Int) {
            self.date = date
            self.part = part
            self.counted = counted
            self.reason = reason
        }
    }

    /// Why, and by which act.
    public struct Reason: Hashable, Sendable {
        public let kind: Kind
        public let text: String
        public let act: String
        /// How many days away the announced holiday may lie, for an estimated one and its
        /// substitute; nil for what no estimate decided.
        public let withinDays: Int?

        public init(kind: Kind, text: String, act: String, withinDays: Int? = nil) {
            self.kind = kind
            self.text = text
            self.act = act
            self.withinDays = withinDays
        }

        public var isEstimate: Bool { withinDays != nil }
    }

    /// The kinds of reason.
    ///
    /// The numbers are part of the wire and never change; 1 to 6 are those of `DayStatus.Kind`.
    public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        case working = 1
        case movedWorking = 2
        case weeklyRest = 3
        case holiday = 4
        case substitute = 5
        case movedRest = 6
        case firstDay = 7
        case suspended = 8
        case workingTime = 9
        case pause = 10
        case monthsEnd = 11
        /// The office did not receive.
        case outsideReception = 12
        /// Before the office opens or after it closes.
        case closed = 13

        public init(_ kind: DayStatus.Kind) {
            self =
                switch kind {
                case .working: .working
                case .movedWorking: .movedWorking
                case .weeklyRest: .weeklyRest
                case .holiday: .holiday
                case .substitute: .substitute
                case .movedRest: .movedRest
                }
        }
    }

    /// A policy of the standard that decided, by name, with what it means.
    public struct AppliedPolicy: Hashable, Sendable {
        public let name: String
        public let value: String
        public let text: String

        public init(name: String, value: String, text: String) {
            self.name = name
            self.value = value
            self.text = text
        }
    }

    /// The rule that sets the term, such as `R3.3`.
    public let rule: String
    public let lines: [Line]
    /// The reasons of the lines, each once.
    public let reasons: [Reason]
    public let policies: [AppliedPolicy]
    /// The whole answer as a text that an office can print.
    public let sentence: String

    public init(
        rule: String, lines: [Line], reasons: [Reason], policies: [AppliedPolicy], sentence: String
    ) {
        self.rule = rule
        self.lines = lines
        self.reasons = reasons
        self.policies = policies
        self.sentence = sentence
    }

    /// Why a line was counted or passed over.
    public func reason(_ line: Line) -> Reason { reasons[line.reason] }
}
