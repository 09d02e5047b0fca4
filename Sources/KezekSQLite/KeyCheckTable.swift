// SPDX-License-Identifier: Apache-2.0

import GRDB
public import Journal

/// By what a journal knows the key beside it: a value made of the key by which it was written last, from
/// which the key cannot be found.
enum KeyCheckTable {
    /// The value; nil in a file whose key has not been looked at yet, such as one of an earlier version.
    static func load(_ db: Database) throws -> [UInt8]? {
        guard try db.tableExists("key_check") else { return nil }
        var value: [UInt8]?
        try RawStatement(db, "SELECT value FROM key_check").forEachRow { row in
            value = [UInt8](row.bytes(0))
            return false
        }
        return value
    }

    static func save(_ value: [UInt8], _ db: Database) throws {
        let replace = try RawStatement(db, "REPLACE INTO key_check (id, value) VALUES (1, ?)")
        try value.withUnsafeBytes { value in
            replace.bind(value, at: 1)
            try replace.run()
        }
    }
}

extension SQLiteReader {
    /// The value made of the key by which the journal was written last; nil if it has none yet.
    public func keyCheck() throws(StoreFailure) -> [UInt8]? { try read(KeyCheckTable.load) }
}
