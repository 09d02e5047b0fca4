// SPDX-License-Identifier: Apache-2.0

import Dispatch
import GRDB
import Journal
import KezekDisk
import Synchronization
import Texts

/// What tests make go wrong, and the clock by which a commit is slow.
struct StoreFaults: Sendable {
    /// Runs inside the transaction just before its commit.
    var beforeCommit: @Sendable (Database) throws -> Void = { _ in }
    /// Runs when the log has it and its sync is to be told.
    var afterCommit: @Sendable () throws -> Void = {}
    /// Bytes that are free on the disk of a folder; nil if nobody knows.
    var room: @Sendable (_ folder: String) -> UInt64? = { DiskRoom(of: $0)?.bytes }
    /// Nanoseconds of a clock that nobody sets.
    var nanoseconds: @Sendable () -> UInt64 = { DispatchTime.now().uptimeNanoseconds }
}

/// What the writer works with: the connection and where the journal ends.
///
/// If anything fails while a commit is written, the connection is thrown away: what state SQLite
/// is in after an error of the device is not worth reasoning about, and opening anew takes a few
/// milliseconds. What failed may still turn up in the file after a crash, if the device has written
/// it without saying so; nobody was told that it succeeded, and the journal is whole either way.
struct WritingDesk {
    let path: String
    /// Nil once it is closed.
    private var lock: FileLock?
    private let faults: StoreFaults
    private let files: OpenFiles
    private let findings: Findings
    private let proof: CommitProof
    private var connection: DatabaseQueue?
    /// Nil before the first connection.
    private var head: HeadFile?
    /// Whether it was told that the head file cannot be made anew.
    private var hasToldOfHead = false
    /// The last position of a journal that is gone on with although it has lost something.
    private let acceptedLoss: UInt64?

    /// The streams' names as the chain hashes them, by number.
    private var names: [[UInt8]] = []
    private var commits: UInt64 = 0
    private var hash = Chain.start
    private var checkpoint = Checkpoint()
    /// Whether the log may still hold keys that were destroyed.
    private var holdsDestroyedKeys = false

    // Kept for their memory.
    private var buffer = CommitBuffer()
    private var places: [Heads.Place] = []

    init(
        path: String, lock: FileLock, files: OpenFiles, findings: Findings, proof: CommitProof,
        acceptedLoss: UInt64?, faults: StoreFaults
    ) {
        self.path = path
        self.acceptedLoss = acceptedLoss
        self.findings = findings
        self.proof = proof
        self.files = files
        self.lock = lock
        self.faults = faults
    }

    /// The connection, opened if there is none.
    @discardableResult
    mutating func connect(_ heads: borrowing Mutex<Heads>) throws -> DatabaseQueue {
        // What is at the path now may be another file than the one that is open, or was open before.
        if let trouble = files.look() { throw StoreFailure(Self.stopped(trouble)) }
        if let connection { return connection }
        // Whoever reads makes the log's index, too.
        try LogIndex.requireRoom(path, for: .writing, faults.room)
        if head == nil {
            if let told = try LossCheck.require(path, accepted: acceptedLoss) { findings.add(told) }
        }
        let opened = try Connections.writer(path: path)
        try LogIndex.takeBlocks(path, for: .writing)
        try opened.inDatabase { db in
            guard try !Schema.migrations.hasBeenSuperseded(db) else {
                throw StoreFailure("a newer version wrote it: run that version, or a newer one")
            }
        }
        try Schema.migrations.migrate(opened)
        try opened.inDatabase { db in
            // After a crash, what the log holds may never have been synced. Copying it into the
            // file syncs it, before anything is built upon it.
            _ = try db.checkpoint(.passive)
        }
        // After a failure the file is what it was, unless what failed has reached the device after
        // all.
        let end = try opened.read { db in try LoadedState.lastCommit(db) }
        if commits == 0 || end.number != commits || end.hash != hash {
            take(try opened.read { db in try LoadedState(db) }, heads)
        }
        connection = opened
        files.remember()
        if head == nil { head = HeadFile(beside: path) }
        writeHead(heads.withLock { $0.settledPosition })
        if checkpoint.replacesDamaged { try checkpoint.write(opened, heads) }
        return opened
    }

    /// Says how far everything has been confirmed.
    private func writeHead(_ position: UInt64) {
        head?.write(HeadFile.Record(position: position, hash: hash))
    }

