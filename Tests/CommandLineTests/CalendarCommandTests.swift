// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@Suite(.waits) struct CalendarCommandTests {
    @Test func aMonthIsGoodToLookAt() async throws {
        let run = try await kezek(
            "calendar", "show", "2024", "--month", "6", "--as-known-on", "2024-06-01")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(
            Array(lines[..<7]) == [
                "June 2024                 19",
                " Mo  Tu  We  Th  Fr  Sa  Su ",
                "                    ( 1)( 2)",
                "  3   4   5   6   7 ( 8)( 9)",
                " 10  11  12  13  14 (15)(16)",
                "*17* 18  19  20  21 (22)(23)",
                " 24  25  26  27  28 (29)(30)",
            ])
        #expect(lines[7].hasPrefix("* 2024-06-17 Mo  First day of Kurban Ait"))
        // No colours where there is no terminal.
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test func aYearHasAllItsMonths() async throws {
        let run = try await kezek(
            "calendar", "show", "2026", "--as-known-on", "2026-11-22", "--language", "kk")
        for month in ["қаңтар 2026", "маусым 2026", "желтоқсан 2026"] {
            #expect(run.output.contains(month))
        }
    }

    @Test func addAndCountPrintJSON() async throws {
        let add = try await kezek(
            "calendar", "add", "2026-03-19", "7", "--week", "five", "--as-known-on", "2026-11-22",
            "--json")
        #expect(add.object["day"] as? String == "2026-04-02")
        let back = try await kezek(
            "calendar", "add", "2026-04-02", "-7", "--week", "five", "--as-known-on", "2026-11-22",
            "--json")
        #expect(back.object["day"] as? String == "2026-03-19")
        let count = try await kezek(
            "calendar", "count", "2026-03-01", "2026-04-01", "--as-known-on", "2026-11-22", "--json"
        )
        #expect(count.object["workingDays"] as? Int == 18)
        let known = try await kezek(
            "calendar", "count", "2024-06-01", "2024-07-01", "--as-known-on", "2024-06-01", "--json"
        )
        #expect(known.object["workingDays"] as? Int == 19)
    }

    @Test func theICalendarFollowsItsRFC() async throws {
        let run = try await kezek(
            "calendar", "export", "2026", "--week", "five", "--as-known-on", "2026-11-22",
            "--format", "ics",
            "--language", "kk")
        #expect(run.output.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"))
        #expect(run.output.hasSuffix("END:VCALENDAR\r\n"))
        let lines = run.output.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(
            lines.filter { $0 == "BEGIN:VEVENT" }.count == lines.filter { $0 == "END:VEVENT" }.count
        )
        #expect(lines.contains("DTSTART;VALUE=DATE:20260323"))
        #expect(lines.contains("DTEND;VALUE=DATE:20260324"))
        #expect(Set(lines.filter { $0.hasPrefix("UID:") }).count == 19)
    }

    @Test func theCSVHasEveryDay() async throws {
        let run = try await kezek("calendar", "export", "2024", "--week", "six", "--format", "csv")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 367)
        #expect(lines[1].hasPrefix("2024-01-01,monday,false,holiday,New Year,"))
    }

    @Test func checkTellsWhatIsThereAndWhatIsWrong() async throws {
        let good = try await kezek("calendar", "check", "Calendars", "--json")
        #expect(good.status == 0)
        #expect(good.object["ok"] as? Bool == true)
        #expect((good.object["folder"] as? String)?.hasSuffix("/Calendars") == true)
        // One file alone, and which folder it is in the first line.
        let one = try await kezek("calendar", "check", "Calendars/kz.yaml")
        let lines = one.output.split(separator: "\n")
        #expect(one.status == 0 && lines.count == 2, "\(one.output)")
        #expect(lines[0].hasSuffix("/Calendars") && lines[1].contains("kz: 2016–2027"))
        let root = Repository.root.path
        let named = try await kezek("calendar", "check", "--data", root)
        #expect(named.output.hasPrefix("\(root)/Calendars\n"), "\(named.output)")
        let standard = try await kezek("standards", "check", "Standards/std-7.yaml")
        #expect(standard.status == 0 && standard.output.contains("std-7"), "\(standard.errors)")
        #expect(!standard.output.contains("std-8"))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString)
        try FileManager.default.copyItem(
            at: Repository.root.appendingPathComponent("Calendars"), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("kz.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacingOccurrences(of: "known: 2016-02-15", with: "known: 2016-02-31")
            .write(to: file, atomically: true, encoding: .utf8)
        let bad = try await kezek("calendar", "check", folder.path, "--json")
        #expect(bad.status == 1)
        let faults = try #require(bad.object["faults"] as? [[String: Any]])
        #expect(faults.contains { ($0["field"] as? String) == "transfers[0].known" })
        #expect(faults.allSatisfy { ($0["line"] as? Int ?? 0) > 1 })
        for (language, words) in [("kk", "күтілді"), ("ru", "ожидается"), ("en", "expected")] {
            let told = try await kezek("calendar", "check", folder.path, "--language", language)
            #expect(told.errors.contains(words), "\(told.errors)")
        }
    }

    /// Kurban Ait of 2027 is an estimate, 16 May.
    @Test(arguments: [
        ("kk", "(болжам"), ("ru", "(предположительно"), ("en", "(estimate"),
    ])
    func anEstimatedDayIsMarkedWhereverItIsShown(language: String, word: String) async throws {
        func export(_ more: String...) async throws -> Run {
            try await kezek(["calendar", "export", "2027", "--language", language] + more)
        }
        let events = try await export("--format", "ics").output.components(
            separatedBy: "BEGIN:VEVENT"
        )
        .map { $0.replacing("\r\n ", with: "") }
        let tentative = events.filter { $0.contains("STATUS:TENTATIVE") }
        #expect(tentative.count == 1)
        #expect(tentative.first?.contains("DTSTART;VALUE=DATE:20270516\r\n") == true)
        #expect(tentative.first?.contains(word) == true)
        #expect(events.filter { $0.contains("STATUS:CONFIRMED") }.count == events.count - 2)

        let lines = try await export("--format", "csv").output.split(separator: "\n")
        #expect(lines[0].hasSuffix(",estimated"))
        #expect(lines.filter { $0.hasSuffix(",true") }.map { $0.prefix(10) } == ["2027-05-16"])
        #expect(lines.filter { $0.hasSuffix(",false") }.count == 364)

        for command in [["export"], ["show"]] {
            let run = try await kezek(
                ["calendar"] + command + ["2027", "--json", "--language", language])
            let days = try #require(run.object["days"] as? [[String: Any]])
            let estimated = days.filter {
                ($0["reason"] as? [String: Any])?["estimated"] as? Bool == true
            }
            #expect(estimated.map { $0["day"] as? String } == ["2027-05-16"])
            let reason = estimated.first?["reason"] as? [String: Any]
            #expect((reason?["text"] as? String)?.contains(word) == true)
        }
        let month = try await kezek(
            "calendar", "show", "2027", "--month", "5", "--language", language)
        #expect(month.output.contains("*16?"))
        #expect(month.output.contains(word))
    }

    @Test func theSameKnowledgeGivesTheSameBytes() async throws {
        func export(_ known: String, _ format: String) async throws -> String {
            try await kezek(
                "calendar", "export", "2026", "--format", format, "--as-known-on", known
            ).output
        }
        for format in ["ics", "csv"] {
            let first = try await export("2026-06-11", format)
            #expect(try await export("2026-06-12", format) == first)
            #expect(try await export("2026-11-22", format) == first)
            #expect(try await export("2026-06-10", format) != first)
        }
        let stamps = try await export("2026-11-22", "ics").components(separatedBy: "\r\n").filter {
            $0.hasPrefix("DTSTAMP")
        }
        #expect(Set(stamps) == ["DTSTAMP:20260611T000000Z"])
    }

    /// The holiday of 2025 was an estimate until it was announced for the same day.
    @Test func anEstimateThatBecomesCertainIsTold() async throws {
        func diff(_ more: String...) async throws -> Run {
            try await kezek(
                ["calendar", "diff", "--year", "2025", "--known-from", "2024-12-30"] + more)
        }
        let run = try await diff("--known-to", "2024-12-31", "--week", "six")
        #expect(
            run.output.hasPrefix(
                "2025-06-06 Fr  six    First day of Kurban Ait (estimate, ± 1 d) → "
                    + "First day of Kurban Ait  [Yearly balance"), "\(run.output)")
        let json = try await diff("--known-to", "2024-12-31", "--json")
        let changes = try #require(json.object["changes"] as? [[String: Any]])
        #expect(changes.map { $0["week"] as? String } == ["five", "six"])
        let within = changes.map { change in
            ["before", "after"].map { (change[$0] as? [String: Any])?["withinDays"] as? Int }
        }
        #expect(within == [[1, nil], [1, nil]])
        // What became known of other years changes the version and no day.
        let elsewhere = try await diff("--known-to", "2024-12-30")
        #expect(elsewhere.output.hasPrefix("no day of 2025 changed\n"))
        let other = try await kezek(
            "calendar", "diff", "--year", "2024", "--known-from", "2024-12-30", "--known-to",
            "2024-12-31", "--language", "ru")
        #expect(other.output.hasPrefix("в 2024 году ни один день не изменился; новые сведения"))
    }

    @Test func aWeekThatTheCalendarDoesNotHaveHasNotMerelyStayedTheSame() async throws {
        let run = try await kezek(
            "calendar", "diff", "--year", "2026", "--known-from", "2025-12-31", "--known-to",
            "2026-06-12", "--week", "seven")
        #expect(run.status != 0)
        #expect(run.errors.contains("five, six"))
    }
}
