// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

/// The commands on applications against a server of the built program.
@Suite(.waits) struct ApplicationCommandTests {
    private let papers = [
        "--channel", "corporation", "--reference", "case-1", "--group", "preschool-teacher",
        "--complete",
    ]

    /// The statement of the test was called a certificate once.
    @Test func aFormerNameOfADocumentIsUnderstoodWithoutAServer() async throws {
        let check = [
            "application", "check", "std-7", "--group", "pmpc-teacher", "--complete", "--document",
        ]
        for name in ["test-certificate", "test-statement"] {
            let run = try await kezek(check + ["\(name)@2099-12-31"])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("✓ test-statement"))
            let without = try await kezek(check.dropLast() + ["--without", name])
            #expect(without.status == 2, "\(without.errors)")
            #expect(without.output.contains("✗ test-statement"))
        }
        let odd = try await kezek(check.dropLast() + ["--without", "lesson-observation"])
        #expect(odd.status == 1)
        #expect(odd.errors.contains("--without lesson-observation: it is not asked for"))
        let twice = try await kezek(check + ["test-certificate", "--document", "test-statement"])
        #expect(twice.status == 1)
    }

    /// Two starts within one second are two runs: what the one has told the other does not know.
    @Test func everyStartIsARunOfItsOwn() async throws {
        var runs: Set<UInt64> = []
        for _ in 0..<2 {
            // Each begins at the same second of its rehearsal.
            let queue = try await RunningQueue()
            let list = try await queue("application", "list", "astana-1", "--json")
            runs.insert(try #require(list.object["run"] as? UInt64, "\(list.errors)"))
        }
        #expect(runs.count == 2)
    }

    @Test func everyWordIsKeptOrRefused() async throws {
        let queue = try await RunningQueue()
        let accept = ["application", "accept", "astana-1"] + papers + ["--consent"]
        let accepted = try await queue(accept + ["--json"])
        let name = try #require(
            accepted.object["application"] as? String, "\(accepted.errors)")
        for (reason, day) in [("archive", "2026-04-10"), ("asks for more", "2026-05-10")] {
            let run = try await queue(
                "application", "suspend", name, "--reason", reason, "--review-by", day)
            #expect(run.status == 0, "\(run.errors)")
        }
        let blank = try await queue("application", "withdraw", name, "--reason", "   ")
        #expect(blank.status != 0)
        let withdrawn = try await queue(
            "application", "withdraw", name, "--reason", "moved away", "--json")
        #expect(withdrawn.object["withdrawalReason"] as? String == "moved away")
        let shown = try await queue("application", "show", name)
        for words in ["archive", "asks for more", "moved away"] {
            #expect(shown.output.contains(words), "\(shown.output) \(shown.errors)")
        }
        let forged = try await queue(
            "application", "receipt", name, "--name", "Aigul\nDue by: tomorrow")
        #expect(forged.status != 0 && forged.output.isEmpty)
    }

    @Test func papersAreCheckedDeclinedAndTold() async throws {
        let queue = try await RunningQueue()
        let whole = try await queue(
            "application", "check", "std-7", "--group", "methodologist", "--complete", "--json")
        #expect(whole.status == 0)
        #expect(whole.object["complete"] as? Bool == true)
        let lacking = try await queue(
            "application", "check", "std-7", "--group", "methodologist", "--complete",
            "--without", "diploma", "--document", "identity:original@2020-01-31", "--language",
            "ru")
        #expect(lacking.status == 2)
        #expect(lacking.output.contains("✗ diploma"))
        #expect(lacking.output.contains("срок действия истёк"))
        #expect(lacking.output.contains("R9.3"))

        let id = "000102030405060708090a0b0c0d0e0f"
        let decline =
            ["application", "decline", "astana-1"] + papers
            + ["--without", "diploma", "--request-id", id, "--json"]
        let declined = try await queue(decline)
        let name = try #require(declined.object["application"] as? String, "\(declined.errors)")
        #expect(declined.object["phase"] as? String == "declined")
        #expect(try await queue(decline).output == declined.output)
        let receipt = try await queue("application", "receipt", name, "--language", "kk")
        #expect(
            receipt.output.hasPrefix("Құжаттарды қабылдаудан бас тарту туралы қолхат № \(name)\n"))
        let page = try await queue(
            "application", "receipt", name, "--html", "--name", "Айгүл & <Co>")
        #expect(page.output.hasPrefix("<!DOCTYPE html>"))
        #expect(page.output.contains("Айгүл &amp; &lt;Co&gt;"))
        #expect(try await queue("application", "show", name).output.contains("declined"))

        let status = try await queue(
            "application", "status", name, "--reference", "case-1", "--language", "ru")
        #expect(status.output.contains("расписка об отказе"))
        for arguments in [
            ["application", "status", name, "--reference", "case-2", "--json"],
            ["application", "status", "astana-1/2026-01-01/1", "--reference", "case-1", "--json"],
        ] { #expect(try await queue(arguments).reason == "unknownApplication") }
        #expect(
            try await queue(["application", "decline", "astana-1"] + papers + ["--json"]).reason
                == "papersComplete")
        #expect(
            try await queue(["application", "accept", "astana-1"] + papers + ["--json"]).reason
                == "consentMissing")
        #expect(
            try await queue("application", "ready", "astana-1/2026-01-01/1", "--json").reason
                == "unknownApplication")
        let empty = try await queue("application", "list", "astana-1", "--json")
        #expect((empty.object["applications"] as? [Any])?.isEmpty == true)
        #expect(
            try await queue("application", "list", "astana-1", "--csv").output
                == "application,urgency,phase,channel,deadline,workingDays,provisional,"
                + "usedPercent,warningPercent\n")
        // Papers that were declined are no application that could be late.
        let share = try await queue(
            "application", "punctuality", "--from", "2026-01-01", "--to", "2026-12-31", "--json")
        #expect((share.object["rows"] as? [Any])?.isEmpty == true)
        // What was handed in proves sound, and nobody's number is in it.
        let file = queue.folder.appendingPathComponent("queue.sqlite").path
        #expect(try await kezek(["journal", "verify", file]).output.contains("1 registers"))
        let export = try await kezek(["journal", "export", file, "--format", "csv"]).output
        #expect(export.contains(",declined,"))
    }

    @Test func anIINIsNeitherShownNorKept() async throws {
        let queue = try await RunningQueue()
        let iin = "900101300017"
        let declined = try await queue(
            "application", "decline", "astana-1", "--channel", "corporation", "--iin", "-",
            "--group", "pmpc-teacher", input: iin + "\n")
        #expect(declined.status == 0, "\(declined.errors)")
        let noted = try await queue(
            "application", "withdraw", "astana-1/2026-01-01/1", "--reason", "of \(iin)", "--json")
        #expect(noted.reason == "invalidField")
        #expect(noted.error["field"] as? String == "reason")
        for text in [declined.output, declined.errors, noted.output, noted.errors] {
            #expect(!text.contains(iin))
        }
        // In no file that the server has written, its log included.
        let names = try FileManager.default.contentsOfDirectory(atPath: queue.folder.path)
        #expect(names.contains("queue.sqlite"))
        for name in names {
            let data = try Data(contentsOf: queue.folder.appendingPathComponent(name))
            #expect(data.range(of: Data(iin.utf8)) == nil, "\(name)")
        }
    }

    @Test func aDecreeIsCheckedAdoptedAndThereAfterARestart() async throws {
        let queue = try await RunningQueue()
        let file = queue.folder.appendingPathComponent("kz.yaml")
        let text = try Repository.text("Calendars/kz.yaml") + "# as of a decree\n"
        try text.write(to: file, atomically: true, encoding: .utf8)
        let check = try await queue("decree", "check", file.path)
        #expect(check.output.contains("0 of 0 clocks would move"), "\(check.errors)")
        #expect(try await queue("decree", "list").output == "no decree was adopted\n")
        let adopted = try await queue("decree", "adopt", file.path, "--json")
        #expect(adopted.object["done"] as? Bool == true, "\(adopted.errors)")
        #expect(adopted.object["calendar"] as? String == "kz")
        #expect(try await queue("decree", "list").output.contains("  kz  "))
        try "calendar: kz\n".write(to: file, atomically: true, encoding: .utf8)
        let bad = try await queue("decree", "check", file.path)
        #expect(bad.status == 1)
        #expect(bad.errors.contains("\n\(file.path):1:"), "\(bad.errors)")
        #expect(
            try await queue("decree", "check", "/nowhere/kz.yaml").errors.contains("is not there"))
        let export = try await kezek([
            "journal", "export", queue.folder.appendingPathComponent("queue.sqlite").path,
            "--stream", "decrees",
        ])
        #expect(export.output.contains("\"event\":\"decree\""))
    }

    @Test func argumentsThatCannotBeAreRefusedBeforeAnythingIsAsked() async throws {
        let table: [([String], String)] = [
            (["application", "accept", "astana-1", "--channel", "c", "--group", "g"], "--iin"),
            (
                [
                    "application", "accept", "astana-1", "--channel", "c", "--group", "g",
                    "--reference", "r", "--consent", "--no-consent-needed",
                ], "one of them"
            ),
            (
                [
                    "application", "check", "std-7", "--group", "g", "--document",
                    "diploma:paper",
                ], "NAME:copy"
            ),
            (
                ["application", "check", "std-7", "--group", "g", "--document", "d@tomorrow"],
                "2027-01-31"
            ),
            (["application", "check", "std-7", "--group", "g", "--without", "d"], "--complete"),
            (["application", "show", "astana-1/7"], "astana-1/7"),
            (["application", "list", "astana-1", "--within", "251"], "250"),
            (["application", "list", "astana-1", "--watch", "--csv"], "--csv"),
            (
                ["application", "punctuality", "--from", "2026-01-02", "--to", "2026-01-01"],
                "366"
            ),
            (["application", "suspend", "astana-1/2026-01-01/1"], "review-by"),
            (["decree", "check", "kz.yaml", "--limit=-1"], "--limit must be 0 to"),
            (["decree", "adopt", "kz.yaml", "--limit=100001"], "--limit must be 0 to"),
        ]
        for (arguments, expected) in table {
            let end = try #require(await ending(of: arguments), "\(arguments)")
            #expect(end.status == CommandStatus.usage.rawValue, "\(arguments)")
            #expect(end.text.contains(expected), "\(end.text)")
        }
    }

    @Test(arguments: [
        ("kk", "2 ішінен 2 мерзімінде", "барлық ереже сақталған"),
        ("ru", "в срок 2 из 2", "все правила соблюдены"),
        ("en", "2 of 2 in time", "every rule held"),
    ])
    func theDemonstrationRunsToItsEnd(
        language: String, inTime: String, end: String
    ) async throws {
        let run = try await kezek(["demo", "--language", language])
        #expect(run.status == 0, "\(run.errors)")
        for part in ["A-001", "R9.3", "2026-03-26", "2026-04-27", inTime] {
            #expect(run.output.contains(part), "\(part)")
        }
        #expect(run.output.hasSuffix("\(end)\n"))
    }
}
