// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import TestKit
import Testing

/// `kezek calendar compare`, and `--calendar` of an office.
@Suite(.waits) struct CalendarCompareTests {
    private static let known = ["--as-known-on", "2026-11-22"]

    /// 2026 as isdayoff.ru has it, from our own export; with these days otherwise.
    private static func digits(_ changed: [String: String] = [:]) async throws -> String {
        let export = try await kezek(
            ["calendar", "export", "2026", "--format", "csv"] + known)
        return export.output.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return changed[String(fields[0])] ?? (fields[2] == "true" ? "0" : "1")
        }.joined()
    }

    @Test func aYearThatAgreesIsSaidToAgree() async throws {
        let folder = try ShellFolder()
        let file = try folder.file("2026.txt", try await Self.digits() + "\n")
        let run = try await kezek(
            ["calendar", "compare", file, "--year", "2026"] + Self.known)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("2026: all days agree (kz, five)"))
        let russian = try await kezek(
            ["calendar", "compare", file, "--year", "2026", "--language", "ru"] + Self.known)
        #expect(russian.output.contains("все дни совпадают"))
    }

    @Test func eachDayThatDiffersIsToldWithOurAct() async throws {
        let folder = try ShellFolder()
        let text = try await Self.digits(["2026-03-24": "0", "2026-04-15": "1", "2026-04-16": "2"])
        let file = try folder.file("2026.txt", text)
        let run = try await kezek(
            ["calendar", "compare", file, "--year", "2026"] + Self.known)
        #expect(run.status == 1)
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(
            lines[0].hasPrefix("2026-03-24 Tu  working day → rest day for Nauryz")
                && lines[0].contains("Law of 13.12.2001 No. 267-II"))
        #expect(lines[1].hasPrefix("2026-04-15 We  rest day → working day  [Labour Code"))
        #expect(lines[2].hasPrefix("2026-04-16 Th  shortened working day → working day"))
        #expect(lines[3].contains("3 days of difference"))
        let json = try await kezek(
            ["calendar", "compare", file, "--year", "2026", "--json"] + Self.known)
        #expect(json.status == 1)
        let object = json.object
        #expect(object["agrees"] as? Bool == false && object["form"] as? String == "isdayoff")
        let differences = try #require(object["differences"] as? [[String: Any]])
        #expect(
            differences.map { $0["date"] as? String } == ["2026-03-24", "2026-04-15", "2026-04-16"])
        #expect(differences[0]["theirs"] as? String == "working")
        #expect(differences[0]["ours"] as? String == "rest")
    }

    @Test func theXMLIsRead() async throws {
        let folder = try ShellFolder()
        let days = ["01.01", "01.02", "01.07", "03.09", "03.23", "03.24", "03.25"]
        let xml =
            "<?xml version=\"1.0\"?>\n<calendar year=\"2026\" country=\"kz\"><days>\n"
            + days.map { "<day d=\"\($0)\" t=\"1\"/>\n" }.joined() + "</days></calendar>\n"
        let file = try folder.file("calendar.xml", xml)
        let run = try await kezek(["calendar", "compare", file, "--json"] + Self.known)
        let differences = try #require(run.object["differences"] as? [[String: Any]])
        let dates = differences.compactMap { $0["date"] as? String }
        // What the file leaves out, from May on.
        #expect(dates.first! >= "2026-05-01" && dates.contains("2026-05-01"))
        #expect(run.object["country"] as? String == "kz")
    }

    @Test(arguments: [
        (
            "<calendar year='2026' country='ru'><days><day d='01.01' t='1'/></days></calendar>",
            "f:1: expected the calendar of kz, found ru"
        ),
        (
            "<calendar year='2026'>\n<days><day d='1.1' t='1'/></days></calendar>",
            "f:2: expected 'd', a day of 2026 as MM.DD"
        ),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]>", "f:1: expected elements"),
        ("0101", "f:1: expected --year"), ("101", "f:1: expected a digit for each day; 101"),
    ])
    func aBadFileIsToldWithItsLine(text: String, expected: String) async throws {
        let folder = try ShellFolder()
        let file = try folder.file("f", text)
        let run = try await kezek(["calendar", "compare", file] + Self.known)
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.contains(expected), "\(run.errors)")
    }

    @Test func anOfficesCalendarIsNamedOnTheCommandLine() async throws {
        let folder = try TemporaryDirectory()
        for name in ["Calendars", "Standards"] {
            try FileManager.default.copyItem(
                at: Repository.root.appendingPathComponent(name),
                to: folder.url.appendingPathComponent(name))
        }
        let example = Repository.root.appendingPathComponent("Examples/calendars/kz-example.yaml")
        try FileManager.default.copyItem(
            at: example, to: folder.url.appendingPathComponent("Calendars/kz-example.yaml"))
        let data = ["--data", folder.url.path]
        let check = try await kezek(
            ["calendar", "check", folder.url.appendingPathComponent("Calendars").path])
        #expect(check.status == 0 && check.output.contains("kz-example: "), "\(check.errors)")
        func due(_ options: String...) async throws -> Run {
            try await kezek(
                ["due", "--channel", "corporation", "--accepted", "2026-04-13T10:00"] + Self.known
                    + data + options)
        }
        #expect(try await due().output.hasPrefix("2026-04-16"))
        let own = try await due("--calendar", "kz-example")
        #expect(own.output.hasPrefix("2026-04-17"))
        #expect(own.output.contains("Flood (Working calendar of a town (example))"))
        let wrong = try await due("--calendar", "jo")
        #expect(wrong.status == 1 && wrong.errors.contains("kz-example"))
        let open = try await kezek(
            [
                "open", "--office", "provider", "--at", "2026-04-15T10:00", "--calendar",
                "kz-example",
            ]
                + Self.known + data)
        #expect(open.output.contains("closed, opens 2026-04-16T09:00"))
        #expect(open.output.contains("Flood"))
        let left = try await kezek(
            [
                "time-left", "--channel", "corporation", "--accepted", "2026-04-13T10:00", "--at",
                "2026-04-14T10:00", "--calendar", "kz-example",
            ] + Self.known + data)
        #expect(left.output.contains("due 2026-04-17"))
        withExtendedLifetime(folder) {}
    }
}
