// SPDX-License-Identifier: Apache-2.0

import GRDB
public import Journal
import Texts

/// By what a journal knows the key beside it: a value made of the key by which it was written last, from
/// which the key cannot be found.
enum KeyCheckTable {
    /// The value; nil in a file whose key has not been looked at yet, such as one of an earlier version.
    ///
    /// - Throws: `StoreFailure` if it is damaged or was removed: any other key would do then.
    static func load(_ db: Database) throws -> [UInt8]? {
        guard try db.tableExists("key_check") else { return nil }
        let hasHashes = try Schema.hasHashes(db)
        guard try !isLost(db) else {
            throw StoreFailure(
                "what it knows of its key was removed, though the key may be right: "
                    + "\(LoadedState.advice)")
        }
        var value: [UInt8]?
        let rows = try RawStatement(
            db, "SELECT value, \(hasHashes ? "hash" : "NULL") FROM key_check")
        try rows.forEachRow { row in
            let found = [UInt8](row.bytes(0))
            guard !hasHashes || RowHash.keyCheck(found).elementsEqual(row.bytes(1)) else {
                throw StoreFailure(
                    "what it knows of its key is damaged, though the key may be right: "
                        + "\(LoadedState.advice)")
            }
            value = found.isEmpty ? nil : found
            return false
        }
        return value
    }

    /// Whether the row is gone that each file of this version has.
    static func isLost(_ db: Database) throws -> Bool {
        try Schema.keepsKeyCheck(db) && isEmpty(db)
    }

    static func isEmpty(_ db: Database) throws -> Bool {
        try RawStatement.number(db, "SELECT count(*) FROM key_check") == 0
    }

    /// An empty value is that of no key.
    static func save(_ value: [UInt8], _ db: Database) throws {
        try db.execute(sql: "DELETE FROM key_check")
        let insert = try RawStatement(
            db, "INSERT INTO key_check (id, value, hash) VALUES (1, ?, ?)")
        try value.withUnsafeBytes { value in
            insert.bind(value, at: 1)
            try RowHash.keyCheck(value).withUnsafeBytes { hash in
                insert.bind(hash, at: 2)
                try insert.run()
            }
        }
    }
}

extension SQLiteReader {
    /// The value made of the key by which the journal was written last; nil if it has none yet.
    public func keyCheck() throws(StoreFailure) -> [UInt8]? { try read(KeyCheckTable.load) }
}
