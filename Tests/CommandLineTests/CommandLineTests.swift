// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What a run of the program left behind.
struct Run {
    let status: Int32
    let output: String
    let errors: String

    /// The output as a JSON object.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }
}

/// Runs the program, in the repository's folder.
func kezek(_ arguments: String..., input: String = "") throws -> Run {
    try kezek(arguments, input: input)
}

func kezek(_ arguments: [String], input: String = "") throws -> Run {
    try kezek(arguments, bytes: Array(input.utf8))
}

func kezek(_ arguments: [String], bytes: [UInt8]) throws -> Run {
    let process = Process()
    process.executableURL = try Repository.program
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    process.environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files rather than pipes: neither side can wait for the other.
    func file(_ name: String, _ text: String) throws -> URL {
        let url = folder.appendingPathComponent(name)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url
    }
    let (output, errors) = (try file("output", ""), try file("errors", ""))
    let input = try file("input", "")
    try Data(bytes).write(to: input)
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Run(
        status: process.terminationStatus,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
}

/// A server of the built program on a port of its own.
final class RunningServer {
    let address: String
    private let process = Process()
    private let log: URL

    init() throws {
        log = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data().write(to: log)
        process.executableURL = try Repository.program
        process.arguments = ["serve", "--listen", "127.0.0.1:0"]
        process.currentDirectoryURL = Repository.root
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        var found: String?
        for _ in 0..<500 where found == nil {
            let text = try String(contentsOf: log, encoding: .utf8)
            found = text.firstMatch(of: /address=(127\.0\.0\.1:\d+)/).map { String($0.1) }
            usleep(20_000)
        }
        address = try #require(found)
    }

    /// Asks it to stop, and tells its status.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    var lines: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: log)
    }
}

@Suite struct DueCommandTests {
    private let question = [
        "due", "--standard", "std-7", "--channel", "corporation-elsewhere", "--accepted",
        "2026-03-19T16:05", "--as-known-on", "2026-11-22",
    ]

    @Test func theJSONHasWhatAnOfficeSystemNeeds() throws {
        let run = try kezek(question + ["--json"])
        #expect(run.status == 0)
        #expect(run.object["dueDate"] as? String == "2026-04-02")
        #expect(run.object["dueAt"] as? String == "2026-04-02T20:00")
        #expect(run.object["provisional"] as? Bool == false)
        #expect((run.object["calendarVersion"] as? String)?.hasPrefix("kz-") == true)
        let trace = try #require(run.object["trace"] as? [[String: Any]])
        #expect(trace.count == 15)
        #expect(trace[0]["date"] as? String == "2026-03-19")
        #expect(trace[0]["counted"] as? Bool == false)
        #expect((trace[0]["act"] as? String)?.contains("R3.4") == true)
        #expect(trace[2]["reason"] as? String == "Nauryz")
    }

    @Test func theServerGivesTheSameAnswer() throws {
        let server = try RunningServer()
        for arguments in [
            question + ["--json"], question, question + ["--language", "kk"],
            ["calendar", "show", "2026", "--month", "3", "--as-known-on", "2026-11-22"],
            ["calendar", "balance", "2027", "--week", "six", "--json"],
            ["calendar", "add", "2026-03-19", "-7", "--week", "five"],
            ["calendar", "count", "2026-03-01", "2026-04-01", "--week", "six", "--json"],
            [
                "calendar", "diff", "--year", "2026", "--known-from", "2025-12-31", "--known-to",
                "2026-11-22", "--json",
            ],
            ["calendar", "export", "2026", "--week", "five", "--format", "csv"],
            ["standards", "list", "--language", "ru"],
            ["latest-start", "--channel", "corporation", "--due", "2026-04-02", "--json"],
            [
                "time-left", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--at",
                "2026-03-20T10:00",
            ],
            ["working-time", "--office", "provider", "2026-03-19T16:05", "2026-03-26T10:00"],
            ["open", "--office", "provider", "--at", "2026-03-19T13:15", "--json"],
        ] {
            let here = try kezek(arguments)
            let there = try kezek(arguments + ["--server", server.address])
            #expect(here.status == 0, "\(arguments): \(here.errors)")
            #expect(here.output == there.output, "\(arguments): \(there.errors)")
        }
        for (arguments, word) in [
            (["health", "--json"], "\"serving\" : true"), (["stats"], "due_date"),
            (["describe"], "request_frame_bytes"),
        ] {
            let run = try kezek(arguments + ["--server", server.address])
            #expect(run.status == 0)
            #expect(run.output.contains(word))
        }
        #expect(server.stop() == 0)
        #expect(server.lines.contains("stopped"))
    }

