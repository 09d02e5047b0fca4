// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Journal
import Synchronization
import Testing
import Texts

@testable import KezekSQLite

/// A store whose files are no longer at their paths writes nothing.
@Suite struct OpenFilesOfStoreTests {
    private let folder = TemporaryFolder()
    private var away: String { folder.path + "/away" }

    private func opened() async throws -> SQLiteStore {
        let store = try SQLiteStore(path: folder.journal)
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        #expect(store.look() == nil)
        return store
    }

    /// What is done to which file, and a word of what is said.
    static let harms: [(end: String, harm: String, word: String)] = [
        ("", "move", "was moved away"), ("", "remove", "was moved away"),
        ("", "exchange", "is another file"), ("", "cut", "was cut off"),
        ("-wal", "move", "was moved away"), ("-wal", "remove", "was moved away"),
        ("-wal", "exchange", "is another file"), ("-wal", "cut", "was cut off"),
        ("-shm", "remove", "was moved away"), ("-shm", "halve", "was cut off"),
        ("-shm", "cut", "was cut off"), ("-shm", "empty", "was cut off"),
    ]

    @Test(arguments: harms.indices)
    func whatIsMovedAwayStopsWriting(_ index: Int) async throws {
        let (end, harm, word) = Self.harms[index]
        let store = try await opened()
        defer { store.close() }
        let file = folder.journal + end
        switch harm {
        case "move": try #require(rename(file, away) == 0)
        case "remove": try #require(unlink(file) == 0)
        case "cut": try #require(truncate(file, 100) == 0)
        case "empty": try #require(truncate(file, 0) == 0)
        // Of the index what is used stays.
        case "halve": try #require(truncate(file, 131_072) == 0)
        default:
            try FileManager.default.copyItem(atPath: file, toPath: away)
            try #require(rename(away, file) == 0)
        }
        let told = try #require(store.look())
        #expect(told.contains(file) && told.contains(word), "\(told)")
        let failed = await store.append(entry(day(1), 2))
        #expect(failed.sentence.contains(word), "\(failed)")
        #expect(try store.lastPosition() == 1)
        // It stays so.
        #expect(store.look() != nil)
        #expect(await store.append(entry(day(1), 2)).failure != nil)
    }

