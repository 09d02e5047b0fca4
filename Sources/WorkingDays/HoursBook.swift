// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// When an office is open: what a person edits, and the one place that everything asks which hours a
/// day has.
///
/// A date that is named in `dates` has the hours said there. Any other day has those of the schedule in
/// force on it: the last of the `changes` that began by then, or `base` before the first. What became
/// known later counts for nobody who asks as known before.
public struct HoursBook: Hashable, Sendable {
    /// The hours of an ordinary time: a week, and other weeks in some seasons of every year.
    public struct Schedule: Hashable, Sendable {
        public let week: WeekHours
        /// No two of them have a day in common.
        public let seasons: [Season]

        public init(week: WeekHours, seasons: [Season] = []) {
            self.week = week
            self.seasons = seasons
        }
    }

    /// A part of every year with a week of its own, both days included.
    ///
    /// One whose last day comes before its first goes over the New Year.
    public struct Season: Hashable, Sendable {
        public let first: MonthDay
        public let last: MonthDay
        public let week: WeekHours
        /// The act or order that says so; nil where it is that of the schedule.
        public let act: LocalizedText?

        public init(first: MonthDay, last: MonthDay, week: WeekHours, act: LocalizedText? = nil) {
            self.first = first
            self.last = last
            self.week = week
            self.act = act
        }

        public func contains(_ day: MonthDay) -> Bool {
            first <= last ? first <= day && day <= last : first <= day || day <= last
        }
    }

    /// A schedule that holds from a date on, or the taking back of one.
    ///
    /// Of several with one `from` the one known last holds.
    public struct Change: Hashable, Sendable {
        public let from: CivilDate
        public let known: CivilDate
        /// Nil if this takes back what was to begin on that date.
        public let schedule: Schedule?
        public let act: LocalizedText

        public init(from: CivilDate, known: CivilDate, schedule: Schedule?, act: LocalizedText) {
            self.from = from
            self.known = known
            self.schedule = schedule
            self.act = act
        }
    }

    /// The hours of one date: shortened, longer, or closed; or the taking back of them.
    ///
    /// Of several for one date the one known last holds. It holds on whatever day of the calendar, a
    /// holiday too.
    public struct Dated: Hashable, Sendable {
        public enum Hours: Hashable, Sendable {
            case open(OpeningHours)
            case closed
            /// As if nothing had been said of the date.
            case takenBack
        }

        public let date: CivilDate
        public let known: CivilDate
        public let hours: Hours
        public let act: LocalizedText

        public init(date: CivilDate, known: CivilDate, hours: Hours, act: LocalizedText) {
            self.date = date
            self.known = known
            self.hours = hours
            self.act = act
        }
    }

    public let base: Schedule
    public let changes: [Change]
    public let dates: [Dated]

    public init(base: Schedule, changes: [Change] = [], dates: [Dated] = []) {
        self.base = base
        self.changes = changes
        self.dates = dates
    }

    /// The same hours on every working day, for ever.
    public init(everyWorkingDay hours: OpeningHours) {
        self.init(base: Schedule(week: .everyWorkingDay(hours)))
    }

    /// The hours of every working day, where the book says nothing else.
    public var onlyHours: OpeningHours? {
        guard case .everyWorkingDay(let hours) = base.week, base.seasons.isEmpty, changes.isEmpty,
            dates.isEmpty
        else { return nil }
        return hours
    }

    /// The days on which something became known or was taken back, each once, in rising order.
    ///
    /// Between two of them no day has other hours.
    public var knownDates: [CivilDate] {
        Set(changes.map(\.known) + dates.map(\.known)).sorted()
    }
}

/// The hours of a week.
public enum WeekHours: Hashable, Sendable {
    /// The same on each working day of the calendar, none on its rest days.
    case everyWorkingDay(OpeningHours)
    /// Those of each weekday; a weekday that is not there is one on which the office is closed.
    ///
    /// A weekday that the calendar's week rests on has its hours too, as the office has said that it
    /// works then. On holidays, their substitutes and days moved to rest it is closed.
    case weekdays([Weekday: OpeningHours])

    /// The hours of a weekday that is not a holiday; nil if it has none.
    public func hours(_ weekday: Weekday) -> OpeningHours? {
        switch self {
        case .everyWorkingDay(let hours): hours
        case .weekdays(let table): table[weekday]
        }
    }
}

/// A day of every year, such as `06-01`; 29 February is one, in years that have it.
public struct MonthDay: Hashable, Comparable, Sendable {
    public let month: Int
    public let day: Int

    /// Nil unless some year has such a day.
    public init?(month: Int, day: Int) {
        guard (1...12).contains(month),
            day >= 1, day <= CivilDate.daysIn(month: month, year: 2000)
        else { return nil }
        self.month = month
        self.day = day
    }

    public init(_ date: CivilDate) {
        month = date.month
        day = date.day
    }

    public static func < (a: MonthDay, b: MonthDay) -> Bool {
        (a.month, a.day) < (b.month, b.day)
    }
}

extension MonthDay: LosslessStringConvertible {
    /// The day written as `MM-DD`, and nothing else; nil for any other text.
    public init?(_ text: String) {
        guard let date = CivilDate("2000-\(text)") else { return nil }
        self.init(date)
    }

    /// `MM-DD`.
    public var description: String {
        String(CivilDate(year: 2000, month: month, day: day)!.description.dropFirst(5))
    }
}
