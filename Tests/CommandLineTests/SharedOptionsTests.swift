// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing
import Texts

@testable import kezek

/// Options that commands share stand before the command or behind it, and every command speaks a language.
@Suite struct SharedOptionsTests {
    private static func words(_ line: String) -> [String] {
        line.split(separator: " ").map(String.init)
    }

    @Test(arguments: [
        ("--language ru due --accepted x", "due --language ru --accepted x"),
        ("--language=ru due --accepted x", "due --language=ru --accepted x"),
        ("--json --server a:1 office list", "office list --json --server a:1"),
        (
            "visits --language kk area --json import x",
            "visits area import --language kk --json x"
        ),
        ("standards --json", "standards --json"),
        (
            "--tls-ca a.pem --tls-client b.pem --data c health",
            "health --tls-ca a.pem --tls-client b.pem --data c"
        ),
        // What stands behind the command comes last, and counts.
        ("--language ru due --language kk", "due --language ru --language kk"),
        // No command, or one that there is not.
        ("--language ru", "--language ru"), ("--language due", "--language due"),
        ("--language", "--language"), ("--json dew --accepted x", "dew --accepted x --json"),
        ("--language ru --version", "--version --language ru"),
        ("--accepted x due", "--accepted x due"),
        ("due --json -- --language ru", "due --json -- --language ru"),
        ("", ""),
    ])
    func theyGoBehindTheCommand(_ line: String, _ told: String) {
        let moved = SharedOptions.behindCommand(Self.words(line))
        #expect(moved == Self.words(told))
        #expect(SharedOptions.behindCommand(moved) == moved)
    }

    private static let due = words("due --channel corporation --accepted 2026-03-19T16:05")

    @Test func aCommandSaysTheSameEitherWay() async throws {
        for (before, line) in [
            (["--language", "ru"], Self.due), (["--json"], Self.due),
            (["--json", "--language=kk"], Self.due),
            (["--language", "kk"], ["calendar", "add", "2026-03-19", "-7"]),
            (["--language", "ru", "--json"], ["standards", "list"]),
            (["--language", "ru"], ["standards"]),
            (["--server", "127.0.0.1:1", "--language", "ru"], ["office", "list"]),
        ] {
            let (early, late) = (try await kezek(before + line), try await kezek(line + before))
            #expect(early.status == late.status && early.output == late.output, "\(line)")
            #expect(early.errors == late.errors && early.output + early.errors != "", "\(line)")
        }
        let both = try await kezek(["--language", "kk"] + Self.due + ["--language", "ru"])
        #expect(both.output == (try await kezek(Self.due + ["--language", "ru"])).output)
    }

    /// Between the words of a command, too.
    @Test func theyStandBetweenTheWordsOfACommand() async throws {
        let run = try await kezek("calendar", "--json", "balance", "--language", "ru", "2026")
        #expect(run.status == 0 && !run.object.isEmpty, "\(run.errors)")
    }

    /// A command that tells nothing in a table has no such option, and speaks the language all the same.
    @Test(arguments: [
        "access list --file missing.json", "journal verify missing", "key list missing",
        "visits solve missing.json", "bench calendar missing --answers x", "cert show missing.pem",
    ])
    func everyCommandSpeaksALanguage(_ line: String) async throws {
        let words = Self.words(line)
        for arguments in [words + ["--language", "ru"], ["--language", "ru"] + words] {
            let end = try #require(await ending(of: arguments))
            #expect(end.status == 1 && end.text.contains(/[а-я]{3}/), "\(line): \(end.text)")
        }
    }

    @Test(arguments: Language.allCases)
    func whatIsWrongWithThemIsTold(language: Language) async throws {
        for (line, kk, ru, en) in [
            ("--language de due", "kk, ru, en", "kk, ru, en", "kk, ru, en"),
            ("--language de access list --file x", "kk, ru, en", "kk, ru, en", "kk, ru, en"),
            ("--language due", "«due»", "«due»", "'due'"),
            ("--json", "команда жетіспейді", "не хватает команды", "a command is missing"),
            ("--json visits", "команда жетіспейді", "не хватает команды", "a command is missing"),
            ("--json serve", "--json деген опция жоқ", "опции --json нет", "no option --json"),
            (
                "--json slot astana-1", "slot; мүмкін", "slot; может быть",
                "slot; did you mean slots?"
            ),
            ("--langage ru due", "--language?", "--language?", "did you mean --language?"),
            ("access list --fil x --language ru", "--file?", "--file?", "did you mean --file?"),
        ] {
            let end = try #require(await ending(of: Self.words(line), in: language), "\(line)")
            // A language that is given is the one that is told in.
            let told =
                line.hasSuffix("ru") || line.contains(" ru ")
                ? ru : [kk, ru, en][Language.allCases.firstIndex(of: language)!]
            #expect(end.status == 64, "\(line): \(end.text)")
            #expect(end.text.contains(told), "\(line): \(end.text)")
        }
    }

    @Test func helpAndTheVersionAreThere() async throws {
        for line in [
            "--language ru --help", "--json due --help", "--language kk", "--language ru --version",
            "--language ru help due",
        ] {
            let run = try await kezek(Self.words(line))
            #expect(run.status == 0 && !run.output.isEmpty, "\(line): \(run.errors)")
        }
        #expect(try await kezek("--help").output.contains("--language"))
    }
}
