// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekEngine
import KezekWire
import Testing

/// Streams that are packed again and again while they grow.
@Suite struct PackingTests {
    private static let stream = StreamName.officeDay("astana-1", CivilDate("2026-03-19")!)

    private func entry(_ revision: UInt32) -> Entry {
        Entry(
            stream: Self.stream, revision: revision,
            at: Timestamp(second: 1_773_900_000 + Int64(revision / 2))!,
            request: revision % 3 == 0
                ? nil
                : RequestMark(
                    id: RequestID(high: UInt64(revision), low: .max - UInt64(revision)),
                    fingerprint: UInt64(revision) &* 0x9E37_79B9_7F4A_7C15),
            claims: revision % 4 == 0 ? [.taken(Claim(high: 7, low: UInt64(revision)))] : [],
            body: [UInt8](repeating: UInt8(truncatingIfNeeded: revision), count: Int(revision % 70))
        )
    }

    private func append(_ entry: Entry, _ store: MemoryStore) async throws {
        let result = await withCheckedContinuation { answer in
            store.submit(Batch(entries: [entry]) { answer.resume(returning: $0) })
        }
        _ = try result.get()
    }

    /// What was packed in parts has the same bytes as what is packed at once.
    @Test func packsOfPartsAreThePackOfTheWhole() async throws {
        for step in [1, 7, 64] as [UInt32] {
            let store = MemoryStore()
            for revision in 1...200 as ClosedRange<UInt32> {
                try await append(entry(revision), store)
                guard revision % step == 0 || revision == 200 else { continue }
                #expect(try JournalPacking.packAll(store) { _, _ in } == 1)
                let snapshot = try #require(try store.snapshot(of: Self.stream))
                #expect(snapshot.revision == revision)
                #expect(
                    snapshot.body
                        == EntryPackCodec.encode(try store.entries(of: Self.stream, after: 0)))
            }
            #expect(try JournalPacking.packAll(store) { _, _ in } == 0)
        }
    }

    /// A pack that cannot be read is made anew from the entries.
    @Test func aPackThatCannotBeReadIsMadeAnew() async throws {
        let store = MemoryStore()
        for revision in 1...20 as ClosedRange<UInt32> { try await append(entry(revision), store) }
        store.save([Snapshot(stream: Self.stream, revision: 12, body: [0xFF, 0x00])])
        #expect(try JournalPacking.packAll(store) { _, _ in } == 1)
        let snapshot = try #require(try store.snapshot(of: Self.stream))
        #expect(
            try EntryPackCodec.decode(snapshot.body, stream: Self.stream).map(\.revision)
                == Array(1...20))
    }
}