    @Test(arguments: [
        (["due"], 64, "--channel and --accepted are needed"),
        (["due", "--channel", "provider", "--accepted", "tomorrow"], 64, "tomorrow"),
        (
            ["due", "--channel", "provider", "--accepted", "2026-03-19T17:35"], 1,
            "20 March 2026, 09:00"
        ),
        (["due", "--channel", "x", "--accepted", "2026-03-19T17:35"], 1, "corporation-elsewhere"),
        (
            ["due", "--standard", "x", "--channel", "provider", "--accepted", "2026-03-19T10:00"],
            1,
            "std-7, std-8"
        ),
        (["due", "--channel", "corporation", "--accepted", "2028-03-20T10:00"], 1, "2028"),
        (
            ["due", "--channel", "provider", "--accepted", "2026-03-19T10:00", "--suspend", "x"],
            64,
            "FROM/UNTIL"
        ),
        (["calendar", "show", "2028"], 1, "2016 to 2027"),
        (["calendar", "show", "2026", "--month", "13"], 64, "1 to 12"),
        (["calendar", "balance", "2031"], 1, "2031"),
        (["health", "--server", "127.0.0.1:1"], 1, "Is the server running"),
        (["health", "--tls-ca", "nowhere.pem"], 1, "nowhere.pem"),
        (["calendar", "add", "2026-02-30", "1"], 64, "2026-02-30"),
        (["calendar", "add", "2026-02-20", "1", "--week", "seven"], 1, "five, six"),
        (["calendar", "count", "2026-01-01", "2026-02-01", "--calendar", "uz"], 1, "jo, kz"),
        (["calendar", "check", "/nonexistent"], 1, "zones.yaml"),
        (["serve", "--listen", "0.0.0.0:7447"], 1, "--tls-certificate"),
        (["serve", "--tls-key", "x"], 64, "go together"),
        (["health", "--server", "unix:/nonexistent/kezek.sock"], 1, "Is the server running"),
        (
            [
                "due", "--data", "/nonexistent", "--channel", "provider", "--accepted",
                "2026-03-19T10:00",
            ], 1, "zones.yaml"
        ),
    ])
    func errorsSayWhatToDo(arguments: [String], status: Int32, text: String) throws {
        let run = try kezek(arguments)
        #expect(run.status == status, "\(run.output) \(run.errors)")
        #expect(run.errors.contains(text), "\(run.errors)")
        #expect(run.output == "")
    }

    @Test func aRefusalIsJSONIfThatWasAskedFor() throws {
        let run = try kezek(
            "due", "--channel", "provider", "--accepted", "2026-03-19T17:35", "--json")
        #expect(run.status == 1)
        let error = try #require(
            (try JSONSerialization.jsonObject(with: Data(run.errors.utf8)) as? [String: Any])?[
                "error"] as? [String: Any])
        #expect(error["reason"] as? String == "outsideReception")
        #expect(error["nextOpening"] as? String == "2026-03-20T09:00")
    }

    @Test func suspensionsAndTheOpeningMoveTheEnd() throws {
        let suspended = try kezek(
            "due", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--suspend",
            "2026-03-26T10:00/2026-03-30T10:00", "--json")
        #expect(suspended.object["dueDate"] as? String == "2026-03-31")
        let open = try kezek(
            "due", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--suspend",
            "2026-03-26T10:00/")
        #expect(open.status == 1)
        #expect(open.errors.contains("resumed"))
        let counted = try kezek(
            "due", "--channel", "provider", "--accepted", "2026-03-19T17:35",
            "--count-from-opening", "--json")
        #expect(counted.object["dueAt"] as? String == "2026-03-20T09:20")
    }

    @Test func everyCommandHasHelpAndAPageOfAll() throws {
        let all = try kezek("--help-all")
        #expect(all.status == 0)
        for command in [
            "due", "latest-start", "time-left", "working-time", "open", "standards", "calendar",
            "serve", "health", "stats", "describe",
        ] {
            #expect(all.output.contains("USAGE: kezek \(command)"), "\(command)")
            #expect(try kezek(command, "--help").status == 0)
        }
        for shell in ["bash", "zsh", "fish"] {
            #expect(try kezek("--generate-completion-script", shell).output.contains("kezek"))
        }
    }
}

