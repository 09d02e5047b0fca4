// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

/// The calendar of a region or an office: its country's, with closed days of its own.
@Suite struct ClosedDaysTests {
    private static let decision = Act(title: Books.text("decision"), date: nil)
    private static let repeal = Act(title: Books.text("repeal"), date: nil)

    private static func closed(
        _ days: ClosedDays.Days, _ known: String, weeks: Set<String>? = nil, takesBack: Bool = false
    ) -> ClosedDays {
        ClosedDays(
            days: days, name: Books.text("flood"), weeks: weeks, known: date(known),
            act: takesBack ? repeal : decision, takesBack: takesBack)
    }

    private static func book(_ closed: [ClosedDays]) -> CalendarBook {
        Books.book(
            years: 2025...2027, holidays: [Books.fixed(5, 9)],
            transfers: [Books.transfer("2026-05-16", "2026-05-18")]
        ).extended(
            by: CalendarExtension(
                id: "town", title: Books.text("the town"), extends: "test", closed: closed))
    }

    private static func calendar(
        _ closed: [ClosedDays], _ week: String = "five", known: String = "2026-06-01"
    ) throws -> WorkingCalendar {
        try book(closed).compile(week: week, asKnownOn: date(known))
    }

    @Test func itsActClosesAWorkingDay() throws {
        let town = try Self.calendar([Self.closed(.date(date("2026-04-15")), "2026-04-14")])
        let status = try town.status(of: date("2026-04-15"))
        #expect(status.kind == .holiday)
        #expect(status.act == Self.decision)
        #expect(status.closedBy == Books.text("the town"))
        #expect(town.calendar == "town")
        #expect(try town.next(date("2026-04-14")) == date("2026-04-16"))
        // Nobody knew of it the day before.
        let before = try Self.calendar(
            [Self.closed(.date(date("2026-04-15")), "2026-04-14")], known: "2026-04-13")
        #expect(try before.isWorkingDay(date("2026-04-15")))
    }

