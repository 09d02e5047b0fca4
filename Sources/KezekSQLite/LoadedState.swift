// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Texts

/// What the writer must know of a journal before it can go on: read from the last checkpoint and
/// the entries after it, which are held to the chain.
///
/// If the checkpoint is damaged, it is read from all entries.
struct LoadedState {
    let heads: Heads
    let commits: UInt64
    let hash: [UInt8]
    let checkpoint: Checkpoint
    /// What is wrong with the checkpoint, in whose place all entries were read; nil if nothing is.
    let rebuilt: String?
    /// Everything after this position was held to the chain.
    let proved: UInt64

    /// A checkpoint is damaged, which can be done without.
    struct CheckpointDamage: Error { let problem: String }

    /// - Throws: `StoreFailure` if what is in the file does not fit together.
    init(_ db: Database) throws {
        let (rows, areHeadsWhole) = try StreamTable.load(db)
        do {
            guard areHeadsWhole else {
                throw CheckpointDamage(problem: "the head of a stream is damaged")
            }
            let (checkpoint, claims) = try Checkpoint.load(db)
            guard rows.count >= checkpoint.streams,
                rows.allSatisfy({ $0.head.position <= checkpoint.position })
            else { throw CheckpointDamage(problem: "a checkpoint is missing or damaged") }
            self = try Self(db, rows, checkpoint, claims, rebuilt: nil)
        } catch let damage as CheckpointDamage {
            let blank = rows.map { StreamTable.Row(stream: $0.stream, head: .none) }
            self = try Self(db, blank, Checkpoint(replacing: true), [], rebuilt: damage.problem)
        }
    }

    private init(
        _ db: Database, _ rows: [StreamTable.Row], _ start: Checkpoint, _ held: Set<Claim>,
        rebuilt: String?
    ) throws {
        var tail = Tail(rows, start, held)
        try tail.readCommits(db)
        heads = Heads(
            position: tail.position, streams: tail.rows.map { ($0.stream, $0.head) },
            claims: tail.claims)
        (commits, hash, checkpoint) = (tail.commits, tail.hash, tail.checkpoint)
        self.rebuilt = rebuilt
        proved = start.position
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

    static func damaged(at position: UInt64) -> StoreFailure {
        StoreFailure("entry \(position) is damaged: \(advice)")
    }

    static let advice: Phrase = "restore the file from a copy, or see what verifying it says"
}

/// The commits after a checkpoint, read one after another.
private struct Tail {
    var rows: [StreamTable.Row]
    private let names: [[UInt8]]
    var checkpoint: Checkpoint
    var claims: Set<Claim>
    var position: UInt64
    var commits: UInt64 = 0
    var hash = Chain.start
    private var bytes: [UInt8] = []

    init(_ rows: [StreamTable.Row], _ checkpoint: Checkpoint, _ claims: Set<Claim>) {
        self.rows = rows
        names = rows.map { Array($0.stream.description.utf8) }
        self.checkpoint = checkpoint
        self.claims = claims
        position = checkpoint.position
    }

    mutating func readCommits(_ db: Database) throws {
        if position > 0 { try readCommitOfCheckpoint(db) }
        while true {
            var ends: [(last: UInt64, number: UInt64, hash: [UInt8])] = []
            let found = try RawStatement(
                db,
                """
                SELECT last, number, hash FROM commits WHERE last > ?
                ORDER BY last LIMIT \(Limits.commitsPerRead)
                """)
            found.bind(position, at: 1)
            try found.forEachRow { row in
                ends.append((row.uint(0), row.uint(1), [UInt8](row.bytes(2))))
                return true
            }
            guard !ends.isEmpty else { break }
            for end in ends {
                guard end.number == commits + 1, end.last > position else {
                    throw LoadedState.damaged(at: position + 1)
                }
                try readEntries(db, until: end.last)
                hash = Chain.hash(after: hash, entries: bytes)
                guard hash == end.hash else {
                    throw LoadedState.damaged(at: position)
                }
                commits = end.number
            }
        }
        let last = try RawStatement.number(db, SQLiteReader.lastPosition)
        let hasAll = rows.allSatisfy { $0.head != .none }
        guard last == position, hasAll else { throw LoadedState.damaged(at: position + 1) }
    }

    /// The checkpoint stands at a commit's end, whose entries are looked at too: the last one tells the time.
    private mutating func readCommitOfCheckpoint(_ db: Database) throws {
        let end = position
        var number: UInt64 = 0
        let found = try RawStatement(db, "SELECT number FROM commits WHERE last = ?")
        found.bind(end, at: 1)
        try found.forEachRow { row in
            number = row.uint(0)
            return false
        }
        guard number > 0 else { throw LoadedState.damaged(at: end) }
        let names = names
        let proof = CommitProof(after: end)
        try proof.require(end, db) { id in
            guard names.indices.contains(Int(truncatingIfNeeded: id &- 1)) else {
                throw LoadedState.damaged(at: end)
            }
            return names[Int(id - 1)]
        }
        hash = try CommitProof.commit(with: end, db).hash
        commits = number
    }

    private mutating func readEntries(_ db: Database, until last: UInt64) throws {
        bytes.removeAll(keepingCapacity: true)
        let found = try RawStatement(
            db,
            """
            SELECT position, revision, previous, at, request, claims, body, caller, stream
            FROM journal WHERE position > ? AND position <= ? ORDER BY position
            """)
        found.bind(position, at: 1)
        found.bind(last, at: 2)
        try found.forEachRow { raw in
            position += 1
            let row = StoredRow(raw)
            let number = Int(truncatingIfNeeded: raw.int(8) &- 1)
            guard row.position == position, rows.indices.contains(number),
                let revision = UInt32(exactly: row.revision),
                Int64(revision) == Int64(rows[number].head.revision) + 1,
                row.previous == rows[number].head.position,
                row.claims.isEmpty || Packed.apply(row.claims, to: &claims)
            else { throw LoadedState.damaged(at: position) }
            rows[number].head = Heads.Head(position: position, revision: revision)
            checkpoint.changedStreams.insert(number)
            checkpoint.changedClaims.append(contentsOf: row.claims)
            row.append(to: &bytes, name: names[number])
            return true
        }
        guard position == last else { throw LoadedState.damaged(at: position + 1) }
    }
}
