// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Foundation
import Journal
import KezekClient
import KezekWire
import TestKit
import Testing
import Texts

@testable import kezek

/// How a command that cannot do its work ends, without a program of its own; nil if it can.
func ending(of arguments: [String], in language: Language = .en) async -> CommandEnd? {
    let manner = Manner(arguments, language: language)
    do {
        try await Kezek.run(arguments, in: manner)
        return nil
    } catch { return CommandEnd(error, manner) }
}

/// What is likely to be typed wrong: the status of each mistake, and what is told in three languages.
@Suite struct MistakeTests {
    /// A mistake, and a part of what is told about it in Kazakh, Russian and English.
    struct Mistake: CustomTestStringConvertible {
        let arguments: [String]
        let status: CommandStatus
        let told: LocalizedText

        init(
            _ arguments: String, _ status: CommandStatus, kk: String, ru: String, en: String
        ) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.status = status
            told = LocalizedText(kk: kk, ru: ru, en: en)
        }

        /// What is told has the same part in each language.
        init(_ arguments: String, _ status: CommandStatus, _ told: String) {
            self.init(arguments, status, kk: told, ru: told, en: told)
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    /// Words that are of the parser, a library, the wire or a build, and of no use to anybody.
    static let foreign = [
        "Error:", "DecodingError", "NSURL", "Error Domain", "PathWrongType", "PathTooLong", "NIO",
        "SSL_", "errno", "Cocoa", "could not be completed", "SingleConnection",
        "/checkouts/", ".cc:", "CommandFailure", "ValidationError", "is invalid for",
        "Optional(",
    ]

    private static let slots = "slots astana-1 --service acceptance"

    /// What is wrong with the line itself: all of it is told before a server is asked.
    static let usage: [Mistake] = [
        // Dates as other people write them.
        Mistake(slots + " --date 24.11.2026", .usage, "2026-11-24"),
        Mistake(slots + " --date 4/11/2026", .usage, "2026-11-04"),
        Mistake(slots + " --date tomorrow", .usage, "2026-11-24"),
        Mistake(
            "due --channel corporation --accepted 24.11.2026", .usage, "2026-11-24T10:20"),
        Mistake(
            "due --channel corporation --accepted 2026-11-24", .usage, "2026-11-24T10:20"),
        Mistake("calendar add 19.03.2026 7", .usage, "2026-03-19"),
        // Addresses.
        Mistake("health --server 127.0.0.1", .usage, "127.0.0.1:7447"),
        Mistake("office list --server kezek.example", .usage, "kezek.example:7447"),
        Mistake(slots + " --server :7447", .usage, "127.0.0.1:7447"),
        // Names.
        Mistake(
            "slots Astana_1 --service acceptance", .usage, kk: "сызықша", ru: "дефисы",
            en: "hyphens"),
        Mistake("booking astana-1", .usage, "astana-1/2026-11-23/1"),
        Mistake("begin astana-1 17", .usage, "A-017"),
        Mistake(
            slots + " --channel web", .usage, kk: "portal, kiosk, office",
            ru: "одно из: portal, kiosk, office", en: "one of: portal, kiosk, office"),
        Mistake(
            "access issue --file a --role boss --all-offices", .usage, kk: "мыналардың бірі",
            ru: "одно из", en: "one of: kiosk, portal"),
        // Options and commands that there are not.
        Mistake(
            slots + " --dat 2026-11-24", .usage, kk: "--date?", ru: "--date?",
            en: "did you mean --date?"),
        Mistake(
            "slot astana-1", .usage, kk: "команда жоқ", ru: "команды нет", en: "no such command"),
        Mistake(
            "slots", .usage, kk: "<office> жетіспейді", ru: "не хватает <office>",
            en: "<office> is missing"),
        Mistake(
            slots + " --date", .usage, kk: "мәні жетіспейді", ru: "не хватает значения",
            en: "its value is missing"),
        Mistake(
            slots + " --json=yes", .usage, kk: "қабылдамайды", ru: "не принимает", en: "no value"),
        Mistake(
            "jurnal verify x --store y", .usage, kk: "jurnal; мүмкін, journal?",
            ru: "такой команды нет: jurnal; может быть, journal?",
            en: "no such command: jurnal; did you mean journal?"),
        Mistake(
            "calendar cont --json", .usage, kk: "мүмкін, count?", ru: "может быть, count?",
            en: "no such command: cont; did you mean count?"),
        Mistake(
            "due --chanel corporation --accepted 2026-03-19T16:05", .usage, "--channel?"),
        // What does not go together.
        Mistake(
            "journal export x --format csv --json", .usage, kk: "бірге берілмейді",
            ru: "--format csv и --json вместе не бывают", en: "exclude each other"),
        Mistake(
            "day astana-1 --ics x --json", .usage, kk: "бірге берілмейді",
            ru: "--ics и --json вместе не бывают", en: "exclude each other"),
        Mistake(
            "due --bulk --format csv --json", .usage, kk: "бірге берілмейді",
            ru: "вместе не бывают", en: "exclude each other"),
        Mistake(
            "calendar export 2026 --format ics --json", .usage, kk: "бірге берілмейді",
            ru: "вместе не бывают", en: "exclude each other"),
        Mistake(
            "application list astana-1 --csv --json", .usage, kk: "бірге берілмейді",
            ru: "вместе не бывают", en: "exclude each other"),
        Mistake(
            "office export astana-1 x --json", .usage, kk: "бірге берілмейді",
            ru: "вместе не бывают", en: "exclude each other"),
        Mistake(
            "serve --create", .usage, kk: "--store керек", ru: "нужно --store",
            en: "--create needs --store"),
        Mistake(
            slots + " --from 2026-11-24", .usage, kk: "бірге беріледі", ru: "указываются вместе",
            en: "go together"),
        Mistake(
            slots + " --first 0", .usage, kk: "аралығында", ru: "ожидается число от 1",
            en: "--first must be 1 to"),
        Mistake(
            "stats astana-1 --csv --json", .usage, kk: "бірге берілмейді", ru: "вместе не бывают",
            en: "exclude each other"),
        Mistake(
            "hold astana-1 --service acceptance --at 2026-03-19T10:00", .usage,
            kk: "біреуін ғана", ru: "что-то одно", en: "one of them"),
        Mistake(
            "office list --tls-client a.pem", .usage, kk: "керек", ru: "нужно --tls-ca",
            en: "needs --tls-ca"),
        // A token for every office has to be asked for.
        Mistake(
            "access issue --file a --role kiosk", .usage, kk: "--all-offices көрсетіңіз",
            ru: "Укажите --office или --all-offices", en: "Give --office or --all-offices"),
        Mistake(
            "access issue --file a --role kiosk --all-offices --office astana-1", .usage,
            kk: "бірге берілмейді", ru: "вместе не бывают", en: "exclude each other"),
        Mistake(
            "visits offer --area a --place 71.4,51.1 --address b", .usage,
            kk: "Айтылмаған: --name, --telephone.", ru: "Не указано: --name, --telephone.",
            en: "Not told: --name, --telephone."),
        Mistake(
            "visits offer --area a --address b", .usage, kk: "--visit, немесе --area",
            ru: "Укажите --visit", en: "Give --visit"),
        Mistake(
            "visits offer --area a --place 71.4;51.1", .usage, "71.4597,51.1642"),
    ]

    @Test(arguments: usage)
    func aWrongLineIsToldInItsLanguage(_ mistake: Mistake) async throws {
        for language in Language.allCases {
            let end = try #require(await ending(of: mistake.arguments, in: language))
            #expect(end.status == mistake.status.rawValue)
            #expect(end.text.contains(mistake.told[language]), "\(language): \(end.text)")
            #expect(end.text.hasPrefix("kezek: ") || mistake.arguments.contains("--json"))
            expectPlain(end.text)
        }
    }

    private func expectPlain(_ text: String) { Self.expectPlain(text) }

    /// Nothing in it is of a library or a build.
    static func expectPlain(_ text: String) {
        for word in foreign { #expect(!text.contains(word), "\(word) in \(text)") }
    }

    /// A line that is wrong says how it is written, and where to read more; with --json it is an object.
    @Test func aWrongLineSaysHowItIsWritten() async throws {
        let wrong = ["slots", "astana-1", "--service", "acceptance", "--date", "24.11.2026"]
        let end = try #require(await ending(of: wrong, in: .ru))
        let lines = end.text.split(separator: "\n")
        #expect(lines.count == 3 && lines[1].hasPrefix("kezek slots "), "\(end.text)")
        #expect(lines[2] == "подробнее: «kezek slots --help»")
        let json = try #require(await ending(of: wrong + ["--json"], in: .ru))
        let error = try self.error(json.text)
        #expect(json.status == 64 && error["status"] as? Int == 64)
        #expect((error["message"] as? String)?.contains("2026-11-24") == true)
    }

    /// The option for the language is one of a command, not what was typed wrong.
    @Test(arguments: Language.allCases)
    func aWrongCommandIsToldAlsoWithALanguage(language: Language) async throws {
        for (line, name, meant) in [
            ("jurnal verify x", "jurnal", "journal"), ("calendar cont", "cont", "count"),
            ("visits area imprt x", "imprt", "import"),
        ] {
            let arguments = line.split(separator: " ").map(String.init)
            let end = try #require(
                await ending(of: arguments + ["--language", "\(language)"], in: .en))
            #expect(end.status == 64)
            #expect(end.text.contains(name) && end.text.contains("\(meant)?"), "\(end.text)")
            #expect(!end.text.contains("--language"), "\(end.text)")
        }
    }

    private func error(_ text: String) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require(object?["error"] as? [String: Any], "\(text)")
    }

