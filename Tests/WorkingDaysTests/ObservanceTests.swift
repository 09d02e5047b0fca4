// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import WorkingDays

/// Holidays that begin and end in a year: announced ones, and ones that are reckoned from Easter.
@Suite struct ObservanceTests {
    private static let introduced = Act(title: Books.text("introduced"), date: nil)
    private static let abolished = Act(title: Books.text("abolished"), date: nil)

    private static func dated(_ day: String, _ known: String) -> MovableHoliday.Dated {
        .init(date: date(day), known: date(known), certainty: .announced, act: Books.act)
    }

    /// Observed from 2021 on, as known since 2020; until 2022, as known since May 2022.
    private static let festival = MovableHoliday(
        id: "festival", name: Books.text("festival"), substituted: false,
        versions: [
            .init(known: date("2020-06-01"), firstYear: 2021, lastYear: nil, act: introduced),
            .init(known: date("2022-05-01"), firstYear: 2021, lastYear: 2022, act: abolished),
        ],
        dates: [
            dated("2020-07-31", "2019-12-01"), dated("2021-07-20", "2020-12-01"),
            dated("2022-07-11", "2021-12-01"), dated("2023-06-28", "2022-02-01"),
        ])

    private static func book(
        movable: [MovableHoliday] = [], computed: [ComputedHoliday] = []
    ) -> CalendarBook {
        CalendarBook(
            id: "test", title: Books.text("test"), zone: "UTC", years: 2019...2024,
            weeks: [Books.week("five", rest: [.saturday, .sunday])], substitution: Books.act,
            holidays: [], movable: movable, computed: computed, transfers: [])
    }

    @Test(arguments: [
        // known on, day, whether it is the holiday; a year without a date that is needed is not covered
        ("2020-06-01", "2020-07-31", false), ("2020-12-01", "2021-07-20", true),
        ("2021-12-01", "2022-07-11", true), ("2022-04-30", "2023-06-28", true),
        ("2022-05-01", "2023-06-28", false), ("2022-05-01", "2022-07-11", true),
    ])
    func itIsObservedInTheYearsThatAreKnown(known: String, day: String, isHoliday: Bool) throws {
        let calendar = try Self.book(movable: [Self.festival]).compile(
            week: "five", asKnownOn: date(known))
        #expect((try calendar.status(of: date(day)).kind == .holiday) == isHoliday)
    }

    @Test func aYearWithoutItLacksNoDate() throws {
        let book = Self.book(movable: [Self.festival])
        func lastYear(_ known: String) throws -> Int {
            try book.compile(week: "five", asKnownOn: date(known)).covered.upperBound.year
        }
        // Before it was introduced no year needs a date.
        #expect(try lastYear("2020-05-31") == 2024)
        #expect(try lastYear("2020-06-01") == 2020)
        #expect(try lastYear("2020-12-01") == 2021)
        #expect(try lastYear("2022-04-30") == 2023)
        // Abolished, so the years after 2022 are whole again.
        #expect(try lastYear("2022-05-01") == 2024)
    }

    @Test func theActThatEndsItIsTold() {
        let book = Self.book(movable: [Self.festival])
        #expect(
            book.act(
                changing: [date("2023-06-28")], between: date("2022-04-30"),
                and: date("2022-05-01")) == Self.abolished)
    }

    @Test(arguments: [
        // Years of both Easters as almanacs have them.
        (2000, "2000-04-30", "2000-04-23"), (2010, "2010-04-04", "2010-04-04"),
        (2016, "2016-05-01", "2016-03-27"), (2021, "2021-05-02", "2021-04-04"),
        (2024, "2024-05-05", "2024-03-31"), (2025, "2025-04-20", "2025-04-20"),
        (2026, "2026-04-12", "2026-04-05"), (2027, "2027-05-02", "2027-03-28"),
        (1981, "1981-04-26", "1981-04-19"), (2038, "2038-04-25", "2038-04-25"),
        (1900, "1900-04-22", "1900-04-15"), (2100, "2100-05-02", "2100-03-28"),
    ])
    func easterIsWhereAlmanacsHaveIt(year: Int, orthodox: String, western: String) {
        func day(_ easter: ComputedHoliday.Rule.Easter) -> CivilDate? {
            ComputedHoliday(
                id: "e", name: Books.text("e"), substituted: false,
                rule: .init(easter: easter, offset: 0), versions: []
            ).day(of: year)
        }
        #expect(day(.orthodox) == date(orthodox))
        #expect(day(.western) == date(western))
    }

    @Test func easterIsASundayAfterTheEquinoxOfItsTables() {
        // Full moons of the Julian calendar by golden number, as the church has them.
        let moons = [
            "04-05", "03-25", "04-13", "04-02", "03-22", "04-10", "03-30", "04-18", "04-07",
            "03-27", "04-15", "04-04", "03-24", "04-12", "04-01", "03-21", "04-09", "03-29",
            "04-17",
        ]
        let rule = ComputedHoliday(
            id: "e", name: Books.text("e"), substituted: false,
            rule: .init(easter: .orthodox, offset: 0), versions: [])
        for year in 1583...2500 {
            // The Julian calendar has 29 February in every year of a century that divides by 100.
            var behind = 10
            for century in stride(from: 1700, through: year, by: 100) where century % 400 != 0 {
                behind += 1
            }
            var day = date("\(year)-\(moons[year % 19])").adding(days: behind)!
            repeat { day = day.adding(days: 1)! } while day.weekday != .sunday
            #expect(rule.day(of: year) == day)
        }
    }

    @Test func aReckonedHolidayIsKeptInItsYears() throws {
        let radonitsa = ComputedHoliday(
            id: "radonitsa", name: Books.text("radonitsa"), substituted: true,
            rule: .init(easter: .orthodox, offset: 9),
            versions: [
                .init(known: date("2019-01-01"), firstYear: 2020, lastYear: nil, act: Books.act),
                .init(
                    known: date("2022-03-01"), firstYear: 2020, lastYear: 2022,
                    act: Self.abolished),
            ])
        let book = Self.book(computed: [radonitsa])
        let calendar = try book.compile(week: "five", asKnownOn: date("2022-03-01"))
        let days = calendar.exceptionalDays
        #expect(
            days.map(\.date)
                == [date("2020-04-28"), date("2021-05-11"), date("2022-05-03")])
        #expect(days.allSatisfy { $0.status.kind == .holiday })
        // The act that brought it in stays its ground.
        #expect(days.allSatisfy { $0.status.act == Books.act })
        let earlier = try book.compile(week: "five", asKnownOn: date("2022-02-28"))
        #expect(
            earlier.exceptionalDays.map(\.date).suffix(2) == [
                date("2023-04-25"), date("2024-05-14"),
            ])
        #expect(
            book.act(
                changing: [date("2023-04-25")], between: date("2022-02-28"),
                and: date("2022-03-01")) == Self.abolished)
    }
}
