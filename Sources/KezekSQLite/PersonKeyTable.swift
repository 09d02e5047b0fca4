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
            db, "REPLACE INTO person_keys (id, person, wrapped, used) VALUES (?, ?, ?, ?)")
        replace.bind(Int64(bitPattern: key.id), at: 1)
        replace.bind(Int64(key.used.dayNumber), at: 4)
        try person.withUnsafeBytes { person in
            replace.bind(person, at: 2)
            try key.wrapped.withUnsafeBytes { wrapped in
                replace.bind(wrapped, at: 3)
                try replace.run()
            }
        }
    }
}

extension SQLiteReader {
    /// Every key that is kept, in the order of their ids.
    public func personKeys() throws(StoreFailure) -> [PersonKey] {
        let keys = try read { db in
            var keys: [PersonKey] = []
            let rows = try RawStatement(db, "SELECT id, person, wrapped, used FROM person_keys")
            try rows.forEachRow { row in
                let id = UInt64(bitPattern: row.int(0))
                guard let person = Packed.person(row.bytes(1)),
                    let used = CivilDate(dayNumber: Int32(clamping: row.int(3)))
                else { throw StoreFailure("the key \(id) is damaged: \(LoadedState.advice)") }
                keys.append(
                    PersonKey(
                        id: id, person: person, wrapped: [UInt8](row.bytes(2)), used: used))
                return true
            }
            return keys
        }
        return keys.sorted { $0.id < $1.id }
    }
}
