// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Synchronization

/// How far the heads and claims in the file are right, and what has changed since.
///
/// Only what has changed is written, so a checkpoint is short however much there is. Once the
/// changes of claims take more room than the claims themselves, these are written in their place.
struct Checkpoint {
    /// Everything up to here is in the file's heads and claims.
    private(set) var position: UInt64 = 0
    /// Bytes of claims in the file.
    private var size = 0

    /// The numbers of the streams that have entries after the position.
    var changedStreams: Set<Int> = []
    /// What these entries do to claims, packed.
    var changedClaims: [UInt8] = []

    /// Streams that there were at least.
    private(set) var streams = 0
    /// The last one's hash.
    private var hash: [UInt8] = []
    /// Whether those in the file are to be replaced, as they are damaged.
    private var replaces = false

    /// Whether the file has damaged ones, which are to be replaced at once.
    var replacesDamaged: Bool { replaces && !changedStreams.isEmpty }

    init(replacing: Bool = false) { replaces = replacing }

    /// The last checkpoint of a file, with the claims that are held there.
    ///
    /// - Throws: `LoadedState.CheckpointDamage` if one is not what was written.
    static func load(_ db: Database) throws -> (Checkpoint, Set<Claim>) {
        var checkpoint = Checkpoint()
        var claims: Set<Claim> = []
        let rows = try RawStatement(
            db, "SELECT position, claims, streams, hash FROM checkpoints ORDER BY position")
        try rows.forEachRow { row in
            let hash = RowHash.checkpoint(
                after: checkpoint.hash, position: row.uint(0), streams: row.int(2),
                claims: row.bytes(1))
            guard hash.elementsEqual(row.bytes(3)), Packed.apply(row.bytes(1), to: &claims) else {
                throw LoadedState.CheckpointDamage(
                    problem: "checkpoint \(row.int(0)) is damaged")
            }
            checkpoint.hash = hash
            checkpoint.position = row.uint(0)
            checkpoint.streams = Int(row.int(2))
            checkpoint.size += row.bytes(1).count
            return true
        }
        return (checkpoint, claims)
    }

    /// Writes down the heads of the changed streams and the claims.
    mutating func write(
        _ connection: DatabaseQueue, _ heads: borrowing Mutex<Heads>
    ) throws {
        guard !changedStreams.isEmpty else { return }
        let (end, count, lines, claims) = heads.withLock { heads in
            // In the order of the rows, so that neighbours are written together.
            let lines = changedStreams.sorted().map {
                (Int64($0 + 1), heads.stream($0), heads.settledHead($0))
            }
            return (heads.settledPosition, heads.count, lines, wholeClaims(heads))
        }
        let bytes = claims ?? changedClaims
        let newHash = RowHash.checkpoint(
            after: claims == nil ? hash : [], position: end, streams: Int64(count), claims: bytes)
        try connection.inDatabase { db in
            try db.writing {
                try StreamTable.update(lines, db)
                if claims != nil { try db.execute(sql: "DELETE FROM checkpoints") }
                let insert = try RawStatement(
                    db,
                    "INSERT INTO checkpoints (position, claims, streams, hash) VALUES (?, ?, ?, ?)"
                )
                insert.bind(end, at: 1)
                insert.bind(Int64(count), at: 3)
                try bytes.withUnsafeBytes { bytes in
                    insert.bind(bytes, at: 2)
                    try newHash.withUnsafeBytes { hash in
                        insert.bind(hash, at: 4)
                        try insert.run()
                    }
                }
            }
        }
        (position, streams, hash, replaces) = (end, count, newHash, false)
        size = claims?.count ?? (size + changedClaims.count)
        changedStreams.removeAll()
        changedClaims.removeAll()
    }

    /// All claims, packed as taken, if that is what is to be written; nil if the changes are.
    private func wholeClaims(_ heads: Heads) -> [UInt8]? {
        let whole = heads.claims.count * Packed.claimChangeSize
        guard replaces || size + changedClaims.count > 2 * whole + Limits.bytesOfClaimChanges else {
            return nil
        }
        var claims: [UInt8] = []
        claims.reserveCapacity(whole)
        for claim in heads.claims { claims.pack(.taken(claim)) }
        return claims
    }
}
