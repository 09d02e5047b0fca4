// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Deadlines

/// A clock of a standard: a channel such as `corporation`, or an event's term such as `storage`.
public struct ClockName: Hashable, Sendable {
    public let standard: String
    public let channel: String

    public init(standard: String, channel: String) {
        self.standard = standard
        self.channel = channel
    }
}

/// Which calendar a question means, and as it was known when.
public struct CalendarName: Hashable, Sendable {
    /// The book, such as `kz`.
    public let calendar: String
    /// The week, such as `five`.
    public let week: String
    /// The day whose knowledge counts; nil for today.
    public let asKnownOn: CivilDate?

    public init(calendar: String, week: String, asKnownOn: CivilDate?) {
        self.calendar = calendar
        self.week = week
        self.asKnownOn = asKnownOn
    }
}

/// Asks when something is due.
public struct DueDateQuestion: Hashable, Sendable {
    public let clock: ClockName
    /// The acceptance or other event, on the wall clock of the standard's zone.
    public let start: CivilDateTime
    public let suspensions: Suspensions
    public let outsideReception: TermClock.OutsideReception
    /// The day whose knowledge counts; nil for today.
    public let asKnownOn: CivilDate?
    /// Whether the answer carries its trace, policies and sentence.
    public let proof: Bool

    public init(
        clock: ClockName, start: CivilDateTime, suspensions: Suspensions = .none,
        outsideReception: TermClock.OutsideReception = .refuse, asKnownOn: CivilDate? = nil,
        proof: Bool = true
    ) {
        self.clock = clock
        self.start = start
        self.suspensions = suspensions
        self.outsideReception = outsideReception
        self.asKnownOn = asKnownOn
        self.proof = proof
    }
}

/// Asks when thousands of starts of one clock are due.
public struct DueDatesQuestion: Hashable, Sendable {
    /// The most starts of one question.
    public static let rowLimit = CallLimit.dueDatesRows

    public let clock: ClockName
    public let outsideReception: TermClock.OutsideReception
    public let asKnownOn: CivilDate?
    /// The day number (days since 1970-01-01) of each start.
    public let startDays: [Int32]
    /// The second of the day of each start; empty for a term in days or months, when only the dates
    /// are known: then no hours of reception are checked.
    public let startSeconds: [Int32]

    public init(
        clock: ClockName, outsideReception: TermClock.OutsideReception, asKnownOn: CivilDate?,
        startDays: [Int32], startSeconds: [Int32]
    ) {
        self.clock = clock
        self.outsideReception = outsideReception
        self.asKnownOn = asKnownOn
        self.startDays = startDays
        self.startSeconds = startSeconds
    }
}

/// Asks for the latest moment to start.
public struct LatestStartQuestion: Hashable, Sendable {
    public let clock: ClockName
    public let dueBy: CivilDateTime
    public let asKnownOn: CivilDate?

    public init(clock: ClockName, dueBy: CivilDateTime, asKnownOn: CivilDate?) {
        self.clock = clock
        self.dueBy = dueBy
        self.asKnownOn = asKnownOn
    }
}

/// Asks how much of the term is left at a moment.
public struct TimeLeftQuestion: Hashable, Sendable {
    public let due: DueDateQuestion
    /// The moment asked about; nil for now.
    public let at: CivilDateTime?

    public init(due: DueDateQuestion, at: CivilDateTime?) {
        self.due = due
        self.at = at
    }
}

/// An office of a standard, such as `corporation` of `std-7`.
public struct OfficeName: Hashable, Sendable {
    public let standard: String
    public let office: String

    public init(standard: String, office: String) {
        self.standard = standard
        self.office = office
    }
}

/// Asks how many working days and minutes lie between two moments, by an office's hours of work.
public struct WorkingTimeQuestion: Hashable, Sendable {
    public let office: OfficeName
    public let from: CivilDateTime
    public let to: CivilDateTime
    public let asKnownOn: CivilDate?

    public init(
        office: OfficeName, from: CivilDateTime, to: CivilDateTime, asKnownOn: CivilDate?
    ) {
        self.office = office
        self.from = from
        self.to = to
        self.asKnownOn = asKnownOn
    }
}

/// Asks whether the office is open, and when it opens or closes next.
public struct OfficeHoursQuestion: Hashable, Sendable {
    public let office: OfficeName
    /// The moment asked about; nil for now.
    public let at: CivilDateTime?
    public let asKnownOn: CivilDate?

    public init(office: OfficeName, at: CivilDateTime?, asKnownOn: CivilDate?) {
        self.office = office
        self.at = at
        self.asKnownOn = asKnownOn
    }
}

/// Asks which date is N working days after (before, if negative) another.
public struct AddWorkingDaysQuestion: Hashable, Sendable {
    public let calendar: CalendarName
    public let date: CivilDate
    public let count: Int

    public init(calendar: CalendarName, date: CivilDate, count: Int) {
        self.calendar = calendar
        self.date = date
        self.count = count
    }
}

/// Asks how many working days lie in the half-open range from one date to another.
public struct CountWorkingDaysQuestion: Hashable, Sendable {
    public let calendar: CalendarName
    public let from: CivilDate
    public let to: CivilDate

    public init(calendar: CalendarName, from: CivilDate, to: CivilDate) {
        self.calendar = calendar
        self.from = from
        self.to = to
    }
}

/// Asks what each day of a range is, both ends included.
public struct CalendarDaysQuestion: Hashable, Sendable {
    /// The most days of one question: ten years.
    public static let dayLimit = CallLimit.calendarDays

    public let calendar: CalendarName
    public let first: CivilDate
    public let last: CivilDate

    public init(calendar: CalendarName, first: CivilDate, last: CivilDate) {
        self.calendar = calendar
        self.first = first
        self.last = last
    }
}

/// Asks for the balance of working time of a year.
public struct BalanceQuestion: Hashable, Sendable {
    public let calendar: CalendarName
    public let year: Int

    public init(calendar: CalendarName, year: Int) {
        self.calendar = calendar
        self.year = year
    }
}

/// Asks which days of a year changed between what was known on one day and on another.
public struct CalendarChangesQuestion: Hashable, Sendable {
    public let calendar: String
    public let year: Int
    public let knownFrom: CivilDate
    public let knownTo: CivilDate

    public init(calendar: String, year: Int, knownFrom: CivilDate, knownTo: CivilDate) {
        self.calendar = calendar
        self.year = year
        self.knownFrom = knownFrom
        self.knownTo = knownTo
    }
}
