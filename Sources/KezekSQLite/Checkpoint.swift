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

    /// The last checkpoint of a file, with the claims that are held there.
    static func load(_ db: Database) throws -> (Checkpoint, Set<Claim>) {
        var checkpoint = Checkpoint()
        var claims: Set<Claim> = []
        let rows = try RawStatement(
            db, "SELECT position, claims FROM checkpoints ORDER BY position")
        try rows.forEachRow { row in
            guard Packed.apply(row.bytes(1), to: &claims) else {
                throw StoreFailure("checkpoint \(row.int(0)) is damaged: \(LoadedState.advice)")
            }
            checkpoint.position = row.uint(0)
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
        let (end, lines, claims) = heads.withLock { heads in
            // In the order of the rows, so that neighbours are written together.
            let lines = changedStreams.sorted().map { ($0 + 1, heads.settledHead($0)) }
            return (heads.settledPosition, lines, wholeClaims(heads))
        }
        try connection.inDatabase { db in
            try db.inTransaction(.immediate) {
                let update = try RawStatement(
                    db, "UPDATE streams SET head = ?, revision = ? WHERE id = ?")
                for (id, head) in lines {
                    update.bind(head.position, at: 1)
                    update.bind(Int64(head.revision), at: 2)
                    update.bind(Int64(id), at: 3)
                    try update.run()
                }
                if claims != nil { try db.execute(sql: "DELETE FROM checkpoints") }
                let insert = try RawStatement(
                    db, "INSERT INTO checkpoints (position, claims) VALUES (?, ?)")
                insert.bind(end, at: 1)
                try (claims ?? changedClaims).withUnsafeBytes { bytes in
                    insert.bind(bytes, at: 2)
                    try insert.run()
                }
                return .commit
            }
        }
        position = end
        size = claims?.count ?? (size + changedClaims.count)
        changedStreams.removeAll()
        changedClaims.removeAll()
    }

    /// All claims, packed as taken, if that is what is to be written; nil if the changes are.
    private func wholeClaims(_ heads: Heads) -> [UInt8]? {
        let whole = heads.claims.count * Packed.claimChangeSize
        guard size + changedClaims.count > 2 * whole + Limits.bytesOfClaimChanges else {
            return nil
        }
        var claims: [UInt8] = []
        claims.reserveCapacity(whole)
        for claim in heads.claims { claims.pack(.taken(claim)) }
        return claims
    }
}