    /// Looks whether the next start would find the head file, and makes it anew if not.
    mutating func lookAtHead(_ heads: borrowing Mutex<Heads>) {
        guard let known = head, connection != nil, files.trouble == nil, !known.isInPlace else {
            return
        }
        let made = HeadFile(beside: path)
        guard let made else {
            if !hasToldOfHead {
                findings.add(
                    "the head file \(path)-head was moved away while it was open, and cannot be made anew"
                )
            }
            hasToldOfHead = true
            return
        }
        hasToldOfHead = false
        head = made
        writeHead(heads.withLock { $0.settledPosition })
        findings.add(
            "the head file \(path)-head was moved away or changed while it was open, and was made anew"
        )
    }

    private static func stopped(_ trouble: Phrase) -> Phrase {
        "\(trouble), so nothing is written: see where it is, put it back, or stop the server and "
            + "restore a copy"
    }

    /// Makes sure that these are the keys of the journal, and remembers them; returns earlier ones that it did
    /// not know.
    mutating func requireKeys(
        _ keys: [KeyCheck], retired: Set<[UInt8]>, _ heads: borrowing Mutex<Heads>
    ) throws -> [KeyCheck] {
        try connect(heads).inDatabase { db in
            try KeyCheckTable.require(keys, retired: retired, db)
        }
    }

    private mutating func take(_ state: LoadedState, _ heads: borrowing Mutex<Heads>) {
        names = (0..<state.heads.count).map { [UInt8](state.heads.stream($0).description.utf8) }
        (commits, hash) = (state.commits, state.hash)
        checkpoint = state.checkpoint
        proof.begin(after: state.proved)
        if let problem = state.rebuilt {
            findings.add("\(problem): it was made anew from the entries")
        }
        heads.withLock { $0 = state.heads }
    }

    /// Writes the batches that may be appended with one commit, and says for each how it went.
    mutating func commit(
        _ batches: ArraySlice<Batch>, _ heads: borrowing Mutex<Heads>
    ) -> [Result<Void, AppendFailure>] {
        // From then on the log may have it, whatever comes.
        var isCommitting = false
        do {
            let connection = try connect(heads)
            let known = names.count
            let results = admit(batches, heads)
            let keyed = Self.withKeys(batches, results)
            guard !buffer.rows.isEmpty else {
                if !keyed.isEmpty { try save(keyed, connection) }
                return results
            }
            let newHash = Chain.hash(after: hash, entries: buffer.bytes)
            try connection.inDatabase { db in
                try db.writing {
                    try StreamTable.add(names, from: known, db)
                    try addRows(db)
                    try addCommit(hash: newHash, db)
                    try PersonKeyTable.change(db, keyed)
                    try faults.beforeCommit(db)
                    isCommitting = true
                }
            }
            try faults.afterCommit()
            // What stands in a file that nobody finds again was not confirmed.
            if let trouble = files.look() { throw StoreFailure(Self.stopped(trouble)) }
            heads.withLock { $0.settle() }
            hash = newHash
            commits += 1
            writeHead(buffer.rows.last!.place.position)
            if keyed.contains(where: { !$0.destroyedKeys.isEmpty }) { holdsDestroyedKeys = true }
            for row in buffer.rows {
                checkpoint.changedStreams.insert(row.place.stream)
                checkpoint.changedClaims += buffer.bytes[row.claims]
            }
            return results
        } catch {
            let count = heads.withLock { heads in
                heads.takeBack()
                return heads.count
            }
            names.removeLast(names.count - count)
            disconnect()
            let why = sentence(error, path: path).description
            // A log that has no room lacks the end of the commit, without which it is none.
            let isFull = (error as? DatabaseError)?.resultCode == .SQLITE_FULL
            let failure =
                isCommitting && !isFull ? AppendFailure.unconfirmed(why) : .unavailable(why)
            return batches.map { _ in .failure(failure) }
        }
    }

    /// The batches that are written and change keys.
    private static func withKeys(
        _ batches: ArraySlice<Batch>, _ results: [Result<Void, AppendFailure>]
    ) -> [Batch] {
        zip(batches, results).filter { batch, result in
            guard !batch.keys.isEmpty || !batch.destroyedKeys.isEmpty else { return false }
            if case .success = result { return true }
            return false
        }.map { $0.0 }
    }

    /// Keys that come without an entry.
    private func save(_ batches: [Batch], _ connection: DatabaseQueue) throws {
        try connection.inDatabase { db in
            try db.writing {
                try PersonKeyTable.change(db, batches)
                try faults.beforeCommit(db)
            }
        }
    }

