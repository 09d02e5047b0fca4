// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Journal
import KezekSQLite
import KezekSimulator
import KezekWire
import Texts

struct JournalVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Prove from its events alone that a journal is whole and that the queue was fair.",
        discussion: """
            Recomputes the chain of hashes, then takes every event through a checker that
            shares no code with the server: no slot was overbooked, nobody was overtaken, no
            number was given twice, every hold ended once, every clock of an application was
            stopped once, claims match live bookings, no request was carried out twice. Then what
            stands beside the entries: names, heads, checkpoints, snapshots (compared with the
            entries), people's keys (of each that an entry names, whether it is there or was
            destroyed by an entry), and how the file's pages fit together.

            The file alone cannot show that its end was cut off: the head file beside it
            (FILE-head) does. Of a copy keep the hash that is printed, and give it the next
            time; its first 16 digits do.

            Examples:
              kezek journal verify kezek.sqlite
              kezek journal verify kezek.sqlite --expect 4712:9f86d081884c7d65…
            """)

    @OptionGroup var options: JournalOptions

    @Option(
        help: ArgumentHelp(
            "A position and the hash that an earlier run printed for it.",
            valueName: "position:hash"))
    var expect: ExpectedHash?

    func run() async throws {
        let reader = try options.reader()
        defer { reader.close() }
        if let loss = try SQLiteReader.loss(at: options.file) {
            throw CommandFailure(
                "\(options.file): \(loss); restore it from a copy ('kezek journal restore')")
        }
        if let keys = try KeyFile.read(KeyFile.path(beside: options.file)),
            let fault = try reader.knownKeys()?
                .fault(beside: keys.checks, retired: keys.retiredValues)
        {
            throw CommandFailure("\(options.file): \(fault)")
        }
        let proof = try JournalProof(reader, file: options.file, expect: expect)
        JournalMark.verify.note(beside: options.file, proof.last)
        try proof.show(json: options.json)
    }
}

/// That a journal is whole and the queue was fair: the chain of hashes, and every rule.
struct JournalProof {
    private let report: ChainReport
    private let audit: JournalAudit

    /// The position of its last entry.
    var lastPosition: UInt64 { report.lastPosition }

    /// `file` names it when something is wrong, and `expect` is a position with the hash that an
    /// earlier proof had for it.
    ///
    /// - Throws: what is wrong, and where.
    init(_ reader: SQLiteReader, file: String, expect: ExpectedHash? = nil) throws {
        report = try Self.chain(reader, file, expect)
        audit = try Self.audit(reader, file, until: report.lastPosition)
        try Self.compareSnapshots(reader, file)
        try Self.requireKeys(of: audit.namedKeys, reader, file)
    }

    /// Each key by which words are sealed is there, or an entry says that it was destroyed.
    ///
    /// A server may write meanwhile: it destroys a key and says so at once, so the entries are read after the keys.
    private static func requireKeys(
        of named: Set<UInt64>, _ reader: SQLiteReader, _ file: String
    ) throws {
        let kept = try reader.personKeys().map(\.id)
        let arena = Arena(limit: 1 << 20)
        var gone = named.subtracting(kept)
        for entry in try reader.entries(of: .people, after: 0) where !gone.isEmpty {
            arena.reset()
            gone.subtract(try PeopleRecordCodec.decode(entry.body, arena).keys)
        }
        guard !gone.isEmpty else { return }
        let ids = gone.sorted().map { String($0, radix: 16) }
        let list = ids.prefix(5).joined(separator: ", ")
        let told: Phrase = ids.count > 5 ? "\(list) and \(ids.count - 5) more" : "\(list)"
        throw CommandFailure(
            "\(file): keys of people that its entries name are gone, and were not destroyed: \(told)"
        )
    }

