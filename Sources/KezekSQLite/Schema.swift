// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables, and how a file of an earlier version becomes one of this version.
///
/// - `journal`: the entries. `previous` is the position of the stream's entry before this one, so
///   that a stream is read by walking back from its head and the table needs no second index.
///   `request` is 16 bytes of id and 8 of fingerprint; `claims` a list of 17 bytes each: 1 for
///   taken or 0 for given, and the claim. Numbers in blobs have their highest byte first. `caller` is
///   null in entries of versions 1 and 2, and in none after the first that has one.
/// - `streams`: a row from the stream's first entry on. Heads are as of the last checkpoint.
/// - `commits`: for every commit its last entry, its number from 1, and the hash of the chain.
/// - `checkpoints`: `streams` is right up to the last one's position, and all their claims, in
///   order, give what is held there. The first one says it all, the others what has changed.
/// - `snapshots`: the latest of each stream.
/// - `key_check`: one row, values made of the keys beside the journal, that by which it was written last first;
///   it is empty as long as no key has been looked at.
/// - `person_keys`: the keys of people's words, encrypted; `person` is 16 bytes, `used` a day number.
///
/// Each row of the last five has a `hash` of itself (`RowHash`), that of a stream one of its name and one of
/// its head, that of a checkpoint over the one before it; `streams` in a checkpoint counts them there.
enum Schema {
    /// The earliest version whose files can be read without a server's having opened them.
    static let readable = "v2 person keys"

    /// Whether rows beside the entries have hashes, which a file of an earlier version has not yet.
    static func hasHashes(_ db: Database) throws -> Bool {
        try db.columns(in: "streams").contains { $0.name == "hash" }
    }

    private static let keptKeyCheck = "v6 key check is kept"

    /// Whether `key_check` has a row in any case, which a file of an earlier version need not have.
    static func keepsKeyCheck(_ db: Database) throws -> Bool {
        try migrations.appliedIdentifiers(db).contains(keptKeyCheck)
    }

    private static let allKeys = "v7 all keys are known"

    /// Whether `key_check` has every key, and not the one alone by which the journal was written last.
    static func knowsAllKeys(_ db: Database) throws -> Bool {
        try migrations.appliedIdentifiers(db).contains(allKeys)
    }

    static let migrations: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1 journal") { db in
            try db.execute(
                sql: """
                    CREATE TABLE journal (
                        position INTEGER PRIMARY KEY, stream INTEGER NOT NULL,
                        revision INTEGER NOT NULL, previous INTEGER NOT NULL,
                        at INTEGER NOT NULL, request BLOB, claims BLOB, body BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE streams (
                        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                        head INTEGER NOT NULL, revision INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE commits (
                        last INTEGER PRIMARY KEY, number INTEGER NOT NULL, hash BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE checkpoints (
                        position INTEGER PRIMARY KEY, claims BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE snapshots (
                        stream INTEGER PRIMARY KEY, revision INTEGER NOT NULL, body BLOB NOT NULL
                    ) STRICT;
                    PRAGMA application_id = \(Connections.applicationID);
                    """)
        }
        migrator.registerMigration("v2 person keys") { db in
            try db.execute(
                sql: """
                    CREATE TABLE person_keys (
                        id INTEGER PRIMARY KEY, person BLOB NOT NULL, wrapped BLOB NOT NULL,
                        used INTEGER NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("v3 callers") { db in
            try db.execute(sql: "ALTER TABLE journal ADD COLUMN caller TEXT")
        }
        migrator.registerMigration("v4 key check") { db in
            try db.execute(
                sql: """
                    CREATE TABLE key_check (
                        id INTEGER PRIMARY KEY, value BLOB NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("v5 hashes of rows") { db in
            try db.execute(
                sql: """
                    ALTER TABLE streams ADD COLUMN hash BLOB;
                    ALTER TABLE snapshots ADD COLUMN hash BLOB;
                    ALTER TABLE person_keys ADD COLUMN hash BLOB;
                    ALTER TABLE key_check ADD COLUMN hash BLOB;
                    ALTER TABLE checkpoints ADD COLUMN streams INTEGER;
                    ALTER TABLE checkpoints ADD COLUMN hash BLOB;
                    """)
            try HashedRows.fill(db)
        }
        migrator.registerMigration(keptKeyCheck) { db in
            if try KeyCheckTable.isEmpty(db) { try KeyCheckTable.save([], db) }
        }
        // The earlier ones are not in the file: the first start takes them from the key file.
        migrator.registerMigration(allKeys, migrate: KeyCheckTable.migrate)
        return migrator
    }()
}
