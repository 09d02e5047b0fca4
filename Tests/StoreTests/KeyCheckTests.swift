// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import GRDB
import Journal
import Testing
import Texts

@testable import KezekSQLite

/// A journal knows the keys beside it.
@Suite struct KeyCheckTests {
    private let folder = TemporaryFolder()
    private static func key(_ number: UInt8) -> KeyCheck {
        KeyCheck(
            [UInt8](repeating: number, count: 16),
            since: Timestamp(second: 1_773_900_000 + Int64(number) * 31_536_000))
    }
    private let one = key(1)
    private let two = key(2)
    private let three = key(3)

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
        // The earlier one alone is a copy of the file from before, whatever it says of the present one.
        #expect(throws: StoreFailure.self) { try again.requireKeys([one]) }
        #expect(throws: StoreFailure.self) { try again.requireKeys([one], retired: [two.value]) }
        try again.requireKeys([three, two, one])
        try again.requireKeys([three], retired: [one.value, two.value])
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        #expect(try reader.knownKeys()?.list == [three])
        #expect(try reader.verifyChain().fault == nil)
    }

    /// An earlier key that has gone is named with the time of its use, and nothing is remembered of that start.
    @Test func anEarlierKeyThatHasGoneIsNamed() throws {
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        #expect(try store.requireKeys([three, two, one]) == [two, one])
        for gone in [[one], [two], [two, one]] {
            let left = [three, two, one].filter { !gone.contains($0) }
            let failure = #expect(throws: StoreFailure.self) { try store.requireKeys(left) }
            let told = failure?.words.description ?? ""
            #expect(told.contains("lacks an earlier key"), "\(told)")
            for key in [one, two, three] {
                #expect(told.contains(key.name) == gone.contains(key), "\(told)")
            }
            if gone.contains(one) {
                #expect(told.contains("01010101 (\(one.since!) – \(two.since!))"), "\(told)")
            }
            #expect(failure?.words.isTranslated == true)
        }
        // A key that follows is no reason to do without one.
        let four = Self.key(4)
        #expect(throws: StoreFailure.self) { try store.requireKeys([four, three, two]) }
        let order = #expect(throws: StoreFailure.self) { try store.requireKeys([one, two, three]) }
        #expect(order?.words.description.contains("lines in order") == true)
        #expect(order?.words.isTranslated == true)
        // Retired or given up, it is not missed; and one that is back is taken, and told.
        try store.requireKeys([four, three, two], retired: [one.value])
        #expect(try store.requireKeys([four, three, two]) == [])
        #expect(try store.requireKeys([four, three, two, one]) == [one])
        #expect(throws: StoreFailure.self) { try store.requireKeys([four, three, two]) }
    }

    /// Every set of known keys, of keys beside it and of retired ones, against the rule said in other words.
    @Test func eachCombinationIsJudged() throws {
        let all = (0..<5).map { Self.key(UInt8($0)) }
        func subset(_ bits: Int) -> [KeyCheck] {
            (0..<all.count).filter { bits & (1 << $0) != 0 }.reversed().map { all[$0] }
        }
        var taken = 0
        for known in 1..<16 {
            let list = subset(known)
            let keys = try #require(KnownKeys(list))
            for beside in 0..<32 {
                for retired in 0..<16 {
                    let found = subset(beside)
                    let fault = keys.fault(
                        beside: found, retired: Set(subset(retired).map(\.value)))
                    // By bits: the highest known one must be there, each other one there or retired; no order is
                    // wrong, as the files are in order.
                    let present = 1 << (known.bitWidth - 1 - known.leadingZeroBitCount)
                    let neither: Int = known & ~present & ~beside & ~retired
                    let isRight: Bool = beside & present != 0 && neither == 0
                    let isTaken = fault == nil
                    #expect(isTaken == isRight, "\(known) \(beside) \(retired)")
                    if isRight { taken += 1 }
                    let missing: Int = known & ~beside & ~(retired & ~present)
                    let told = fault?.description ?? ""
                    for (number, key) in all.enumerated() {
                        let isMissing = missing & (1 << number) != 0
                        #expect(told.contains(key.name) == isMissing)
                    }
                }
            }
        }
        #expect(taken > 500)
    }

    /// A journal of version 6 knows its present key alone, and takes the earlier ones at the first start; from
    /// then on it misses them.
    @Test func aJournalOfBeforeTakesTheEarlierOnesOnce() throws {
        let before = try DatabaseQueue(path: folder.journal)
        try before.inDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try Schema.migrations.migrate(before, upTo: "v6 key check is kept")
        try before.write { db in
            try db.execute(
                sql: "UPDATE key_check SET value = ?, hash = ?",
                arguments: [
                    Data(two.value), Data(RowHash.keyCheck(two.value)),
                ])
        }
        try before.close()
        let unread = try SQLiteReader(path: folder.journal)
        #expect(try unread.knownKeys()?.list.map(\.value) == [two.value])
        #expect(try unread.verifyChain().fault == nil)
        unread.close()
        let store = try SQLiteStore(path: folder.journal)
        defer { store.close() }
        #expect(throws: StoreFailure.self) { try store.requireKeys([one]) }
        #expect(try store.requireKeys([three, two, one]) == [one])
        #expect(try store.requireKeys([three, two, one]) == [])
        #expect(throws: StoreFailure.self) { try store.requireKeys([three, two]) }
        let reader = try SQLiteReader(path: folder.journal)
        defer { reader.close() }
        #expect(try reader.knownKeys()?.list == [three, two, one])
        #expect(try reader.verifyChain().fault == nil)
    }

    /// What a journal knows of its key is removed: any other would do then, so it is not opened and `verify`
    /// tells; a journal of an earlier version, which knew none, is no such one.
    @Test func whatWasRemovedIsFound() async throws {
        let store = try SQLiteStore(path: folder.journal)
        #expect(await store.append(entry(day(1), 1)).failure == nil)
        store.close()
        let reader = try SQLiteReader(path: folder.journal)
        #expect(try reader.knownKeys() == nil)
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
        #expect(throws: StoreFailure.self) { try last.knownKeys() }
    }

    /// Whatever is cut off or put into the row is damage, and never another list of keys.
    @Test func aDamagedRowIsNoOtherList() throws {
        let store = try SQLiteStore(path: folder.journal)
        try store.requireKeys([two, one])
        store.close()
        let rows = try DatabaseQueue(path: folder.journal)
        let whole = try rows.read { db in
            try Data.fetchOne(db, sql: "SELECT value FROM key_check")
        }
        let value = try #require(whole)
        #expect(value.count == 2 * 25)
        for count in 1..<value.count {
            // With a hash of its own, as somebody who changes it on purpose could give it.
            let part = value.prefix(count)
            try rows.write { db in
                try db.execute(
                    sql: "UPDATE key_check SET value = ?, hash = ?",
                    arguments: [part, Data(RowHash.keyCheck(part))])
            }
            let found = Result { try rows.inDatabase { try KeyCheckTable.load($0)?.list } }
            if count == 25 {
                #expect(try found.get() == [two])
            } else {
                #expect(throws: StoreFailure.self) { try found.get() }
            }
        }
        try rows.close()
    }
}
