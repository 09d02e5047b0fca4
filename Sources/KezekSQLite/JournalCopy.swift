// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
public import Journal
import KezekDisk
import Texts

extension SQLiteReader {
    /// Copies the journal as it is now into a file that is not there yet, also while a server
    /// writes it.
    ///
    /// The copy is one file. It is there under its name once all of it has been synced to the
    /// device, readable by its owner alone.
    ///
    /// - Parameters:
    ///   - path: the copy's file.
    ///   - position: the last entry to keep; what was committed together with it and ends after it
    ///     is left out. Nil for all. Snapshots are left out then, and can be packed anew.
    ///   - progress: told now and then how many pages of how many are done.
    /// - Throws: if the file is there, if it cannot be written, or if the journal cannot be read.
    public func copy(
        to path: String, until position: UInt64? = nil,
        progress: (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }
    ) throws(StoreFailure) {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreFailure("\(path) is there already: name a file that is not")
        }
        let part = path + ".part"
        try CopyFile.create(part)
        do {
            let copy = try DatabaseQueue(path: part)
            // The pages are those of one moment, as all are read in one transaction.
            try withoutActuallyEscaping(progress) { progress in
                try withConnection { source in
                    try source.backup(to: copy, pagesPerStep: Limits.pagesPerStep) { state in
                        progress(UInt64(state.completedPageCount), UInt64(state.totalPageCount))
                    }
                }
            }
            try copy.writeWithoutTransaction { db in
                if let position { try CopyFile.cut(db, after: position) }
                // A copy has no log beside it, so that one file is all of it.
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
            try CopyFile.settle(part, as: path)
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            throw StoreFailure(sentence(error, path: path))
        }
    }
}

/// The file that a copy is written to.
private enum CopyFile {
    private static func reason(_ code: Int32 = errno) -> Phrase {
        .system(String(cString: strerror(code)))
    }

    /// Takes the place of what an earlier attempt left behind.
    static func create(_ path: String) throws(StoreFailure) {
        for end in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + end)
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreFailure(
                "\(path) cannot be created (\(reason())): "
                    + "check that its folder exists and may be written")
        }
        close(descriptor)
    }

    /// Leaves nothing of what was committed after a position.
    ///
    /// Heads and claims are made from the entries when the copy is opened.
    static func cut(_ db: Database, after position: UInt64) throws {
        try db.inTransaction(.immediate) {
            let last =
                try Int64.fetchOne(
                    db, sql: "SELECT max(last) FROM commits WHERE last <= ?",
                    arguments: [Int64(clamping: position)]) ?? 0
            try db.execute(sql: "DELETE FROM journal WHERE position > ?", arguments: [last])
            try db.execute(sql: "DELETE FROM commits WHERE last > ?", arguments: [last])
            try db.execute(
                sql: """
                    DELETE FROM snapshots;
                    DELETE FROM checkpoints;
                    DELETE FROM streams WHERE id > (SELECT coalesce(max(stream), 0) FROM journal);
                    """)
            try StreamTable.forgetHeads(db)
            return .commit
        }
    }

    /// Syncs the file, gives it its name, and syncs the folder that has the name.
    static func settle(_ part: String, as path: String) throws(StoreFailure) {
        try sync(part)
        // Another's file of this name that came meanwhile is not replaced.
        guard link(part, path) == 0 else {
            throw StoreFailure("it cannot be given its name: \(reason())")
        }
        unlink(part)
        if let code = FileFolder(of: path).sync() { throw unsynced(code) }
    }

    private static func sync(_ path: String) throws(StoreFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw unsynced(errno) }
    }

    private static func unsynced(_ code: Int32) -> StoreFailure {
        StoreFailure("it cannot be synced: \(reason(code))")
    }
}
