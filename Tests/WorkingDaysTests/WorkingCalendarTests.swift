// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

@Suite struct WorkingCalendarTests {
    static let weeks: [(String, Set<Weekday>)] = [
        ("five", [.saturday, .sunday]), ("six", [.sunday]),
        ("thursday-friday", [.thursday, .friday]),
    ]

    @Test(arguments: weeks)
    func everyDayOfACenturyAgreesWithTheSlowTwin(week: String, rest: Set<Weekday>) throws {
        let fast = try Books.century.compile(week: week, asKnownOn: date("2026-01-01"))
        let slow = SlowCalendar(Books.century, rest: rest)
        var wrong: [String] = []
        for day in slow.first...slow.last {
            if try fast.isWorkingDay(day) != slow.working.contains(day) {
                wrong.append("is \(day)")
            }
            if try fast.status(of: day).isWorking != slow.working.contains(day) {
                wrong.append("status \(day)")
            }
            for count in [-17, -2, -1, 1, 2, 3, 7, 23] {
                if (try? fast.shift(day, by: count)) != slow.shift(day, by: count) {
                    wrong.append("\(day) \(count)")
                }
            }
            let same = slow.working.contains(day)
            if (try? fast.nextOrSame(day)) != (same ? day : slow.shift(day, by: 1)) {
                wrong.append("nextOrSame \(day)")
            }
            if (try? fast.previousOrSame(day)) != (same ? day : slow.shift(day, by: -1)) {
                wrong.append("previousOrSame \(day)")
            }
            if (try? fast.next(day)) != slow.shift(day, by: 1) { wrong.append("next \(day)") }
            if (try? fast.previous(day)) != slow.shift(day, by: -1) {
                wrong.append("previous \(day)")
            }
        }
        #expect(wrong == [])
    }

    @Test(arguments: weeks)
    func everyPairOfDaysOfAYearIsCountedAsTheSlowTwinDoes(
        week: String, rest: Set<Weekday>
    ) throws {
        let fast = try Books.century.compile(week: week, asKnownOn: date("2026-01-01"))
        let slow = SlowCalendar(Books.century, rest: rest)
        var wrong = 0
        for from in date("2020-01-01")...date("2020-12-31") {
            var count = 0
            for to in from...date("2021-01-01") {
                if try fast.count(from: from, to: to) != count { wrong += 1 }
                if try fast.count(from: to, to: from) != -count { wrong += 1 }
                if slow.working.contains(to) { count += 1 }
            }
        }
        #expect(wrong == 0)
    }

    @Test func addingAndCountingAreInverse() throws {
        let calendar = try Books.century.compile(week: "five", asKnownOn: date("2026-01-01"))
        var wrong = 0
        for day in date("2024-01-01")...date("2024-12-31") {
            for count in 1...260 {
                let end = try calendar.shift(day, by: count)
                let dayAfter = day.adding(days: 1)!
                if try calendar.count(from: dayAfter, to: end.adding(days: 1)!) != count {
                    wrong += 1
                }
            }
        }
        #expect(wrong == 0)
    }

