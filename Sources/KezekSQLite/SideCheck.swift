// SPDX-License-Identifier: Apache-2.0

import Crypto
import GRDB
import Journal
import Texts

/// Whether what stands beside the entries is what was written: every row has its hash, and the pages of the
/// file fit together.
///
/// A file of an earlier version has no hashes, and its pages are looked at alone.
enum SideCheck {
    /// What is wrong, as a sentence; nil if nothing is.
    static func problem(_ db: Database) throws -> Phrase? {
        if try Schema.hasHashes(db) {
            for table in tables {
                if let key = try table.firstWrong(db) {
                    return "\(table.what) \(key) is damaged: its hash is another."
                }
            }
        }
        if try KeyCheckTable.isLost(db) { return "What the journal knows of its key was removed." }
        let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
        return pages == ["ok"] ? nil : "The file's pages are damaged: \(pages.first ?? "unknown")."
    }

    /// A table of which each row has a hash, and what is hashed, put together from the row anew.
    private struct Table: Sendable {
        let what: Phrase
        /// The row's key, its hash, and then what is hashed.
        let query: String
        let bytes: @Sendable (RawStatement, _ before: [UInt8]) -> [UInt8]
        var hashesBefore = false

        func firstWrong(_ db: Database) throws -> Int64? {
            var wrong: Int64?
            var before: [UInt8] = []
            try RawStatement(db, query).forEachRow { row in
                let digest = SHA256.hash(data: bytes(row, before))
                let hash = Array(digest.prefix(8))
                if !hash.elementsEqual(row.bytes(1)) { wrong = row.int(0) }
                if hashesBefore { before = hash }
                return wrong == nil
            }
            return wrong
        }
    }

    private static func number(_ value: Int64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func length(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        Array(number(Int64(bytes.count)).suffix(4))
    }

    private static let tables = [
        Table(
            what: "The name of stream",
            query: "SELECT id, substr(hash, 1, 8), name FROM streams WHERE length(hash) = 16",
            bytes: { row, _ in [1] + number(row.int(0)) + Array(row.bytes(2)) }),
        Table(
            what: "The head of stream",
            query: "SELECT id, substr(coalesce(hash, x''), 9), head, revision FROM streams",
            bytes: { row, _ in
                [2] + number(row.int(0)) + number(row.int(2)) + number(row.int(3))
            }),
        Table(
            what: "The checkpoint",
            query: "SELECT position, hash, streams, claims FROM checkpoints ORDER BY position",
            bytes: { row, before in
                [3] + before + number(row.int(0)) + number(row.int(2)) + Array(row.bytes(3))
            }, hashesBefore: true),
        Table(
            what: "The snapshot of stream",
            query: """
                SELECT stream, snapshots.hash, coalesce(name, ''), snapshots.revision, body
                FROM snapshots LEFT JOIN streams ON streams.id = stream
                """,
            bytes: { row, _ in
                [4] + length(row.bytes(2)) + Array(row.bytes(2)) + number(row.int(3))
                    + Array(row.bytes(4))
            }),
        Table(
            what: "The person's key",
            query: "SELECT id, hash, person, wrapped, used FROM person_keys",
            bytes: { row, _ in
                [5] + number(row.int(0)) + number(row.int(4)) + length(row.bytes(2))
                    + Array(row.bytes(2)) + Array(row.bytes(3))
            }),
        Table(
            what: "What the journal knows of its key, row",
            query: "SELECT id, hash, value FROM key_check",
            bytes: { row, _ in [6] + Array(row.bytes(2)) }),
    ]
}