    /// Each snapshot is put together from its entries anew.
    private static func compareSnapshots(_ reader: SQLiteReader, _ file: String) throws {
        var progress = Progress(said(kk: "жиынтықтар", ru: "снимки", en: "snapshots"))
        defer { progress.end() }
        let streams = try reader.streams()
        for (index, (stream, _)) in streams.enumerated() {
            progress.show(UInt64(index + 1), of: UInt64(streams.count))
            guard let snapshot = try reader.snapshot(of: stream) else { continue }
            let entries = try reader.entries(of: stream, after: 0)
            if let problem = SnapshotAudit.problem(snapshot, entries) {
                throw CommandFailure("\(file): \(problem)")
            }
        }
    }

    private static func chain(
        _ reader: SQLiteReader, _ file: String, _ expect: ExpectedHash?
    ) throws -> ChainReport {
        var progress = Progress(said(kk: "хештер", ru: "хеши", en: "hashes"))
        let report = try reader.verifyChain { done, total in progress.show(done, of: total) }
        progress.end()
        if let fault = report.fault {
            throw CommandFailure("\(file): position \(fault.position): \(fault.problem)")
        }
        guard let expect else { return report }
        guard try reader.hash(at: expect.position)?.hasPrefix(expect.digits) == true else {
            let (position, digits) = (expect.position, expect.digits)
            throw CommandFailure(
                kk:
                    "\(file): \(position)-позициядағы хэш \(digits) емес: журналдың соңы кесілген немесе ол "
                    + "қайта жазылған",
                ru:
                    "\(file): на позиции \(position) хэш не \(digits): конец журнала отрезан, или журнал "
                    + "написан заново",
                en:
                    "\(file): at position \(position) the hash is not \(digits): the journal was cut off "
                    + "or written anew")
        }
        return report
    }

    private static func audit(
        _ reader: SQLiteReader, _ file: String, until last: UInt64
    ) throws -> JournalAudit {
        var progress = Progress(said(kk: "оқиғалар", ru: "события", en: "events"))
        defer { progress.end() }
        do {
            return try JournalAudit { each in
                try reader.scan(after: 0) { placed in
                    guard placed.position <= last else { return false }
                    progress.show(placed.position, of: last)
                    return each(placed)
                }
            }
        } catch let error as AuditFailure {
            throw CommandFailure("\(file): its events break a rule: \(error.description)")
        }
    }

    /// The last position and its hash, as they are printed.
    var last: String { "\(report.lastPosition):\(report.lastHash)" }

    /// Says that it is whole, and the position and hash to keep.
    func show(json: Bool) throws {
        if json {
            return try JSONText.print(
                [
                    "entries": report.entries, "commits": report.commits,
                    "officeDays": audit.days.count, "registers": audit.registers,
                    "lastPosition": report.lastPosition, "lastHash": report.lastHash,
                ] as JSONObject)
        }
        let (entries, commits) = (report.entries, report.commits)
        let (days, registers) = (audit.days.count, audit.registers)
        let whole = said(kk: "бүтін", ru: "цел", en: "whole")
        try Terminal.line(
            Terminal.styled(whole, .green)
                + said(
                    kk: ": жазбалар — \(entries), бекітулер — \(commits), кеңсе күндері — \(days), "
                        + "тіркелімдер — \(registers), барлық ереже сақталған",
                    ru: ": записей — \(entries), фиксаций — \(commits), дней отделений — \(days), "
                        + "реестров — \(registers), все правила соблюдены",
                    en: ": \(entries) entries in \(commits) commits, "
                        + "\(days) office-days, \(registers) registers, every rule held"))
        try Terminal.line(last)
    }
}

/// A position of a journal with the hash that was printed for it, or the first digits of it.
struct ExpectedHash: ExpressibleByArgument {
    /// Fewer would be the same in other journals too.
    private static let least = 16

    let position: UInt64
    let digits: String

    /// `4712:9f86d081884c7d65…`, as it was printed or as a document has it; nil for any other text.
    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let position = UInt64(parts[0]) else { return nil }
        var digits = parts[1].lowercased()
        if digits.hasSuffix("…") { digits.removeLast() }
        guard (Self.least...64).contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit) else {
            return nil
        }
        (self.position, self.digits) = (position, digits)
    }
}
