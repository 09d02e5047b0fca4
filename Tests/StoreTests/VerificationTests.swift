// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import GRDB
import Journal
import KezekSQLite
import Testing
import Texts

/// Whatever is changed in a journal behind its back shows.
@Suite struct VerificationTests {
    private let folder = TemporaryFolder()

    /// A closed journal of four commits of three entries each, with claims and requests.
    private func makeJournal() async throws {
        let store = try SQLiteStore(path: folder.journal)
        for revision in 1...4 as ClosedRange<UInt32> {
            let change: ClaimChange = revision % 2 == 1 ? .taken(claim(1)) : .given(claim(1))
            let result = await store.append(
                entry(day(1), revision, claims: [change]), entry(day(2), revision),
                entry(day(3), revision, claims: [.taken(claim(UInt64(10 + revision)))]))
            #expect(result.failure == nil)
        }
        store.save([Snapshot(stream: day(1), revision: 4, body: [1, 2, 3])])
        store.close()
    }

    private func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.journal)
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    private func report() throws(StoreFailure) -> ChainReport {
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        return try reader.verifyChain()
    }

    @Test func anUntouchedJournalIsWhole() async throws {
        try await makeJournal()
        let reader = try SQLiteReader(path: folder.journal)
        var last: (UInt64, UInt64) = (0, 0)
        let report = try reader.verifyChain { last = ($0, $1) }
        #expect(last == (12, 12))
        #expect(report.fault == nil)
        #expect(report.entries == 12)
        #expect(report.commits == 4)
        #expect(report.streams == 3)
        #expect(report.lastPosition == 12)
        // The same entries in the same commits have this hash in every version.
        #expect(
            report.lastHash
                == "cd4f0d5a0019b83dc02bb1f4f133e7f827cb5c9195b033f3bf871059f1ee9a89")
    }

    @Test func anEmptyJournalIsWhole() throws {
        try SQLiteStore(path: folder.journal).close()
        let report = try report()
        #expect(report.fault == nil)
        #expect(report.entries == 0)
        #expect(report.lastHash == String(repeating: "0", count: 64))
    }

    @Test func aReportTellsACutOffEnd() async throws {
        try await makeJournal()
        let whole = try report()
        let reader = try SQLiteReader(path: folder.journal)
        try reader.copy(to: folder.path + "/cut.db", until: 9)
        reader.close()
        let shorter = try SQLiteReader(path: folder.path + "/cut.db")
        defer { shorter.close() }
        let cut = try shorter.verifyChain()
        #expect(cut.fault == nil)
        #expect((cut.lastPosition, cut.lastHash) != (whole.lastPosition, whole.lastHash))
        #expect(cut.lastPosition == 9)
    }

    /// What is changed; the first bad position, and a word of what is said about it.
    static let changes: [(sql: String, position: UInt64, word: String)] = [
        ("UPDATE journal SET body = x'00' WHERE position = 5", 4, "hash"),
        ("UPDATE journal SET body = x'' WHERE position = 12", 10, "hash"),
        ("UPDATE journal SET at = at + 1 WHERE position = 1", 1, "hash"),
        ("UPDATE journal SET request = NULL WHERE position = 7", 7, "hash"),
        ("UPDATE journal SET request = zeroblob(24) WHERE position = 8", 7, "hash"),
        ("UPDATE journal SET request = x'0102' WHERE position = 8", 8, "request"),
        ("UPDATE journal SET revision = 3 WHERE position = 5", 5, "revision"),
        ("UPDATE journal SET previous = 1 WHERE position = 5", 5, "link"),
        ("UPDATE journal SET previous = 0 WHERE position = 5", 5, "link"),
        ("UPDATE journal SET stream = 3 WHERE position = 5", 5, "link"),
        ("UPDATE journal SET stream = 99 WHERE position = 5", 5, "stream"),
        ("UPDATE journal SET stream = -9223372036854775808 WHERE position = 5", 5, "stream"),
        ("UPDATE journal SET claims = NULL WHERE position = 4", 4, "hash"),
        ("UPDATE journal SET claims = NULL WHERE position = 3", 1, "hash"),
        ("UPDATE journal SET claims = NULL WHERE position = 1", 1, "hash"),
        ("UPDATE journal SET claims = x'01' WHERE position = 2", 2, "claims"),
        (
            "UPDATE journal SET claims = x'0200000000000000000000000000000000' WHERE position = 2",
            2, "claims"
        ),
        (
            "UPDATE journal SET claims = (SELECT claims FROM journal WHERE position = 1) "
                + "WHERE position = 3", 3, "held already"
        ),
        (
            "UPDATE journal SET claims = (SELECT claims FROM journal WHERE position = 4) "
                + "WHERE position = 5", 5, "nobody holds"
        ),
        ("DELETE FROM journal WHERE position = 1", 1, "missing"),
        ("DELETE FROM journal WHERE position = 6", 6, "missing"),
        ("DELETE FROM journal WHERE position = 12", 12, "missing"),
        ("DELETE FROM journal WHERE position > 9", 10, "missing"),
        ("DELETE FROM journal", 1, "missing"),
        (
            "INSERT INTO journal SELECT 13, stream, 5, 10, at, request, NULL, body, caller "
                + "FROM journal WHERE position = 10", 13, "no commit"
        ),
        ("UPDATE commits SET hash = zeroblob(32) WHERE last = 6", 4, "hash"),
        ("UPDATE commits SET last = 5 WHERE last = 6", 4, "hash"),
        ("DELETE FROM commits WHERE last = 6", 4, "Commit 2"),
        ("DELETE FROM commits WHERE last = 12", 10, "no commit"),
        ("UPDATE streams SET name = 'queue/astana-9/2026-03-19' WHERE id = 2", 1, "hash"),
        ("DELETE FROM streams WHERE id = 2", 1, "gap"),
        ("UPDATE streams SET head = 9 WHERE id = 3", 12, "checkpoint"),
        ("UPDATE streams SET revision = 5 WHERE id = 1", 12, "checkpoint"),
        ("UPDATE checkpoints SET claims = x''", 12, "checkpoint"),
        ("UPDATE checkpoints SET claims = x'01'", 13, "checkpoint"),
        (
            "INSERT INTO checkpoints SELECT 6, claims, streams, hash FROM checkpoints", 13,
            "checkpoint"
        ),
        ("UPDATE checkpoints SET position = 11", 11, "checkpoint"),
        ("UPDATE checkpoints SET position = 13", 13, "checkpoint"),
        ("UPDATE checkpoints SET position = 0", 1, "checkpoint"),
        ("DELETE FROM checkpoints", 1, "checkpoint"),
    ]

    @Test(arguments: changes.indices)
    func aChangeIsFound(_ index: Int) async throws {
        let change = Self.changes[index]
        try await makeJournal()
        try execute(change.sql)
        let report = try report()
        let fault = try #require(report.fault, "\(change.sql)")
        #expect(fault.position == change.position, "\(change.sql): \(fault)")
        #expect(fault.problem.description.contains(change.word), "\(change.sql): \(fault)")
        #expect(report.lastPosition < fault.position || change.word == "checkpoint")
    }

    /// What stands beside the entries, and a word of what is said about it.
    static let sides: [(sql: String, word: String)] = [
        ("UPDATE snapshots SET body = x'010203ff'", "snapshot of stream 1"),
        ("UPDATE snapshots SET revision = 3", "snapshot of stream 1"),
        ("UPDATE snapshots SET stream = 2", "snapshot of stream 2"),
        ("UPDATE snapshots SET hash = NULL", "snapshot of stream 1"),
        ("UPDATE streams SET hash = zeroblob(16) WHERE id = 2", "name of stream 2"),
        ("UPDATE streams SET hash = NULL WHERE id = 2", "head of stream 2"),
        ("UPDATE checkpoints SET streams = 2", "checkpoint 12"),
        ("UPDATE checkpoints SET hash = x''", "checkpoint 12"),
        ("UPDATE person_keys SET used = used + 1", "person's key 7"),
        ("UPDATE person_keys SET wrapped = x'00'", "person's key 7"),
        ("UPDATE person_keys SET id = 8", "person's key 8"),
        ("UPDATE key_check SET value = x'02'", "knows of its key"),
    ]

    @Test(arguments: sides.indices)
    func whatStandsBesideTheEntriesIsLookedAt(_ index: Int) async throws {
        let side = Self.sides[index]
        try await makeJournal()
        let store = try SQLiteStore(path: folder.journal)
        try store.requireKeys([KeyCheck([1], since: nil)])
        let key = PersonKey(
            id: 7, person: PersonName(high: 1, low: 2), wrapped: [1, 2, 3],
            used: CivilDate("2026-03-19")!)
        await withCheckedContinuation { continuation in
            store.submit(Batch(entries: [], keys: [key]) { _ in continuation.resume() })
        }
        store.close()
        #expect(try report().fault == nil)
        try execute(side.sql)
        let fault = try #require(try report().fault, "\(side.sql)")
        #expect(fault.problem.description.contains(side.word), "\(side.sql): \(fault)")
    }

    /// A row of the table of commits whose number stands out of order is never found where it belongs.
    @Test func aFlippedNumberOfACommitIsAFaultAndVerifyingEnds() async throws {
        try await makeJournal()
        let queue = try DatabaseQueue(path: folder.journal)
        let root = try await queue.read { db in
            try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'commits'")
        }
        try queue.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.journal))
        let page = (try #require(root) - 1) * 4096
        for cell in 0..<4 {
            let pointer = page + 8 + 2 * cell
            let start = page + (Int(whole[pointer]) << 8) + Int(whole[pointer + 1])
            for bit in 0..<7 {
                var flipped = whole
                // The length of the row comes first, in one byte.
                flipped[start + 1] ^= 1 << UInt8(bit)
                try flipped.write(to: URL(fileURLWithPath: folder.journal))
                // An error of reading tells it too.
                do throws(StoreFailure) {
                    #expect(try report().fault != nil, "commit \(cell), bit \(bit)")
                } catch {}
            }
        }
    }

    @Test func aDamagedPageIsAFailureAndNeverACrash() async throws {
        try await makeJournal()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.journal))
        let untouched = try SQLiteReader(path: folder.journal)
        let entries = try untouched.everything()
        untouched.close()
        var found = 0
        for start in stride(from: 0, to: whole.count, by: 512) {
            for byte in [0x00, 0x5A, 0xFF] as [UInt8] {
                var damaged = whole
                damaged.replaceSubrange(
                    start..<start + 512, with: Data(repeating: byte, count: 512))
                guard damaged != whole else { continue }
                for suffix in ["-wal", "-shm", "-head"] {
                    try? FileManager.default.removeItem(atPath: folder.journal + suffix)
                }
                try damaged.write(to: URL(fileURLWithPath: folder.journal))
                do {
                    let report = try report()
                    if report.fault != nil { throw StoreFailure(report.fault!.problem) }
                    // Where nothing was found, no entry is affected.
                    let reader = try SQLiteReader(path: folder.journal)
                    let isWhole = try reader.everything() == entries
                    #expect(isWhole, "bytes \(start) to \(start + 511) are \(byte)")
                } catch is StoreFailure { found += 1 }
                if let store = try? SQLiteStore(path: folder.journal) {
                    _ = await store.append(entry(day(1), 5))
                    _ = try? store.streams().map { try store.entries(of: $0.stream, after: 0) }
                    store.close()
                }
            }
        }
        #expect(found > 3)
    }
}

extension SQLiteReader {
    /// All entries, in order.
    fileprivate func everything() throws -> [PlacedEntry] {
        var all: [PlacedEntry] = []
        try scan(after: 0) { entry in
            all.append(entry)
            return true
        }
        return all
    }
}
