// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import KezekEngine
import Journal
import KezekSQLite
import Texts

struct KeyGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "The keys by which a journal names people: list, add, retire.",
        discussion: """
            With a key beside the journal, an applicant's IIN becomes the name that the journal
            has for them. Another key can follow, once a year say: 'add' puts it there, and
            the server uses it from its next start. What is under way keeps its names, so
            the earlier key stays until 'retire', a year later: after that nobody, not even
            with all keys, can find who the earlier names belong to.

            Examples:
              kezek key list /var/lib/kezek/kezek.sqlite
              kezek key add /var/lib/kezek/kezek.sqlite
              kezek key retire /var/lib/kezek/kezek.sqlite

            The journal knows each of its keys by a name, which tells nothing of it: a server does
            not start beside a key file that has lost one. 'list' tells which are missing.
            """,
        subcommands: [KeyList.self, KeyAdd.self, KeyRetire.self])
}

/// Whose keys are meant.
struct KeyOptions: ParsableArguments {
    @Argument(help: "The journal's file; its keys lie beside it.", completion: .file())
    var journal: String

    @Flag(help: "Print JSON.")
    var json = false

    func file() throws -> KeyFile {
        let path = KeyFile.path(beside: journal)
        guard let file = try KeyFile.read(path) else {
            throw CommandFailure("\(path) is not there: name the file of a journal")
        }
        return file
    }

    /// The time by which the journal's server goes.
    func now() throws -> Timestamp { try RehearsalFile(beside: journal).now() }

    /// The keys that the journal knows; nil if it knows none, is not there or cannot be read.
    func known() -> KnownKeys? {
        guard FileManager.default.fileExists(atPath: journal) else { return nil }
        do throws(StoreFailure) {
            let reader = try SQLiteReader(path: journal)
            defer { reader.close() }
            return try reader.knownKeys()
        } catch {
            Terminal.note("whether a key is missing cannot be told: \(error.words)")
            return nil
        }
    }

    func show(_ file: KeyFile) throws {
        let known = known()
        let missing = known?.missing(in: file.checks, retired: file.retiredValues) ?? []
        let keys = Array(zip(file.lines, file.checks))
        if json {
            let keys = keys.enumerated().map { place, key -> JSONObject in
                [
                    "id": key.1.name, "since": key.0.since.map { "\($0)" }, "inUse": place == 0,
                    "linksUntil": key.0.linksUntil.map { "\($0)" },
                ]
            }
            let gone = missing.map { key -> JSONObject in
                ["id": key.name, "since": key.since.map { "\($0)" }]
            }
            return try JSONText.print(["keys": keys, "missing": gone])
        }
        let now = try now()
        for (index, (line, key)) in keys.enumerated() {
            let use =
                index == 0
                ? said(kk: "қолданыста", ru: "используется", en: "in use ")
                : said(kk: "бұрынғы   ", ru: "прежний     ", en: "earlier")
            let since =
                line.since.map {
                    said(kk: "басталуы: \($0)", ru: "с \($0)", en: "since \($0)")
                }
                ?? said(
                    kk: "жасалғаннан бері", ru: "с тех пор как создан", en: "since it was made")
            let links = line.linksUntil.map { Self.links(until: $0, now: now) } ?? ""
            try Terminal.line("\(use)  \(since)\(links)  \(key.name)")
        }
        for key in missing {
            let lost = said(kk: "жоқ       ", ru: "пропал      ", en: "missing")
            try Terminal.line("\(lost)  \(known?.use(key) ?? key.name)")
        }
    }

    private static func links(until end: Timestamp, now: Timestamp) -> String {
        guard end > now else {
            return said(
                kk: "  сілтемелері енді қабылданбайды", ru: "  ссылки больше не принимаются",
                en: "  its links are not taken any more")
        }
        return said(
            kk: "  сілтемелердің аяқталуы: \(end)", ru: "  ссылки до \(end)",
            en: "  links until \(end)")
    }
}

