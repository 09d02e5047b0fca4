// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekDisk
import KezekSQLite
import Texts

/// The first start of a journal, from before its first file until the server answers.
///
/// A file beside the journal (`FILE-new`) says that it goes on: it is made before all others and removed after
/// all that was needed is there. A start that is ended in between (`kill -9`, a failure of the power) leaves it, so
/// that the next one with `--create` makes everything anew instead of meeting a part of a store. Nothing was
/// acknowledged by then; and a journal that has entries is never taken away, whatever lies beside it.
final class FirstStart: Sendable {
    private static let text = """
        The first start of the journal beside this file has not come to its end, and nothing was taken by it.
        Start the server with --create, which makes it anew and removes this file.

        """

    private let journal: String
    private let descriptor: Int32

    static func path(beside journal: String) -> String { journal + "-new" }

    /// Whether one was begun and has not come to its end.
    static func isBegun(_ journal: String) -> Bool {
        FileFacts(ofLink: path(beside: journal)) != nil
    }

    /// Begins one, or goes on with one that was ended; nobody else does meanwhile.
    ///
    /// - Throws: if another server is at it, or if the file cannot be made.
    init(of journal: String) throws {
        self.journal = journal
        let path = Self.path(beside: journal)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw CommandFailure.cannotWrite(path) }
        // Whoever had it may have removed it just now.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0,
            FileFacts(descriptor)?.identity == FileFacts(path)?.identity
        else {
            throw CommandFailure("\(journal) is open in another server: stop that one first")
        }
        try SecretFile.requireOwner(path)
        // That it is there says enough; what is in it is for people.
        let bytes = Array(Self.text.utf8)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
        fsync(descriptor)
        folder.sync()
    }

    deinit { Glibc.close(descriptor) }

    /// Whether nothing of the journal was ever written or confirmed.
    ///
    /// - Throws: if a server has it open, or if it cannot be read.
    func isUntouched() throws -> Bool {
        for file in [journal + "-lock", journal] {
            let opened = open(file, O_RDONLY | O_CLOEXEC)
            guard opened >= 0 else { continue }
            defer { Glibc.close(opened) }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                throw CommandFailure(
                    "\(journal) is open in another server: stop that one first")
            }
        }
        return try Untouched.isUntouched(journal)
    }

    /// Takes away what one that was ended has left of a journal that was never written.
    func clear() {
        for end in ["-wal", "-shm", "-journal", "-head", "", "-lock", ".key"] {
            unlink(journal + end)
        }
        folder.sync()
    }

    /// All that a journal needs is there, or all of it is gone again.
    func end() {
        unlink(Self.path(beside: journal))
        folder.sync()
    }

    private var folder: FileFolder { FileFolder(of: journal) }
}
