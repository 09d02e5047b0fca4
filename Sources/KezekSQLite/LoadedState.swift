// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal

/// What the writer must know of a journal before it can go on: read from the last checkpoint and
/// the entries after it.
struct LoadedState {
    let heads: Heads
    let commits: UInt64
    let hash: [UInt8]
    let checkpoint: Checkpoint

    /// - Throws: `StoreFailure` if what is in the file does not fit together.
    init(_ db: Database) throws {
        var streams = try Self.streams(db)
        // Not copied: there may be a million claims.
        var (checkpoint, claims) = try Checkpoint.load(db)
        var position = checkpoint.position
        let tail = try RawStatement(
            db,
            """
            SELECT position, stream, revision, previous, claims FROM journal
            WHERE position > ? ORDER BY position
            """)
        tail.bind(position, at: 1)
        try tail.forEachRow { row in
            position += 1
            let number = Int(truncatingIfNeeded: row.int(1) &- 1)
            guard row.uint(0) == position, streams.indices.contains(number),
                let revision = UInt32(exactly: row.int(2)),
                Int64(revision) == Int64(streams[number].head.revision) + 1,
                row.uint(3) == streams[number].head.position,
                row.bytes(4).isEmpty || Packed.apply(row.bytes(4), to: &claims)
            else { throw Self.damaged(at: position) }
            streams[number].head = Heads.Head(position: position, revision: revision)
            checkpoint.changedStreams.insert(number)
            checkpoint.changedClaims.append(contentsOf: row.bytes(4))
            return true
        }
        let end = try Self.lastCommit(db)
        guard end.last == position, end.hash.count == Chain.start.count else {
            throw Self.damaged(at: min(end.last, position) + 1)
        }
        (commits, hash) = (end.number, end.hash)
        heads = Heads(position: position, streams: streams, claims: claims)
        self.checkpoint = checkpoint
    }

    /// The streams with their heads as of the checkpoint; ids are numbers plus one.
    private static func streams(
        _ db: Database
    ) throws -> [(stream: StreamName, head: Heads.Head)] {
        var list: [(stream: StreamName, head: Heads.Head)] = []
        let rows = try RawStatement(db, "SELECT id, name, head, revision FROM streams ORDER BY id")
        try rows.forEachRow { row in
            let name = String(decoding: row.bytes(1), as: UTF8.self)
            guard row.int(0) == Int64(list.count + 1), let stream = StreamName(name),
                let revision = UInt32(exactly: row.int(3))
            else { throw StoreFailure("stream \(row.int(0)), '\(name)', is damaged: \(advice)") }
            list.append((stream, Heads.Head(position: row.uint(2), revision: revision)))
            return true
        }
        return list
    }

    /// The last commit; number 0 if there is none.
    static func lastCommit(_ db: Database) throws -> (last: UInt64, number: UInt64, hash: [UInt8]) {
        var found: (last: UInt64, number: UInt64, hash: [UInt8]) = (0, 0, Chain.start)
        let rows = try RawStatement(
            db, "SELECT last, number, hash FROM commits ORDER BY last DESC LIMIT 1")
        try rows.forEachRow { row in
            found = (row.uint(0), row.uint(1), [UInt8](row.bytes(2)))
            return false
        }
        return found
    }

    private static func damaged(at position: UInt64) -> StoreFailure {
        StoreFailure("entry \(position) is damaged: \(advice)")
    }

    static let advice = "restore the file from a copy, or see what verifying it says"
}