    @Test func beyondTheCoveredYearsIsAnErrorThatNamesTheYear() throws {
        let calendar = try Books.century.compile(week: "five", asKnownOn: date("2026-01-01"))
        func year(_ question: () throws(CalendarError) -> some Any) -> Int? {
            do { _ = try question() } catch {
                if case .yearNotPublished(let year, "test", .yearOutside(2000...2099)) = error {
                    return year
                }
            }
            return nil
        }
        #expect(year { () throws(CalendarError) in try calendar.next(date("2099-12-31")) } == 2100)
        #expect(
            year { () throws(CalendarError) in try calendar.previous(date("2000-01-01")) } == 1999)
        #expect(
            year { () throws(CalendarError) in try calendar.isWorkingDay(date("1987-05-05")) }
                == 1987)
        #expect(
            year { () throws(CalendarError) in try calendar.shift(date("2026-01-01"), by: .max) }
                == 2100)
        #expect(
            year { () throws(CalendarError) in try calendar.shift(date("2026-01-01"), by: .min) }
                == 1999)
        #expect(
            year { () throws(CalendarError) in
                try calendar.count(from: date("2099-12-31"), to: date("2100-01-02"))
            } == 2100)
        #expect(try calendar.count(from: date("2099-12-31"), to: date("2100-01-01")) == 0)
    }

    @Test func anUnknownWeekIsAnErrorThatNamesTheOthers() {
        #expect(
            throws: CalendarError.unknownWeek("four", known: ["five", "six", "thursday-friday"])
        ) {
            try Books.century.compile(week: "four", asKnownOn: date("2026-01-01"))
        }
    }

    @Test func withoutARuleOfSubstitutionACollisionIsLost() throws {
        let book = Books.book(
            years: 2022...2022, substitution: false, holidays: [Books.fixed(5, 7)])
        let calendar = try book.compile(week: "five", asKnownOn: date("2022-01-01"))
        // 7 May 2022 is a Saturday.
        #expect(try calendar.isWorkingDay(date("2022-05-09")))
        #expect(try calendar.status(of: date("2022-05-07")).kind == .holiday)
    }

    @Test func ofTwoVersionsTheOneKnownLastHolds() throws {
        let holiday = FixedHoliday(
            id: "h", name: Books.text("h"), month: 8, day: 30, substituted: true,
            versions: [
                .init(known: date("2000-01-01"), firstYear: 1996, lastYear: nil, act: Books.act),
                .init(known: date("2026-06-11"), firstYear: 1996, lastYear: 2025, act: Books.act),
            ])
        let book = Books.book(years: 2025...2026, holidays: [holiday])
        for (known, rests) in [("2026-06-10", true), ("2026-06-11", false)] {
            let calendar = try book.compile(week: "five", asKnownOn: date(known))
            // 30 August 2026 is a Sunday.
            #expect(try calendar.isWorkingDay(date("2026-08-31")) == !rests)
            #expect(try calendar.status(of: date("2025-08-30")).kind == .holiday)
        }
    }
}

@Suite struct MovableHolidayTests {
    private let book = Books.book(
        years: 2023...2025, holidays: [],
        movable: [
            MovableHoliday(
                id: "ait", name: Books.text("Ait"), substituted: false,
                dates: [
                    dated("2023-06-28", "2022-12-31"), dated("2024-06-17", "2023-12-31"),
                    dated("2024-06-16", "2024-06-07"),
                    dated("2025-06-06", "2024-01-01", .estimated(withinDays: 1)),
                    dated("2025-06-07", "2024-12-31"),
                ])
        ])

    private static func dated(
        _ day: String, _ known: String, _ certainty: MovableHoliday.Certainty = .announced
    ) -> MovableHoliday.Dated {
        .init(date: date(day), known: date(known), certainty: certainty, act: Books.act)
    }

    @Test func aYearWhoseHolidayIsUnknownIsNotPublished() throws {
        let calendar = try book.compile(week: "five", asKnownOn: date("2023-06-01"))
        #expect(calendar.covered == date("2023-01-01")...date("2023-12-31"))
        #expect(
            throws: CalendarError.yearNotPublished(
                year: 2024, calendar: "test",
                missing: .movableHoliday(Books.text("Ait"), since: date("2023-12-31")))
        ) { try calendar.next(date("2023-12-31")) }
        #expect(throws: CalendarError.self) {
            try book.compile(week: "five", asKnownOn: date("2022-12-30"))
        }
    }

    @Test(arguments: [
        ("2023-12-31", "2024-06-17"), ("2024-06-06", "2024-06-17"), ("2024-06-07", "2024-06-16"),
    ])
    func anAnnouncementMovesTheDay(known: String, ait: String) throws {
        let calendar = try book.compile(week: "six", asKnownOn: date(known))
        let holidays = try (date("2024-01-01")...date("2024-12-31")).filter {
            try calendar.status(of: $0).kind == .holiday
        }
        #expect(holidays == [date(ait)])
    }

    @Test func anEstimateMayBeAnnouncedForTheDayBeforeOrAfter() throws {
        let known = date("2024-12-30")
        let estimated = try book.compile(week: "five", asKnownOn: known)
        let estimate = try #require(estimated.estimates.first)
        #expect(estimated.estimates.count == 1)
        #expect(estimate.suppositions.map(\.date) == [date("2025-06-05"), date("2025-06-07")])
        for supposition in estimate.suppositions {
            let other = try book.compile(week: "five", asKnownOn: known, supposing: supposition)
            #expect(try other.status(of: supposition.date).kind == .holiday)
            #expect(try other.status(of: estimate.date).kind != .holiday)
            let changed =
                min(supposition.date, estimate.date)...max(supposition.date, estimate.date)
            #expect(estimated.differences(from: other) == changed)
        }
        #expect(estimated.differences(from: estimated) == nil)
        #expect(try book.compile(week: "five", asKnownOn: date("2024-12-31")).estimates.isEmpty)
    }
}
