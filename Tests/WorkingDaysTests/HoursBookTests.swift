// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import Texts
import WorkingDays

/// Which hours a day has, and what says so.
@Suite struct HoursBookTests {
    private static func hours(_ texts: String...) -> OpeningHours {
        OpeningHours(texts.map { DayInterval($0)! })!
    }

    private static let order = Books.text("order")
    private static let week = WeekHours.weekdays(
        Dictionary(
            uniqueKeysWithValues: Weekday.allCases.filter { $0 != .saturday && $0 != .sunday }
                .map { ($0, hours("09:00-20:00")) } + [(.saturday, hours("09:00-13:00"))]))

    /// A hall that closes at 20:00, on Saturdays at 13:00, at 18:00 in winter, from 2027 on at 24:00; and what
    /// was said of three days.
    private static let hall = HoursBook(
        base: .init(
            week: week,
            seasons: [
                .init(
                    first: MonthDay("12-20")!, last: MonthDay("01-10")!,
                    week: .everyWorkingDay(hours("09:00-18:00")), act: order)
            ]),
        changes: [
            .init(
                from: date("2027-02-01"), known: date("2026-11-10"),
                schedule: .init(week: .everyWorkingDay(hours("09:00-13:00", "14:00-24:00"))),
                act: order)
        ],
        dates: [
            .init(
                date: date("2026-12-16"), known: date("2026-11-01"),
                hours: .open(hours("10:00-12:00")), act: order),
            .init(date: date("2026-11-25"), known: date("2026-11-01"), hours: .closed, act: order),
            .init(
                date: date("2026-11-25"), known: date("2026-11-20"), hours: .takenBack,
                act: order),
        ])

    @Test(arguments: [
        ("2026-11-23", "2026-11-25", ["09:00-20:00"]),
        ("2026-11-28", "2026-11-25", ["09:00-13:00"]),
        ("2026-11-29", "2026-11-25", []),
        // What was taken back is as if nothing had been said, once that was known.
        ("2026-11-25", "2026-10-31", ["09:00-20:00"]), ("2026-11-25", "2026-11-19", []),
        ("2026-11-25", "2026-11-20", ["09:00-20:00"]),
        // A holiday is closed, unless something was said of the date.
        ("2026-12-17", "2026-11-25", ["09:00-20:00"]), ("2026-12-16", "2026-10-31", []),
        ("2026-12-16", "2026-11-01", ["10:00-12:00"]), ("2027-03-08", "2026-11-25", []),
        // A season over the New Year, both days included.
        ("2026-12-19", "2026-11-25", ["09:00-13:00"]),
        ("2026-12-21", "2026-11-25", ["09:00-18:00"]),
        ("2026-12-26", "2026-11-25", ["09:00-18:00"]),
        ("2027-01-09", "2026-11-25", ["09:00-18:00"]),
        ("2027-01-11", "2026-11-25", ["09:00-20:00"]),
        // A change that was not known yet is not there.
        ("2027-02-01", "2026-11-09", ["09:00-20:00"]),
        ("2027-02-01", "2026-11-10", ["09:00-13:00", "14:00-24:00"]),
        ("2027-01-30", "2026-11-10", ["09:00-13:00"]),
        ("2027-12-24", "2026-11-10", ["09:00-13:00", "14:00-24:00"]),
    ])
    func aDayHasItsHours(day: String, known: String, expected: [String]) throws {
        let six = try Books.century.compile(week: "six", asKnownOn: date("1999-01-01"))
        let found = try OfficeDays(
            calendar: six, hours: Self.hall, asKnownOn: date(known)
        ).day(date(day))
        #expect((found.hours?.intervals.map(\.description) ?? []) == expected)
        let clock = OfficeClock(calendar: six, hours: Self.hall, asKnownOn: date(known))
        #expect(try clock.hours(on: date(day)) == found.hours)
        #expect(try clock.day(date(day)) == found)
    }

