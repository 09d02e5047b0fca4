// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Testing

/// What every store promises.
@Suite struct ConformanceTests {
    @Test(arguments: StoreKind.allCases)
    func anEmptyStoreHasNothing(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            #expect(try store.lastPosition() == 0)
            #expect(try store.streams().isEmpty)
            #expect(try store.entries(of: .offices, after: 0) == [])
            #expect(try store.entry(of: .offices, revision: 1) == nil)
            #expect(try store.snapshot(of: .offices) == nil)
            #expect(try store.everything() == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func whatIsReadIsWhatWasAppendedByteForByte(_ kind: StoreKind) async throws {
        let request = RequestMark(
            id: RequestID(high: .max, low: 0), fingerprint: 0x8000_0000_0000_0001)
        let earliest = Timestamp(CivilDate.earliest.adding(days: 1)!.description + "T00:00:00Z")!
        let table = [
            Entry(
                stream: .offices, revision: 1, at: earliest, request: nil, claims: [], body: []),
            Entry(
                stream: day(1), revision: 1, at: Timestamp(second: -1)!, request: request,
                claims: [.taken(claim(.max)), .taken(claim(0)), .given(claim(.max))],
                body: Array(0...255)),
            Entry(
                stream: .officeDay("Қостанай 'центр'", CivilDate.latest), revision: 1,
                at: Timestamp(second: 0)!, request: nil, claims: [.given(claim(0))],
                body: [UInt8](repeating: 0, count: 100_000)),
        ]
        try await kind.withStore { (store) async throws in
            for entry in table { #expect(await store.append(entry).failure == nil) }
            for entry in table {
                #expect(try store.entries(of: entry.stream, after: 0) == [entry])
                #expect(try store.entry(of: entry.stream, revision: 1) == entry)
            }
            #expect(try store.everything().map(\.entry) == table)
            #expect(try store.streams().map(\.stream) == table.map(\.stream))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRevisionIsTheLastPlusOne(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            for revision in [0, 2, UInt32.max] {
                #expect(await store.append(entry(day(1), revision)).failure == .conflict(day(1)))
            }
            for revision in 1...5 as ClosedRange<UInt32> {
                #expect(await store.append(entry(day(1), revision)).failure == nil)
                #expect(await store.append(entry(day(1), revision)).failure == .conflict(day(1)))
                #expect(
                    await store.append(entry(day(1), revision + 2)).failure == .conflict(day(1)))
            }
            #expect(try store.lastPosition() == 5)
            #expect(try store.revisions() == [day(1): 5])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aStreamIsReadFromAnyRevision(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            // Two streams in turn, so that neither lies together.
            for revision in 1...20 as ClosedRange<UInt32> {
                #expect(
                    await store.append(entry(day(1), revision), entry(day(2), revision)).failure
                        == nil)
            }
            for after in [0, 1, 7, 19, 20, 21, UInt32.max] {
                let expected = (1...20 as ClosedRange<UInt32>).filter { $0 > after }
                let read = try store.entries(of: day(2), after: after)
                #expect(read == expected.map { entry(day(2), $0) })
            }
            for revision in 1...20 as ClosedRange<UInt32> {
                #expect(
                    try store.entry(of: day(1), revision: revision) == entry(day(1), revision))
            }
            for revision in [0, 21, UInt32.max] {
                #expect(try store.entry(of: day(1), revision: revision) == nil)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aClaimIsHeldByOneStreamAtMost(_ kind: StoreKind) async throws {
        let one = claim(1)
        try await kind.withStore { (store) async throws in
            let table: [([Entry], AppendFailure?)] = [
                ([entry(day(1), 1, claims: [.given(one)])], .conflict(day(1))),
                ([entry(day(1), 1, claims: [.taken(one)])], nil),
                ([entry(day(2), 1, claims: [.taken(one)])], .claimed(one)),
                ([entry(day(1), 2, claims: [.taken(one)])], .claimed(one)),
                // Given up and taken in one batch: the key moves from one stream to another.
                (
                    [
                        entry(day(1), 2, claims: [.given(one)]),
                        entry(day(2), 1, claims: [.taken(one)]),
                    ], nil
                ),
                ([entry(day(1), 3, claims: [.taken(one)])], .claimed(one)),
                // Twice in one entry.
                (
                    [entry(day(1), 3, claims: [.taken(claim(2)), .taken(claim(2))])],
                    .claimed(claim(2))
                ),
                ([entry(day(1), 3, claims: [.taken(claim(2)), .given(claim(2))])], nil),
                ([entry(day(3), 1, claims: [.taken(claim(2)), .taken(one)])], .claimed(one)),
                // What a failed batch took is free.
                ([entry(day(3), 1, claims: [.taken(claim(2))])], nil),
                ([entry(day(2), 2, claims: [.given(one)])], nil),
                ([entry(day(1), 4, claims: [.taken(one)])], nil),
            ]
            for (index, (entries, failure)) in table.enumerated() {
                #expect(await store.append(all: entries).failure == failure, "row \(index)")
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aBatchIsAppendedWholeOrNotAtAll(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            #expect(await store.append(entry(day(1), 1)).failure == nil)
            let before = try store.everything()
            let bad = await store.append(
                entry(day(1), 2, claims: [.taken(claim(1))]), entry(day(2), 1), entry(day(3), 2))
            #expect(bad.failure == .conflict(day(3)))
            #expect(try store.everything() == before)
            #expect(try store.revisions() == [day(1): 1])
            let good = await store.append(
                entry(day(1), 2, claims: [.taken(claim(1))]), entry(day(2), 1), entry(day(1), 3))
            #expect(good.failure == nil)
            #expect(try store.revisions() == [day(1): 3, day(2): 1])
            #expect(try store.lastPosition() == 4)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func anEmptyBatchSucceeds(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            #expect(await store.append().failure == nil)
            #expect(try store.lastPosition() == 0)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func positionsHaveNoGaps(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            var expected: [Entry] = []
            // More than one read of a scan, with failures in between.
            for revision in 1...30 as ClosedRange<UInt32> {
                let batch = (1...50).map { entry(day($0), revision) }
                #expect(await store.append(all: batch).failure == nil)
                #expect(await store.append(entry(day(1), revision)).failure != nil)
                expected += batch
            }
            let all = try store.everything()
            #expect(all.map(\.position) == Array(1...1500))
            #expect(all.map(\.entry) == expected)
            for start in [0, 1, 1023, 1024, 1025, 1499, 1500, 1501, UInt64.max / 2] {
                var read: [PlacedEntry] = []
                try store.scan(after: start) { entry in
                    read.append(entry)
                    return true
                }
                #expect(read == all.filter { $0.position > start })
            }
            var count = 0
            try store.scan(after: 0) { _ in
                count += 1
                return count < 7
            }
            #expect(count == 7)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aScanMayReadTheStore(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            #expect(await store.append(entry(day(1), 1), entry(day(2), 1)).failure == nil)
            var read: [Entry] = []
            try store.scan(after: 0) { placed in
                read += (try? store.entries(of: placed.entry.stream, after: 0)) ?? []
                return true
            }
            #expect(read == [entry(day(1), 1), entry(day(2), 1)])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theLatestSnapshotIsKept(_ kind: StoreKind) async throws {
        try await kind.withStore { (store) async throws in
            for revision in 1...3 as ClosedRange<UInt32> {
                #expect(await store.append(entry(day(1), revision)).failure == nil)
            }
            let table = [
                Snapshot(stream: day(1), revision: 1, body: [1]),
                Snapshot(stream: day(1), revision: 2, body: []),
                Snapshot(stream: day(1), revision: 3, body: [UInt8](repeating: 3, count: 50_000)),
            ]
            for snapshot in table {
                store.save([snapshot])
                // A batch behind it is told after the snapshot has been written at the latest
                // when the next one is.
                for _ in 1...2 { #expect(await store.append(entry(day(1), 1)).failure != nil) }
                #expect(try store.snapshot(of: day(1)) == snapshot)
            }
            // Of a state that is not there.
            store.save([
                Snapshot(stream: day(1), revision: 4, body: [4]),
                Snapshot(stream: day(2), revision: 1, body: [4]),
            ])
            for _ in 1...2 { #expect(await store.append(entry(day(1), 1)).failure != nil) }
            #expect(try store.snapshot(of: day(1)) == table[2])
            #expect(try store.snapshot(of: day(2)) == nil)
        }
    }
}