@Suite struct BulkCommandTests {
    private let csv = #"""
        id,accepted,channel,note
        1,2026-03-19T16:05,corporation,"a, ""b"""
        2,2026-03-32T16:05,corporation,x
        3,2026-03-19T12:50,provider,y

        4,2026-03-19T12:50,post,z
        5,2026-03-19T17:35,provider,late
        6,2026-03-19T12:50
        7,2027-05-13T10:00,corporation,ait
        8,2028-05-13T10:00,corporation,far
        9,2026-03-19T12:50,provider,"open
        """#

    @Test func goodLinesAreAnsweredInOrderAndBadOnesToldByNumber() throws {
        let run = try kezek("due", "--bulk", "--as-known-on", "2026-11-22", input: csv)
        #expect(run.status == 2)
        let lines = run.output.split(separator: "\n").map(String.init)
        let version = try #require(lines.last?.split(separator: ",").last)
        #expect(
            lines == [
                "id,accepted,channel,note,dueDate,dueAt,provisional,calendarVersion",
                "1,2026-03-19T16:05,corporation,\"a, \"\"b\"\"\",2026-03-27,2026-03-27T20:00,false,\(version)",
                "3,2026-03-19T12:50,provider,y,2026-03-19,2026-03-19T14:40,false,\(version)",
                "7,2027-05-13T10:00,corporation,ait,2027-05-18,2027-05-18T20:00,true,\(version)",
            ])
        let bad = Set(
            run.errors.split(separator: "\n").compactMap { $0.split(separator: ":").first })
        #expect(bad == ["line 3", "line 6", "line 7", "line 8", "line 10", "line 11"])
        #expect(run.errors.contains("line 6: channel: 'post' (std-7) is not known"))
    }

    @Test func aServerAnswersInBulkToo() throws {
        let server = try RunningServer()
        let arguments = ["due", "--bulk", "--as-known-on", "2026-11-22"]
        let here = try kezek(arguments, input: csv)
        let there = try kezek(arguments + ["--server", server.address], input: csv)
        #expect(here.output == there.output)
        #expect(
            Set(here.errors.split(separator: "\n")) == Set(there.errors.split(separator: "\n")))
    }

    @Test func jsonLinesKeepTheirFields() throws {
        let input = """
            {"id": 7, "accepted": "2026-03-19T16:05", "nested": {"a": [1, null]}}
            not json
            {"accepted": 5}
            """
        let run = try kezek("due", "--bulk", "--channel", "corporation", input: input)
        #expect(run.status == 2)
        #expect(
            run.output.hasPrefix("{\"accepted\":\"2026-03-19T16:05\",\"calendarVersion\":\"kz-"))
        #expect(run.output.contains("\"dueDate\":\"2026-03-27\""))
        #expect(run.output.contains("\"nested\":{\"a\":[1,null]}"))
        #expect(run.errors.contains("line 2: not a JSON object"))
        #expect(run.errors.contains("line 3: accepted"))
    }

    @Test func whatOtherProgramsWriteIsRead() throws {
        func bulk(_ bytes: [UInt8], _ more: String...) throws -> Run {
            try kezek(["due", "--bulk", "--channel", "corporation"] + more, bytes: bytes)
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let windows = try bulk(mark + Array("accepted,channel\r\n2026-03-19T16:05,\r\n".utf8))
        #expect(windows.status == 0)
        #expect(windows.output.contains("2026-03-27"))
        let json = try bulk(Array("accepted\n2026-03-19T16:05\n".utf8), "--json")
        #expect(json.output.hasPrefix("{\"accepted\""))
        let wrongType = try bulk(
            Array("{\"accepted\":\"2026-03-19T16:05\",\"channel\":5}\n".utf8))
        #expect(wrongType.status == 2)
        #expect(wrongType.errors.contains("line 1: channel: expected a text"))
        let notUTF8 = try bulk(Array("accepted,name\n2026-03-19T16:05,".utf8) + [0xFF, 0x0A])
        #expect(notUTF8.status == 2)
        #expect(notUTF8.errors.contains("line 2: not UTF-8"))
        let long = try bulk(
            Array("accepted\n".utf8) + Array(repeating: 0x61, count: 1 << 20)
                + Array("\n2026-03-19T16:05".utf8))
        #expect(long.errors.contains("line 2: longer than 65536 bytes"))
        #expect(long.output.contains("2026-03-27"))
        let headless = try bulk(Array("2026-03-19T16:05\n2026-03-19T16:05\n".utf8))
        #expect(headless.status == 2)
        #expect(headless.errors.split(separator: "\n").count == 1)
    }

    @Test func moreLinesThanABatchComeOutInOrder() throws {
        let rows = (0..<45_000).map { "\($0),2026-\($0 % 2 == 0 ? "04-02" : "04-03")T10:00" }
        let run = try kezek(
            "due", "--bulk", "--channel", "corporation",
            input: (["id,accepted"] + rows).joined(separator: "\n"))
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 45_001)
        let wrong = lines.dropFirst().enumerated().filter { index, line in
            !line.hasPrefix("\(index),") || !line.contains(index % 2 == 0 ? "04-07" : "04-08")
        }
        #expect(wrong.isEmpty)
    }
}

@Suite struct CalendarCommandTests {
    @Test func aMonthIsGoodToLookAt() throws {
        let run = try kezek(
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

    @Test func aYearHasAllItsMonths() throws {
        let run = try kezek("calendar", "show", "2026", "--language", "kk")
        for month in ["қаңтар 2026", "маусым 2026", "желтоқсан 2026"] {
            #expect(run.output.contains(month))
        }
    }

    @Test func addAndCountPrintJSON() throws {
        let add = try kezek("calendar", "add", "2026-03-19", "7", "--week", "five", "--json")
        #expect(add.object["date"] as? String == "2026-04-02")
        let back = try kezek("calendar", "add", "2026-04-02", "-7", "--week", "five", "--json")
        #expect(back.object["date"] as? String == "2026-03-19")
        let count = try kezek("calendar", "count", "2026-03-01", "2026-04-01", "--json")
        #expect(count.object["workingDays"] as? Int == 18)
        let known = try kezek(
            "calendar", "count", "2024-06-01", "2024-07-01", "--as-known-on", "2024-06-01", "--json"
        )
        #expect(known.object["workingDays"] as? Int == 19)
    }

    @Test func theICalendarFollowsItsRFC() throws {
        let run = try kezek(
            "calendar", "export", "2026", "--week", "five", "--format", "ics", "--language", "kk")
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

    @Test func theCSVHasEveryDay() throws {
        let run = try kezek("calendar", "export", "2024", "--week", "six", "--format", "csv")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 367)
        #expect(lines[1].hasPrefix("2024-01-01,monday,false,holiday,New Year,"))
    }

    @Test func checkTellsWhatIsThereAndWhatIsWrong() throws {
        let good = try kezek("calendar", "check", "Calendars", "--json")
        #expect(good.status == 0)
        #expect(good.object["ok"] as? Bool == true)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString)
        try FileManager.default.copyItem(
            at: Repository.root.appendingPathComponent("Calendars"), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("kz.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacingOccurrences(of: "known: 2016-02-15", with: "known: 2016-02-31")
            .write(to: file, atomically: true, encoding: .utf8)
        let bad = try kezek("calendar", "check", folder.path, "--json")
        #expect(bad.status == 1)
        let faults = try #require(bad.object["faults"] as? [[String: Any]])
        #expect(faults.contains { ($0["field"] as? String) == "transfers[0].known" })
        #expect(faults.allSatisfy { ($0["line"] as? Int ?? 0) > 1 })
    }
}
