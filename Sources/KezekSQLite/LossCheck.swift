// SPDX-License-Identifier: Apache-2.0

import GRDB
import Glibc
import Journal
import KezekDisk
import Texts

/// Whether a journal has all that was confirmed, before anything is written to it.
enum LossCheck {
    /// - Parameters:
    ///   - path: the journal's file.
    ///   - accepted: the last position of a journal with which somebody goes on although it has lost
    ///     something; nil if nobody does.
    /// - Returns: what was lost and accepted, or what is wrong with the head file, as a sentence; nil if
    ///   all is well.
    /// - Throws: `StoreFailure` that names both positions.
    static func require(_ path: String, accepted: UInt64?) throws -> String? {
        guard let size = FileFacts(path)?.size, size > 0 else { return nil }
        let log = LogCheck.state(of: path + "-wal")
        let head = HeadFile.read(beside: path)
        let made = ["-wal", "-shm"].map { path + $0 }.filter { FileFacts(ofLink: $0) == nil }
        let (end, found, hadHead) = try ends(path, head)
        let loss = loss(end: end, head, found, log)
        guard let loss else {
            if head == .damaged { return "the head file \(path)-head was damaged and is made anew" }
            if head == .none, hadHead {
                return
                    "the head file \(path)-head is missing and is made anew: whether something that was "
                    + "confirmed after position \(end) is lost cannot be told"
            }
            return accepted == nil
                ? nil : "the journal has lost nothing, so --accept-loss is to be left out"
        }
        guard accepted == end else {
            // Whoever looks for the log is to find what was there, and not what looking has made.
            for file in made where file.hasSuffix("-shm") || FileFacts(file)?.size == 0 {
                unlink(file)
            }
            throw StoreFailure(
                "\(loss): restore a copy ('kezek journal restore'), or go on with what is there by "
                    + "--accept-loss \(end)")
        }
        return "\(loss.description); it was accepted, and the journal goes on from \(end)"
    }

    /// What a journal has lost of what was confirmed, by the head file beside it; nil for nothing.
    ///
    /// A server may write meanwhile, so the head is read first: the journal is never older than it.
    static func loss(_ path: String) throws -> Phrase? {
        let head = HeadFile.read(beside: path)
        guard case .record = head else { return nil }
        let (end, found, _) = try ends(path, head)
        guard loss(end: end, head, found, .whole) != nil else { return nil }
        return loss(end: end, head, found, LogCheck.state(of: path + "-wal"))
    }

    /// The last position, the hash at the head file's position if there was a commit that ended there, and
    /// whether the journal has been opened by a version that kept a head file: it makes one at once.
    ///
    /// Nothing is written: a writer would throw away what the log has after the damage.
    private static func ends(
        _ path: String, _ head: HeadFile.Found
    ) throws -> (end: UInt64, hash: [UInt8]?, hadHead: Bool) {
        let reader = try Connections.reader(path: path)
        defer { try? reader.close() }
        return try reader.read { db in
            // Nothing of what the log has is in the file as long as there are no tables.
            guard try db.tableExists("commits") else { return (0, nil, true) }
            let end = try LoadedState.lastCommit(db).last
            let hadHead = try Schema.keepsKeyCheck(db)
            guard case .record(let record) = head else { return (end, nil, hadHead) }
            if record.position == 0 { return (end, Chain.start, hadHead) }
            var hash: [UInt8]?
            let rows = try RawStatement(db, "SELECT hash FROM commits WHERE last = ?")
            rows.bind(record.position, at: 1)
            try rows.forEachRow { row in
                hash = [UInt8](row.bytes(0))
                return false
            }
            return (end, hash, hadHead)
        }
    }

    private static func loss(
        end: UInt64, _ head: HeadFile.Found, _ hash: [UInt8]?, _ log: LogCheck.State
    ) -> Phrase? {
        let damage: Phrase =
            switch log {
            case .whole: ""
            case .torn: "; its log is torn at its end"
            case .damaged(let frame):
                "; its log is damaged at frame \(frame), before its end, and what follows "
                    + "cannot be read"
            }
        if case .record(let record) = head {
            if record.position > end {
                return "position \(record.position) was confirmed, and the journal ends at "
                    + "\(end)\(damage)"
            }
            if record.hash != hash {
                return "position \(record.position) was confirmed with another hash than the "
                    + "journal has, which ends at \(end): it is not the journal that was written "
                    + "here last\(damage)"
            }
        }
        // The head file is missing or older, after a failure of the power.
        guard case .damaged(let frame) = log, frame > 0 else { return nil }
        return "the journal ends at \(end)\(damage)"
    }
}
