// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekFiles

/// Weeks that change, and holidays that begin and end, as files have them.
@Suite struct CalendarChangesTests {
    private static let hours5 = "{monday: 8, tuesday: 8, wednesday: 8, thursday: 8, friday: 8}"
    private static let change =
        "{from: 2020-01-01, known: 2019-06-01, rest: [saturday, sunday], act: a, hours: \(hours5)}"

    /// A calendar of 2018-2022 with the six-day week, these changes of it and these movable holidays.
    private static func file(changes: [String] = [], movable: String = "") -> String {
        let list = changes.map { "      - \($0)\n" }.joined()
        return """
            calendar: small
            title: {kk: a, ru: b, en: c}
            zone: UTC
            years: 2018-2022
            acts:
              a: {title: {kk: a, ru: b, en: the act}}
              b: {title: {kk: a, ru: b, en: the other act}}
            weeks:
              six:
                title: {kk: a, ru: b, en: c}
                rest: [sunday]
                act: b
                hours: {monday: 7, tuesday: 7, wednesday: 7, thursday: 7, friday: 7, saturday: 5}

            """ + (list.isEmpty ? "" : "    changes:\n" + list) + movable
    }

    private static let holiday = """
        movable:
          - id: second-day-of-easter
            name: {kk: a, ru: b, en: Easter Monday}
            substituted: false
            easter: orthodox
            offset: 1
            versions:
              - {known: 2018-01-01, years: 2019-, act: a}
              - {known: 2021-06-01, years: 2019-2021, act: b}
          - id: festival
            name: {kk: a, ru: b, en: Festival}
            substituted: false
            versions:
              - {known: 2018-01-01, years: 2020-2021, act: a}
            dates:
              - {date: 2020-07-31, known: 2019-12-01, status: announced, act: a}
              - {date: 2021-07-20, known: 2020-12-01, status: announced, act: a}

        """

    @Test func aWeekHasItsRulesFromTheirDaysOn() throws {
        let book = try EditedCalendar.book(Self.file(changes: [Self.change]))
        let week = try book.compile(week: "six", asKnownOn: date("2022-01-01"))
        #expect(try week.isWorkingDay(date("2019-12-28")))
        let saturday = try week.status(of: date("2020-01-04"))
        #expect(saturday.kind == .weeklyRest)
        #expect(saturday.act.title.en == "the act")
        #expect(try week.balance(year: 2020)[1].workingMinutes == 20 * 480)
        let back =
            "{from: 2020-01-01, known: 2019-12-01, status: taken-back, act: b, note: repealed}"
        let restored = try EditedCalendar.book(Self.file(changes: [Self.change, back]))
        #expect(
            try restored.compile(week: "six", asKnownOn: date("2022-01-01"))
                .isWorkingDay(date("2020-01-04")))
    }

    @Test(
        arguments: [
            (
                ["{from: 2024-01-01, known: 2019-06-01, rest: [], act: a, hours: {}}"],
                "weeks.six.changes[0].from", "a day of 2018-2022"
            ),
            (["{known: 2019-06-01}"], "weeks.six.changes[0]", "'from' is missing"),
            (
                ["{from: 2020-01-01, known: 2019-06-01, act: a, hours: {}}"],
                "weeks.six.changes[0]", "'rest' is missing"
            ),
            (
                [
                    "{from: 2020-01-01, known: 2019-06-01, rest: [saturday, sunday], act: a, hours: {monday: 8}}"
                ], "weeks.six.changes[0].hours", "the hours of every weekday"
            ),
            (
                ["{from: 2020-01-01, known: 2019-06-01, status: taken-back, act: a}"],
                "weeks.six.changes[0].status", "a change from 2020-01-01 in force to take back"
            ),
            ([change, change], "weeks.six.changes[1].known", "weeks.six.changes[0]"),
            (
                [change, change.replacingOccurrences(of: "2020-01-01", with: "2021-01-01")],
                "weeks.six.changes[1]", "other rest days or hours"
            ),
        ] as [([String], String, String)])
    func aWrongChangeIsToldWithItsPlace(changes: [String], field: String, expected: String) throws {
        let faults = try EditedCalendar.faults(Self.file(changes: changes))
        #expect(
            faults.contains { $0.field == field && $0.problem.description.contains(expected) },
            "\(faults)")
        #expect(faults.allSatisfy { $0.line != nil && $0.problem.isTranslated })
    }

    @Test func holidaysAreKeptInTheirYears() throws {
        let book = try EditedCalendar.book(Self.file(movable: Self.holiday))
        let early = try book.compile(week: "six", asKnownOn: date("2021-05-31"))
        let late = try book.compile(week: "six", asKnownOn: date("2021-06-01"))
        func days(_ calendar: WorkingCalendar) -> [String] {
            calendar.exceptionalDays.filter { $0.status.kind == .holiday }.map { "\($0.date)" }
        }
        let both = ["2019-04-29", "2020-04-20", "2020-07-31", "2021-05-03", "2021-07-20"]
        #expect(days(early) == both + ["2022-04-25"])
        #expect(days(late) == both)
        #expect(late.covered.upperBound.year == 2022)
        // In 2020 and 2021 the festival needs its dates.
        #expect(
            try book.compile(week: "six", asKnownOn: date("2019-11-30")).covered.upperBound.year
                == 2019)
    }

    @Test(arguments: [
        ("easter: orthodox", "easter: julian", "movable[0].easter", "orthodox, western"),
        ("offset: 1", "offset: 90", "movable[0].offset", "-70 to 70"),
        ("    offset: 1\n", "    dates: []\n", "movable[0]", "dates"),
        ("2020-07-31, known", "2019-08-11, known", "movable[1].dates[0].date", "'versions'"),
        ("years: 2020-2021", "years: 2020-2022", "movable[1].dates", "a date for 2022"),
        ("id: festival", "id: second-day-of-easter", "movable[0].id", "an id of its own"),
    ])
    func aWrongHolidayIsToldWithItsPlace(
        old: String, new: String, field: String, expected: String
    ) throws {
        let text = Self.file(movable: Self.holiday.replacingOccurrences(of: old, with: new))
        let faults = try EditedCalendar.faults(text)
        #expect(
            faults.contains {
                $0.field.hasPrefix(field) && $0.problem.description.contains(expected)
            }, "\(faults)")
        #expect(faults.allSatisfy { $0.problem.isTranslated })
    }
}
