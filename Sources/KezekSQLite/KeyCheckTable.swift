// SPDX-License-Identifier: Apache-2.0

import GRDB
public import Journal
import Texts

/// By what a journal knows the key beside it: a value made of the key by which it was written last, from
/// which the key cannot be found.
enum KeyCheckTable {
    /// The value; nil in a file whose key has not been looked at yet, such as one of an earlier version.
    static func load(_ db: Database) throws -> [UInt8]? {
        guard try db.tableExists("key_check") else { return nil }
        let hasHashes = try Schema.hasHashes(db)
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
            value = found
            return false
        }
        return value
    }

    static func save(_ value: [UInt8], _ db: Database) throws {
        let replace = try RawStatement(
            db, "REPLACE INTO key_check (id, value, hash) VALUES (1, ?, ?)")
        try value.withUnsafeBytes { value in
            replace.bind(value, at: 1)
            try RowHash.keyCheck(value).withUnsafeBytes { hash in
                replace.bind(hash, at: 2)
                try replace.run()
            }
        }
    }
}

extension SQLiteReader {
    /// The value made of the key by which the journal was written last; nil if it has none yet.
    public func keyCheck() throws(StoreFailure) -> [UInt8]? { try read(KeyCheckTable.load) }
}
