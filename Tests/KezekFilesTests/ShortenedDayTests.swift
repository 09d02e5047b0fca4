// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekFiles

/// Working days that an act of the calendar makes shorter.
@Suite struct ShortenedDayTests {
    private static func text(_ entries: String...) throws -> String {
        try EditedCalendar.text([
            (
                "\ntransfers:",
                "\nshortened:\n" + entries.map { "  - \($0)\n" }.joined() + "transfers:"
            )
        ])
    }

    private static let before =
        "{before-holidays: 2026-, minutes: 60, known: 2026-01-05, act: labour-code}"

    private static func desk(_ text: String) throws -> Desk {
        let (_, library) = try Repository.library().replacing(calendar: text)
        return library.desk(in: .en, now: Timestamp("2026-11-22T07:00:00Z")!)
    }

    @Test func theBalanceHasTheMinutesLessAndTheOfficeClosesEarlier() throws {
        let desk = try Self.desk(Self.text(Self.before))
        func december(_ known: String) throws -> MonthBalance {
            try desk.balance(
                BalanceQuestion(
                    calendar: CalendarName(calendar: "kz", week: "five", asKnownOn: date(known)),
                    year: 2026)
            ).months[11]
        }
        // 16 December, Independence Day, and 1 January: the days before are a Tuesday and a Thursday.
        let (usual, shorter) = (try december("2026-01-04"), try december("2026-01-05"))
        #expect(usual.workingDays == shorter.workingDays)
        #expect(usual.workingMinutes - shorter.workingMinutes == 120)
        let office = OfficeName(standard: "std-7", office: "corporation")
        let hours = try desk.officeHours(
            OfficeHoursQuestion(office: office, at: moment("2026-12-15T19:30"), asKnownOn: nil))
        #expect(!hours.isWorking)
        #expect(hours.workHours.map(\.description) == ["09:00-19:00"])
        #expect(hours.ground == "shorter by 1 h")
        let due = try desk.dueDate(
            DueDateQuestion(
                clock: ClockName(standard: "std-7", channel: "corporation"),
                start: moment("2026-12-10T16:00")))
        #expect(due.dueAt == moment("2026-12-15T19:00"))
    }

    @Test func theCalendarTellsTheDayAndWhatChanged() throws {
        let desk = try Self.desk(Self.text(Self.before))
        let days = try desk.calendarDays(
            CalendarDaysQuestion(
                calendar: CalendarName(calendar: "kz", week: "six", asKnownOn: nil),
                first: date("2026-12-15"), last: date("2026-12-15")))
        #expect(days.reasons.map(\.text) == ["working day, shorter by 1 h"])
        let changes = try desk.calendarChanges(
            CalendarChangesQuestion(
                calendar: "kz", year: 2026, knownFrom: date("2026-01-04"),
                knownTo: date("2026-01-05")))
        #expect(changes.changes.contains { $0.date == date("2026-12-15") && $0.week == "five" })
        #expect(changes.before.version != changes.after.version)
    }

    @Test(arguments: [
        (
            "{before-holidays: 2026-, minutes: 1441, known: 2026-01-05, act: labour-code}",
            "shortened[0].minutes", "0 to 1440"
        ),
        (
            "{before-holidays: 2026-, date: 2026-12-31, minutes: 60, known: 2026-01-05, act: labour-code}",
            "shortened[0].date", "none beside"
        ),
        (
            "{date: 2028-12-31, minutes: 60, known: 2026-01-05, act: labour-code}",
            "shortened[0].date", "2016-2027"
        ),
        (
            "{date: 2026-12-31, weeks: [ten], minutes: 60, known: 2026-01-05, act: labour-code}",
            "shortened[0].weeks[0]", "five, six"
        ),
        ("{minutes: 60, known: 2026-01-05, act: labour-code}", "shortened[0]", "'date'"),
    ])
    func aWrongEntryNamesItsField(entry: String, field: String, expected: String) throws {
        let text = try Self.text(entry)
        let faults = #expect(throws: FileFaults.self) {
            try Repository.library().replacing(calendar: text)
        }
        let fault = try #require(faults?.list.first)
        #expect(fault.field == field, "\(fault)")
        #expect(fault.problem.description.contains(expected), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
    }

    @Test func twoOfTheSameDaysAndTheSameKnowledgeContradict() throws {
        let text = try Self.text(Self.before, Self.before)
        let faults = #expect(throws: FileFaults.self) {
            try Repository.library().replacing(calendar: text)
        }
        #expect(faults?.list.map(\.field) == ["shortened[1].known"])
        #expect(faults?.list.first?.problem.isTranslated == true)
    }
}
