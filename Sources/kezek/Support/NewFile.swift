// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekDisk

/// A file that is made and never takes the place of another.
enum NewFile {
    /// Who may read it.
    enum Readers: UInt32 {
        /// Its owner alone, not even for a moment anybody else.
        case owner = 0o600
        case everybody = 0o644
    }

    /// Makes a file with these bytes, which are on disk when this returns, and so is its name.
    ///
    /// - Throws: why it cannot be made; also if there is one of this name.
    static func make(_ path: String, _ bytes: some Sequence<UInt8>, for readers: Readers) throws {
        let bytes = Array(bytes)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, readers.rawValue)
        guard descriptor >= 0 else {
            throw CommandFailure.cannotWrite(path)
        }
        defer { close(descriptor) }
        let taken = write(descriptor, bytes, bytes.count)
        guard taken == bytes.count, fsync(descriptor) == 0 else {
            // Of what is taken in part alone the system tells no cause: the disk has no more room.
            let why = (0..<bytes.count).contains(taken) ? ENOSPC : errno
            // Half a file would be in the way of a second try.
            unlink(path)
            throw CommandFailure.cannotWrite(path, why)
        }
        // A folder that this user may write and not read cannot be synced by them.
        if let code = FileFolder(of: path).sync(), code != EACCES {
            unlink(path)
            throw CommandFailure.cannotWrite(path, code)
        }
    }
}
