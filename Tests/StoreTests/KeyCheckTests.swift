// SPDX-License-Identifier: Apache-2.0

import Journal
import KezekSQLite
import Testing

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
}
