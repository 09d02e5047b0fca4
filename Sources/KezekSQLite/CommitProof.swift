// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Synchronization

/// Whether entries that are read are those that were committed: each commit of which one is read is hashed
/// anew and compared, once.
final class CommitProof: Sendable {
    /// Commits that are whole, by the positions of their first and last entries, in order.
    private let proved = Mutex<[ClosedRange<UInt64>]>([])
    /// Everything after this position is whole: it was proved when the file was opened, or written since.
    private let start: Mutex<UInt64>

    init(after start: UInt64) { self.start = Mutex(start) }

    /// Everything after another position is whole, as the file was read anew.
    func begin(after position: UInt64) { start.withLock { $0 = position } }

    /// `name` is the name of the stream with an id.
    ///
    /// - Throws: `StoreFailure` if the commit of the entry at a position is not what was committed.
    func require(
        _ position: UInt64, _ db: Database, name: (Int64) throws -> [UInt8]
    ) throws {
        guard position <= start.withLock({ $0 }), !isProved(position) else { return }
        let commit = try Self.commit(with: position, db)
        try Self.prove(commit, db, name: name)
        proved.withLock { proved in
            let place = Self.place(of: commit.first, in: proved)
            if place == proved.count || proved[place].lowerBound != commit.first {
                proved.insert(commit.first...commit.last, at: place)
            }
        }
    }

    private func isProved(_ position: UInt64) -> Bool {
        proved.withLock { proved in
            // The last one that begins at the position or before it.
            var place = Self.place(of: position, in: proved)
            if place == proved.count || proved[place].lowerBound > position { place -= 1 }
            return place >= 0 && proved[place].contains(position)
        }
    }

    /// The first place whose commit begins at the position or after it.
    private static func place(of position: UInt64, in proved: [ClosedRange<UInt64>]) -> Int {
        var (low, high) = (0, proved.count)
        while low < high {
            let middle = (low + high) / 2
            if proved[middle].lowerBound < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    struct Commit {
        var first: UInt64 = 0
        var last: UInt64 = 0
        var hash: [UInt8] = []
        var previous = Chain.start
    }

    /// The commit to which the entry at a position belongs.
    static func commit(with position: UInt64, _ db: Database) throws -> Commit {
        var commit = Commit()
        var number: UInt64 = 0
        let rows = try RawStatement(
            db, "SELECT last, number, hash FROM commits WHERE last >= ? ORDER BY last LIMIT 1")
        rows.bind(position, at: 1)
        try rows.forEachRow { row in
            (commit.last, number, commit.hash) = (row.uint(0), row.uint(1), [UInt8](row.bytes(2)))
            return false
        }
        commit.first = 1
        var before: UInt64 = 0
        let earlier = try RawStatement(
            db,
            "SELECT last, number, hash FROM commits WHERE last < ? ORDER BY last DESC LIMIT 1")
        earlier.bind(position, at: 1)
        try earlier.forEachRow { row in
            commit.first = row.uint(0) + 1
            (before, commit.previous) = (row.uint(1), [UInt8](row.bytes(2)))
            return false
        }
        guard commit.last >= position, number == before + 1 else {
            throw LoadedState.damaged(at: position)
        }
        return commit
    }

    private static func prove(
        _ commit: Commit, _ db: Database, name: (Int64) throws -> [UInt8]
    ) throws {
        var bytes: [UInt8] = []
        var next = commit.first
        let rows = try RawStatement(
            db,
            """
            SELECT position, revision, previous, at, request, claims, body,
                \(SQLiteReader.callers(db)), stream FROM journal
            WHERE position BETWEEN ? AND ? ORDER BY position
            """)
        rows.bind(commit.first, at: 1)
        rows.bind(commit.last, at: 2)
        try rows.forEachRow { row in
            guard row.uint(0) == next else { throw LoadedState.damaged(at: next) }
            next += 1
            StoredRow(row).append(to: &bytes, name: try name(row.int(8)))
            return true
        }
        guard next == commit.last + 1,
            Chain.hash(after: commit.previous, entries: bytes) == commit.hash
        else { throw LoadedState.damaged(at: commit.first) }
    }
}

extension StoredRow {
    /// Appends what the chain hashes of the entry.
    func append(to bytes: inout [UInt8], name: [UInt8]) {
        Chain.append(
            to: &bytes, position: position, revision: UInt32(truncatingIfNeeded: revision),
            second: second, name: name)
        Chain.append(to: &bytes, field: request)
        Chain.append(to: &bytes, field: claims)
        Chain.append(to: &bytes, field: body)
        if let caller { Chain.append(to: &bytes, field: caller) }
    }
}
