// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// Everything that is known of one country's working calendar, and since when each part was known.
///
/// A book is what a person edits. ``compile(week:asKnownOn:)`` turns it into the table that answers
/// questions: the calendar as it was known on a given day.
public struct CalendarBook: Hashable, Sendable {
    /// The book's short name, such as `kz`.
    public let id: String
    public let title: LocalizedText
    /// The IANA zone in which its days begin and end.
    public let zone: String
    /// The years that the book speaks of.
    public let years: ClosedRange<Int>
    /// The kinds of working week, such as the five-day and the six-day week.
    public let weeks: [WeekPattern]
    /// The act by which a holiday on a rest day makes the next working day a rest day; nil where
    /// the country has no such rule.
    public let substitution: Act?
    public let holidays: [FixedHoliday]
    public let movable: [MovableHoliday]
    /// Holidays whose day of each year follows from a rule.
    public let computed: [ComputedHoliday]
    public let transfers: [Transfer]
    /// The working days that acts make shorter; none where the country has no such days.
    public let shortened: [ShortenedDays]
    /// What a region or an office adds; nil for the calendar of a country.
    public let local: CalendarExtension?

    public init(
        id: String, title: LocalizedText, zone: String, years: ClosedRange<Int>,
        weeks: [WeekPattern], substitution: Act?, holidays: [FixedHoliday],
        movable: [MovableHoliday], computed: [ComputedHoliday] = [], transfers: [Transfer],
        shortened: [ShortenedDays] = [], local: CalendarExtension? = nil
    ) {
        self.id = id
        self.title = title
        self.zone = zone
        self.years = years
        self.weeks = weeks
        self.substitution = substitution
        self.holidays = holidays
        self.movable = movable
        self.computed = computed
        self.transfers = transfers
        self.shortened = shortened
        self.local = local
    }

    /// The days on which something became known or was taken back, each once, in rising order.
    ///
    /// Between two of them the compiled calendars do not differ.
    public var knownDates: [CivilDate] {
        var all = holidays.flatMap { $0.versions.map(\.known) }
        all += movable.flatMap { $0.dates.map(\.known) + $0.versions.map(\.known) }
        all += computed.flatMap { $0.versions.map(\.known) }
        all += transfers.map(\.known) + shortened.map(\.known)
        all += weeks.flatMap { $0.changes.map(\.known) }
        all += local?.closed.map(\.known) ?? []
        return Set(all).sorted()
    }
}

/// The years in which a holiday is observed, as one act has it.
///
/// Of several versions of a holiday the one known last holds.
public struct Observance: Hashable, Sendable {
    public let known: CivilDate
    public let firstYear: Int
    /// The last year of observance; nil if none is foreseen.
    public let lastYear: Int?
    public let act: Act

    public init(known: CivilDate, firstYear: Int, lastYear: Int?, act: Act) {
        self.known = known
        self.firstYear = firstYear
        self.lastYear = lastYear
        self.act = act
    }
}

/// A holiday on the same day of every year in which it is in force.
public struct FixedHoliday: Hashable, Sendable {
    /// The years in which the holiday is observed, as one act has it.
    public typealias Version = Observance

    public let id: String
    public let name: LocalizedText
    public let month: Int
    public let day: Int
    /// Whether the next working day rests when the holiday falls on a rest day.
    public let substituted: Bool
    public let versions: [Version]

    public init(
        id: String, name: LocalizedText, month: Int, day: Int, substituted: Bool,
        versions: [Version]
    ) {
        self.id = id
        self.name = name
        self.month = month
        self.day = day
        self.substituted = substituted
        self.versions = versions
    }
}
