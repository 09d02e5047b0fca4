// SPDX-License-Identifier: Apache-2.0

import GRDB

/// Gives the rows of a file of an earlier version their hashes.
enum HashedRows {
    static func fill(_ db: Database) throws {
        try fill(db, "streams", key: "id", "SELECT id, name, head, revision FROM streams") { row in
            RowHash.stream(
                row.int(0), row.bytes(1), position: row.uint(2), revision: row.int(3))
        }
        try fill(
            db, "snapshots", key: "stream",
            """
            SELECT stream, coalesce(name, ''), snapshots.revision, body FROM snapshots
            LEFT JOIN streams ON streams.id = stream
            """
        ) { row in
            RowHash.snapshot(of: row.bytes(1), revision: row.int(2), body: row.bytes(3))
        }
        try fill(
            db, "person_keys", key: "id", "SELECT id, person, wrapped, used FROM person_keys"
        ) { row in
            RowHash.personKey(
                row.int(0), person: row.bytes(1), wrapped: row.bytes(2), used: row.int(3))
        }
        try fill(db, "key_check", key: "id", "SELECT id, value FROM key_check") { row in
            RowHash.keyCheck(row.bytes(1))
        }
        // How many streams there were at the earlier checkpoints is not known, and at least none.
        try db.execute(sql: "UPDATE checkpoints SET streams = 0")
        var previous: [UInt8] = []
        try fill(
            db, "checkpoints", key: "position",
            "SELECT position, claims FROM checkpoints ORDER BY position"
        ) { row in
            previous = RowHash.checkpoint(
                after: previous, position: row.uint(0), streams: 0, claims: row.bytes(1))
            return previous
        }
    }

    /// The first column of the query is the row's key.
    private static func fill(
        _ db: Database, _ table: String, key: String, _ query: String,
        _ hash: (RawStatement) -> [UInt8]
    ) throws {
        // The hashes first: a row is not changed while it is read.
        var hashes: [(Int64, [UInt8])] = []
        try RawStatement(db, query).forEachRow { row in
            hashes.append((row.int(0), hash(row)))
            return true
        }
        let update = try RawStatement(db, "UPDATE \(table) SET hash = ? WHERE \(key) = ?")
        for (id, hash) in hashes {
            update.bind(id, at: 2)
            try hash.withUnsafeBytes { hash in
                update.bind(hash, at: 1)
                try update.run()
            }
        }
    }
}
