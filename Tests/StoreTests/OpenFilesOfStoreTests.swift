// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Journal
import KezekSQLite
import Testing

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
        // Of the index what is used stays: looking at less would end this process.
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
