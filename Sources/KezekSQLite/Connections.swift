// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import KezekDisk
import Texts

/// How the journal's file is opened.
enum Connections {
    /// "KZJR", in the file's header: it says that a database is one of ours.
    static let applicationID = 0x4B5A_4A52

    /// The connection that writes; it creates the file if there is none.
    static func writer(path: String) throws -> DatabaseQueue {
        var settings = common
        settings.prepareDatabase { db in
            try requireOwn(db)
            try db.execute(
                sql: """
                    PRAGMA page_size = \(Limits.pageSize);
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    PRAGMA cache_size = -\(Limits.cacheKiB);
                    PRAGMA wal_autocheckpoint = \(Limits.pagesInLog);
                    PRAGMA journal_size_limit = \(Limits.bytesOfLog);
                    """)
        }
        return try DatabaseQueue(path: path, configuration: settings)
    }

    /// A connection that only reads.
    ///
    /// It does not map the file into memory: a page that the device cannot read would then end the
    /// process, where a read returns an error. It makes the log's index if there is none.
    ///
    /// - Throws: also if the disk has no room for that.
    static func reader(
        path: String, room: (_ folder: String) -> UInt64? = { DiskRoom(of: $0)?.bytes }
    ) throws -> DatabaseQueue {
        try LogIndex.requireRoom(path, for: .reading, room)
        var settings = common
        settings.readonly = true
        settings.prepareDatabase { db in
            try requireOwn(db)
            try db.execute(sql: "PRAGMA cache_size = -\(Limits.cacheKiB)")
        }
        let opened = try DatabaseQueue(path: path, configuration: settings)
        try LogIndex.takeBlocks(path, for: .reading)
        return opened
    }

    private static var common: Configuration {
        var settings = Configuration()
        settings.foreignKeysEnabled = false
        settings.busyMode = .timeout(Limits.patience)
        return settings
    }

    /// Another program's database is left as it is, and one of ours has what we put there alone.
    private static func requireOwn(_ db: Database) throws {
        let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard id == applicationID || (id == 0 && isEmpty) else {
            throw StoreFailure("it is another program's database")
        }
        // Functions that the file's schema calls may do nothing but reckon.
        try db.execute(sql: "PRAGMA trusted_schema = OFF")
        if !isEmpty { try SchemaCheck.compare(db) }
    }
}
