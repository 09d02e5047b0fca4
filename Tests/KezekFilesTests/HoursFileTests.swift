// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import KezekFiles
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

/// Hours of offices in files: of one office, and of a kind of office in a standard.
@Suite struct HoursFileTests {
    private static let example = "Examples/offices/karaganda-corporation.yaml"

    private func office(_ text: String) throws -> QueueOffice {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString + ".yaml")
        defer { try? FileManager.default.removeItem(at: url) }
        try text.write(to: url, atomically: true, encoding: .utf8)
        return try OfficeFile.read(url)
    }

    @Test func theHoursOfAHallAreRead() throws {
        let hours = try #require(try office(Repository.text(Self.example)).hours)
        let six = try #require(
            try Repository.library().calendars["kz"]?.view(asKnownOn: date("2026-11-20")).week(
                "six"))
        for (day, expected) in [
            ("2026-06-30", "09:00-20:00"), ("2026-07-01", "09:00-18:00"),
            ("2026-07-04", "09:00-13:00"), ("2026-11-28", "09:00-13:00"),
            ("2026-11-29", "10:00-14:00"), ("2026-12-30", "09:00-17:00"), ("2026-12-31", ""),
            ("2027-01-09", "09:00-13:00"), ("2027-01-11", "08:00-13:00 13:30-20:00"),
            ("2027-01-16", "09:00-13:00 13:30-15:00"), ("2027-03-22", ""),
        ] {
            let found = try OfficeDays(
                calendar: six, hours: hours, asKnownOn: date("2026-11-20")
            ).day(date(day)).hours
            let text = found?.intervals.map(\.description).joined(separator: " ") ?? ""
            #expect(text == expected, "\(day)")
        }
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let office = try office(Repository.text(Self.example))
        let written = OfficeFile.write(office)
        #expect(try self.office(written) == office, "\(written)")
        let plain = try self.office(
            Repository.text("Examples/offices/almaty-provider.yaml")
                + "hours: [\"00:00-24:00\"]\n")
        #expect(plain.hours?.onlyHours?.intervals.map(\.description) == ["00:00-24:00"])
        #expect(try self.office(OfficeFile.write(plain)) == plain)
    }

    @Test(arguments: [
        // text, replaced by, field, expected
        (
            "monday-friday: [\"09:00-20:00\"]", "monday-fryday: [\"09:00-20:00\"]",
            "hours.week.monday-fryday", "monday-friday"
        ),
        ("saturday: [\"09:00-13:00\"]", "friday: [\"09:00-13:00\"]", "hours.week.friday", "once"),
        (
            "monday-friday: [\"09:00-20:00\"]", "monday-friday: [\"09:00-24:30\"]",
            "hours.week.monday-friday[0]", "24:00"
        ),
        (
            "monday-friday: [\"09:00-20:00\"]", "monday-friday: [\"09:00-13:00\", \"13:00-20:00\"]",
            "hours.week.monday-friday", "gaps"
        ),
        ("from: \"07-01\"", "from: \"07-32\"", "hours.seasons[0].from", "06-01"),
        ("known: 2026-11-16\n      week", "week", "hours.changes[0]", "'known'"),
        (
            "lunch: \"13:00-13:30\"", "lunch: \"08:00-20:00\"",
            "hours.changes[0].week.monday-friday", "beside the lunch break"
        ),
        (
            "lunch: \"13:00-13:30\"", "dinner: \"13:00-13:30\"", "hours.changes[0].dinner",
            "spelling"
        ),
        (
            "hours: [\"09:00-17:00\"]", "status: taken-back", "hours.dates[1].status",
            "in force to take back"
        ),
        ("date: 2026-12-31", "date: 2026-12-30", "hours.dates[2].known", "of its own"),
        ("hours: [\"09:00-17:00\"]", "hours: closed", "hours.dates[1].hours", "a list"),
        (
            "      act: *extra\n      hours: [\"09:00", "      hours: [\"09:00",
            "hours.dates[1]", "'act'"
        ),
    ])
    func aWrongHourNamesItsFieldAndWhatWasExpected(
        old: String, new: String, field: String, expected: String
    ) throws {
        let text = try Repository.text(Self.example)
        let range = try #require(text.range(of: old), "\(old)")
        let line = text[..<range.lowerBound].count { $0 == "\n" } + 1
        let faults = #expect(throws: FileFaults.self) {
            try self.office(text.replacingCharacters(in: range, with: new))
        }
        let fault = try #require(faults?.list.first)
        #expect(fault.field == field, "\(fault)")
        #expect(fault.problem.description.contains(expected), "\(fault)")
        #expect(fault.problem.isTranslated, "\(fault)")
        #expect(abs((fault.line ?? 0) - line) <= 2, "\(fault)")
    }

    /// The library with other hours of the Corporation in one standard.
    private static func library(_ open: String) throws -> Library {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        for folder in ["Calendars", "Standards"] {
            let target = root.appendingPathComponent(folder)
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            for url in try FileManager.default.contentsOfDirectory(
                at: Repository.root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
            where url.pathExtension == "yaml" {
                var text = try String(contentsOf: url, encoding: .utf8)
                if url.lastPathComponent == "std-7.yaml" {
                    text = text.replacingOccurrences(
                        of: "work: {rule: R7.4, open: [\"09:00-20:00\"]}",
                        with: "work: {rule: R7.4, open: \(open)}")
                    text = text.replacingOccurrences(
                        of: "reception: {rule: R7.4, open: [\"09:00-20:00\"]}",
                        with: "reception: {rule: R7.4, open: \(open)}")
                }
                try text.write(
                    to: target.appendingPathComponent(url.lastPathComponent), atomically: true,
                    encoding: .utf8)
            }
        }
        return try DataFolder(root: root).library()
    }

    private static let order = "act: {kk: бұйрық, ru: приказ, en: Order No. 5}"
    private static let halls = """
        {week: {monday-friday: ["09:00-20:00"], saturday: ["09:00-13:00"]}, dates: [
        {date: 2026-03-27, known: 2026-03-10, hours: ["09:00-16:00"], \(order)},
        {date: 2026-03-20, known: 2026-03-10, hours: [], \(order)}]}
        """

    private static func due(
        _ library: Library, asKnownOn known: String, at start: String = "2026-03-19T16:05"
    ) throws -> DueDateAnswer {
        try library.desk(in: .en, now: Timestamp("2026-11-22T07:00:00Z")!).dueDate(
            DueDateQuestion(
                clock: ClockName(standard: "std-7", channel: "corporation"), start: moment(start),
                suspensions: .none, outsideReception: .refuse, asKnownOn: date(known), proof: true))
    }

    @Test func aTermEndsWhenTheOfficeClosesOnThatDayAsWasKnown() throws {
        let library = try Self.library(Self.halls)
        let before = try Self.due(library, asKnownOn: "2026-03-09")
        #expect(before.dueAt == moment("2026-03-27T20:00"))
        #expect(before.proof?.sentence.contains("Order No. 5") == false)
        // The day on which the office was closed by order counts: it is a working day of the calendar.
        let after = try Self.due(library, asKnownOn: "2026-03-10")
        #expect(after.dueAt == moment("2026-03-27T16:00"))
        #expect(
            after.proof?.sentence.contains(
                "The office closes at 16:00 on that day: hours of this date (Order No. 5).")
                == true,
            "\(after.proof?.sentence ?? "")")
        #expect(before.basis.version == after.basis.version)
        let seed = try Self.due(try Repository.library(), asKnownOn: "2026-03-10")
        #expect(seed.dueAt == moment("2026-03-27T20:00"))
        #expect(seed.proof?.sentence == before.proof?.sentence)
    }

    @Test func whoComesOnASaturdayAfternoonIsOutsideTheHours() throws {
        let library = try Self.library(Self.halls)
        let refusal = #expect(throws: Refusal.self) {
            try Self.due(library, asKnownOn: "2026-03-10", at: "2026-03-14T13:00")
        }
        #expect(refusal?.message.contains("Monday, 16 March 2026, 09:00") == true)
        #expect(throws: Never.self) {
            try Self.due(library, asKnownOn: "2026-03-10", at: "2026-03-14T12:59")
        }
    }

    @Test func whenAnOfficeIsOpenIsToldWithItsGround() throws {
        let desk = try Self.library(Self.halls).desk(
            in: .en, now: Timestamp("2026-11-22T07:00:00Z")!)
        func hours(_ at: String, _ known: String) throws -> OfficeHoursAnswer {
            try desk.officeHours(
                OfficeHoursQuestion(
                    office: OfficeName(standard: "std-7", office: "corporation"), at: moment(at),
                    asKnownOn: date(known)))
        }
        let closed = try hours("2026-03-20T10:00", "2026-03-10")
        #expect(!closed.isWorking && closed.workHours.isEmpty)
        #expect(closed.ground == "hours of this date" && closed.act == "Order No. 5")
        #expect(closed.nextOpening == moment("2026-03-25T09:00"))
        let open = try hours("2026-03-20T10:00", "2026-03-09")
        #expect(open.isWorking && open.ground == nil)
        #expect(open.workHours.map(\.description) == ["09:00-20:00"])
        let saturday = try hours("2026-03-14T14:00", "2026-03-09")
        #expect(!saturday.isReceiving && saturday.nextReception == moment("2026-03-16T09:00"))
    }

    @Test func inBulkEachDayHasItsOwnClosing() throws {
        let library = try Self.library(Self.halls)
        let desk = library.desk(in: .en, now: Timestamp("2026-11-22T07:00:00Z")!)
        let starts = ["2026-03-17", "2026-03-18", "2026-03-19"].map(date)
        let answer = try desk.dueDates(
            DueDatesQuestion(
                clock: ClockName(standard: "std-7", channel: "corporation"),
                outsideReception: .refuse, asKnownOn: date("2026-03-10"),
                startDays: starts.map(\.dayNumber), startSeconds: []))
        let told = zip(answer.dueDays, answer.dueSeconds).map {
            "\(CivilDateTime(CivilDate(dayNumber: $0)!, TimeOfDay(second: $1)!))"
        }
        #expect(told == ["2026-03-20T20:00", "2026-03-26T20:00", "2026-03-27T16:00"])
    }
}