    /// Puts every batch that may be appended into the buffer.
    private mutating func admit(
        _ batches: ArraySlice<Batch>, _ heads: borrowing Mutex<Heads>
    ) -> [Result<Void, AppendFailure>] {
        buffer.removeAll()
        return heads.withLock { heads in
            batches.map { batch in
                places.removeAll(keepingCapacity: true)
                do throws(AppendFailure) {
                    try heads.admit(batch.entries, places: &places)
                } catch {
                    return .failure(error)
                }
                while names.count < heads.count {
                    names.append([UInt8](heads.stream(names.count).description.utf8))
                }
                for (entry, place) in zip(batch.entries, places) {
                    buffer.append(entry, at: place, name: names[place.stream])
                }
                return .success(())
            }
        }
    }

    private func addRows(_ db: Database) throws {
        let insert = try RawStatement(
            db,
            """
            INSERT INTO journal (position, stream, revision, previous, at, request, claims, body, caller)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try buffer.bytes.withUnsafeBytes { bytes in
            for row in buffer.rows {
                insert.bind(row.place.position, at: 1)
                insert.bind(Int64(row.place.stream + 1), at: 2)
                insert.bind(Int64(row.revision), at: 3)
                insert.bind(row.place.previous, at: 4)
                insert.bind(row.second, at: 5)
                insert.bindPart(row.request, of: bytes, at: 6)
                insert.bindPart(row.claims, of: bytes, at: 7)
                insert.bind(UnsafeRawBufferPointer(rebasing: bytes[row.body]), at: 8)
                insert.bindText(UnsafeRawBufferPointer(rebasing: bytes[row.caller]), at: 9)
                try insert.run()
            }
        }
    }

    private func addCommit(hash: [UInt8], _ db: Database) throws {
        let insert = try RawStatement(
            db, "INSERT INTO commits (last, number, hash) VALUES (?, ?, ?)")
        insert.bind(buffer.rows.last!.place.position, at: 1)
        insert.bind(commits + 1, at: 2)
        try hash.withUnsafeBytes { bytes in
            insert.bind(bytes, at: 3)
            try insert.run()
        }
    }

    /// Writes snapshots, and the checkpoint if it is due.
    ///
    /// Neither is needed for anything but speed, so a failure is only forgotten.
    mutating func tidy(_ snapshots: [Snapshot], _ heads: borrowing Mutex<Heads>) {
        let isDue = isCheckpointDue(heads)
        guard let connection, isDue || holdsDestroyedKeys || !snapshots.isEmpty,
            files.look() == nil
        else { return }
        do {
            if holdsDestroyedKeys {
                holdsDestroyedKeys = try files.whileLogIsCut { try !Self.emptyLog(connection) }
            }
            if !snapshots.isEmpty { try SnapshotTable.save(snapshots, connection, heads) }
            if isDue { try checkpoint.write(connection, heads) }
        } catch {
            disconnect()
        }
    }

    private func isCheckpointDue(_ heads: borrowing Mutex<Heads>) -> Bool {
        let position = heads.withLock { $0.settledPosition }
        return position >= checkpoint.position + Limits.entriesPerCheckpoint
    }

    /// Copies the log into the file and cuts it to nothing; false while a reader is in the way.
    private static func emptyLog(_ connection: DatabaseQueue) throws -> Bool {
        try connection.inDatabase { db in
            let busy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return busy == 0
        }
    }

    /// Leaves the file as small and as quick to open as it can be, and lets go of it.
    mutating func close(_ heads: borrowing Mutex<Heads>) {
        if let connection {
            if files.look() == nil {
                try? checkpoint.write(connection, heads)
            } else {
                Abandoned.keep(connection)
            }
        }
        disconnect()
        files.forget()
        head = nil
        lock = nil
    }

    /// Lets go of the file, and takes away a journal that was made by this and has nothing in it.
    ///
    /// - Returns: whether it was taken away.
    mutating func abandon(_ heads: borrowing Mutex<Heads>) -> Bool {
        guard let lock, lock.hasMadeJournal, heads.withLock({ $0.settledPosition == 0 }),
            files.look() == nil
        else {
            close(heads)
            return false
        }
        disconnect()
        lock.takeAway()
        close(heads)
        return true
    }

    mutating func disconnect() {
        if let connection, !Abandoned.has(connection) { try? connection.close() }
        connection = nil
        LogIndex.closeThoseGone()
    }
}

/// Connections whose files were moved away.
///
/// Closing the last one would remove the log that is at the path, which may be needed, or another's. They
/// end with the process.
private enum Abandoned {
    private static let connections = Mutex<[DatabaseQueue]>([])

    static func keep(_ connection: DatabaseQueue) { connections.withLock { $0.append(connection) } }

    static func has(_ connection: DatabaseQueue) -> Bool {
        connections.withLock { $0.contains { $0 === connection } }
    }
}
