// SPDX-License-Identifier: Apache-2.0

import CivilTime
import WorkingDays

/// A working calendar as one would tell it walking from day to day, told from facts alone.
struct ObviousCalendar {
    struct Day: Equatable {
        var kind: DayStatus.Kind
        /// The holiday of a substitute, or the day moved in exchange.
        var other: CivilDate?
        var withinDays: Int?

        var works: Bool { kind == .working || kind == .movedWorking }
    }

    /// The last year that was known; nil if none was.
    let lastYear: Int?
    let first: CivilDate
    /// Every day of the facts' years, also those that were not known.
    private(set) var days: [Day] = []

    init(_ facts: PlainFacts, week: String, asKnownOn known: CivilDate) {
        first = CivilDate(year: facts.years.lowerBound, month: 1, day: 1)!
        let last = CivilDate(year: facts.years.upperBound, month: 12, day: 31)!
        lastYear = Self.lastYear(facts, known)

        // Holidays that were carried over to the next day that works, the oldest first.
        var owed: [(holiday: CivilDate, withinDays: Int?)] = []
        for date in first...last {
            let holidays = Self.holidays(facts, date, known)
            let isRest = Self.rest(facts, week, date, known).contains(date.weekday)
            if let holiday = holidays.first {
                days.append(Day(kind: .holiday, withinDays: holiday.withinDays))
                if facts.substitution, isRest,
                    let carried = holidays.first(where: { $0.substituted })
                {
                    owed.append((date, carried.withinDays))
                }
            } else if isRest {
                days.append(Day(kind: .weeklyRest))
            } else if !owed.isEmpty {
                let (holiday, withinDays) = owed.removeFirst()
                days.append(Day(kind: .substitute, other: holiday, withinDays: withinDays))
            } else {
                days.append(Day(kind: .working))
            }
        }

        let before = days
        for move in facts.moves {
            // Decided and not taken back: an odd number of decisions so far.
            let decisions = move.decided.filter { $0 <= known }.count
            let (working, rest) = (first.days(until: move.working), first.days(until: move.rest))
            guard decisions % 2 == 1, !before[working].works, before[rest].works else { continue }
            days[working] = Day(kind: .movedWorking, other: move.rest)
            days[rest] = Day(kind: .movedRest, other: move.working)
        }
    }

    /// The weekdays that rest on a date: those of the last turn by then that is decided and not taken back.
    private static func rest(
        _ facts: PlainFacts, _ week: String, _ date: CivilDate, _ known: CivilDate
    ) -> Set<Weekday> {
        var rest = facts.weeks.first { $0.name == week }!.rest
        var since = CivilDate.earliest
        for turn in facts.turns where turn.week == week && turn.from <= date && since <= turn.from {
            guard turn.decided.filter({ $0 <= known }).count % 2 == 1 else { continue }
            (rest, since) = (turn.rest, turn.from)
        }
        return rest
    }

    /// Orthodox Easter as the church tells it: the Sunday after the full moon of the year's golden number,
    /// in the Julian calendar, which in the years of the tests is 13 days behind.
    private static func easter(_ year: Int) -> CivilDate {
        let moons = [
            "04-05", "03-25", "04-13", "04-02", "03-22", "04-10", "03-30", "04-18", "04-07",
            "03-27",
            "04-15", "04-04", "03-24", "04-12", "04-01", "03-21", "04-09", "03-29", "04-17",
        ]
        var day = CivilDate("\(year)-\(moons[year % 19])")!.adding(days: 13)!
        repeat { day = day.adding(days: 1)! } while day.weekday != .sunday
        return day
    }

    private static func holds(
        _ versions: [PlainFacts.Observance], _ year: Int, _ known: CivilDate
    ) -> Bool {
        versions.last { $0.known <= known }?.years.contains(year) == true
    }

    func day(_ date: CivilDate) -> Day { days[first.days(until: date)] }

    /// The holidays of a day, those with a fixed date first.
    private static func holidays(
        _ facts: PlainFacts, _ date: CivilDate, _ known: CivilDate
    ) -> [(substituted: Bool, withinDays: Int?)] {
        var found: [(Bool, Int?)] = []
        let (year, month, day) = date.components
        for fixed in facts.fixed where fixed.month == month && fixed.day == day {
            let version = fixed.versions.last { $0.known <= known }
            if version?.years.contains(year) == true { found.append((fixed.substituted, nil)) }
        }
        for one in facts.easters where easter(year).adding(days: one.offset) == date {
            if holds(one.versions, year, known) { found.append((one.substituted, nil)) }
        }
        for movable in facts.movable
        where movable.versions.isEmpty || holds(movable.versions, year, known) {
            for occurrence in movable.occurrences
            where occurrence.contains(where: { $0.date == date }) {
                let told = occurrence.last { $0.known <= known }
                if let told, told.date == date, !told.isTakenBack {
                    found.append((movable.substituted, told.withinDays))
                }
            }
        }
        return found
    }

    /// Years count as known one after the other, while each movable holiday has its days in them.
    private static func lastYear(_ facts: PlainFacts, _ known: CivilDate) -> Int? {
        var last: Int?
        for year in facts.years {
            for movable in facts.movable
            where movable.versions.isEmpty || holds(movable.versions, year, known) {
                var days = 0
                for occurrence in movable.occurrences {
                    let told = occurrence.last { $0.known <= known }
                    if told?.date.year == year { days += 1 }
                    if told == nil, occurrence.contains(where: { $0.date.year == year }) {
                        return last
                    }
                }
                if days == 0 { return last }
            }
            last = year
        }
        return last
    }

    /// Minutes of work in each month up to the last known year, a moved working day with the hours
    /// of the day it stands for.
    var minutes: [Int] {
        var months: [Int] = []
        for (offset, day) in days.enumerated() {
            let date = first.adding(days: offset)!
            let (year, _, number) = date.components
            if year > lastYear ?? 0 { break }
            if number == 1 { months.append(0) }
            guard day.works else { continue }
            let hours = day.kind == .movedWorking ? day.other! : date
            months[months.count - 1] += PlainFacts.minutes[hours.weekday] ?? 0
        }
        return months
    }
}
