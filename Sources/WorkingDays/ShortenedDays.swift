// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// By how much an act makes a working day shorter.
public struct Shortening: Hashable, Sendable {
    /// Minutes taken from the end of the day, 1…1,440.
    public let minutes: Int
    public let act: Act

    public init(minutes: Int, act: Act) {
        self.minutes = minutes
        self.act = act
    }
}

/// Working days that an act makes shorter: those before holidays, or one date.
///
/// Of several that speak of a day the one known last holds; by 0 minutes the day is as long as any
/// other.
public struct ShortenedDays: Hashable, Sendable {
    public enum Days: Hashable, Sendable {
        /// Each working day of these years whose next day is a holiday; without a last year for ever.
        case beforeHolidays(firstYear: Int, lastYear: Int?)
        case date(CivilDate)
    }

    public let days: Days
    /// The kinds of week in which they are shorter; nil for all.
    public let weeks: Set<String>?
    /// 0…1,440.
    public let minutes: Int
    public let known: CivilDate
    public let act: Act

    public init(days: Days, weeks: Set<String>?, minutes: Int, known: CivilDate, act: Act) {
        self.days = days
        self.weeks = weeks
        self.minutes = minutes
        self.known = known
        self.act = act
    }
}

extension CalendarBook {
    /// The shortenings of one kind of week as known on a day, the one known last first.
    func shortenings(of week: String, asKnownOn known: CivilDate) -> [ShortenedDays] {
        shortened.indices.filter {
            shortened[$0].known <= known && shortened[$0].weeks?.contains(week) ?? true
        }.sorted { (shortened[$1].known, $1) < (shortened[$0].known, $0) }.map { shortened[$0] }
    }

    /// Whether a fixed holiday is observed on a date, as known on a day.
    func isFixedHoliday(_ date: CivilDate, asKnownOn known: CivilDate) -> Bool {
        holidays.contains { holiday in
            (holiday.month, holiday.day) == (date.month, date.day)
                && holiday.versions.standing(asKnownOn: known)?.holds(in: date.year) == true
        }
    }
}

extension DayPlacement {
    /// Makes working days shorter; of the entries, the first that speaks of a day holds.
    ///
    /// `isHoliday` tells of the day after the last that is placed.
    mutating func shorten(_ entries: [ShortenedDays], isHoliday: (CivilDate) -> Bool) {
        guard !entries.isEmpty else { return }
        for day in days.indices where statuses[Int(days[day])].isWorking {
            let date = first.adding(days: day)!
            let isBefore =
                day + 1 < days.count
                ? statuses[Int(days[day + 1])].isHolidayOfTheCountry
                : date.adding(days: 1).map(isHoliday) ?? false
            let entry = entries.first { entry in
                switch entry.days {
                case .date(let other): other == date
                case .beforeHolidays(let first, let last):
                    isBefore && first <= date.year && date.year <= last ?? date.year
                }
            }
            guard let entry, entry.minutes > 0 else { continue }
            shorten(day, by: Shortening(minutes: entry.minutes, act: entry.act))
        }
    }
}
