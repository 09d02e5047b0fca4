// SPDX-License-Identifier: Apache-2.0

public import Journal
import KezekWire

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
            if case .offices = stream { continue }
            if try store.snapshot(of: stream)?.revision == revision { continue }
            store.save([
                Snapshot(
                    stream: stream, revision: revision,
                    body: EntryPackCodec.encode(try store.entries(of: stream, after: 0)))
            ])
            packed += 1
        }
        return packed
    }
}
