// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Foundation
import GRDB
import Journal
import KezekSQLite
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekEngine
@testable import KezekSimulator

/// Single bits of a journal's file are flipped, one file for each: a start gives the same answers or none,
/// and verifying finds whatever has changed.
///
/// `KEZEK_BITS=1000` tries as many, drawn by `KEZEK_SEED`.
@Suite struct FlippedBitTests {
    private static let words = "скажет, когда выйдет из больницы"

    /// A journal with bookings, applications, sealed words, snapshots, and entries after them.
    private struct Sample {
        let file: Data
        let entries: [Entry]
        let views: [ApplicationView]
        let audit: JournalAudit
    }

    private static func append(_ entries: [Entry], _ keys: [PersonKey], _ store: SQLiteStore) async
    {
        for start in stride(from: 0, to: entries.count, by: 3) {
            let part = Array(entries[start..<min(start + 3, entries.count)])
            await withCheckedContinuation { continuation in
                store.submit(
                    Batch(entries: part, keys: start == 0 ? keys : []) { _ in
                        continuation.resume()
                    })
            }
        }
    }

    private static func decided() throws -> (Desk, [ApplicationID]) {
        let desk = try Desk()
        desk.register()
        var ids: [ApplicationID] = []
        for number in 0..<12 {
            let (who, request) = ("p\(number)", UInt64(100 * (number + 1)))
            let date = CivilDate("2026-03-\(19 + number % 2)")!
            let time = "\(10 + number / 2):\(number % 2 == 0 ? "00" : "20")"
            if let id = desk.hold(who, date, time, request) {
                desk.queue.submit(
                    .booking(
                        id,
                        number % 3 == 0 ? .cancel(by: .office, reason: words) : .confirm),
                    request: Desk.id(request + 1), now: Desk.morning
                ) { _ in }
                desk.store.commit()
            }
            guard number < 5 else { continue }
            let accepted = try #require(
                desk.send(.accept(try Desk.handIn(who)), request + 2)
            ).get()
            ids.append(accepted.id)
            let review = CivilDate("2026-03-30")!
            _ = desk.send(
                .act(accepted.id, .suspend(reason: words, reviewBy: review)), request + 3)
        }
        return (desk, ids)
    }

    private static func sample(_ path: String) async throws -> (Sample, [ApplicationID]) {
        let (desk, ids) = try decided()
        var entries: [Entry] = []
        try desk.store.scan(after: 0) { placed in
            entries.append(placed.entry)
            return true
        }
        let cut = entries.count * 2 / 3
        let store = try SQLiteStore(path: path)
        try store.requireKeys([KeyCheck([1, 2, 3], since: Desk.morning)])
        await append(Array(entries[..<cut]), try desk.store.personKeys(), store)
        _ = try JournalPacking.packAll(store) { _, _ in }
        store.close()
        let again = try SQLiteStore(path: path)
        await append(Array(entries[cut...]), [], again)
        again.close()
        let views = try ids.map { try view(desk.engine, $0) }
        return (
            Sample(
                file: try Data(contentsOf: URL(fileURLWithPath: path)), entries: entries,
                views: views, audit: try JournalAudit(desk.store)), ids
        )
    }

    private static func view(
        _ engine: ApplicationEngine, _ id: ApplicationID
    ) throws -> ApplicationView {
        guard
            case .application(let view) = try engine.answer(
                .application(id), in: .en, now: Desk.morning)
        else { throw CancellationError() }
        return view
    }

    /// What a start on the file comes to.
    private enum Start: Equatable {
        case refused
        case same
        /// The words of one person are told to be lost, and all else is the same.
        case wordsLost
        case other(String)
    }

    private static func start(_ path: String, _ sample: Sample, _ ids: [ApplicationID]) -> Start {
        do {
            let store = try SQLiteStore(path: path)
            defer { store.close() }
            try store.requireKeys([KeyCheck([1, 2, 3], since: Desk.morning)])
            let (queue, engine) = try Desk.engines(store, try Repository.library())
            try queue.start(now: Desk.morning)
            try engine.start(now: Desk.morning)
            for office in [Desk.office, Desk.provider] {
                do throws(AuditFailure) { try sample.audit.compare(with: queue, office) } catch {
                    return .other("\(error)")
                }
            }
            guard queue.daysInMemory == 2 else { return .other("days are missing") }
            do throws(AuditFailure) { try sample.audit.compareClaims(with: queue) } catch {
                return .other("\(error)")
            }
            let views = try ids.map { try view(engine, $0) }
            if views == sample.views { return .same }
            let isTold = store.takeFindings().contains { $0.contains("key") }
            let differing = zip(views, sample.views).filter { $0 != $1 }
            let onlyWords = differing.allSatisfy {
                $0.id == $1.id && $0.phase == $1.phase && $0.revision == $1.revision
                    && $0.suspended.map(\.reason) != $1.suspended.map(\.reason)
            }
            return isTold && onlyWords && differing.count == 1
                ? .wordsLost : .other("told: \(isTold), \(differing.count) differ")
        } catch { return .refused }
    }

    /// All that verifying looks at.
    private static func isFound(_ path: String) -> Bool {
        do {
            let reader = try SQLiteReader(path: path)
            defer { reader.close() }
            if try reader.verifyChain().fault != nil { return true }
            _ = try JournalAudit { each in try reader.scan(after: 0, each) }
            for (stream, _) in try reader.streams() {
                guard let snapshot = try reader.snapshot(of: stream) else { continue }
                let entries = try reader.entries(of: stream, after: 0)
                if SnapshotAudit.problem(snapshot, entries) != nil { return true }
            }
            return false
        } catch { return true }
    }

    /// Every value of every table, and the schema; nil if it cannot be read.
    private static func content(_ path: String) -> [String]? {
        var settings = Configuration()
        settings.readonly = true
        return try? DatabaseQueue(path: path, configuration: settings).read { db in
            var lines: [String] = []
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            for table in tables {
                let columns = try db.columns(in: table).map { "quote(\"\($0.name)\")" }
                lines += try String.fetchAll(
                    db,
                    sql: "SELECT '\(table)' || \(columns.joined(separator: " || ',' || ")) "
                        + "FROM \(table) ORDER BY 1")
            }
            return lines
        }
    }

    @Test func noStartGivesOtherAnswersAndVerifyingFindsEachChange() async throws {
        let environment = ProcessInfo.processInfo.environment
        let bits = environment["KEZEK_BITS"].flatMap { Int($0) } ?? 100
        var random = Seeded(environment["KEZEK_SEED"].flatMap { UInt64($0) } ?? 19)
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("journal.db").path
        let (sample, ids) = try await Self.sample(path)
        try #require(Self.start(path, sample, ids) == .same)
        try sample.file.write(to: URL(fileURLWithPath: path))
        try #require(!Self.isFound(path))
        let whole = try #require(Self.content(path))
        var counts: [String: Int] = [:]
        for _ in 0..<bits {
            let place = Int(random.next() % UInt64(sample.file.count * 8))
            var flipped = sample.file
            flipped[place / 8] ^= 1 << UInt8(place % 8)
            func put() throws {
                for end in ["-wal", "-shm", "-head"] { unlink(path + end) }
                try flipped.write(to: URL(fileURLWithPath: path))
            }
            try put()
            let isChanged = Self.content(path) != whole
            let isFound = Self.isFound(path)
            #expect(isFound || !isChanged, "byte \(place / 8), bit \(place % 8) is not found")
            try put()
            let start = Self.start(path, sample, ids)
            if case .other(let what) = start {
                Issue.record("byte \(place / 8), bit \(place % 8): other answers, \(what)")
            }
            let outcome =
                switch start {
                case .refused: "refused"
                case .same: isChanged ? "the same although changed" : "the same"
                case .wordsLost: "one person's words lost"
                case .other: "other answers"
                }
            counts[outcome + (isFound ? ", found" : ", unused"), default: 0] += 1
        }
        // What the thousand came to is told where it was asked for.
        if environment["KEZEK_BITS"] != nil {
            for (outcome, count) in counts.sorted(by: { $0.key < $1.key }) {
                print("\(count) \(outcome)")
            }
        }
    }

    /// Bits aimed at what stands beside the entries: each row of each table.
    @Test(arguments: [
        ("UPDATE snapshots SET body = CAST(substr(body, 1, 20) || x'00' AS BLOB)", "made anew"),
        ("UPDATE snapshots SET revision = revision - 1", "made anew"),
        ("UPDATE checkpoints SET claims = x''", "made anew from the entries"),
        ("UPDATE streams SET head = head - 1 WHERE id = 2", "made anew from the entries"),
        ("DELETE FROM checkpoints", "made anew from the entries"),
    ])
    func whatCanBeRebuiltIsRebuiltAndTold(sql: String, word: String) async throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("journal.db").path
        let (sample, ids) = try await Self.sample(path)
        try Self.execute(sql, path)
        #expect(Self.isFound(path))
        #expect(Self.start(path, sample, ids) == .same)
        try sample.file.write(to: URL(fileURLWithPath: path))
        try Self.execute(sql, path)
        let store = try SQLiteStore(path: path)
        let (queue, engine) = try Desk.engines(store, try Repository.library())
        try queue.start(now: Desk.morning)
        try engine.start(now: Desk.morning)
        #expect(store.takeFindings().contains { $0.contains(word) })
        _ = try JournalPacking.packAll(store) { _, _ in }
        store.close()
        #expect(!Self.isFound(path))
    }

    /// One key is damaged: it is named, one person's words are lost, and everybody is served.
    @Test func oneBadKeyLosesOnePersonsWords() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("journal.db").path
        let (sample, ids) = try await Self.sample(path)
        let reader = try SQLiteReader(path: path)
        let keys = try reader.personKeys().count
        reader.close()
        #expect(keys > 4)
        try Self.execute(
            """
            UPDATE person_keys SET wrapped = CAST(substr(wrapped, 1, 40) || x'00' AS BLOB)
            WHERE id = (SELECT min(id) FROM person_keys)
            """, path)
        #expect(Self.isFound(path))
        let start = Self.start(path, sample, ids)
        #expect(start == .wordsLost || start == .same)
        let store = try SQLiteStore(path: path)
        defer { store.close() }
        #expect(try store.personKeys().count == keys - 1)
        #expect(store.takeFindings().count == 1)
    }

    /// A name that is changed, or there twice, is refused: nothing tells whose entries they are.
    @Test(arguments: [
        "UPDATE streams SET name = 'queue/astana-2/2026-03-19' WHERE id = 2",
        "UPDATE streams SET id = 99 WHERE id = 2", "DELETE FROM streams WHERE id > 3",
        "UPDATE key_check SET value = x'010204'",
        "UPDATE journal SET body = x'0801' WHERE position = 1",
        "UPDATE journal SET at = at + 86400 WHERE position = (SELECT max(position) FROM journal)",
    ])
    func whatCannotBeRebuiltIsRefused(sql: String) async throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("journal.db").path
        let (sample, ids) = try await Self.sample(path)
        try Self.execute(sql, path)
        #expect(Self.isFound(path))
        #expect(Self.start(path, sample, ids) == .refused)
    }

    /// Two streams of one name, which no command of the database makes: bytes of one are those of another, in the
    /// table and in its index.
    @Test func aNameThatIsThereTwiceIsRefused() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("journal.db").path
        let (sample, ids) = try await Self.sample(path)
        let queue = try DatabaseQueue(path: path)
        let names = try await queue.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM streams ORDER BY id")
        }
        try queue.close()
        let lengths = Dictionary(grouping: names, by: \.utf8.count)
        let alike = try #require(lengths.values.first { $0.count > 1 })
        var bytes = sample.file
        var places = 0
        while let found = bytes.firstRange(of: Data(alike[0].utf8)) {
            bytes.replaceSubrange(found, with: Data(alike[1].utf8))
            places += 1
        }
        #expect(places >= 2)
        for end in ["-wal", "-shm", "-head"] { unlink(path + end) }
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(Self.isFound(path))
        #expect(Self.start(path, sample, ids) == .refused)
    }

    private static func execute(_ sql: String, _ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    /// Numbers that are the same for the same seed.
    private struct Seeded {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
