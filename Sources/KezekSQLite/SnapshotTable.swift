// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Synchronization

/// Snapshots, which are written beside the entries to save time.
enum SnapshotTable {
    /// Keeps snapshots in place of earlier ones.
    ///
    /// One of a state that the journal does not have, because a batch has failed, is left out.
    static func save(
        _ snapshots: [Snapshot], _ connection: DatabaseQueue, _ heads: borrowing Mutex<Heads>
    ) throws {
        let known = heads.withLock { heads in
            snapshots.compactMap { snapshot in
                heads.number(of: snapshot.stream).map { (id: $0 + 1, snapshot) }
            }.filter { $1.revision <= heads.settledHead($0 - 1).revision }
        }
        try connection.inDatabase { db in
            try db.writing {
                let replace = try RawStatement(
                    db, "REPLACE INTO snapshots (stream, revision, body, hash) VALUES (?, ?, ?, ?)")
                for (id, snapshot) in known {
                    replace.bind(Int64(id), at: 1)
                    replace.bind(Int64(snapshot.revision), at: 2)
                    let hash = RowHash.snapshot(
                        of: Array(snapshot.stream.description.utf8),
                        revision: Int64(snapshot.revision), body: snapshot.body)
                    try snapshot.body.withUnsafeBytes { body in
                        replace.bind(body, at: 3)
                        try hash.withUnsafeBytes { hash in
                            replace.bind(hash, at: 4)
                            try replace.run()
                        }
                    }
                }
            }
        }
    }
}
