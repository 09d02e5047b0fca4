// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import Texts
import WorkingDays

/// Holidays of the lunar year: two in one Gregorian year, one moved into another, one taken back.
@Suite struct OccurrenceTests {
    private static func dated(
        _ day: String, _ known: String, _ certainty: MovableHoliday.Certainty = .announced,
        _ occurrence: Int? = nil
    ) -> MovableHoliday.Dated {
        .init(
            date: date(day), occurrence: occurrence, known: date(known), certainty: certainty,
            act: Act(title: Books.text("act of \(known)"), date: nil))
    }

    private static func book(
        _ years: ClosedRange<Int>, _ dates: [MovableHoliday.Dated]
    ) -> CalendarBook {
        Books.book(
            years: years, holidays: [],
            movable: [
                MovableHoliday(id: "m", name: Books.text("m"), substituted: false, dates: dates)
            ])
    }

    private static func holidays(_ book: CalendarBook, _ known: String) throws -> [String] {
        let calendar = try book.compile(week: "six", asKnownOn: date(known))
        return try calendar.covered.filter { try calendar.status(of: $0).kind == .holiday }
            .map(\.description)
    }

    /// Kurban Ait fell on 10 January and on 31 December 2006.
    private static let twice = [
        dated("2006-01-10", "2005-06-01", .estimated(withinDays: 1)),
        dated("2006-01-11", "2005-12-20"),
        dated("2006-12-30", "2005-06-01", .estimated(withinDays: 1)),
        dated("2006-12-31", "2006-11-15"),
        dated("2007-12-20", "2006-01-01", .estimated(withinDays: 1)),
    ]

    @Test(arguments: [
        ("2005-06-01", ["2006-01-10", "2006-12-30"]), ("2005-12-19", ["2006-01-10", "2006-12-30"]),
        ("2005-12-20", ["2006-01-11", "2006-12-30"]),
        ("2006-11-15", ["2006-01-11", "2006-12-31", "2007-12-20"]),
    ])
    func twoDaysOfOneYearBothRest(known: String, days: [String]) throws {
        #expect(try Self.holidays(Self.book(2006...2007, Self.twice), known) == days)
    }

