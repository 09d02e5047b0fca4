// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@Suite(.waits) struct DueCommandTests {
    private let question = [
        "due", "--standard", "std-7", "--channel", "corporation-elsewhere", "--accepted",
        "2026-03-19T16:05", "--as-known-on", "2026-11-22",
    ]

    @Test func theJSONHasWhatAnOfficeSystemNeeds() async throws {
        let run = try await kezek(question + ["--json"])
        #expect(run.status == 0)
        #expect(run.object["due"] as? String == "2026-04-02T20:00:00")
        let basis = run.part("basis")
        #expect((basis["estimates"] as? [Any])?.isEmpty == true)
        #expect((basis["version"] as? String)?.hasPrefix("kz-") == true)
        let lines = try #require(run.part("proof")["lines"] as? [[String: Any]])
        #expect(lines.count == 15)
        #expect(lines[0]["day"] as? String == "2026-03-19")
        #expect(lines[0]["counted"] as? Bool == false)
        let reasons = lines.map { $0["reason"] as? [String: Any] ?? [:] }
        #expect((reasons[0]["act"] as? String)?.contains("row 3 (R3.4)") == true)
        #expect(reasons[2]["text"] as? String == "Nauryz")
    }

    @Test func aStandardIsShownWithThePlacesOfItsRules() async throws {
        let run = try await kezek("standards", "show", "std-7")
        #expect(run.output.contains("\n  Term: 3 working days (row 3, R3.2)\n"))
    }

    @Test func theServerGivesTheSameAnswer() async throws {
        let server = try await RunningServer()
        for arguments in [
            question + ["--json"], question, question + ["--language", "kk"],
            ["calendar", "show", "2026", "--month", "3", "--as-known-on", "2026-11-22"],
            [
                "calendar", "balance", "2027", "--week", "six", "--as-known-on", "2026-11-22",
                "--json",
            ],
            [
                "calendar", "add", "2026-03-19", "-7", "--week", "five", "--as-known-on",
                "2026-11-22",
            ],
            [
                "calendar", "count", "2026-03-01", "2026-04-01", "--week", "six", "--as-known-on",
                "2026-11-22", "--json",
            ],
            [
                "calendar", "diff", "--year", "2026", "--known-from", "2025-12-31", "--known-to",
                "2026-11-22", "--json",
            ],
            [
                "calendar", "export", "2026", "--week", "five", "--as-known-on", "2026-11-22",
                "--format", "csv",
            ],
            ["standards", "list", "--language", "ru"],
            [
                "latest-start", "--channel", "corporation", "--due", "2026-04-02", "--as-known-on",
                "2026-11-22", "--json",
            ],
            [
                "time-left", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--at",
                "2026-03-20T10:00", "--as-known-on", "2026-11-22",
            ],
            [
                "working-time", "--office", "provider", "2026-03-19T16:05", "2026-03-26T10:00",
                "--as-known-on", "2026-11-22",
            ],
            [
                "open", "--office", "provider", "--at", "2026-03-19T13:15", "--as-known-on",
                "2026-11-22", "--json",
            ],
        ] {
            let here = try await kezek(arguments)
            let there = try await kezek(arguments + ["--server", server.address])
            #expect(here.status == 0, "\(arguments): \(here.errors)")
            #expect(here.output == there.output, "\(arguments): \(there.errors)")
        }
        for (arguments, word) in [
            (["health", "--json"], "\"state\": \"serving\""), (["metrics"], "due_date"),
            (["describe"], "request_frame_bytes"),
        ] {
            let run = try await kezek(arguments + ["--server", server.address])
            #expect(run.status == 0)
            #expect(run.output.contains(word))
        }
        #expect(await server.stop() == 0)
        #expect(server.lines.contains("stopped"))
    }

    @Test(arguments: [
        (["due"], 64, "--channel and --accepted are needed"),
        (["due", "--channel", "provider", "--accepted", "tomorrow"], 64, "tomorrow"),
        (
            [
                "due", "--channel", "provider", "--accepted", "2026-03-19T17:35", "--as-known-on",
                "2026-11-22",
            ], 1,
            "20 March 2026, 09:00"
        ),
        (["due", "--channel", "x", "--accepted", "2026-03-19T17:35"], 1, "corporation-elsewhere"),
        (
            ["due", "--standard", "x", "--channel", "provider", "--accepted", "2026-03-19T10:00"],
            1,
            "std-7, std-8"
        ),
        (
            [
                "due", "--channel", "corporation", "--accepted", "2028-03-20T10:00",
                "--as-known-on", "2026-11-22",
            ], 1,
            "2028"
        ),
        (
            ["due", "--channel", "provider", "--accepted", "2026-03-19T10:00", "--suspend", "x"],
            64,
            "FROM/UNTIL"
        ),
        (["calendar", "show", "2028", "--as-known-on", "2026-11-22"], 1, "2016 to 2027"),
        (["calendar", "show", "2026", "--month", "13"], 64, "1 to 12"),
        (["calendar", "balance", "2031"], 1, "2031"),
        (["health", "--server", "127.0.0.1:1"], 3, "nothing listens on 127.0.0.1:1"),
        (["health", "--tls-ca", "nowhere.pem"], 1, "nowhere.pem"),
        (["calendar", "add", "2026-02-30", "1"], 64, "2026-02-30"),
        (["calendar", "add", "2026-02-20", "1", "--week", "seven"], 1, "five, six"),
        (["calendar", "count", "2026-01-01", "2026-02-01", "--calendar", "uz"], 1, "jo, kz"),
        (["calendar", "check", "/nonexistent"], 1, "/nonexistent is not there"),
        (["serve", "--listen", "0.0.0.0:7447"], 1, "--tls-certificate"),
        (["serve", "--tls-key", "x"], 64, "go together"),
        (["health", "--server", "unix:/nonexistent/kezek.sock"], 3, "nothing listens on"),
        (
            [
                "due", "--data", "/nonexistent", "--channel", "provider", "--accepted",
                "2026-03-19T10:00",
            ], 1, "/nonexistent: has no folders Calendars and Standards"
        ),
    ])
    func errorsSayWhatToDo(arguments: [String], status: Int32, text: String) async throws {
        let run = try await kezek(arguments)
        #expect(run.status == status, "\(run.output) \(run.errors)")
        #expect(run.errors.contains(text), "\(run.errors)")
        #expect(run.output == "")
    }

    /// Outside reception it is said how to count all the same.
    @Test(arguments: [
        ("kk", "келесі қабылдаудан"), ("ru", "от следующего приёма"),
        ("en", "from the next reception"),
    ])
    func aTermOutsideReceptionIsToldHowToCount(language: String, words: String) async throws {
        for command in [["due"], ["time-left", "--at", "2026-03-20T10:00"]] {
            let run = try await kezek(
                command + [
                    "--channel", "provider", "--accepted", "2026-03-19T17:35", "--as-known-on",
                    "2026-11-22", "--language", language,
                ])
            #expect(run.status == 1)
            #expect(run.errors.hasPrefix("kezek: --accepted: "), "\(run.errors)")
            #expect(run.errors.contains("--count-from-opening"), "\(run.errors)")
            #expect(run.errors.contains(words), "\(run.errors)")
        }
    }

    @Test func aRefusalIsJSONIfThatWasAskedFor() async throws {
        let run = try await kezek(
            "due", "--channel", "provider", "--accepted", "2026-03-19T17:35", "--as-known-on",
            "2026-11-22", "--json")
        #expect(run.status == 1)
        let error = try #require(
            (try JSONSerialization.jsonObject(with: Data(run.errors.utf8)) as? [String: Any])?[
                "error"] as? [String: Any])
        #expect(error["reason"] as? String == "outsideReception")
        #expect(error["nextOpening"] as? String == "2026-03-20T09:00")
    }

    @Test func suspensionsAndTheOpeningMoveTheEnd() async throws {
        let suspended = try await kezek(
            "due", "--channel", "corporation", "--accepted", "2026-03-19T16:05",
            "--as-known-on", "2026-11-22", "--suspend",
            "2026-03-26T10:00/2026-03-30T10:00", "--json")
        #expect((suspended.object["due"] as? String)?.hasPrefix("2026-03-31T") == true)
        let open = try await kezek(
            "due", "--channel", "corporation", "--accepted", "2026-03-19T16:05",
            "--as-known-on", "2026-11-22", "--suspend",
            "2026-03-26T10:00/")
        #expect(open.status == 1)
        #expect(open.errors.contains("resumed"))
        let counted = try await kezek(
            "due", "--channel", "provider", "--accepted", "2026-03-19T17:35",
            "--as-known-on", "2026-11-22", "--count-from-opening", "--json")
        #expect(counted.object["due"] as? String == "2026-03-20T09:20:00")
    }

    @Test func everyCommandHasHelpAndAPageOfAll() async throws {
        let all = try await kezek("--help-all")
        #expect(all.status == 0)
        for command in [
            "due", "latest-start", "time-left", "working-time", "open", "standards", "calendar",
            "serve", "health", "stats", "describe",
        ] {
            #expect(all.output.contains("USAGE: kezek \(command)"), "\(command)")
            #expect(try await kezek(command, "--help").status == 0)
        }
        for shell in ["bash", "zsh", "fish"] {
            #expect(try await kezek("--generate-completion-script", shell).output.contains("kezek"))
        }
    }
}
