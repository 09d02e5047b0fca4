// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekFiles

/// Estimates that become certain, and since when something is known.
@Suite struct CertaintyTests {
    @Test(arguments: [
        ("2027-05-16", ["2027-05-16 holiday>holiday 1>nil"]),
        (
            "2027-05-17",
            ["2027-05-16 holiday>weeklyRest 1>nil", "2027-05-17 working>holiday nil>nil"]
        ),
    ])
    func itIsToldWhenAnEstimateBecomesCertain(day: String, told: [String]) throws {
        let row =
            "{date: \(day), known: 2026-12-10, status: announced, act: kurban-ait-announcement}"
        let text = try EditedCalendar.text([EditedCalendar.dates([row])])
        let (_, library) = try Repository.library().replacing(calendar: text)
        let question = CalendarChangesQuestion(
            calendar: "kz", year: 2027, knownFrom: date("2026-12-09"), knownTo: date("2026-12-10"))
        let answer = try library.desk(in: .en, now: Timestamp("2026-12-22T07:00Z")!)
            .calendarChanges(question)
        let changes = answer.changes.filter { $0.week == "five" }.map { change in
            let within = [change.before, change.after].map {
                $0.withinDays.map(String.init) ?? "nil"
            }
            return "\(change.date) \(change.before.kind)>\(change.after.kind) "
                + within.joined(separator: ">")
        }
        #expect(changes == told)
        #expect(answer.changes.allSatisfy { $0.act.contains("Announcement") })
        #expect(answer.changes.first?.before.text == "First day of Kurban Ait (estimate, ± 1 d)")
        #expect(answer.before.version != answer.after.version)
    }

    /// The estimate of a lunar holiday falls on Capital Day, which names the day.
    @Test func anEstimateBehindAnotherHolidayIsToldTooWhenItBecomesCertain() throws {
        let row = "{date: 2027-05-16, known: 2026-12-10, status: announced, act: labour-code}"
        let text = try EditedCalendar.text([
            EditedCalendar.dates([row]), ("    date: \"07-06\"", "    date: \"05-16\""),
        ])
        let (_, library) = try Repository.library().replacing(calendar: text)
        let question = CalendarChangesQuestion(
            calendar: "kz", year: 2027, knownFrom: date("2026-12-09"), knownTo: date("2026-12-10"))
        let answer = try library.desk(in: .en, now: Timestamp("2026-12-22T07:00Z")!)
            .calendarChanges(question)
        #expect(answer.changes.map(\.week) == ["five", "six"])
        #expect(answer.changes.map(\.before.withinDays) == [1, 1])
        #expect(answer.changes.map(\.after.text) == ["Capital Day", "Capital Day"])
    }

    /// The day since which something is known is that of its version, not the day asked about.
    @Test(arguments: [
        ("2026-06-10", "2025-11-06"), ("2026-06-11", "2026-06-11"), ("2026-11-22", "2026-06-11"),
        ("2024-06-07", "2024-06-07"), ("2024-06-06", "2024-04-17"),
    ])
    func theSameKnowledgeIsKnownSinceTheSameDay(known: String, since: String) throws {
        let question = CalendarDaysQuestion(
            calendar: CalendarName(calendar: "kz", week: "five", asKnownOn: date(known)),
            first: date("2024-01-01"), last: date("2024-12-31"))
        let answer = try Repository.library().desk(in: .en, now: Timestamp("2026-11-22T07:00Z")!)
            .calendarDays(question)
        #expect(answer.knownSince == date(since))
    }

    /// An act that changes nothing gives a day of new knowledge, and the same version.
    @Test func knowledgeThatChangesNothingIsKnownSinceItWasTheSame() throws {
        let row = "      - {known: 2026-08-01, years: 2002-, act: law-267}\n"
        let old = "      - {known: 2001-12-13, years: 2002-, act: law-267}\n"
        let (_, library) = try Repository.library().replacing(
            calendar: try EditedCalendar.text([(old, old + row)]))
        #expect(library.calendars["kz"]?.book.knownDates.contains(date("2026-08-01")) == true)
        let question = CalendarDaysQuestion(
            calendar: CalendarName(calendar: "kz", week: "six", asKnownOn: date("2026-08-02")),
            first: date("2026-01-01"), last: date("2026-01-02"))
        let answer = try library.desk(in: .en, now: Timestamp("2026-11-22T07:00Z")!).calendarDays(
            question)
        #expect(answer.knownSince == date("2026-06-11"))
    }
}