    @Test func whatRestsInTheCountryRestsByTheCountrysAct() throws {
        // A holiday on a Saturday with its substitute, a day moved to rest, a Sunday.
        let days = ["2026-05-09", "2026-05-11", "2026-05-18", "2026-04-12"]
        let town = try Self.calendar(days.map { Self.closed(.date(date($0)), "2026-01-01") })
        let kinds: [DayStatus.Kind] = [.holiday, .substitute, .movedRest, .weeklyRest]
        for (day, kind) in zip(days, kinds) {
            let status = try town.status(of: date(day))
            #expect(status.kind == kind)
            #expect(status.closedBy == nil)
        }
        #expect(
            Self.book(days.map { Self.closed(.date(date($0)), "2026-01-01") }).idleClosedDays()
                // The six-day week works on Monday 11 May, that of Thursday and Friday on Saturday and Sunday.
                == [0])
    }

    @Test func itHasNoSubstituteAndMovesNone() throws {
        // Monday 11 May stands for Saturday the 9th, whether the Tuesday is closed or not.
        let town = try Self.calendar([Self.closed(.date(date("2026-05-12")), "2026-01-01")])
        #expect(try town.status(of: date("2026-05-11")).kind == .substitute)
        #expect(try town.status(of: date("2026-05-12")).closedBy != nil)
        #expect(try town.isWorkingDay(date("2026-05-13")))
        // A Saturday that was made working can be closed.
        let saturday = try Self.calendar([Self.closed(.date(date("2026-05-16")), "2026-01-01")])
        #expect(try !saturday.isWorkingDay(date("2026-05-16")))
        #expect(try !saturday.isWorkingDay(date("2026-05-18")))
    }

    @Test func aDayOfEveryYearIsClosedInItsYearsAndWeeks() throws {
        let entry = Self.closed(
            .yearly(MonthDay("09-16")!, firstYear: 2026, lastYear: nil), "2026-01-01",
            weeks: ["five"])
        let town = try Self.calendar([entry])
        #expect(try town.isWorkingDay(date("2025-09-16")))
        #expect(try !town.isWorkingDay(date("2026-09-16")))
        #expect(try !town.isWorkingDay(date("2027-09-16")))
        #expect(try Self.calendar([entry], "six").isWorkingDay(date("2026-09-16")))
    }

    @Test func theEntryKnownLastHolds() throws {
        let day = date("2026-04-15")
        let entries = [
            Self.closed(.date(day), "2026-03-01"),
            Self.closed(.date(day), "2026-03-10", takesBack: true),
            Self.closed(.date(day), "2026-03-20"),
        ]
        for (known, works) in [
            ("2026-02-28", true), ("2026-03-01", false), ("2026-03-09", false),
            ("2026-03-10", true), ("2026-03-19", true), ("2026-03-20", false),
        ] {
            #expect(try Self.calendar(entries, known: known).isWorkingDay(day) == works, "\(known)")
        }
        let book = Self.book(entries)
        #expect(book.idleClosedDays() == [])
        #expect(book.knownDates.contains(date("2026-03-10")))
        #expect(
            book.act(changing: [day], between: date("2026-03-09"), and: date("2026-03-10"))
                == Self.repeal)
        #expect(
            Self.book([Self.closed(.date(day), "2026-03-10", takesBack: true)]).idleClosedDays()
                == [0])
    }

    @Test func onlyAHolidayOfTheCountryMakesItsEveShorter() throws {
        let country = Books.book(years: 2026...2026, holidays: [Books.fixed(3, 19)])
        let shorter = CalendarBook(
            id: "test", title: country.title, zone: "UTC", years: country.years,
            weeks: country.weeks, substitution: nil, holidays: country.holidays, movable: [],
            transfers: [],
            shortened: [
                ShortenedDays(
                    days: .beforeHolidays(firstYear: 2026, lastYear: nil), weeks: nil, minutes: 60,
                    known: date("2025-01-01"), act: Books.act)
            ])
        let town = shorter.extended(
            by: CalendarExtension(
                id: "town", title: Books.text("the town"), extends: "test",
                closed: [Self.closed(.date(date("2026-04-15")), "2026-01-01")]))
        let calendar = try town.compile(week: "five", asKnownOn: date("2026-02-01"))
        #expect(try calendar.status(of: date("2026-03-18")).shortened?.minutes == 60)
        #expect(try calendar.status(of: date("2026-04-14")).shortened == nil)
    }

    /// Day by day: a day works if it works in the country and no entry in force closes it.
    @Test func everyDayIsTheCountrysUnlessItIsClosed() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            var source = SeededGenerator(seed: seed)
            let facts = PlainFacts(seed: seed)
            let country = facts.book
            let first = CivilDate(year: facts.years.lowerBound, month: 1, day: 1)!
            let days = (0..<4).map { _ in first.adding(days: .random(in: 0...364, using: &source))!
            }
            let entries = (0..<8).map { number in
                ClosedDays(
                    days: .date(days[number % 4]), name: Books.text("closed"),
                    known: facts.asked.randomElement(using: &source)!.adding(days: number)!,
                    act: Books.act, takesBack: number >= 4 && .random(using: &source))
            }
            let town = country.extended(
                by: CalendarExtension(
                    id: "town", title: Books.text("town"), extends: country.id, closed: entries))
            for known in facts.asked {
                guard let plain = try? country.compile(week: "five", asKnownOn: known) else {
                    continue
                }
                let local = try town.compile(week: "five", asKnownOn: known)
                var count = 0
                for day in plain.covered {
                    var isClosed = false
                    var latest = CivilDate.earliest
                    for entry in entries
                    where entry.known <= known && entry.days == .date(day) && latest <= entry.known
                    {
                        (isClosed, latest) = (!entry.takesBack, entry.known)
                    }
                    let works = try plain.isWorkingDay(day) && !isClosed
                    #expect(try local.isWorkingDay(day) == works, "seed \(seed), \(day)")
                    #expect(
                        try local.count(from: plain.covered.lowerBound, to: day) == count)
                    if works { count += 1 }
                }
            }
        }
    }
}