struct KeyList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Since when each key is used. The keys are not shown.")

    @OptionGroup var options: KeyOptions

    func run() throws { try options.show(try options.file()) }
}

struct KeyAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Put a new key before the others.",
        discussion: """
            The server uses it from its next start. Back the key file up again: the copy that
            you have knows nothing of the new key.

            Links of bookings that were made with the earlier keys are taken until those are
            retired. If somebody may have got a key, say with --links after how many days they
            are not: whoever has a booking shows their IIN then.

            Examples:
              kezek key add /var/lib/kezek/kezek.sqlite
              kezek key add /var/lib/kezek/kezek.sqlite --links 14
            """)

    @OptionGroup var options: KeyOptions

    @Option(
        help: ArgumentHelp(
            "For how many days links of the earlier keys are taken, 0 to 3660; with 0 they end with the "
                + "server's next start.",
            valueName: "days"))
    var links: Int64?

    func validate() throws {
        guard links.map({ (0...3_660).contains($0) }) ?? true else {
            throw Wrong.range("--links", 0...3_660)
        }
    }

    func run() throws {
        var file = try options.file()
        let now = try options.now()
        let until = links.flatMap { Timestamp(second: now.second + $0 * 86_400) }
        try file.add(now: now, linksUntil: until)
        try options.show(file)
        // What is shown holds for a server that has read it.
        Terminal.note(
            "a server that runs uses the new key from its next start, and takes and makes links of the "
                + "earlier ones until then")
    }
}

struct KeyRetire: ParsableCommand {
    /// Nothing is under way for so long.
    static let days: Int64 = 366

    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Destroy the earliest key.",
        discussion: """
            Whoever has a booking or an application from before the key that follows it would
            not be known again, so that one must have been in use for \(days) days. Destroy
            your copies of the key file too.

            A server does not start beside a key file that lacks a key of its journal. If no copy
            has it any more, --lost gives it up by its name, which 'list' tells: whoever came
            while it was used is not known again, and may book a second time.
            """)

    @OptionGroup var options: KeyOptions

    @Flag(help: "Do it although the key that follows is younger.")
    var early = false

    @Option(
        help: ArgumentHelp("Give up an earlier key that no copy has.", valueName: "key"))
    var lost: String?

    func run() throws {
        var file = try options.file()
        if let lost { return try giveUp(lost, in: &file) }
        guard file.lines.count > 1 else {
            throw CommandFailure("it is the only key; put another before it with 'kezek key add'")
        }
        let next = file.lines[file.lines.count - 2].since
        let now = try options.now()
        let age = next.map { (now.second - $0.second) / 86_400 } ?? 0
        guard early || age >= Self.days else {
            throw CommandFailure(
                "the key that follows is in use for \(age) days; what is under way may go back "
                    + "further. Wait until it is \(Self.days), or say --early")
        }
        let left = ApplicantKeys(latestFirst: file.lines.dropLast().map(\.key))
        let reader = try SQLiteReader(path: options.journal)
        defer { reader.close() }
        let (sealed, known) = (try reader.personKeys(), try reader.knownKeys())
        guard let left, sealed.allSatisfy({ left.opens($0) }),
            known.map({ left.checks.contains($0.list[0].value) }) ?? true
        else {
            throw CommandFailure(
                "the journal was written or words are still sealed by it; start the server once with "
                    + "the new key")
        }
        try file.retire(now: now)
        try options.show(file)
    }

    private func giveUp(_ name: String, in file: inout KeyFile) throws {
        let reader = try SQLiteReader(path: options.journal)
        defer { reader.close() }
        guard let known = try reader.knownKeys(),
            let key = known.missing(in: file.checks, retired: file.retiredValues)
                .first(where: { $0.name == name }), key != known.list[0]
        else {
            throw CommandFailure(
                "no earlier key \(name) is missing; 'kezek key list' tells those that are")
        }
        try file.giveUp(key, now: try options.now())
        try options.show(file)
    }
}
