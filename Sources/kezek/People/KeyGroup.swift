// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import KezekEngine
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

    func show(_ file: KeyFile) throws {
        if json {
            let keys = file.lines.enumerated().map { place, line -> JSONObject in
                [
                    "since": line.since.map { "\($0)" }, "inUse": place == 0,
                    "linksUntil": line.linksUntil.map { "\($0)" },
                ]
            }
            return try JSONText.print(["keys": keys])
        }
        let now = try now()
        for (index, line) in file.lines.enumerated() {
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
            try Terminal.line("\(use)  \(since)\(links)")
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
            """)

    @OptionGroup var options: KeyOptions

    @Flag(help: "Do it although the key that follows is younger.")
    var early = false

    func run() throws {
        var file = try options.file()
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
        let (sealed, check) = (try reader.personKeys(), try reader.keyCheck())
        guard let left, sealed.allSatisfy({ left.opens($0) }),
            check.map(left.checks.contains) ?? true
        else {
            throw CommandFailure(
                "the journal was written or words are still sealed by it; start the server once with "
                    + "the new key")
        }
        try file.retire()
        try options.show(file)
    }
}