    @Test func whatSaysSoIsTold() throws {
        let six = try Books.century.compile(week: "six", asKnownOn: date("1999-01-01"))
        func ground(_ day: String) throws -> HoursOfDay.Ground {
            try OfficeDays(
                calendar: six, hours: Self.hall, asKnownOn: date("2026-11-25")
            ).day(date(day)).ground
        }
        #expect(try ground("2026-11-23") == .base)
        #expect(try ground("2026-12-16") == .date(act: Self.order))
        #expect(
            try ground("2026-12-21")
                == .season(first: MonthDay("12-20")!, last: MonthDay("01-10")!, act: Self.order))
        #expect(try ground("2027-02-02") == .change(from: date("2027-02-01"), act: Self.order))
        guard case .calendar(let status) = try ground("2027-03-08") else {
            Issue.record("no ground of the calendar")
            return
        }
        #expect(status.kind == .holiday)
    }

    @Test func aWeekdayOfTheTableIsOpenOnARestDayAndAMovedDayHasTheOthersHours() throws {
        let five = try Books.century.compile(week: "five", asKnownOn: date("1999-01-01"))
        let clock = OfficeClock(calendar: five, hours: Self.hall, asKnownOn: date("2000-01-01"))
        #expect(try clock.hours(on: date("2026-11-28")) == Self.hours("09:00-13:00"))
        #expect(try clock.hours(on: date("2026-11-29")) == nil)
        // Saturday 5 March 2016 works for Monday the 7th.
        #expect(try clock.hours(on: date("2016-03-05")) == Self.hours("09:00-20:00"))
        #expect(try clock.hours(on: date("2016-03-07")) == nil)
        let plain = OfficeClock(calendar: five, hours: Self.hours("09:00-20:00"))
        #expect(try plain.hours(on: date("2026-11-28")) == nil)
    }

    @Test func theEndOfADayIsItsClosing() throws {
        let six = try Books.century.compile(week: "six", asKnownOn: date("1999-01-01"))
        let clock = OfficeClock(calendar: six, hours: Self.hall, asKnownOn: date("2026-11-25"))
        for (day, end) in [
            ("2026-11-23", "2026-11-23T20:00"), ("2026-11-28", "2026-11-28T13:00"),
            // No hours on Sundays; a holiday would have those of its weekday; 24:00 is of its own day.
            ("2026-11-29", "2026-11-29T23:59:59"), ("2027-01-01", "2027-01-01T18:00"),
            ("2027-02-01", "2027-02-01T23:59:59"),
        ] {
            #expect(clock.endOfDay(date(day)) == moment(end))
        }
        // Work that is done at 24:00 is done at midnight.
        #expect(
            try clock.shift(moment("2027-02-01T22:00"), bySeconds: 7_200)
                == moment("2027-02-02T00:00"))
    }

    @Test(arguments: [
        ("09:00-13:00 14:00-14:30", 60, "09:00-12:30"), ("09:00-18:00", 60, "09:00-17:00"),
        ("09:00-13:00 14:00-18:00", 240, "09:00-13:00"), ("09:00-10:00", 60, ""),
    ])
    func aShorterDayLosesItsEnd(hours: String, minutes: Int32, expected: String) {
        let whole = OpeningHours(hours.split(separator: " ").map { DayInterval(String($0))! })!
        let found = whole.shortened(bySeconds: minutes * 60)?.intervals.map(\.description) ?? []
        #expect(found.joined(separator: " ") == expected)
    }

    @Test func whatContradictsItselfIsTold() {
        func change(_ from: String, _ known: String, isBack: Bool = false) -> HoursBook.Change {
            .init(
                from: date(from), known: date(known),
                schedule: isBack ? nil : Self.hall.base, act: Self.order)
        }
        let season = HoursBook.Season(
            first: MonthDay("06-01")!, last: MonthDay("08-31")!, week: Self.week)
        let over = HoursBook.Season(
            first: MonthDay("08-31")!, last: MonthDay("09-01")!, week: Self.week)
        let book = HoursBook(
            base: .init(week: Self.week, seasons: [season, over]),
            changes: [
                change("2026-09-01", "2026-08-01"), change("2026-09-01", "2026-08-01"),
                change("2026-10-01", "2026-08-01", isBack: true),
            ])
        #expect(
            book.faults().map(\.field) == [
                "seasons[1].from", "changes[1].known", "changes[2].status",
            ])
        #expect(book.faults().allSatisfy { $0.problem.isTranslated })
        #expect(Self.hall.faults().isEmpty)
    }

    @Test(arguments: ["00:00", "24:01", "24:00:01", "25:00", "9:00", ""])
    func whatEndsNoStretchIsNoEnd(text: String) { #expect(EndTime(text) == nil) }

    @Test func actsMakeWorkingDaysShorterWithTheirBalance() throws {
        func book(_ entries: [ShortenedDays]) -> CalendarBook {
            let minutes = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, 480) })
            return CalendarBook(
                id: "test", title: Books.text("test"), zone: "UTC", years: 2026...2027,
                weeks: [
                    WeekPattern(
                        id: "five", title: Books.text("five"), restDays: [.saturday, .sunday],
                        act: Books.act, balanceMinutes: minutes)
                ], substitution: nil,
                holidays: [Books.fixed(1, 1), Books.fixed(12, 16), Books.fixed(6, 6)],
                movable: [], transfers: [], shortened: entries)
        }
        func entry(_ days: ShortenedDays.Days, _ minutes: Int, _ known: String) -> ShortenedDays {
            ShortenedDays(
                days: days, weeks: nil, minutes: minutes, known: date(known), act: Books.act)
        }
        let all = book([
            entry(.beforeHolidays(firstYear: 2026, lastYear: nil), 60, "2026-01-01"),
            entry(.date(date("2026-07-03")), 120, "2026-06-01"),
            entry(.date(date("2026-12-31")), 0, "2026-12-01"),
        ])
        let plain = try book([]).compile(week: "five", asKnownOn: date("2027-01-01"))
        let five = try all.compile(week: "five", asKnownOn: date("2026-06-01"))
        // 5 June 2026 is a Friday before a holiday on Saturday.
        for (day, minutes) in [
            ("2026-06-05", 60), ("2026-12-15", 60), ("2026-12-31", 60), ("2027-12-31", 60),
            ("2026-07-03", 120), ("2026-07-02", 0), ("2026-12-16", 0),
        ] {
            #expect(try five.status(of: date(day)).shortened?.minutes ?? 0 == minutes, "\(day)")
            #expect(try plain.status(of: date(day)).shortened == nil)
        }
        let (december, usual) = (
            try five.balance(year: 2026)[11], try plain.balance(year: 2026)[11]
        )
        #expect(december.workingDays == usual.workingDays)
        #expect(december.workingMinutes == usual.workingMinutes - 120)
        let clock = OfficeClock(calendar: five, hours: Self.hours("09:00-18:00"))
        #expect(try clock.hours(on: date("2026-12-15")) == Self.hours("09:00-17:00"))
        #expect(
            try clock.seconds(from: moment("2026-12-15T00:00"), to: moment("2026-12-16T00:00")) == 8
                * 3_600)
        let later = try all.compile(week: "five", asKnownOn: date("2026-12-01"))
        #expect(try later.status(of: date("2026-12-31")).shortened == nil)
    }
}
