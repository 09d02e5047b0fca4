// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Texts

/// The state of a verification between two commits.
///
/// It shares no rule with the writer: it recomputes everything from the rows.
struct ChainCheck: Sendable {
    private struct Line: Sendable {
        let name: [UInt8]
        /// As the last checkpoint has them.
        let head: UInt64
        let revision: Int64

        var seenHead: UInt64 = 0
        var seenRevision: Int64 = 0
    }

    private struct Fault: Error {
        let position: UInt64
        let problem: Phrase
    }

    /// The last position that is looked at.
    let total: UInt64
    private(set) var done: UInt64 = 0
    private(set) var fault: ChainFault?

    private var lines: [Line] = []
    private var claims: Set<Claim> = []
    private let checkpoint: UInt64
    private let checkpointClaims: Set<Claim>
    private var commits: UInt64 = 0
    private var hash = Chain.start
    private var verified: UInt64 = 0
    private var bytes: [UInt8] = []
    /// Whether an entry has named its caller, as each after it must.
    private var namesCallers = false

    init(_ db: Database) throws {
        let entries = try RawStatement.number(db, SQLiteReader.lastPosition)
        total = try RawStatement.number(db, "SELECT max(last) FROM commits")
        (checkpoint, checkpointClaims) = try Self.checkpoint(db)
        let rows = try RawStatement(db, "SELECT id, name, head, revision FROM streams ORDER BY id")
        var isDense = true
        try rows.forEachRow { row in
            isDense = isDense && row.int(0) == Int64(lines.count + 1)
            lines.append(
                Line(name: [UInt8](row.bytes(1)), head: row.uint(2), revision: row.int(3)))
            return true
        }
        if !isDense {
            fault = ChainFault(position: 1, problem: "The table of streams has a gap.")
        } else if entries > total {
            // The chain may still be whole up to there, but this is no journal to go on with.
            fault = ChainFault(
                position: total + 1, problem: "The entries from here on belong to no commit.")
        } else if checkpoint > total {
            fault = ChainFault(
                position: total + 1,
                problem: "The checkpoint is damaged, or of entries that are not there.")
        } else if checkpoint == 0 {
            do { try compareCheckpoint() } catch { note(error) }
        }
    }

    /// The position of the last checkpoint and the claims there; a position beyond all if they cannot be.
    private static func checkpoint(_ db: Database) throws -> (UInt64, Set<Claim>) {
        var (position, claims, isWhole) = (UInt64(0), Set<Claim>(), true)
        let rows = try RawStatement(
            db, "SELECT position, claims FROM checkpoints ORDER BY position")
        try rows.forEachRow { row in
            position = row.uint(0)
            isWhole = isWhole && Packed.apply(row.bytes(1), to: &claims)
            return isWhole
        }
        return isWhole ? (position, claims) : (.max, [])
    }

    var isAtEnd: Bool { done == total }

    /// Looks at what stands beside the entries, once these are whole.
    mutating func finish(_ db: Database) throws {
        guard fault == nil else { return }
        if let problem = try SideCheck.problem(db) {
            fault = ChainFault(position: max(done, 1), problem: problem)
        }
    }

    var report: ChainReport {
        ChainReport(
            entries: verified, commits: commits,
            streams: lines.count { $0.seenRevision > 0 }, lastPosition: verified,
            lastHash: hash.map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined(), fault: fault)
    }

    /// Verifies some commits more.
    mutating func nextCommits(_ db: Database) throws {
        var ends: [(last: UInt64, number: UInt64, hash: [UInt8])] = []
        let rows = try RawStatement(
            db,
            """
            SELECT last, number, hash FROM commits WHERE last > ? AND last <= ?
            ORDER BY last LIMIT \(Limits.commitsPerRead)
            """)
        rows.bind(done, at: 1)
        rows.bind(total, at: 2)
        try rows.forEachRow { row in
            ends.append((row.uint(0), row.uint(1), [UInt8](row.bytes(2))))
            return true
        }
        do {
            // A row of commits that stands where its number does not belong is never found.
            guard !ends.isEmpty else {
                throw Fault(
                    position: done + 1,
                    problem: "The commits from here on are missing, or not in their place.")
            }
            for end in ends {
                guard end.last > done else {
                    throw Fault(
                        position: done + 1, problem: "A commit is not in its place.")
                }
                try verifyCommit(db, last: end.last, number: end.number, hash: end.hash)
            }
        } catch let error as Fault { note(error) }
    }

