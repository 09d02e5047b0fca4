// SPDX-License-Identifier: Apache-2.0

public import Journal
import KezekWire
public import Texts

/// Whether a snapshot says what its stream's entries say.
public enum SnapshotAudit {
    /// What is wrong, as a sentence; nil if nothing is.
    ///
    /// `entries` are all of the stream's. Who had them written is not in a snapshot.
    public static func problem(_ snapshot: Snapshot, _ entries: [Entry]) -> Phrase? {
        let name: Phrase = "The snapshot of \(snapshot.stream)"
        guard let packed = try? EntryPackCodec.decode(snapshot.body, stream: snapshot.stream) else {
            return "\(name) cannot be read."
        }
        guard packed.count == snapshot.revision, packed.count <= entries.count else {
            return "\(name) is of entries that are not there."
        }
        for (one, other) in zip(packed, entries) {
            guard one.revision == other.revision, one.at == other.at,
                one.request == other.request, one.claims == other.claims, one.body == other.body
            else {
                return "\(name) does not say what the stream's entry \(other.revision) does."
            }
        }
        return nil
    }
}
