// SPDX-License-Identifier: Apache-2.0

import GRDB
public import Journal
import KezekDisk

/// Whether a journal was never written to, as a first start that was ended leaves it.
public enum Untouched {
    /// Whether nothing was ever appended to the journal at this path, or confirmed by the head file beside it; also
    /// where no journal is.
    ///
    /// Nobody else may have it open.
    ///
    /// - Throws: if it cannot be read.
    public static func isUntouched(_ path: String) throws(StoreFailure) -> Bool {
        if case .record(let record) = HeadFile.read(beside: path), record.position > 0 {
            return false
        }
        guard let size = FileFacts(path)?.size, size > 0 else {
            // A log has something in it only once the journal has.
            return FileFacts(path + "-wal").map { $0.size == 0 } ?? true
        }
        do {
            try LogIndex.requireRoom(path, for: .writing)
            // One that may write, as a transaction that was cut off is taken back by whoever opens it next.
            let connection = try DatabaseQueue(path: path)
            defer { try? connection.close() }
            return try connection.read { db in
                let tables = try String.fetchAll(
                    db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
                // The tables come after the list of migrations, each version's at once.
                guard tables.contains("journal") else {
                    return tables.allSatisfy { $0 == "grdb_migrations" }
                }
                return try ["journal", "commits", "streams"].allSatisfy { table in
                    try Int.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table))") == 0
                }
            }
        } catch { throw StoreFailure(sentence(error, path: path)) }
    }
}
