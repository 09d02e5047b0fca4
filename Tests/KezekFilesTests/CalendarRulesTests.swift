// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekFiles

/// The calendar of Kazakhstan with rows more, or with a text replaced.
enum EditedCalendar {
    static func text(_ edits: [(old: String, new: String)], transfers: [String] = []) throws
        -> String
    {
        var text = try Repository.text("Calendars/kz.yaml")
        for (old, new) in edits {
            let range = try #require(text.range(of: old), "no '\(old)'")
            text = text.replacingCharacters(in: range, with: new)
        }
        return text + transfers.map { "  - \($0)\n" }.joined()
    }

    /// Rows of the movable holiday behind those that are there.
    static func dates(_ rows: [String]) -> (old: String, new: String) {
        let last =
            "      - {date: 2027-05-16, known: 2015-12-31, status: estimate, within-days: 1, "
            + "act: lunar-estimate}\n"
        return (last, last + rows.map { "      - \($0)\n" }.joined())
    }

    /// A calendar with one week and one movable holiday, whose dates cite the act `a`.
    static func small(_ years: String, dates: String) -> String {
        """
        calendar: small
        title: {kk: a, ru: b, en: c}
        zone: UTC
        years: \(years)
        acts:
          a: {title: {kk: a, ru: b, en: c}}
        weeks:
          six:
            title: {kk: a, ru: b, en: c}
            rest: [sunday]
            act: a
            hours: {monday: 7, tuesday: 7, wednesday: 7, thursday: 7, friday: 7, saturday: 5}
        movable:
          - id: m
            name: {kk: a, ru: b, en: c}
            substituted: false
            dates:

        """ + dates
    }

    static func book(_ text: String) throws -> CalendarBook {
        try CalendarFile.book(try YAMLFile.root(ofText: text, named: "kz.yaml"))
    }

    static func faults(_ text: String) throws -> [FileFault] {
        do {
            _ = try book(text)
            return []
        } catch let faults as FileFaults {
            return faults.list
        } catch let fault as FileFault { return [fault] }
    }
}

@Suite struct CalendarRulesTests {
    private static let estimate = "status: estimate, within-days: 1, act: lunar-estimate}"
    private static let known = "known: 2026-02-01, act: labour-code"

    @Test(arguments: [
        // rows under `transfers`, the field, and what the fault says
        (
            ["{working: 2026-03-18, rest: 2026-03-29, \(known)}"], "transfers[19].working",
            "2026-03-18 works already in five, six"
        ),
        (
            ["{working: 2026-03-28, rest: 2026-03-22, \(known)}"], "transfers[19].rest",
            "2026-03-28 works already in six and that 2026-03-22 rests already in five"
        ),
        (
            // 7 March 2026 is a Saturday, so 9 March stands for the 8th, a Sunday.
            ["{working: 2026-03-07, rest: 2026-03-09, \(known)}"], "transfers[19].rest",
            "2026-03-09 rests already in five"
        ),
        (
            ["{working: 2026-04-04, rest: 2026-04-04, \(known)}"], "transfers[19].rest",
            "another day than 'working'"
        ),
        (
            ["{working: 2028-01-08, rest: 2027-12-31, \(known)}"], "transfers[19].working",
            "a day of 2016-2027"
        ),
        (
            [
                "{working: 2026-04-04, rest: 2026-04-06, \(known)}",
                "{working: 2026-04-11, rest: 2026-04-06, \(known)}",
            ], "transfers[20].rest", "moves 2026-04-06 from 2026-02-01 on"
        ),
        (
            [
                "{working: 2026-04-04, rest: 2026-04-06, \(known)}",
                "{working: 2026-04-06, rest: 2026-04-04, known: 2026-03-01, act: labour-code}",
            ], "transfers[20].rest", "with 'status: taken-back'"
        ),
        (
            // The row of 2025 is there already.
            ["{working: 2025-01-05, rest: 2025-01-03, known: 2024-12-05, act: labour-code}"],
            "transfers[19].rest", "transfers[18] (line "
        ),
        (
            ["{working: 2026-04-04, rest: 2026-04-06, \(known), status: taken-back}"],
            "transfers[19].status", "known before 2026-02-01"
        ),
        (
            [
                "{working: 2026-04-04, rest: 2026-04-06, \(known)}",
                "{working: 2026-04-04, rest: 2026-04-06, \(known), status: taken-back}",
            ], "transfers[20].known", "'known' day of its own"
        ),
        (
            ["{working: 2026-04-04, rest: 2026-04-06, \(known), status: gone}"],
            "transfers[19].status", "one of in-force, taken-back"
        ),
    ])
    func aTransferThatSaysNothingOrContradictsIsRefused(
        rows: [String], field: String, problem: String
    ) throws {
        let text = try EditedCalendar.text([], transfers: rows)
        let faults = try EditedCalendar.faults(text)
        let fault = try #require(faults.first { $0.field == field }, "\(faults)")
        #expect(fault.problem.description.contains("expected"), "\(fault)")
        #expect(fault.problem.description.contains(problem), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
        // The row stands on the last line.
        #expect(
            fault.line == text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
        #expect(faults.allSatisfy { $0.field.hasPrefix("transfers[") })
    }