    /// Between two looks of the watch too: whoever writes or reads by the index looks before, as to touch what was
    /// cut off would end the process (SIGBUS).
    @Test(arguments: [0, 100, 4_096, 32_767, 32_768, 131_072])
    func anIndexThatIsCutOffIsNotTouched(_ bytes: Int) async throws {
        let store = try await opened()
        try #require(truncate(folder.journal + "-shm", bytes) == 0)
        let refused = #expect(throws: StoreFailure.self) {
            try store.entries(of: day(1), after: 0)
        }
        #expect(refused?.description.contains("-shm was cut off") == true)
        #expect(refused?.words.isTranslated == true)
        #expect(throws: StoreFailure.self) { try store.statistics() }
        let failed = await store.append(entry(day(1), 2))
        #expect(failed.sentence.contains("was cut off"), "\(failed)")
        // Snapshots are packed at the end, and nothing of it is touched then either.
        store.save([Snapshot(stream: day(1), revision: 1, body: [1])])
        // Moved away, too, it is not touched.
        try #require(rename(folder.journal + "-shm", away) == 0)
        #expect(throws: StoreFailure.self) { try store.entries(of: day(1), after: 0) }
        store.close()
        let again = try SQLiteStore(path: folder.journal)
        defer { again.close() }
        #expect(try again.lastPosition() == 1)
        #expect(await again.append(entry(day(1), 2)).failure == nil)
    }

    /// What was written while a file was moved away is not confirmed, also between two looks of the watch; once it
    /// is back, it may be there.
    @Test(arguments: ["", "-wal", "-shm"])
    func whatIsWrittenToAMovedFileIsNotConfirmed(_ end: String) async throws {
        let (file, away) = (folder.journal + end, away)
        let isHarming = Mutex(false)
        var faults = StoreFaults()
        faults.beforeCommit = { _ in
            if isHarming.withLock({ $0 }) { try #require(rename(file, away) == 0) }
        }
        let store = try SQLiteStore(path: folder.journal, faults: faults)
        defer { store.close() }
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        isHarming.withLock { $0 = true }
        let failure = await store.append(entry(day(1), 2)).failure
        guard case .unconfirmed(let why) = failure else {
            Issue.record("\(failure as Any)")
            return
        }
        #expect(why.contains("was moved away"))
        isHarming.withLock { $0 = false }
        #expect(await store.append(entry(day(2), 1)).failure != nil)
        try #require(rename(away, file) == 0)
        #expect(await store.append(entry(day(2), 1)).failure == nil)
        #expect(try store.entries(of: day(1), after: 0).count == 2)
    }

    /// An index that is cut off between a look and the touch ends the process, as nothing that was in it can be trusted.
    ///
    /// What was acknowledged is in the log, which was synced before, and the next start reads it.
    @Test func anIndexThatIsCutOffAtTheTouchEndsTheProcessAndLosesNothing() async throws {
        let path = folder.journal
        await #expect(processExitsWith: .signal(SIGBUS)) { [path = path as String] in
            let isHarming = Mutex(false)
            var faults = StoreFaults()
            faults.beforeCommit = { _ in
                if isHarming.withLock({ $0 }) { truncate(path + "-shm", 0) }
            }
            let store = try SQLiteStore(path: path, faults: faults)
            for revision in 1...20 {
                let result = await store.append(entry(day(1), UInt32(revision)))
                precondition(result.failure == nil)
            }
            isHarming.withLock { $0 = true }
            _ = await store.append(entry(day(1), 21))
        }
        let store = try SQLiteStore(path: path)
        defer { store.close() }
        let kept = try store.entries(of: day(1), after: 0)
        #expect(kept.prefix(20).map(\.revision) == Array(1...20))
        #expect(await store.append(entry(day(2), 1)).failure == nil)
        let reader = try SQLiteReader(path: path)
        defer { reader.close() }
        #expect(try reader.verifyChain().fault == nil)
    }

    @Test func whatIsBackIsWrittenAgain() async throws {
        let store = try await opened()
        for end in ["", "-wal", "-shm"] {
            try #require(rename(folder.journal + end, away) == 0)
            #expect(store.look() != nil)
            #expect(await store.append(entry(day(2), 1)).failure != nil)
            try #require(rename(away, folder.journal + end) == 0)
            #expect(store.look() == nil)
        }
        #expect(await store.append(entry(day(1), 2)).failure == nil)
        store.close()
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        #expect(try reader.verifyChain().fault == nil)
        #expect(try reader.lastPosition() == 2)
    }

    /// At the end nothing is done to files that are others' by then, and the log is left.
    @Test func whatLiesInItsPlaceIsLeftAlone() async throws {
        let store = try await opened()
        try #require(rename(folder.journal, away) == 0)
        try Data("theirs".utf8).write(to: URL(fileURLWithPath: folder.journal))
        store.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.journal)) == Data("theirs".utf8))
        // Put back together, they are whole.
        try #require(rename(away, folder.journal) == 0)
        let again = try SQLiteStore(path: folder.journal)
        defer { again.close() }
        #expect(try again.lastPosition() == 1)
    }

    /// Long reading lets the log grow; afterwards it is cut down to what the documents say.
    @Test func theLogIsCutDownAgain() async throws {
        let store = try await opened()
        defer { store.close() }
        func size() throws -> Int {
            let values = try FileManager.default.attributesOfItem(atPath: folder.journal + "-wal")
            return try #require(values[.size] as? Int)
        }
        var revision: UInt32 = 1
        func write(_ batches: Int) async {
            for _ in 0..<batches {
                let entries = (1...50).map {
                    entry(day(1), revision + $0, body: [UInt8](repeating: 7, count: 20_000))
                }
                revision += 50
                #expect(await store.append(all: entries).failure == nil)
            }
        }
        // While it is written, and read in between as a server does, it stays at what the documents say.
        for _ in 0..<40 {
            await write(1)
            _ = try store.entry(of: day(1), revision: revision)
            #expect(try size() < 18_000_000)
        }
        var settings = Configuration()
        settings.allowsUnsafeTransactions = true
        settings.readonly = true
        let reader = try DatabaseQueue(path: folder.journal, configuration: settings)
        try reader.inDatabase { db in
            try db.execute(sql: "BEGIN")
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM journal")
        }
        await write(24)
        #expect(try size() > 22_000_000)
        #expect(store.look() == nil)
        try reader.inDatabase { db in try db.execute(sql: "COMMIT") }
        await write(3)
        #expect(try size() < 18_000_000)
        #expect(store.look() == nil)
        try reader.close()
    }
}
