// SPDX-License-Identifier: Apache-2.0

import Foundation
import Journal
import KezekSQLite
import Testing

/// What is there when the journal is opened again, after a proper end or any other.
@Suite struct ReopeningTests {
    private let folder = TemporaryFolder()

    /// Entries of some streams with claims that come and go.
    private func fill(_ store: SQLiteStore, revisions: ClosedRange<UInt32>) async {
        for revision in revisions {
            let change: ClaimChange =
                revision % 2 == 1
                ? .taken(claim(UInt64(revision))) : .given(claim(UInt64(revision - 1)))
            let result = await store.append(
                entry(day(1), revision, claims: [change]), entry(day(2), revision))
            #expect(result.failure == nil)
        }
    }

    @Test(arguments: [true, false])
    func everythingIsThereAgain(closesProperly: Bool) async throws {
        var before: [PlacedEntry] = []
        for round in 0..<5 as Range<UInt32> {
            let last = round * 7 + 7
            let store = try SQLiteStore(path: folder.journal)
            #expect(try store.everything() == before)
            await fill(store, revisions: last - 6...last)
            store.save([Snapshot(stream: day(1), revision: last, body: [9])])
            // The second is told after the snapshot is written.
            for _ in 1...2 { _ = await store.append() }
            before = try store.everything()
            if closesProperly { store.close() }
            // What is on disk at this moment is what a crash would leave.
            let copy = folder.path + "/copy-\(round).db"
            try copyFiles(to: copy)
            store.close()

            let opened = try SQLiteStore(path: copy)
            defer { opened.close() }
            #expect(try opened.everything() == before)
            #expect(try opened.lastPosition() == UInt64(before.count))
            #expect(try opened.revisions() == [day(1): last, day(2): last])
            #expect(try opened.snapshot(of: day(1))?.revision == last)
            // Claims and revisions go on where they were.
            let held = claim(UInt64(last))
            let probe = await opened.append(
                entry(day(3), 1, claims: [.taken(held)]), entry(day(2), last + 1))
            #expect(probe.failure == (last % 2 == 1 ? .claimed(held) : nil))
            #expect(await opened.append(entry(day(1), last)).failure == .conflict(day(1)))
        }
    }

    @Test func aCrashAtAnyTimeLeavesAPrefixOfWholeBatches() async throws {
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        let acknowledged = Collected<UInt32>()
        async let writing: Void = {
            for revision in 1...400 as ClosedRange<UInt32> {
                store.submit(
                    Batch(entries: [entry(day(1), revision), entry(day(2), revision)]) { result in
                        if result.failure == nil { acknowledged.add(revision) }
                    })
                // Commits of several batches and of one.
                if revision % 5 == 0 { _ = await store.append() }
            }
        }()
        for number in 1...8 {
            let known = acknowledged.all.count
            let copy = folder.path + "/copy-\(number).db"
            try copyFiles(to: copy)
            let opened = try SQLiteStore(path: copy)
            let all = try opened.everything()
            #expect(all.count >= 2 * known)
            let expected = (0..<all.count).map { index in
                entry(day(index % 2 + 1), UInt32(index / 2 + 1))
            }
            #expect(all.map(\.entry) == expected)
            #expect(all.count % 2 == 0)
            opened.close()
            #expect(try SQLiteReader(path: copy).verifyChain().fault == nil)
        }
        await writing
    }

    @Test func aLogCutOffAnywhereLeavesAPrefixOfWholeBatches() async throws {
        let store = try SQLiteStore(path: folder.journal)
        for revision in 1...6 as ClosedRange<UInt32> {
            _ = await store.append(entry(day(1), revision), entry(day(2), revision))
        }
        let original = folder.path + "/original.db"
        try copyFiles(to: original)
        store.close()
        let log = try Data(contentsOf: URL(fileURLWithPath: original + "-wal"))
        var lengths: Set<Int> = []
        for length in stride(from: log.count, through: 0, by: -1500) {
            let copy = folder.path + "/cut.db"
            // What was confirmed is told elsewhere; here it is a log whose end nobody was told of.
            for suffix in ["", "-wal", "-shm", "-head"] {
                try? FileManager.default.removeItem(atPath: copy + suffix)
            }
            try FileManager.default.copyItem(atPath: original, toPath: copy)
            try log.prefix(length).write(to: URL(fileURLWithPath: copy + "-wal"))
            let opened = try SQLiteStore(path: copy)
            let all = try opened.everything().map(\.entry)
            #expect(all == (0..<all.count).map { entry(day($0 % 2 + 1), UInt32($0 / 2 + 1)) })
            #expect(all.count % 2 == 0)
            lengths.insert(all.count)
            // The journal goes on from there.
            let next = UInt32(all.count / 2 + 1)
            #expect(await opened.append(entry(day(1), next)).failure == nil)
            opened.close()
            #expect(try SQLiteReader(path: copy).verifyChain().fault == nil)
        }
        #expect(lengths == [0, 2, 4, 6, 8, 10, 12])
    }

    @Test func checkpointsAreReadAgain() async throws {
        // Enough entries for a checkpoint in the course of it, and enough changes of claims for
        // all claims to be written anew; then some entries after it.
        let store = try SQLiteStore(path: folder.journal)
        for revision in 1...109 as ClosedRange<UInt32> {
            let batch = (1...1000).map { number in
                let key = claim(UInt64(number))
                return entry(
                    day(number), revision, claims: [revision % 2 == 1 ? .taken(key) : .given(key)],
                    body: [1])
            }
            #expect(await store.append(all: batch).failure == nil)
        }
        _ = await store.append(entry(day(7), 110, claims: [.given(claim(7))]))
        let copy = folder.path + "/copy.db"
        try copyFiles(to: copy)
        store.close()
        for path in [copy, folder.journal] {
            let opened = try SQLiteStore(path: path)
            defer { opened.close() }
            #expect(try opened.lastPosition() == 109_001)
            #expect(try opened.revisions()[day(7)] == 110)
            #expect(try opened.revisions().count == 1000)
            let free = await opened.append(entry(day(9), 110, claims: [.taken(claim(7))]))
            #expect(free.failure == nil)
            for number in [1, 8, 1000] as [UInt64] {
                let held = claim(number)
                let taken = await opened.append(entry(day(9), 111, claims: [.taken(held)]))
                #expect(taken.failure == .claimed(held))
            }
            let reader = try SQLiteReader(path: path)
            #expect(try reader.verifyChain().fault == nil)
            #expect(try reader.entries(of: day(9), after: 108).map(\.revision) == [109, 110])
        }
    }

    /// Copies the file and then its log, to which only more is added meanwhile.
    private func copyFiles(to path: String) throws {
        for end in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: path + end)
            // There is no log after a proper end.
            guard end.isEmpty || FileManager.default.fileExists(atPath: folder.journal + end)
            else { continue }
            try FileManager.default.copyItem(
                atPath: folder.journal + end, toPath: path + end)
        }
    }
}
