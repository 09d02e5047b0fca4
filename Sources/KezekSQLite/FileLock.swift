// SPDX-License-Identifier: Apache-2.0

import Glibc
import Journal
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
    private static let held = Mutex<Set<FileIdentity>>([])

    private let beside: Int32
    private let journal: Int32
    private let identity: FileIdentity?

    /// Makes the journal's file, readable by its owner alone, if there is none.
    ///
    /// - Throws: if another one holds the lock, if the journal has more than one name, or if a file
    ///   cannot be made.
    init(of path: String) throws(StoreFailure) {
        beside = open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard beside >= 0 else {
            throw StoreFailure(
                "\(path)-lock cannot be created (\(Self.reason)): "
                    + "check that its folder exists and may be written")
        }
        do throws(StoreFailure) {
            try Self.take(beside, of: path)
            (journal, identity) = try Self.lockJournal(path)
        } catch {
            Glibc.close(beside)
            throw error
        }
    }

    private static func lockJournal(
        _ path: String
    ) throws(StoreFailure) -> (Int32, FileIdentity?) {
        guard FileIdentity(path).map({ id in held.withLock { !$0.contains(id) } }) ?? true else {
            throw isOpen(path)
        }
        let journal = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o600)
        // Why it cannot be opened is told by SQLite, which is next.
        guard journal >= 0 else { return (journal, nil) }
        do throws(StoreFailure) {
            try take(journal, of: path)
            guard let identity = FileIdentity(journal), identity.names == 1 else {
                throw StoreFailure(
                    "\(path) has another name (a hard link), and its log lies beside one of them "
                        + "alone: find it with 'find -samefile \(path)' and remove it, or restore a "
                        + "copy")
            }
            held.withLock { _ = $0.insert(identity) }
            return (journal, identity)
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
