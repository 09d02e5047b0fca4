// SPDX-License-Identifier: Apache-2.0

import Glibc
import Journal
import KezekDisk
import Synchronization
import Texts

/// The lock of a journal, which one process at a time holds, for as long as this value lives.
///
/// SQLite's locks are for single transactions, and readers must be able to open the journal while a
/// server writes it. So there are two of another kind: on a file beside the journal, and on the
/// journal's own file, which a second server meets under whatever name it opens it, also if somebody
/// has removed the file beside it. The kernel lets go of both when the process ends, however it ends,
/// so a file that is left behind locks nobody out.
final class FileLock: Sendable {
    /// The journals of this process.
    ///
    /// Its second try must not open the file at all: closing that descriptor would take away the locks
    /// that SQLite has on it, as POSIX has it.
    private static let held = Mutex<Set<FileFacts.Identity>>([])

    /// Whether this process holds the lock of the journal at a path.
    static func isHeld(_ path: String) -> Bool {
        FileFacts(path).map { found in held.withLock { $0.contains(found.identity) } } ?? false
    }

    private let path: String
    private let beside: Int32
    private let journal: Int32
    private let identity: FileFacts.Identity?
    /// Whether the file beside the journal was made by this.
    private let hasMadeBeside: Bool
    /// Whether there was no journal before.
    let hasMadeJournal: Bool

    /// Makes the journal's file, readable by its owner alone, if there is none.
    ///
    /// - Throws: if another one holds the lock, if the journal has more than one name, or if a file
    ///   cannot be made.
    init(of path: String) throws(StoreFailure) {
        let lock = path + "-lock"
        self.path = path
        (beside, hasMadeBeside) = Self.open(lock, O_RDWR)
        guard beside >= 0 else {
            throw StoreFailure(
                "\(lock) cannot be created (\(Self.reason)): "
                    + "check that its folder exists and may be written")
        }
        var isHeld = false
        do throws(StoreFailure) {
            try Self.take(beside, of: path)
            // Whoever had it may have taken the file away just now.
            guard FileFacts(lock)?.identity == FileFacts(beside)?.identity else {
                throw Self.isOpen(path)
            }
            isHeld = true
            (journal, identity, hasMadeJournal) = try Self.lockJournal(path)
        } catch {
            if isHeld, hasMadeBeside { unlink(lock) }
            Glibc.close(beside)
            throw error
        }
    }

    /// Opens a file, and makes it, readable by its owner alone, if there is none.
    private static func open(
        _ path: String, _ access: Int32
    ) -> (descriptor: Int32, isNew: Bool) {
        let made = Glibc.open(path, access | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard made < 0 else { return (made, true) }
        return (Glibc.open(path, access | O_CREAT | O_CLOEXEC, 0o600), false)
    }

    /// Takes away what was made, while it is locked: the journal, if there was none before, with what lies
    /// beside it; the lock's own file last.
    func takeAway() {
        if hasMadeJournal {
            for end in ["-wal", "-shm", "-head", ""] { unlink(path + end) }
        }
        if hasMadeBeside { unlink(path + "-lock") }
    }

    private static func lockJournal(
        _ path: String
    ) throws(StoreFailure) -> (Int32, FileFacts.Identity?, isNew: Bool) {
        guard !isHeld(path) else { throw isOpen(path) }
        let (journal, isNew) = open(path, O_RDONLY)
        // Why it cannot be opened is told by SQLite, which is next.
        guard journal >= 0 else { return (journal, nil, false) }
        do throws(StoreFailure) {
            try take(journal, of: path)
            guard let found = FileFacts(journal), found.names == 1 else {
                throw StoreFailure(
                    "\(path) has another name (a hard link), and its log lies beside one of them "
                        + "alone: find it with 'find -samefile \(path)' and remove it, or restore a "
                        + "copy")
            }
            held.withLock { _ = $0.insert(found.identity) }
            return (journal, found.identity, isNew)
        } catch {
            Glibc.close(journal)
            throw error
        }
    }

    private static func take(_ descriptor: Int32, of path: String) throws(StoreFailure) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        throw errno == EWOULDBLOCK
            ? isOpen(path) : StoreFailure("\(path) cannot be locked: \(reason)")
    }

    private static func isOpen(_ path: String) -> StoreFailure {
        StoreFailure("\(path) is open in another server: stop that one first")
    }

    private static var reason: Phrase { .system(String(cString: strerror(errno))) }

    deinit {
        if let identity { Self.held.withLock { _ = $0.remove(identity) } }
        for descriptor in [journal, beside] where descriptor >= 0 {
            // Closing alone would leave it to a child process that has just been forked and still
            // has the descriptor.
            flock(descriptor, LOCK_UN)
            Glibc.close(descriptor)
        }
    }
}
