// SPDX-License-Identifier: Apache-2.0

import CivilTime
import GRDB
public import Journal

/// The keys of people's words: the only rows of a journal's file that are ever removed.
enum PersonKeyTable {
    /// Keeps and destroys what the batches say, in their order.
    static func change(_ db: Database, _ batches: [Batch]) throws {
        for batch in batches {
            for key in batch.keys { try save(db, key) }
            for id in batch.destroyedKeys {
                try db.execute(
                    sql: "DELETE FROM person_keys WHERE id = ?",
                    arguments: [Int64(bitPattern: id)])
            }
        }
    }

    static func save(_ db: Database, _ key: PersonKey) throws {
        var person: [UInt8] = []
        person.pack(key.person.high)
        person.pack(key.person.low)
        let replace = try RawStatement(
            db,
            "REPLACE INTO person_keys (id, person, wrapped, used, hash) VALUES (?, ?, ?, ?, ?)")
        let hash = RowHash.personKey(
            Int64(bitPattern: key.id), person: person, wrapped: key.wrapped,
            used: Int64(key.used.dayNumber))
        replace.bind(Int64(bitPattern: key.id), at: 1)
        replace.bind(Int64(key.used.dayNumber), at: 4)
        try person.withUnsafeBytes { person in
            replace.bind(person, at: 2)
            try key.wrapped.withUnsafeBytes { wrapped in
                replace.bind(wrapped, at: 3)
                try hash.withUnsafeBytes { hash in
                    replace.bind(hash, at: 5)
                    try replace.run()
                }
            }
        }
    }
}

extension SQLiteReader {
    /// Every key that is kept and whole, in the order of their ids.
    public func personKeys() throws(StoreFailure) -> [PersonKey] { try personKeys(Findings()) }

    /// A key that is damaged is told and left out: one person's words cannot be read, and nothing else.
    func personKeys(_ findings: Findings) throws(StoreFailure) -> [PersonKey] {
        let keys = try read { db in
            let hasHashes = try Schema.hasHashes(db)
            if let damage = try Self.structure(of: "person_keys", db) {
                findings.add(
                    "the table of people's keys is damaged (\(damage)): words of some people may be "
                        + "unreadable; restore a copy to read them")
            }
            var keys: [PersonKey] = []
            let rows = try RawStatement(
                db,
                "SELECT id, person, wrapped, used, \(hasHashes ? "hash" : "NULL") FROM person_keys")
            try rows.forEachRow { row in
                let hash = RowHash.personKey(
                    row.int(0), person: row.bytes(1), wrapped: row.bytes(2), used: row.int(3))
                let id = UInt64(bitPattern: row.int(0))
                guard !hasHashes || hash.elementsEqual(row.bytes(4)),
                    let person = Packed.person(row.bytes(1)),
                    let used = CivilDate(dayNumber: Int32(clamping: row.int(3)))
                else {
                    findings.add(
                        "the key \(String(id, radix: 16)) of one person is damaged: their words cannot be "
                            + "read, and nothing else is lost; restore a copy to read them")
                    return true
                }
                keys.append(
                    PersonKey(
                        id: id, person: person, wrapped: [UInt8](row.bytes(2)), used: used))
                return true
            }
            return keys
        }
        return keys.sorted { $0.id < $1.id }
    }

    /// What is wrong with the pages of a table; nil if nothing is.
    static func structure(of table: String, _ db: Database) throws -> String? {
        let found = try String.fetchAll(db, sql: "PRAGMA quick_check('\(table)')")
        return found == ["ok"] ? nil : found.first
    }
}
