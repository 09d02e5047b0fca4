// SPDX-License-Identifier: Apache-2.0

public import Journal

/// Packs the entries of streams into snapshots.
public enum JournalPacking {
    /// Packs every stream that has changed since it was packed; how many there were.
    public static func packAll(
        _ store: some JournalStore, progress: (_ done: Int, _ total: Int) -> Void
    ) throws(StoreFailure) -> Int {
        var packed = 0
        let streams = try store.streams()
        for (index, (stream, revision)) in streams.enumerated() {
            progress(index + 1, streams.count)
            switch stream {
            case .offices, .decrees, .people, .clock, .reads: continue
            case .officeDay, .applications, .visits: break
            }
            if try store.snapshot(of: stream)?.revision == revision { continue }
            store.pack(stream)
            packed += 1
        }
        return packed
    }
}
