// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Journal
import KezekSQLite
import TestKit
import Testing

/// Who had an entry written is part of what the chain proves, and journals from before that stay whole.
@Suite struct RecordedCallerTests {
    private let folder = TemporaryFolder()
    private static let token = CallerID("k7q2ab")!

    /// The last position of the journal of version 2, and its hash, as the version that wrote it told.
    private static let earlierHash =
        "97b0ed869365232f640a4662ae9d85ed2198493933f6035e9a643fa3148a92b5"

    private func takeEarlierJournal() throws {
        let fixture = Repository.root
            .appendingPathComponent("Tests/Fixtures/journals/version-2/kezek.sqlite")
        try FileManager.default.copyItem(
            at: fixture, to: URL(fileURLWithPath: folder.journal))
    }

    private func written(by caller: CallerID, _ revision: UInt32) -> Entry {
        let one = entry(day(7), revision)
        return Entry(
            stream: one.stream, revision: revision, at: one.at,
            request: one.request.map {
                RequestMark(id: $0.id, fingerprint: $0.fingerprint, caller: caller)
            }, claims: [], body: one.body)
    }

    private func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.journal)
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    private func report() throws -> ChainReport {
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        return try reader.verifyChain()
    }

    @Test func theNamesOfCallersAreShortWords() {
        for name in ["k7q2ab", "local", "-", "A.b_9", String(repeating: "x", count: 64)] {
            #expect(CallerID(name)?.description == name)
        }
        for name in ["", "a b", "a\n", "имя", "\u{7F}", String(repeating: "x", count: 65)] {
            #expect(CallerID(name) == nil)
        }
        #expect(CallerID("k7q2ab")?.isNameOfAnEntry == true)
        #expect(CallerID("local")?.isNameOfAnEntry == false)
        #expect(CallerID("-")?.isNameOfAnEntry == false)
    }

    /// A repeat by somebody else is the same request.
    @Test func aRequestIsItselfWhoeverAsks() {
        let id = RequestID(high: 1, low: 2)
        let (one, other) = (
            RequestMark(id: id, fingerprint: 3), RequestMark(id: id, fingerprint: 3, caller: .time)
        )
        #expect(one == other && Set([one, other]).count == 1)
        #expect(one != RequestMark(id: id, fingerprint: 4))
    }

    @Test func anEntryKeepsItsCaller() async throws {
        let store = try SQLiteStore(path: folder.journal)
        _ = await store.append(written(by: Self.token, 1))
        _ = await store.append(
            Entry(
                stream: day(7), revision: 2, at: entry(day(7), 2).at, request: nil, claims: [],
                body: [1]))
        let callers = try store.entries(of: day(7), after: 0).map { $0.caller?.name }
        #expect(callers == ["k7q2ab", "-"])
        #expect(try store.entries(of: day(7), after: 0)[0].request?.caller == Self.token)
        var scanned: [String?] = []
        try store.scan(after: 0) { placed in
            scanned.append(placed.entry.caller?.name)
            return true
        }
        #expect(scanned == callers)
        store.close()
        #expect(try report().fault == nil)
    }

    /// Read as it is, then brought to this version: its entries name nobody, keep their hashes and verify.
    @Test func aJournalOfVersion2StaysWhole() async throws {
        try takeEarlierJournal()
        let before = try report()
        #expect(before.fault == nil)
        #expect(before.lastPosition == 12 && before.lastHash == Self.earlierHash)
        let store = try SQLiteStore(path: folder.journal)
        #expect(try store.lastPosition() == 12)
        #expect(await store.append(written(by: Self.token, 1)).failure == nil)
        store.close()
        let after = try report()
        #expect(after.fault == nil && after.lastPosition == 13)
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        #expect(try reader.hash(at: 12) == Self.earlierHash)
        var callers: [String?] = []
        try reader.scan(after: 0) { placed in
            callers.append(placed.entry.caller?.name)
            return true
        }
        #expect(callers == Array(repeating: nil, count: 12) + ["k7q2ab"])
    }

    /// Whoever changes, adds or takes away a caller is found out, in old entries and in new ones.
    @Test(arguments: [
        ("UPDATE journal SET caller = 'k7q2ab' WHERE position = 12", 12),
        ("UPDATE journal SET caller = 'k7q2ac' WHERE position = 13", 13),
        ("UPDATE journal SET caller = NULL WHERE position = 13", 13),
        ("UPDATE journal SET caller = NULL WHERE position = 14", 14),
        ("UPDATE journal SET caller = 'a b' WHERE position = 14", 14),
    ])
    func aChangedCallerIsFound(sql: String, position: UInt64) async throws {
        try takeEarlierJournal()
        let store = try SQLiteStore(path: folder.journal)
        for revision in 1...2 as ClosedRange<UInt32> {
            #expect(await store.append(written(by: Self.token, revision)).failure == nil)
        }
        store.close()
        #expect(try report().fault == nil)
        try execute(sql)
        #expect(try report().fault?.position == position)
    }
}
