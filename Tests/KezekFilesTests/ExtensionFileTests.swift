// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekFiles

/// A file of a region or an office, beside the files that ship.
@Suite struct ExtensionFileTests {
    private static let town = """
        calendar: kz-town
        title: {kk: қала, ru: город, en: the town}
        extends: kz
        acts:
          decision: {title: {kk: шешім, ru: решение, en: decision No. 7}, date: 2026-03-01}
        closed:
          - name: {kk: су, ru: паводок, en: flood}
            date: 2026-04-15
            known: 2026-04-14
            act: decision

        """

    private static func folder(_ text: String = town) throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        for name in ["Calendars", "Standards"] {
            try FileManager.default.copyItem(
                at: Repository.root.appendingPathComponent(name),
                to: folder.url.appendingPathComponent(name))
        }
        try text.write(
            to: folder.url.appendingPathComponent("Calendars/kz-town.yaml"), atomically: true,
            encoding: .utf8)
        return folder
    }

    private static func library(_ text: String = town) throws -> Library {
        let folder = try folder(text)
        return try withExtendedLifetime(folder) { try DataFolder(root: folder.url).library() }
    }

    private static let now = Timestamp(second: 1_780_000_000)!

    private static func due(
        _ library: Library, _ calendar: String, asKnownOn: String = "2026-05-01"
    ) throws -> DueDateAnswer {
        try library.desk(in: .en, now: now).dueDate(
            DueDateQuestion(
                clock: ClockName(standard: "std-7", channel: "corporation"),
                start: moment("2026-04-13T10:00"), asKnownOn: date(asKnownOn), calendar: calendar))
    }

    @Test func aTermOfTheTownPassesOverItsClosedDay() throws {
        let library = try Self.library()
        let country = try Self.due(library, "")
        #expect(country.dueAt.date == date("2026-04-16"))
        #expect(country.basis.calendar == "kz")
        #expect(try Self.due(library, "kz") == country)
        let town = try Self.due(library, "kz-town")
        #expect(town.dueAt.date == date("2026-04-17"))
        #expect(town.basis.calendar == "kz-town")
        #expect(town.basis.version.hasPrefix("kz-town-"))
        // The proof names the calendar that closed the day, and its act.
        let proof = try #require(town.proof)
        let line = try #require(proof.lines.first { $0.date == date("2026-04-15") })
        #expect(!line.counted)
        #expect(proof.reasons[line.reason].text == "flood (the town)")
        #expect(proof.reasons[line.reason].act == "decision No. 7")
        // Nobody knew of it before.
        #expect(
            try Self.due(library, "kz-town", asKnownOn: "2026-04-13").dueAt.date
                == date("2026-04-16"))
    }

    @Test func theCountrysAnswersStayWhatTheyWere() throws {
        let (plain, beside) = (try Repository.library(), try Self.library())
        #expect(try Self.due(plain, "") == Self.due(beside, ""))
        let versions = plain.calendarVersions(now: Self.now).map { "\($0)" }
        #expect(
            beside.calendarVersions(now: Self.now).filter { $0.id != "kz-town" }.map { "\($0)" }
                == versions)
    }

    @Test func hoursFollowTheTownsCalendar() throws {
        let desk = try Self.library().desk(in: .en, now: Self.now)
        func hours(_ calendar: String) throws -> OfficeHoursAnswer {
            try desk.officeHours(
                OfficeHoursQuestion(
                    office: OfficeName(standard: "std-7", office: "provider"),
                    at: moment("2026-04-15T10:00"), asKnownOn: date("2026-05-01"),
                    calendar: calendar))
        }
        #expect(try hours("").isWorking)
        let town = try hours("kz-town")
        #expect(!town.isWorking && town.workHours.isEmpty)
        #expect(town.ground == "flood (the town)" && town.act == "decision No. 7")
        #expect(town.nextOpening == moment("2026-04-16T09:00"))
        let time = try desk.workingTime(
            WorkingTimeQuestion(
                office: OfficeName(standard: "std-7", office: "provider"),
                from: moment("2026-04-14T00:00"), to: moment("2026-04-17T00:00"),
                asKnownOn: date("2026-05-01"), calendar: "kz-town"))
        #expect(time.workingDays == 2)
    }

    @Test func aCalendarThatExtendsAnotherCountrysIsRefused() throws {
        let library = try Self.library()
        for name in ["jo", "nowhere"] {
            do {
                _ = try Self.due(library, name)
                Issue.record("answered")
            } catch let refusal as Refusal {
                #expect(refusal.reason == .unknownCalendar)
                #expect(refusal.message.contains("kz-town"))
            }
        }
    }

    @Test func aNewCalendarOfTheCountryKeepsTheTownsDays() throws {
        let library = try Self.library()
        let moved = try EditedCalendar.text(
            [],
            transfers: ["{working: 2026-04-18, rest: 2026-04-16, known: 2026-04-10, act: law-267}"])
        let new = try library.replacing(calendar: moved).library
        #expect(try Self.due(new, "").dueAt.date == date("2026-04-17"))
        #expect(try Self.due(new, "kz-town").dueAt.date == date("2026-04-18"))
        let week = try new.calendars["kz-town"]!.view(asKnownOn: date("2026-05-01")).week("five")
        #expect(try !week.isWorkingDay(date("2026-04-15")))
        #expect(try !week.isWorkingDay(date("2026-04-16")))
        // A decree on the town's own calendar.
        let open = Self.town.replacingOccurrences(of: "date: 2026-04-15", with: "date: 2026-04-14")
        let own = try library.replacing(calendar: open)
        #expect(own.calendar == "kz-town")
        #expect(try Self.due(own.library, "kz-town").dueAt.date == date("2026-04-17"))
        #expect(try Self.due(own.library, "").dueAt.date == date("2026-04-16"))
    }

    @Test(arguments: [
        ("extends: kz", "extends: uz", "extends", "expected one of jo, kz"),
        ("date: 2026-04-15", "date: 2026-05-10", "closed[0].date", "a day that works in some week"),
        ("date: 2026-04-15", "date: 2030-04-15", "closed[0].date", "a day of 2016-2027"),
        ("date: 2026-04-15", "day: 04-15", "closed[0]", "'years' is missing"),
        ("date: 2026-04-15", "day: \"02-30\"", "closed[0].day", "a day of the year as MM-DD"),
        ("act: decision", "act: order", "closed[0].act", "the key of an act"),
        (
            "known: 2026-04-14", "known: 2026-04-14\n    weeks: [seven]", "closed[0].weeks[0]",
            "five"
        ),
        (
            "known: 2026-04-14", "known: 2026-04-14\n    status: taken-back", "closed[0].status",
            "a closed day in force"
        ),
        ("closed:", "holidays: []\nclosed:", "holidays", "unknown"),
    ])
    func aWrongFileIsToldWithItsPlace(
        old: String, new: String, field: String, expected: String
    ) throws {
        let text = Self.town.replacingOccurrences(of: old, with: new)
        let folder = try Self.folder(text)
        do {
            _ = try DataFolder.calendars(
                in: folder.url.appendingPathComponent("Calendars"),
                only: field == "extends" ? nil : "kz-town.yaml")
            Issue.record("\(expected)")
        } catch {
            #expect(error.list.count == 1)
            let fault = try #require(error.list.first)
            #expect(fault.file == "Calendars/kz-town.yaml")
            #expect(fault.field == field && fault.line != nil, "\(fault)")
            if expected != "unknown" {
                #expect(fault.problem.description.contains(expected), "\(fault.problem)")
            }
            #expect(fault.problem.isTranslated)
        }
    }
}