    @Test func aYearIsNotKnownWhileOneOfItsDaysIsMissing() throws {
        var dates = Self.twice
        dates[2] = Self.dated("2006-12-30", "2006-03-01")
        let book = Self.book(2006...2006, dates)
        #expect(
            throws: CalendarError.yearNotPublished(
                year: 2006, calendar: "test",
                missing: .movableHoliday(Books.text("m"), since: date("2006-03-01")))
        ) { try book.compile(week: "six", asKnownOn: date("2006-02-28")) }
        #expect(try Self.holidays(book, "2006-03-01") == ["2006-01-11", "2006-12-30"])
    }

    /// The announcement takes the holiday over the turn of the year, and the estimate is gone.
    @Test(arguments: [nil, 1461])
    func anAnnouncementMayLieInAnotherYearThanItsEstimate(occurrence: Int?) throws {
        let next = occurrence.map { $0 + 1 }
        let book = Self.book(
            2039...2041,
            [
                Self.dated("2039-01-06", "2030-01-01", .announced, occurrence.map { $0 - 1 }),
                Self.dated("2039-12-31", "2030-01-01", .estimated(withinDays: 1), occurrence),
                Self.dated("2040-01-01", "2039-12-15", .announced, occurrence),
                Self.dated("2040-12-20", "2030-01-01", .announced, next),
            ])
        let before = try Self.holidays(book, "2039-12-14")
        #expect(before == ["2039-01-06", "2039-12-31", "2040-12-20"])
        #expect(
            try Self.holidays(book, "2039-12-15") == ["2039-01-06", "2040-01-01", "2040-12-20"])
        // An estimate at the turn of the year leaves days of both years open.
        let calendar = try book.compile(week: "six", asKnownOn: date("2039-12-14"))
        #expect(calendar.estimates.map(\.date) == [date("2039-12-31")])
    }

    @Test func aYearThatItsOnlyDayHasLeftIsNotKnown() throws {
        let book = Self.book(
            2039...2040,
            [
                Self.dated("2039-06-01", "2030-01-01"), Self.dated("2040-01-01", "2030-01-01"),
                Self.dated("2039-12-31", "2035-01-01"),
            ])
        let years = try ["2034-12-31", "2035-01-01"].map {
            try book.compile(week: "six", asKnownOn: date($0)).covered.upperBound.year
        }
        #expect(years == [2040, 2039])
        let calendar = try book.compile(week: "six", asKnownOn: date("2035-01-01"))
        #expect(
            throws: CalendarError.yearNotPublished(
                year: 2040, calendar: "test", missing: .movableHoliday(Books.text("m"), since: nil))
        ) { try calendar.next(date("2040-01-01")) }
    }

    @Test(arguments: [(176, 1), (177, 1), (178, 2)])
    func datesFurtherThanHalfALunarYearApartAreTwoOccurrences(days: Int, count: Int) {
        let first = date("2030-03-01")
        let dates = [("2029-01-01", first.adding(days: days)!), ("2028-01-01", first)].map {
            MovableHoliday.Dated(
                date: $1, known: date($0), certainty: .announced, act: Books.act)
        }
        let holiday = MovableHoliday(
            id: "m", name: Books.text("m"), substituted: false, dates: dates)
        #expect(holiday.occurrences.count == count)
        #expect(holiday.occurrences.map { $0[0].date }.first == first)
    }

    @Test func aNumberKeepsDatesTogetherThatLieFarApart() throws {
        let book = Self.book(
            2030...2030,
            [
                Self.dated("2030-02-01", "2029-01-01", .announced, 7),
                Self.dated("2030-10-01", "2030-01-15", .announced, 7),
                Self.dated("2030-10-04", "2029-01-01", .announced, 8),
            ])
        #expect(try Self.holidays(book, "2030-01-14") == ["2030-02-01", "2030-10-04"])
        #expect(try Self.holidays(book, "2030-01-15") == ["2030-10-01", "2030-10-04"])
    }

    /// An act takes the day back; the year is known all the same, and a later act may restore it.
    @Test(arguments: [
        ("2026-01-31", ["2026-05-27"]), ("2026-02-01", []), ("2026-02-28", []),
        ("2026-03-01", ["2026-05-28"]),
    ])
    func aDayThatIsTakenBackIsAsIfItHadNeverBeen(known: String, days: [String]) throws {
        let book = Self.book(
            2026...2026,
            [
                Self.dated("2026-05-27", "2025-11-06"),
                Self.dated("2026-05-27", "2026-02-01", .takenBack),
                Self.dated("2026-05-28", "2026-03-01"),
            ])
        #expect(try Self.holidays(book, known) == days)
        #expect(book.knownDates.count == 3)
        let cause = book.act(
            changing: [date("2026-05-27")], between: date("2025-11-06"), and: date("2026-02-01"))
        #expect(cause?.title.en == "act of 2026-02-01")
        // A day on which the holiday never was has no such cause.
        let other = book.act(
            changing: [date("2026-05-26")], between: date("2025-11-06"), and: date("2026-02-01"))
        #expect(other == nil)
    }

    /// An announcement that is taken back leaves an estimate again.
    @Test func whatWasAnnouncedMayBecomeAnEstimateAgain() throws {
        let book = Self.book(
            2026...2026,
            [
                Self.dated("2026-05-27", "2025-11-06"),
                Self.dated("2026-05-27", "2026-02-01", .estimated(withinDays: 2)),
            ])
        let calendars = try ["2026-01-31", "2026-02-01"].map {
            try book.compile(week: "six", asKnownOn: date($0))
        }
        #expect(calendars.map(\.estimates.count) == [0, 1])
        let status = try calendars.map { try $0.status(of: date("2026-05-27")) }
        #expect(status.map(\.withinDays) == [nil, 2])
    }

    @Test func theSubstituteOfAnEstimateIsAnEstimate() throws {
        // 16 May 2027 is a Sunday.
        let book = Books.book(
            years: 2027...2027, holidays: [Books.fixed(3, 21)],
            movable: [
                MovableHoliday(
                    id: "m", name: Books.text("m"), substituted: true,
                    dates: [Self.dated("2027-05-16", "2020-01-01", .estimated(withinDays: 1))])
            ])
        let calendar = try book.compile(week: "five", asKnownOn: date("2026-01-01"))
        let days = ["2027-03-21", "2027-03-22", "2027-05-16", "2027-05-17", "2027-05-18"]
        let within = try days.map { try calendar.status(of: date($0)).withinDays }
        #expect(within == [nil, nil, 1, 1, nil])
        #expect(try calendar.status(of: date("2027-05-17")).kind == .substitute)
    }
}
