// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What commands tell that ask a server, or work on files, is in the language asked for.
@Suite(.waits) struct OneLanguageOfServersTests {
    /// What may be in Latin letters in any language: names that are typed, file names, and what has no other
    /// name.
    private static func names() throws -> Set<String> {
        try OneLanguageTests.names().union([
            "astana-1", "acceptance", "results", "corporation", "portal", "kiosk", "office",
            "queue",
            "applications", "journal", "calendar", "clock", "deadlines", "visits", "store",
            "server",
            "p50", "p90", "p99", "p99.9", "max", "hold", "book", "health", "stats", "demo-1", "A",
            "SQLite", "local", "methodologist", "identity", "employment", "B",
            "application", "diploma",
        ])
    }

    private func expectOneLanguage(_ told: String, _ line: [String], _ names: Set<String>) {
        let text =
            told
            // Paths, identifiers, hashes, calls of the protocol, commands and options.
            .replacing(/[\w.\/-]*\/[\w.\/-]+/, with: "").replacing(/--[a-z-]+( [A-Z]+)?/, with: "")
            .replacing(/\b\w+(_\w+)+\b/, with: "").replacing(/«kezek[^»]*»/, with: "")
            .replacing(/\b[A-Z]-\d+/, with: "").replacing(/\b[0-9a-f]{64}\b/, with: "").replacing(
                /\d+:[0-9a-f]{64}/, with: ""
            )
            // A key's name.
            .replacing(/\b[0-9a-f]{8}\b/, with: "")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z/, with: "")
            .replacing(/\b\w+\.(sqlite|pem|key|json|yaml)\S*/, with: "")
        let foreign = OneLanguageTests.foreign(text, names)
        #expect(foreign == [], "\(line): \(text)")
        #expect(text.contains(/[а-яә]{2}/), "\(line): \(text)")
    }

    /// Commands of one office's day, from the opening of a window to its figures.
    @Test(arguments: ["kk", "ru"])
    func anOfficesDayIsToldInOneLanguage(language: String) async throws {
        let names = try Self.names()
        let queue = try await RunningQueue()
        _ = try await queue.book(try await queue.laterSlots()[0], for: "a")
        for (line, status) in [
            ("window open astana-1 2", Int32(0)), ("ticket astana-1 --service acceptance", 0),
            ("next astana-1 2", 0), ("window break astana-1 2", 1), ("board astana-1 --once", 0),
            ("day astana-1", 0), ("stats astana-1", 0), ("application list astana-1", 0),
            ("application punctuality --from 2026-03-01 --to 2026-03-31", 0),
            ("office show astana-1", 0), ("clock accept", 0),
            ("forget --reference nobody", 0), ("health", 0),
            ("lease astana-1 --service acceptance --count 5 --kiosk k", 0),
        ] {
            let words = line.split(separator: " ").map(String.init)
            let run = try await queue(words + ["--language", language])
            #expect(run.status == status, "\(line) \(run.errors)")
            expectOneLanguage(
                run.output + run.errors, words, names.union(["k", "lease", "window", "ticket"]))
        }
    }

    /// Applications, from handing in to the list of what is to be done.
    @Test(arguments: ["kk", "ru"])
    func applicationsAreToldInOneLanguage(language: String) async throws {
        let names = try Self.names()
        let queue = try await RunningQueue()
        let accepted = try await queue(
            "application", "accept", "astana-1", "--channel", "corporation", "--group",
            "methodologist", "--complete", "--reference", "a", "--consent", "--json")
        let id = accepted.object["application"] as? String ?? "astana-1/2026-03-19/1"
        for line in [
            ["application", "show", id], ["application", "list", "astana-1", "--all"],
            [
                "application", "suspend", id, "--reason", "сұрау", "--review-by", "2026-03-25",
            ],
            ["application", "show", id], ["application", "resume", id],
            ["application", "ready", id], ["application", "hand-over", id],
            ["application", "show", id],
        ] {
            let run = try await queue(line + ["--language", language])
            #expect(run.status == 0, "\(line) \(run.errors) \(accepted.errors)")
            let papers = run.output.matches(of: /[a-z]+(-[a-z]+)+/).map { String($0.0) }
            expectOneLanguage(run.output + run.errors, line, names.union(papers))
        }
    }

    /// Commands on files, in the language of the terminal, as most of them have no option for it.
    @Test(arguments: ["kk_KZ.UTF-8", "ru_RU.UTF-8"])
    func filesAreToldInOneLanguage(locale: String) async throws {
        let names = try Self.names()
        let folder = try ShellFolder()
        let queue = try await RunningQueue()
        await queue.stop()
        let journal = queue.journal.path
        let plan = folder.path("plan.json")
        for (line, status) in [
            (["journal", "verify", journal], Int32(0)), (["journal", "stats", journal], 0),
            (["journal", "snapshot", journal], 0),
            (["journal", "backup", journal, folder.path("copy.sqlite")], 0),
            (["journal", "restore", folder.path("copy.sqlite"), folder.path("new.sqlite")], 0),
            (["audit", journal], 0),
            (["audit", journal, "--who", "local", "--from", "2027-01-01T00:00:00Z"], 0),
            (["key", "list", journal], 0), (["key", "add", journal], 0),
            (["key", "retire", journal], 1), (["cert", "show", folder.path("c/ca.pem")], 0),
            (["calendar", "check"], 0), (["standards", "check"], 0),
            (
                ["visits", "solve", "Examples/visits/week.json", "--steps", "0", "--output", plan],
                0
            ),
            (["visits", "check", "Examples/visits/week.json", plan], 0),
            (
                [
                    "visits", "solve", "Examples/visits/week.json", "--steps", "0",
                    "--fair-seconds", "60",
                ], 0
            ),
        ] {
            if line[0] == "cert" {
                _ = try await kezek("cert", "dev", "--folder", folder.path("c"))
            }
            let run = try await kezek(line, environment: ["LANG": locale])
            #expect(run.status == status, "\(line) \(run.errors)")
            let allowed: Set<String> = [
                "Kezek", "for", "development", "only", "authority", "CN", "O", "weeks", "five",
                "six",
            ]
            expectOneLanguage(run.output + run.errors, line, names.union(allowed))
        }
    }

    @Test(arguments: ["kk", "ru"])
    func theDemonstrationTellsItsStoryInOneLanguage(language: String) async throws {
        let run = try await kezek("demo", "--language", language)
        #expect(run.status == 0, "\(run.errors)")
        let told = run.output.split(separator: "\n").filter { !$0.contains("│") }
            .joined(separator: "\n")
        #expect(OneLanguageTests.foreign(told, ["R9", "R5"]) == [], "\(told)")
        #expect(told.contains(language == "ru" ? "Айгуль" : "Айгүл"))
    }

    /// A wrong token is refused in the language of whoever shows it.
    @Test func aWrongTokenIsRefusedInTheLanguageAskedFor() async throws {
        let folder = try ShellFolder()
        let list = folder.path("access.json")
        let issued = try await kezek(
            "access", "issue", "--file", list, "--role", "kiosk", "--all-offices")
        #expect(issued.status == 0, "\(issued.errors)")
        let queue = try await RunningQueue(
            withOffices: false, access: URL(fileURLWithPath: list), token: "kzk_nobody")
        for (language, told) in [
            ("kk", "Бұл токен жарамсыз"), ("ru", "Токен недействителен"), ("en", "lets nobody in"),
        ] {
            let run = try await queue("office", "list", "--language", language)
            #expect(run.status == 4 && run.errors.contains(told), "\(run.errors)")
            let json = try await queue("office", "list", "--language", language, "--json")
            #expect((json.error["message"] as? String)?.contains(told) == true)
        }
    }
}
