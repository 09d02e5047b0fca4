// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Foundation
public import Journal

/// How much a journal holds.
public struct JournalStatistics: Hashable, Sendable {
    public let entries: UInt64
    public let streams: UInt64
    /// Every commit is one sync of the disk.
    public let commits: UInt64
    /// Bytes on disk: the file, and the log of what is not copied into it yet.
    public let bytes: UInt64
    /// When the last entry was decided; nil if there is none.
    public let lastAt: Timestamp?

    /// 0 if there is no entry.
    public var bytesPerEntry: Double { entries == 0 ? 0 : Double(bytes) / Double(entries) }

    /// 0 if there is no commit.
    public var entriesPerCommit: Double { commits == 0 ? 0 : Double(entries) / Double(commits) }
}

extension SQLiteReader {
    /// How much the journal holds.
    public func statistics() throws(StoreFailure) -> JournalStatistics {
        let bytes = Self.size(path) + Self.size(path + "-wal")
        return try read { db in
            var lastAt: Timestamp?
            let last = try RawStatement(
                db, "SELECT at FROM journal ORDER BY position DESC LIMIT 1")
            try last.forEachRow { row in
                lastAt = Timestamp(second: row.int(0))
                return false
            }
            return JournalStatistics(
                entries: try RawStatement.number(db, Self.lastPosition),
                streams: try RawStatement.number(db, "SELECT max(id) FROM streams"),
                commits: try RawStatement.number(
                    db, "SELECT number FROM commits ORDER BY last DESC LIMIT 1"),
                bytes: bytes, lastAt: lastAt)
        }
    }

    private static func size(_ path: String) -> UInt64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.uint64Value ?? 0
    }
}