    // MARK: Files

    /// A command that reads a file, given one that is not there and a folder.
    @Test func filesThatAreNotThereAreToldAsThat() async throws {
        let folder = try TemporaryDirectory()
        let missing = folder.url.appendingPathComponent("missing").path
        let text = folder.url.appendingPathComponent("text.pem")
        try Data("no certificate\n".utf8).write(to: text)
        let readers: [([String], CommandStatus)] = [
            (["journal", "verify"], .refused), (["journal", "stats"], .refused),
            (["journal", "export"], .refused), (["visits", "solve"], .refused),
            (["decree", "check"], .refused), (["office", "import"], .refused),
            (["visits", "area", "import"], .refused), (["calendar", "check"], .refused),
            (["standards", "check"], .refused), (["cert", "show"], .refused),
            (["journal", "snapshot"], .refused), (["audit"], .refused),
            (["access", "list", "--file"], .refused),
        ]
        for (command, status) in readers {
            for (path, told) in [
                (missing, LocalizedText(kk: "жоқ", ru: "нет", en: "is not there")),
                (folder.url.path, LocalizedText(kk: "қалта", ru: "папка", en: "is a folder")),
            ] where path == missing || !["calendar", "standards"].contains(command[0]) {
                for language in Language.allCases {
                    let end = try #require(
                        await ending(of: command + [path], in: language), "\(command)")
                    #expect(end.status == status.rawValue, "\(command)")
                    #expect(
                        end.text.contains(told[language]) && end.text.contains(path),
                        "\(command) \(language): \(end.text)")
                    expectPlain(end.text)
                }
            }
        }
        let ask = ["office", "list", "--server", "127.0.0.1:1", "--tls-ca"]
        for (path, told) in [(missing, "is not there"), (text.path, "has no certificate")] {
            let end = try #require(await ending(of: ask + [path]))
            #expect(end.text.contains(told) && end.text.contains(path), "\(end.text)")
            expectPlain(end.text)
        }
    }

    // MARK: Servers

    @Test func whereNobodyListensThatIsTold() async throws {
        // Nobody but the system's own programs may listen there, and none does.
        let server = ["--server", "127.0.0.1:1"]
        for (line, language, told) in [
            (["office", "list"], "kk", "тыңдап тұрған жоқ"),
            (["health"], "ru", "никто не отвечает"),
            (
                ["due", "--channel", "corporation", "--accepted", "2026-03-19T16:05"], "en",
                "nothing listens on 127.0.0.1:1: start 'kezek serve'"
            ),
        ] {
            let run = try await kezek(line + server + ["--language", language])
            #expect(run.status == CommandStatus.notReached.rawValue)
            #expect(run.errors.contains(told), "\(run.errors)")
            expectPlain(run.errors)
        }
        let json = try await kezek(["health", "--json"] + server)
        #expect(try self.error(json.errors)["status"] as? Int == 3, "\(json.errors)")
    }

    /// The words for everything that can come between a command and its server.
    @Test func noObstacleSpeaksForALibrary() {
        let there = Endpoint.tcp(host: "kezek.example", port: 7447)
        let connecting: [ConnectFailure] = [
            .refused, .noSocket, .unknownHost, .unreachable, .silent, .noPermission,
            .other("NIOConnectionError errno"),
        ]
        let tls: [TLSProblem] = [
            .notTLS, .onlyTLS, .unknownAuthority, .otherName, .clientNotLetIn,
            .other("NIOSSL.BoringSSLError /x/checkouts/handshake.cc:320"),
        ]
        let errors: [ClientError] =
            connecting.map { .cannotConnect(there, $0) } + tls.map { .notTrusted(there, $0) } + [
                .connectionLost(there), .timedOut(there), .badResponse(there),
                .notTrusted(there, .endedEarly),
            ]
        for error in errors {
            var told: Set<String> = []
            for language in Language.allCases {
                let end = CommandEnd(error, Manner([], language: language))
                #expect(end.status == CommandStatus.notReached.rawValue)
                #expect(end.text.contains("kezek.example:7447"))
                expectPlain(end.text)
                told.insert(end.text)
            }
            #expect(told.count == 3, "\(error)")
        }
    }

    /// A command of which nobody knows whether it was carried out is repeated under its id.
    @Test func aLostCommandTellsItsID() throws {
        let there = Endpoint.tcp(host: "kezek.example", port: 7447)
        let id = RequestID(high: 0x0102, low: 0xFF)
        let hex = "000000000000010200000000000000ff"
        let causes: [ClientError] = [
            .timedOut(there), .connectionLost(there), .badResponse(there),
            .cannotConnect(there, .refused), .refused(Refusal(.overloaded, "kezek.example:7447 x")),
        ]
        for cause in causes {
            var told: Set<String> = []
            for (language, words) in [
                (Language.kk, "орындалған болуы мүмкін"), (.ru, "могла быть выполнена"),
                (.en, "may have been carried out"),
            ] {
                let error = ClientError.mayBeDone(id, cause)
                let end = CommandEnd(error, Manner([], language: language))
                #expect(end.status == CommandStatus.notReached.rawValue)
                #expect(end.text.contains(words) && end.text.contains("--request-id \(hex)"))
                #expect(end.text.contains("kezek.example:7447"))
                // To wait longer is no help to somebody who does not know.
                #expect(!end.text.contains("KEZEK_PATIENCE"))
                expectPlain(end.text)
                told.insert(end.text)
                let json = CommandEnd(error, Manner(["--json"], language: language))
                #expect(try self.error(json.text)["requestId"] as? String == hex)
                let question = CommandEnd(cause, Manner(["--json"], language: language))
                #expect(try self.error(question.text)["requestId"] == nil)
            }
            #expect(told.count == 3)
        }
    }

    /// Each status has its line in the documents and in the help.
    @Test func statusesStandInTheTable() async throws {
        let page = try Repository.text("Docs/Commands.md")
        let help = try await kezek("--help").output
        for status in CommandStatus.allCases {
            #expect(page.contains("| \(status.rawValue) |"), "\(status)")
            #expect(
                help.replacing(/\n\s+/, with: " ").contains(" \(status.rawValue) "), "\(status)")
        }
    }

    @Test func hintsReachTheSameServer() {
        let given = Manner([
            "hold", "x", "--server=kezek.example:7447", "--tls-ca", "/my files/ca.pem", "--", "-3",
        ])
        #expect(
            given.hint("kezek confirm x")
                == "kezek confirm x --server kezek.example:7447 --tls-ca '/my files/ca.pem'")
        #expect(Manner(["hold", "x"]).hint("kezek confirm x") == "kezek confirm x")
        #expect(Manner.quoted("it's") == "'it'\\''s'" && Manner.quoted("") == "''")
    }
}
