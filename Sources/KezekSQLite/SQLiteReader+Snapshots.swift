// SPDX-License-Identifier: Apache-2.0

import GRDB
public import Journal

/// Reading snapshots.
extension SQLiteReader {
    /// The stream's latest snapshot; nil if there is none, or if it is damaged.
    public func snapshot(of stream: StreamName) throws(StoreFailure) -> Snapshot? {
        let id = try read { db in try Self.id(of: stream, db) }
        return try id.flatMap { (id) throws(StoreFailure) in
            try snapshot(of: stream, id: id, Findings())
        }
    }

    /// The snapshot of the stream with this id; one that is damaged is told and is none.
    func snapshot(
        of stream: StreamName, id: Int64, _ findings: Findings
    ) throws(StoreFailure) -> Snapshot? {
        try read { db in
            let hasHashes = try Schema.hasHashes(db)
            var found: Snapshot?
            let rows = try RawStatement(
                db,
                "SELECT revision, body, \(hasHashes ? "hash" : "NULL") FROM snapshots WHERE stream = ?"
            )
            rows.bind(id, at: 1)
            try rows.forEachRow { row in
                let body = [UInt8](row.bytes(1))
                let hash = RowHash.snapshot(
                    of: Array(stream.description.utf8), revision: row.int(0), body: body)
                if hasHashes, !hash.elementsEqual(row.bytes(2)) {
                    findings.add(
                        "the snapshot of \(stream) is damaged: its entries are read in its place, and "
                            + "it is made anew")
                } else {
                    found = Snapshot(
                        stream: stream, revision: UInt32(truncatingIfNeeded: row.int(0)),
                        body: body)
                }
                return false
            }
            return found
        }
    }

    private static func id(of stream: StreamName, _ db: Database) throws -> Int64? {
        var id: Int64?
        let rows = try RawStatement(db, "SELECT id FROM streams WHERE name = ?")
        try Array(stream.description.utf8).withUnsafeBytes { name in
            rows.bindText(name, at: 1)
            try rows.forEachRow { row in
                id = row.int(0)
                return false
            }
        }
        return id
    }
}
