// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import GRDB
import Journal
import Testing

@testable import KezekSQLite

/// The keys of people's words, which a store keeps beside the entries and destroys.
@Suite struct PersonKeyTests {
    private let folder = TemporaryFolder()

    private static func key(_ id: UInt64, _ byte: UInt8 = 0xA7, used: String = "2026-03-19")
        -> PersonKey
    {
        PersonKey(
            id: id, person: PersonName(high: .max - id, low: id),
            wrapped: (0..<64).map { byte ^ UInt8($0) }, used: CivilDate(used)!)
    }

    private static func write(
        _ store: any JournalStore, _ entries: [Entry], _ keys: [PersonKey], destroy: [UInt64] = []
    ) async -> Result<Void, AppendFailure> {
        await withCheckedContinuation { continuation in
            store.submit(
                Batch(entries: entries, keys: keys, destroyedKeys: destroy) {
                    continuation.resume(returning: $0)
                })
        }
    }

    @Test(arguments: StoreKind.allCases)
    func keysComeAndGoWithTheirEntries(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            let (one, two) = (Self.key(1), Self.key(.max))
            #expect(try store.personKeys().isEmpty)
            #expect(await Self.write(store, [entry(day(1), 1)], [two, one]).failure == nil)
            #expect(try store.personKeys() == [one, two])
            // A batch that may not be appended changes no key.
            let conflict = await Self.write(
                store, [entry(day(1), 5)], [Self.key(3)], destroy: [1])
            #expect(conflict.failure == .conflict(day(1)))
            #expect(try store.personKeys() == [one, two])
            let later = Self.key(1, used: "2027-01-11")
            #expect(
                await Self.write(store, [entry(day(1), 2)], [later], destroy: [.max]).failure
                    == nil)
            #expect(try store.personKeys() == [later])
            // A key may come without an entry, and changes nothing else.
            #expect(await Self.write(store, [], [two]).failure == nil)
            #expect(try store.personKeys() == [later, two])
            #expect(try store.lastPosition() == 2)
        }
    }

    @Test func keysOfAFailedCommitAreNotThere() async throws {
        let once = Once()
        let store = try SQLiteStore(
            path: folder.journal, faults: StoreFaults(beforeCommit: { try once.run($0) }))
        defer { store.close() }
        #expect(await Self.write(store, [entry(day(1), 1)], [Self.key(1)]).failure == nil)
        for entries in [[entry(day(1), 2)], []] {
            once.set { _ in throw DatabaseError(resultCode: .SQLITE_IOERR) }
            let failed = await Self.write(store, entries, [Self.key(2)], destroy: [1])
            #expect(failed.failure != nil)
            #expect(try store.personKeys() == [Self.key(1)])
        }
    }

    /// Neither in the file nor in its log, while the server runs and after it has stopped.
    @Test func ofADestroyedKeyNoByteStays() async throws {
        let store = try SQLiteStore(path: folder.journal)
        let (kept, destroyed) = (Self.key(1, 0x11), Self.key(2, 0xE6))
        #expect(
            await Self.write(store, [entry(day(1), 1)], [kept, destroyed]).failure == nil)
        #expect(try files(with: destroyed) > 0)
        #expect(await Self.write(store, [entry(day(1), 2)], [], destroy: [2]).failure == nil)
        // The log is emptied after the commit is told.
        #expect(await Self.write(store, [entry(day(1), 3)], []).failure == nil)
        #expect(try files(with: destroyed) == 0)
        #expect(try files(with: kept) > 0)
        store.close()
        #expect(try files(with: destroyed) == 0)
        let reader = try SQLiteReader(path: folder.journal)
        #expect(try reader.personKeys() == [kept])
        #expect(try reader.verifyChain().fault == nil)
    }

    /// How many of the journal's files have the key's bytes somewhere.
    private func files(with key: PersonKey) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
            return bytes.firstRange(of: Data(key.wrapped)) != nil
        }.count
    }
}
