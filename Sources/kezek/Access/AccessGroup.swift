// SPDX-License-Identifier: Apache-2.0

import Access
import ArgumentParser
import CivilTime
import Foundation
import KezekEngine
import KezekFiles
import NIOSSL
import Parties
import Texts

struct AccessGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Who may call the server: tokens and certificates, roles, offices.",
        discussion: """
            The list is a file that 'kezek serve --access FILE' reads, and reads anew when it
            changes. It has no secrets: a token is told once, when it is issued. Programs
            of this project send the token of KEZEK_TOKEN, or of the file that
            KEZEK_TOKEN_FILE names.

            Examples:
              kezek access issue --file access.json --role clerk --office astana-1
              kezek access list --file access.json
              kezek access revoke --file access.json k7q2
            """,
        subcommands: [IssueAccess.self, ListAccess.self, RevokeAccess.self])
}

struct AccessFileOption: ParsableArguments {
    @Option(help: ArgumentHelp("The list of tokens.", valueName: "file"), completion: .file())
    var file: String

    var accessFile: AccessFile { AccessFile(url: URL(fileURLWithPath: file)) }
}

/// A role as an argument.
enum RoleName: String, CaseIterable, ExpressibleByArgument {
    case kiosk, portal, clerk, office, dispatcher
    case contactCentre = "contact-centre"
    case `operator`

    // Both have the same names.
    var role: Role { Role(name: rawValue)! }
}

struct IssueAccess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Give out a token, or let a client certificate in.",
        discussion: """
            A token is printed once, and only its hash is kept. With --token it is written into
            a new file that only its owner can read. With --certificate there is none: whoever
            shows that certificate to the server needs no token.

            Examples:
              kezek access issue --file access.json --role office --office astana-1 \\
                        --certificate office.pem --rate 20000
              kezek access issue --file access.json --role kiosk --office astana-1 \\
                        --note 'hall, left' --token kiosk.token
              kezek access issue --file access.json --role operator --all-offices \\
                        --days 30
            """)

    @OptionGroup var file: AccessFileOption

    @Option(help: "What the caller is.")
    var role: RoleName

    @Option(
        name: .customLong("office"),
        help: ArgumentHelp(
            "An office that it may touch; may be repeated.", valueName: "name"))
    var offices: [OfficeID] = []

    @Flag(help: "It may touch every office, also those that come later.")
    var allOffices = false

    @Option(help: "Days until it ends.")
    var days = 365

    @Option(help: "Calls a second that may be made with it.")
    var rate = AccessEntry.usualRate

    @Option(help: "Connections that may be open with it at one time.")
    var connections = AccessEntry.usualConnections

    @Option(
        help: ArgumentHelp(
            "The share of a day's places that may be held with it at one office and not be "
                + "confirmed, and of what an area's crews can do and not be promised.",
            valueName: "percent"))
    var holds = AccessEntry.usualHoldPercent

    @Option(
        help: ArgumentHelp("The client certificate to let in.", valueName: "pem-file"),
        completion: .file())
    var certificate: String?

    @Option(
        name: .customLong("token"),
        help: ArgumentHelp(
            "Write the token into this new file, which its owner alone can read.",
            valueName: "file"),
        completion: .file())
    var tokenFile: String?

    @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
    var note = ""

    @Flag(help: "Print JSON.")
    var json = false

    private static let noteLimit = 200

    func validate() throws {
        guard allOffices || !offices.isEmpty else {
            throw Wrong.say(
                kk:
                    "--office немесе --all-offices көрсетіңіз: ол қай кеңселерге қол жеткізе алады?",
                ru: "Укажите --office или --all-offices: к каким отделениям его допустить?",
                en: "Give --office or --all-offices: which offices may it touch?")
        }
        guard tokenFile == nil || certificate == nil else {
            throw Wrong.exclusive("--token", "--certificate")
        }
        guard !allOffices || offices.isEmpty else {
            throw Wrong.exclusive("--office", "--all-offices")
        }
        guard note.isPlainLine, note.utf8.count <= Self.noteLimit else {
            throw Wrong.say(
                kk: "--note: \(Self.noteLimit) байтқа дейінгі бір жол мәтін күтілді.",
                ru: "--note: ожидается текст в одну строку, до \(Self.noteLimit) байт.",
                en: "--note must be one line of at most \(Self.noteLimit) bytes.")
        }
        try Wrong.unless(days, in: 1...3_660, "--days")
        try Wrong.unless(rate, in: 1...AccessEntry.rateLimit, "--rate")
        try Wrong.unless(connections, in: 1...AccessEntry.connectionLimit, "--connections")
        try Wrong.unless(holds, in: 1...100, "--holds")
    }

    func run() async throws {
        let token = AccessToken.new()
        // Before it is let in: a token that nobody has would stand in the list for nothing.
        if let tokenFile { try NewFile.make(tokenFile, "\(token)\n".utf8, for: .owner) }
        let credential =
            try certificate.map(Self.credential) ?? .token(AccessToken.digest(token))
        var made: AccessEntry?
        try letIn { list in
            guard list.entries.count < AccessList.entryLimit else {
                throw CommandFailure(
                    kk: "тізім толды; басқасын бастаңыз", ru: "список полон; начните другой",
                    en: "the list is full; start another one")
            }
            if let other = list.entries.first(where: { $0.credential == credential }) {
                throw CommandFailure(
                    kk: "бұл сертификат тізімде бар: \(other.id)",
                    ru: "сертификат уже есть в списке: \(other.id)",
                    en: "the certificate has the entry \(other.id) already")
            }
            let entry = entry(of: credential, in: list)
            made = entry
            return AccessList(entries: list.entries + [entry])
        }
        // What was not made was thrown.
        try tell(made!, certificate == nil && tokenFile == nil ? token : nil)
    }

    /// Changes the list; a token that is not let in leaves no file.
    private func letIn(_ change: (AccessList) throws -> AccessList) throws {
        do { try file.accessFile.change(change) } catch {
            if let tokenFile { unlink(tokenFile) }
            throw error
        }
    }

    private func tell(_ entry: AccessEntry, _ token: String?) throws {
        guard !json else {
            return try JSONText.print(
                [
                    "id": entry.id, "role": role.rawValue,
                    "offices": allOffices ? nil : offices.map(\.description),
                    "expiresAt": entry.expiresAt.description, "token": token,
                ] as JSONObject)
        }
        let until = said(
            kk: "\(entry.expiresAt) дейін", ru: "до \(entry.expiresAt)",
            en: "until \(entry.expiresAt)")
        Terminal.writeError("\(entry.id)  \(role.rawValue)  \(until)\n")
        if let token { try Terminal.write(token + "\n") }
    }

    /// The first certificate of a file is the one that is shown; what follows vouches for it.
    private static func credential(certificate path: String) throws -> Credential {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw CommandFailure.cannotRead(path)
        }
        guard let first = try? NIOSSLCertificate.fromPEMFile(path).first,
            let bytes = try? first.toDERBytes()
        else { throw CommandFailure.noCertificate(path) }
        return .certificate(AccessToken.digest(bytes))
    }

    private func entry(of credential: Credential, in list: AccessList) -> AccessEntry {
        let now = Clock.now()
        var id = Self.newID()
        while list.entry(id) != nil { id = Self.newID() }
        return AccessEntry(
            id: id, role: role.role, offices: offices.isEmpty ? .all : .only(Set(offices)),
            credential: credential, callsPerSecond: rate, connections: connections,
            holdPercent: holds, issuedAt: now,
            expiresAt: Timestamp(second: now.second + Int64(days) * 86_400) ?? now,
            revokedAt: nil, note: note)
    }

    private static func newID() -> String {
        String((0..<6).map { _ in "abcdefghjkmnpqrstuvwxyz23456789".randomElement()! })
    }
}

