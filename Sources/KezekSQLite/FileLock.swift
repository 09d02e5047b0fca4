// SPDX-License-Identifier: Apache-2.0

import Glibc
import Journal

/// A lock that one process at a time holds, for as long as this value lives.
///
/// It lies in a file of its own: SQLite's locks are for single transactions, and readers must be
/// able to open the journal while a server writes it. The kernel lets go of it when the process
/// ends, however it ends, so a file that is left behind locks nobody out.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// - Throws: if another one holds the lock, or the file cannot be created.
    init(path: String, of journal: String) throws(StoreFailure) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StoreFailure(
                "\(path) cannot be created (\(String(cString: strerror(errno)))): "
                    + "check that its folder exists and may be written")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw StoreFailure(
                isHeld
                    ? "\(journal) is open in another server: stop that one first"
                    : "\(path) cannot be locked: \(reason)")
        }
    }

    deinit {
        // Closing alone would leave it to a child process that has just been forked and still has
        // the descriptor.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