    @Test(arguments: [
        (
            "  - id: new-year-second", "  - id: new-year-first", "holidays[1].id",
            "holidays[0] (line"
        ),
        ("  - id: kurban-ait", "  - id: unity-day", "movable[0].id", "has 'unity-day' too"),
        (
            "    date: \"01-02\"", "    date: \"01-01\"", "holidays[1].date",
            "'new-year-first', lies on it in 2016 too"
        ),
        (
            // Ends in 2021, and the day it is moved onto begins in 2022: both lie on it before 2022
            // was known to be the last.
            "    date: \"12-17\"", "    date: \"10-25\"", "holidays[16].date", ""
        ),
        ("  six:\n", "  five:\n", "", "same key twice"),
        ("  six:\n", "  \"five\":\n", "", "same key twice"),
        ("    rest: [sunday]\n", "    rest: [sunday, sunday]\n", "weeks.six.rest[1]", "once"),
        (
            "{known: 2001-12-13, years: 2002-, ", "{known: 2001-12-13, known: 2001-12-13, ", "",
            "twice"
        ),
        ("  labour-code:\n", "  law-267:\n", "", "twice"),
    ])
    func entriesOfOneNameOrDayAreRefused(
        old: String, new: String, field: String, problem: String
    ) throws {
        let faults = try EditedCalendar.faults(try EditedCalendar.text([(old, new)]))
        if problem.isEmpty { return #expect(faults == []) }
        let fault = try #require(faults.first)
        #expect(fault.field == field, "\(fault)")
        #expect(fault.problem.description.contains(problem), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
        #expect(try #require(fault.line) > 1)
    }

    /// To YAML a number and the same digits in quotes are two keys.
    @Test func aKeyIsOneHoweverItIsWritten() throws {
        let root = try YAMLFile.root(ofText: "a: b\n1: c\n\"1\": d\n", named: "kz.yaml")
        do throws(FileFault) {
            _ = try root.entries()
            Issue.record("taken")
        } catch {
            #expect(error.line == 3)
            #expect(error.problem.description.contains("key '1' twice"))
        }
    }

    @Test(arguments: [
        // rows under `dates`, and what the fault of one of them says; nil where they are taken
        (["{date: 2027-05-17, known: 2015-12-31, \(estimate)"], "'known' day of its own"),
        (["{date: 2027-05-17, known: 2026-12-31, \(estimate)"], nil as String?),
        (
            ["{date: 2027-05-17, known: 2026-12-31, occurrence: 1448, \(estimate)"],
            "at every date of this holiday or at none"
        ),
        (
            // From one May to the next, too close together to be told apart.
            [
                "{date: 2026-10-20, known: 2025-12-01, status: announced, act: labour-code}",
                "{date: 2027-01-20, known: 2025-12-02, status: announced, act: labour-code}",
            ], "expected 'occurrence' at every date"
        ),
        (
            ["{date: 2027-05-16, known: 2015-12-30, status: taken-back, act: labour-code}"],
            "a date known before"
        ),
        (
            ["{date: 2027-05-17, known: 2026-02-01, status: taken-back, act: labour-code}"],
            "expected 2027-05-16, the date in force"
        ),
        (["{date: 2027-05-16, known: 2026-02-01, status: taken-back, act: labour-code}"], nil),
        (
            [
                "{date: 2027-05-16, known: 2026-02-01, status: taken-back, act: labour-code}",
                "{date: 2027-05-16, known: 2026-02-02, status: taken-back, act: labour-code}",
            ], "taken back already"
        ),
        (
            ["{date: 2027-05-16, known: 2026-02-01, status: lost, act: labour-code}"],
            "one of announced, estimate, taken-back"
        ),
    ])
    func datesThatContradictAreRefused(rows: [String], problem: String?) throws {
        let faults = try EditedCalendar.faults(
            try EditedCalendar.text([EditedCalendar.dates(rows)]))
        guard let problem else { return #expect(faults == []) }
        let fault = try #require(faults.first)
        #expect(fault.problem.description.contains(problem), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
        #expect(fault.field.hasPrefix("movable[0].dates["))
        #expect(try #require(fault.line) > 1)
    }

    /// 10 Dhu al-Hijja, counted on from 2027 by lunar years of 354.367 days.
    private static func lunarRows(_ last: Int) -> [String] {
        (1...last).map { number in
            let day = date("2027-05-16").adding(days: number * 354_367 / 1000)!
            return "{date: \(day), known: 2015-12-31, \(estimate)"
        }
    }

    @Test func bothDaysOfALunarYearRest() throws {
        let rows = Self.lunarRows(13)
        let days = rows.suffix(2).map { date(String($0.dropFirst(7).prefix(10))) }
        #expect(days.map(\.year) == [2039, 2039])
        let years = ("years: 2016-2027", "years: 2016-2039")
        let book = try EditedCalendar.book(
            try EditedCalendar.text([years, EditedCalendar.dates(rows)]))
        let calendar = try book.compile(week: "five", asKnownOn: date("2026-11-22"))
        for day in days { #expect(try calendar.status(of: day).kind == .holiday) }
        // The second is easily forgotten, and then it is asked for.
        let faults = try EditedCalendar.faults(
            try EditedCalendar.text([years, EditedCalendar.dates(rows.dropLast())]))
        #expect(faults.map(\.field) == ["movable[0].dates"])
        #expect(
            faults.first?.problem.description.contains("expected a date about 2039-12-") == true)
    }

    /// How far the dates of one occurrence may lie apart in all, without a number and with one.
    @Test(arguments: [
        (nil as Int?, 177, nil as String?), (nil, 178, "expected 'occurrence'"), (1447, 353, nil),
        (1447, 354, "another 'occurrence'"),
    ])
    func datesOfOneOccurrenceLieNear(number: Int?, days: Int, problem: String?) throws {
        let first = date("2030-01-05")
        let rows = [0, days / 2, days].enumerated().map { place, days in
            "      - {date: \(first.adding(days: days)!), known: 2020-01-0\(place + 1), "
                + (number.map { "occurrence: \($0), " } ?? "")
                + "status: announced, act: a}\n"
        }.joined()
        let faults = try EditedCalendar.faults(EditedCalendar.small("2030-2030", dates: rows))
        #expect(faults.count == (problem == nil ? 0 : 1), "\(faults)")
        if let problem { #expect(faults[0].problem.description.contains(problem), "\(faults)") }
    }

    @Test func numbersTellOccurrencesApart() throws {
        func text(_ rows: [(String, String, Int)]) -> String {
            let dates = rows.map { day, known, number in
                "      - {date: \(day), occurrence: \(number), known: \(known), "
                    + "status: announced, act: a}\n"
            }
            return EditedCalendar.small("2006-2007", dates: dates.joined())
        }
        let first = ("2006-01-10", "2005-12-01", 1426)
        let good = [
            first, ("2006-12-30", "2005-12-01", 1427), ("2006-12-31", "2006-11-01", 1427),
            ("2007-12-20", "2005-12-01", 1428),
        ]
        #expect(try EditedCalendar.faults(text(good)) == [])
        let calendar = try EditedCalendar.book(text(good))
            .compile(week: "six", asKnownOn: date("2006-11-01"))
        let days = try calendar.covered.filter {
            try calendar.status(of: $0).kind == .holiday
        }
        #expect(days == ["2006-01-10", "2006-12-31", "2007-12-20"].map { date($0) })
        var typo = good
        typo[3].2 = 1427
        #expect(
            try EditedCalendar.faults(text(typo)).first?.problem.description.contains(
                "another 'occurrence' than that of 2006-12-30, 355 days before") == true)
        typo[3].2 = 1425
        #expect(
            try EditedCalendar.faults(text(typo)).first?.problem.description.contains(
                "a day after those of the occurrence 1425") == true)
    }

    // MARK: A decree that takes a transfer back

    private static let moved = [
        "{working: 2026-10-31, rest: 2026-11-02, known: 2026-08-05, act: decree-888-2018}"
    ]
    private static let takenBack =
        moved + [
            "{working: 2026-10-31, rest: 2026-11-02, known: 2026-09-10, status: taken-back, "
                + "act: decree-820-2019}"
        ]

    @Test func hoursAreAsIfATransferThatIsTakenBackHadNeverBeen() throws {
        let untouched = try EditedCalendar.book(try EditedCalendar.text([]))
        let moved = try EditedCalendar.book(try EditedCalendar.text([], transfers: Self.moved))
        let book = try EditedCalendar.book(try EditedCalendar.text([], transfers: Self.takenBack))
        for week in ["five", "six"] {
            func balance(_ book: CalendarBook, _ known: String) throws -> [MonthBalance] {
                try book.compile(week: week, asKnownOn: date(known)).balance(year: 2026)
            }
            let usual = try balance(untouched, "2026-11-22")
            #expect(try balance(book, "2026-08-04") == usual)
            #expect(try balance(book, "2026-09-10") == usual)
            #expect(try balance(book, "2026-09-09") == balance(moved, "2026-11-22"))
            #expect((try balance(book, "2026-08-05") == usual) == (week == "six"))
        }
        let hours = try book.compile(week: "five", asKnownOn: date("2026-08-05"))
            .balance(year: 2026).map { $0.workingMinutes / 60 }
        // 22 weekdays and a Saturday in October; 21 less the Monday in November.
        #expect(hours[9] == 22 * 8 && hours[10] == 20 * 8)
    }

    @Test func aDecreeMayTakeATransferBack() throws {
        let library = try Repository.library()
        let text = try EditedCalendar.text([], transfers: Self.takenBack)
        let (_, changed) = try library.replacing(calendar: text)
        let desk = changed.desk(in: .en, now: Timestamp("2026-11-22T07:00Z")!)
        let changes = CalendarChangesQuestion(
            calendar: "kz", year: 2026, knownFrom: date("2026-08-05"), knownTo: date("2026-09-10"))
        let answer = try desk.calendarChanges(changes)
        #expect(
            answer.changes.map { "\($0.date) \($0.week) \($0.before.kind)>\($0.after.kind)" } == [
                "2026-10-31 five movedWorking>weeklyRest", "2026-11-02 five movedRest>working",
            ])
        #expect(answer.changes.allSatisfy { $0.act.contains("820") })
        let before = CalendarChangesQuestion(
            calendar: "kz", year: 2026, knownFrom: date("2026-08-04"), knownTo: date("2026-09-10"))
        let none = try desk.calendarChanges(before)
        #expect(none.changes == [] && none.before.version == none.after.version)
    }
}
