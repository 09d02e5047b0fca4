// SPDX-License-Identifier: Apache-2.0

import CivilTime
import GRDB
public import Journal
import Texts

/// By what a journal knows the keys beside it: a value made of each, from which the key cannot be found, and
/// since when it is used.
///
/// All of them stand in one row with one hash, so that none of them can go unseen.
enum KeyCheckTable {
    /// What is known; nil in a file whose keys have not been looked at yet, such as one of an earlier version.
    ///
    /// - Throws: `StoreFailure` if it is damaged or was removed: any other key would do then.
    static func load(_ db: Database) throws -> KnownKeys? {
        guard try db.tableExists("key_check") else { return nil }
        let hasHashes = try Schema.hasHashes(db)
        guard try !isLost(db) else {
            throw StoreFailure(
                "what it knows of its key was removed, though the key may be right: "
                    + "\(LoadedState.advice)")
        }
        var row: [UInt8] = []
        let rows = try RawStatement(
            db, "SELECT value, \(hasHashes ? "hash" : "NULL") FROM key_check")
        try rows.forEachRow { found in
            row = [UInt8](found.bytes(0))
            guard !hasHashes || RowHash.keyCheck(row).elementsEqual(found.bytes(1)) else {
                throw damaged
            }
            return false
        }
        guard try Schema.knowsAllKeys(db) else {
            return KnownKeys(row.isEmpty ? [] : [KeyCheck(row, since: nil)])
        }
        guard let keys = unpacked(row) else { throw damaged }
        return KnownKeys(keys)
    }

    private static var damaged: StoreFailure {
        StoreFailure(
            "what it knows of its key is damaged, though the key may be right: \(LoadedState.advice)"
        )
    }

    /// Whether the row is gone that each file of this version has.
    static func isLost(_ db: Database) throws -> Bool {
        try Schema.keepsKeyCheck(db) && isEmpty(db)
    }

    static func isEmpty(_ db: Database) throws -> Bool {
        try RawStatement.number(db, "SELECT count(*) FROM key_check") == 0
    }

    /// No keys are those that nobody has looked at.
    static func save(_ keys: [KeyCheck], _ db: Database) throws {
        let value = packed(keys)
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

    /// Brings the row of a file that knew its present key alone into the form of this version.
    static func migrate(_ db: Database) throws {
        guard let known = try load(db) else { return }
        try save(known.list, db)
    }

    /// Makes sure that the keys beside the journal are its own, and remembers them.
    ///
    /// - Returns: earlier keys that it did not know.
    static func require(
        _ keys: [KeyCheck], retired: Set<[UInt8]>, _ db: Database
    ) throws -> [KeyCheck] {
        let known = try load(db)
        if let fault = known?.fault(beside: keys, retired: retired) { throw StoreFailure(fault) }
        guard let found = KnownKeys(keys), found != known else { return [] }
        try db.inTransaction(.immediate) {
            try save(found.list, db)
            return .commit
        }
        guard let known,
            let present = keys.firstIndex(where: { $0.value == known.list[0].value })
        else { return Array(keys.dropFirst()) }
        let values = Set(known.list.map(\.value))
        return keys[present...].filter { !values.contains($0.value) }
    }

    /// Of each key a byte with the length of its value, the value, and 8 bytes for since when it is used: seconds
    /// since 1970, or the least number if that is not known.
    private static func packed(_ keys: [KeyCheck]) -> [UInt8] {
        var bytes: [UInt8] = []
        for key in keys {
            bytes.append(UInt8(key.value.count))
            bytes += key.value
            bytes.pack(key.since?.second ?? .min)
        }
        return bytes
    }

    /// Nil of what is no list of keys.
    private static func unpacked(_ bytes: [UInt8]) -> [KeyCheck]? {
        var keys: [KeyCheck] = []
        var rest = bytes[...]
        while let count = rest.popFirst() {
            guard rest.count >= Int(count) + 8 else { return nil }
            let value = Array(rest.prefix(Int(count)))
            let second = rest.dropFirst(Int(count)).prefix(8)
                .reduce(Int64(0)) { $0 << 8 | Int64($1) }
            rest = rest.dropFirst(Int(count) + 8)
            keys.append(KeyCheck(value, since: Timestamp(second: second)))
        }
        return keys
    }
}

extension SQLiteReader {
    /// The keys that the journal knows; nil if it knows none yet.
    public func knownKeys() throws(StoreFailure) -> KnownKeys? { try read(KeyCheckTable.load) }
}
