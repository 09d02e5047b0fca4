// SPDX-License-Identifier: Apache-2.0

import Journal
import KezekWire

extension JournalStore {
    /// All entries of a stream: those that were packed, then those after them; nil if it has none.
    func history(
        of stream: StreamName
    ) throws(StoreFailure) -> (entries: [Entry], savedRevision: UInt32)? {
        var entries: [Entry] = []
        // A snapshot that cannot be read saves no time, and nothing is lost by that.
        if let snapshot = try snapshot(of: stream),
            let packed = try? EntryPackCodec.decode(snapshot.body, stream: stream),
            packed.last?.revision == snapshot.revision
        {
            entries = packed
        }
        let saved = entries.last?.revision ?? 0
        entries += try self.entries(of: stream, after: saved)
        return entries.isEmpty ? nil : (entries, saved)
    }

    /// Packs a stream for a quick start: what was packed before, with the entries since.
    ///
    /// A stream is packed often while it grows. To read all of its rows each time would cost more than
    /// everything else that a command takes.
    func pack(_ stream: StreamName) {
        guard let (entries, saved) = try? history(of: stream), let last = entries.last,
            last.revision > saved
        else { return }
        save([
            Snapshot(
                stream: stream, revision: last.revision, body: EntryPackCodec.encode(entries))
        ])
    }
}
