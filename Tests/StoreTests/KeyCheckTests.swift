// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import KezekSQLite
import Testing
import Texts

/// A journal knows the keys beside it.
@Suite struct KeyCheckTests {
    private let folder = TemporaryFolder()
    private let one = [UInt8](repeating: 1, count: 16)
    private let two: [UInt8] = [2]
    private let three: [UInt8] = [3]

    @Test func theKeyInUseMustBeThere() async throws {
        let store = try SQLiteStore(path: folder.journal)
        // A journal that knows none takes the first.
        try store.requireKeys([one])
        #expect(throws: StoreFailure.self) { try store.requireKeys([two]) }
        #expect(throws: StoreFailure.self) { try store.requireKeys([]) }
        try store.requireKeys([two, one])
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        store.close()
        let again = try SQLiteStore(path: folder.journal)
        defer { again.close() }
        // The earlier one alone is a copy of the file from before.
        #expect(throws: StoreFailure.self) { try again.requireKeys([one]) }
        try again.requireKeys([three, two, one])
        try again.requireKeys([three])
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        #expect(try reader.keyCheck() == three)
        #expect(try reader.verifyChain().fault == nil)
    }

    /// What a journal knows of its key is removed: any other would do then, so it is not opened and `verify`
    /// tells; a journal of an earlier version, which knew none, is no such one.
    @Test func whatWasRemovedIsFound() async throws {
        let store = try SQLiteStore(path: folder.journal)
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        store.close()
        let reader = try SQLiteReader(path: folder.journal)
        #expect(try reader.keyCheck() == nil)
        #expect(try reader.verifyChain().fault == nil)
        reader.close()
        let known = try SQLiteStore(path: folder.journal)
        try known.requireKeys([one])
        known.close()
        let rows = try DatabaseQueue(path: folder.journal)
        try await rows.write { db in
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM key_check") == 1)
            try db.execute(sql: "DELETE FROM key_check")
        }
        try rows.close()
        let again = try SQLiteStore(path: folder.journal)
        let failure = #expect(throws: StoreFailure.self) { try again.requireKeys([two]) }
        #expect(failure?.description.contains("was removed") == true)
        again.close()
        let last = try SQLiteReader(path: folder.journal)
        defer { last.close() }
        #expect(
            try last.verifyChain().fault?.problem.description.contains("its key was removed")
                == true)
        #expect(throws: StoreFailure.self) { try last.keyCheck() }
    }
}