struct ListAccess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The tokens that were given out, without their secrets.",
        discussion: """
            Example:
              kezek access list --file access.json
            """)

    @OptionGroup var file: AccessFileOption

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let now = Clock.now()
        let entries = try file.accessFile.read().entries
        if json { return try JSONText.print(entries.map(Self.json)) }
        var table = QueueTable(
            said(
                kk: "жазба|түрі|рөлі|кеңселер|секундына|қосылымдар|күйі|мерзімі|ескертпе",
                ru: "запись|вид|роль|отделения|в секунду|соединений|состояние|до|заметка",
                en: "entry|kind|role|offices|rate|connections|state|until|note"
            ))
        for entry in entries {
            let state =
                entry.revokedAt != nil
                ? said(kk: "қайтарылған", ru: "отозван", en: "revoked")
                : entry.isValid(at: now)
                    ? said(kk: "жарамды", ru: "действует", en: "valid")
                    : said(kk: "мерзімі өткен", ru: "истёк", en: "expired")
            table.add([
                entry.id, entry.credential.kind, entry.role.name,
                Self.offices(entry)?.joined(separator: ",")
                    ?? said(kk: "барлығы", ru: "все", en: "all"),
                "\(entry.callsPerSecond)", "\(entry.connections)", state,
                entry.expiresAt.description, entry.note,
            ])
        }
        try Terminal.lines(table.lines)
    }

    /// Nil for every office.
    private static func offices(_ entry: AccessEntry) -> [String]? {
        guard case .only(let offices) = entry.offices else { return nil }
        return offices.map(\.description).sorted()
    }

    private static func json(_ entry: AccessEntry) -> JSONObject {
        [
            "id": entry.id, "kind": entry.credential.kind, "role": entry.role.name,
            "offices": offices(entry), "callsPerSecond": entry.callsPerSecond,
            "connections": entry.connections, "holdPercent": entry.holdPercent,
            "issuedAt": entry.issuedAt.description, "expiresAt": entry.expiresAt.description,
            "revokedAt": entry.revokedAt?.description, "note": entry.note,
        ]
    }
}

struct RevokeAccess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "A token lets nobody in any more; a running server knows within a second.",
        discussion: """
            Example:
              kezek access revoke --file access.json k7q2ab
            """)

    @Argument(help: "The token's name, as 'kezek access list' shows it.")
    var id: String

    @OptionGroup var file: AccessFileOption

    func run() async throws {
        try file.accessFile.change { list in
            guard list.entry(id) != nil else {
                throw CommandFailure(
                    kk:
                        "\(file.file) ішінде «\(id)» токені жоқ; барын «kezek access list --file "
                        + "\(Manner.quoted(file.file))» көрсетеді",
                    ru:
                        "в \(file.file) нет токена «\(id)»; какие есть, показывает «kezek access list "
                        + "--file \(Manner.quoted(file.file))»",
                    en: "there is no token '\(id)' in \(file.file); 'kezek access list --file "
                        + "\(Manner.quoted(file.file))' shows them")
            }
            return AccessList(
                entries: list.entries.map { $0.id == id ? $0.revoked(at: Clock.now()) : $0 })
        }
        try Terminal.write(
            said(kk: "\(id) кері қайтарылды", ru: "\(id) отозван", en: "\(id) revoked") + "\n")
    }
}
