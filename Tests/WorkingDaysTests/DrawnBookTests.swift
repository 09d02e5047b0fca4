// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import TestKit
import Testing
import WorkingDays

/// Books drawn from seeds beside the obvious calendar: every day of every year, in every week, as
/// known on each day on which something became known and on the day before.
@Suite struct DrawnBookTests {
    /// `KEZEK_BOOKS=5000 swift test --filter DrawnBookTests` tries so many.
    private static let seeds =
        1...max(1, UInt64(ProcessInfo.processInfo.environment["KEZEK_BOOKS"] ?? "") ?? 24)

    @Test func everyDayOfDrawnBooksIsAsTheObviousCalendarHasIt() throws {
        var seen = Seen()
        for seed in Self.seeds {
            let facts = PlainFacts(seed: seed)
            let book = facts.book
            for known in facts.asked {
                for week in facts.weeks.map(\.name) {
                    let obvious = ObviousCalendar(facts, week: week, asKnownOn: known)
                    let wrong = Self.differences(book, week, known, obvious, &seen)
                    #expect(wrong == [], "seed \(seed), \(week), as known on \(known)")
                }
            }
        }
        // The draws reach what they are for.
        #expect(DayStatus.Kind.allCases.allSatisfy { seen.kinds.contains($0) })
        #expect(seen.unpublished > 0 && seen.partly > 0 && seen.twoInAYear > 0)
    }

    /// What the seeds have reached.
    private struct Seen {
        var kinds: Set<DayStatus.Kind> = []
        var unpublished = 0
        var partly = 0
        var twoInAYear = 0
    }

    private static func differences(
        _ book: CalendarBook, _ week: String, _ known: CivilDate, _ obvious: ObviousCalendar,
        _ seen: inout Seen
    ) -> [String] {
        guard let calendar = try? book.compile(week: week, asKnownOn: known) else {
            seen.unpublished += 1
            return obvious.lastYear == nil ? [] : ["not compiled"]
        }
        let last = CivilDate(year: obvious.lastYear ?? 1, month: 12, day: 31)!
        guard calendar.covered.upperBound == last else { return ["covers \(calendar.covered)"] }
        if last.year < book.years.upperBound { seen.partly += 1 }
        var wrong: [String] = []
        for date in calendar.covered {
            guard let status = try? calendar.status(of: date),
                let works = try? calendar.isWorkingDay(date)
            else { return ["no status of \(date)"] }
            let day = ObviousCalendar.Day(
                kind: status.kind, other: status.counterpart, withinDays: status.withinDays)
            seen.kinds.insert(status.kind)
            if day != obvious.day(date) || works != day.works { wrong.append("\(date): \(day)") }
        }
        let minutes = (book.years.lowerBound...last.year).flatMap { year in
            ((try? calendar.balance(year: year)) ?? []).map(\.workingMinutes)
        }
        if minutes != obvious.minutes { wrong.append("hours: \(minutes)") }
        for holiday in book.movable {
            let years = holiday.occurrences.map { $0[0].date.year }
            if Set(years).count < years.count { seen.twoInAYear += 1 }
        }
        return wrong
    }
}