    private mutating func verifyCommit(
        _ db: Database, last: UInt64, number: UInt64, hash expected: [UInt8]
    ) throws {
        let first = done + 1
        guard number == commits + 1 else {
            throw Fault(
                position: first, problem: "Commit \(commits + 1) is missing, or not in its place.")
        }
        bytes.removeAll(keepingCapacity: true)
        let rows = try RawStatement(
            db,
            """
            SELECT position, revision, previous, at, request, claims, body,
                \(SQLiteReader.callers(db)), stream FROM journal
            WHERE position > ? AND position <= ? ORDER BY position
            """)
        rows.bind(done, at: 1)
        rows.bind(last, at: 2)
        try rows.forEachRow { row in
            try verify(StoredRow(row), streamID: row.int(8))
            return true
        }
        guard done == last else {
            throw Fault(position: done + 1, problem: "The entry is missing.")
        }
        let computed = Chain.hash(after: hash, entries: bytes)
        guard computed == expected else {
            throw Fault(
                position: first,
                problem: "Entries \(first) to \(last), one commit, are not what was committed: "
                    + "their hash is another.")
        }
        hash = computed
        commits = number
        verified = last
    }

    private mutating func verify(_ row: StoredRow, streamID: Int64) throws {
        let position = done + 1
        func require(_ isRight: Bool, _ problem: @autoclosure () -> Phrase) throws {
            guard isRight else { throw Fault(position: position, problem: problem()) }
        }
        try require(row.position == position, "The entry is missing.")
        let number = Int(truncatingIfNeeded: streamID &- 1)
        try require(
            lines.indices.contains(number), "The entry's stream, \(streamID), is not there.")
        let line = lines[number]
        try require(
            row.revision == line.seenRevision + 1,
            "The entry's revision is \(row.revision), expected \(line.seenRevision + 1).")
        try require(
            row.previous == line.seenHead,
            "The entry's link leads to \(row.previous), expected \(line.seenHead).")
        try require(
            [0, Packed.requestSize].contains(row.request.count), "The entry's request is damaged.")
        guard let changes = Packed.claimChanges(row.claims) else {
            throw Fault(position: position, problem: "The entry's claims are damaged.")
        }
        for change in changes {
            switch change {
            case .taken(let claim):
                try require(
                    claims.insert(claim).inserted, "The entry takes a claim that is held already.")
            case .given(let claim):
                try require(
                    claims.remove(claim) != nil, "The entry gives up a claim that nobody holds.")
            }
        }
        lines[number].seenHead = position
        lines[number].seenRevision = row.revision
        Chain.append(
            to: &bytes, position: position, revision: UInt32(truncatingIfNeeded: row.revision),
            second: row.second, name: line.name)
        Chain.append(to: &bytes, field: row.request)
        Chain.append(to: &bytes, field: row.claims)
        Chain.append(to: &bytes, field: row.body)
        if let caller = row.caller {
            try require(
                CallerID(String(decoding: caller, as: UTF8.self)) != nil,
                "The entry's caller is damaged.")
            namesCallers = true
            Chain.append(to: &bytes, field: caller)
        } else {
            try require(!namesCallers, "The entry names no caller, as those before it do.")
        }
        done = position
        if position == checkpoint { try compareCheckpoint() }
    }

    /// Whether the checkpoint says what the entries up to it do.
    private func compareCheckpoint() throws(Fault) {
        let areHeadsRight = lines.allSatisfy {
            $0.head == $0.seenHead && $0.revision == $0.seenRevision
        }
        guard areHeadsRight, checkpointClaims == claims else {
            throw Fault(
                position: max(done, 1),
                problem: "The checkpoint here does not say what the entries before it do.")
        }
    }

    private mutating func note(_ fault: Fault) {
        self.fault = ChainFault(position: fault.position, problem: fault.problem)
    }
}
