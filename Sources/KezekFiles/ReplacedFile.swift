// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekDisk

/// Writes a file anew as a whole: whoever reads it meanwhile sees the old one or the new one.
///
/// The new file belongs to whom the old one did and has its mode, so that a server which could read the
/// old one can read the new one, whoever changed it. A symbolic link goes on leading where it led.
public enum ReplacedFile {
    /// Why the file was not written; it is as it was.
    public enum Failure: Error, Hashable, Sendable {
        /// What the system says, as `errno`.
        case system(Int32)
        /// The file is of this user and group, and whoever runs the program cannot give it back to them.
        case owner(user: UInt32, group: UInt32)
    }

    /// Puts these bytes in the place of what is there.
    ///
    /// A file that was not there is its owner's alone, or belongs to whom another does that stands beside
    /// it, if that is named. They are on disk when this returns.
    public static func write(
        _ bytes: some Sequence<UInt8>, to path: String, like other: String? = nil
    ) throws(Failure) {
        let target = resolved(path)
        let model = access(target, F_OK) == 0 ? target : other
        let new = target + ".new"
        unlink(new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(errno) }
        do throws(Failure) {
            defer { close(descriptor) }
            try fill(descriptor, Array(bytes), like: model)
        } catch {
            unlink(new)
            throw error
        }
        guard rename(new, target) == 0 else {
            let code = errno
            unlink(new)
            throw .system(code)
        }
        if let code = FileFolder(of: target).sync() { throw .system(code) }
    }

    private static func fill(
        _ descriptor: Int32, _ bytes: [UInt8], like model: String?
    ) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            // Nothing taken, and no cause: only a disk without room does so.
            guard count > 0 else { throw .system(count < 0 ? errno : ENOSPC) }
            written += count
        }
        if let model, let old = FileFacts(model) {
            // Giving it to others takes bits of the mode away, so that comes last.
            guard isOwned(descriptor, by: old) || fchown(descriptor, old.owner, old.group) == 0
            else { throw .owner(user: old.owner, group: old.group) }
            guard fchmod(descriptor, old.permissions) == 0 else { throw .system(errno) }
        }
        guard fsync(descriptor) == 0 else { throw .system(errno) }
    }

    private static func isOwned(_ descriptor: Int32, by old: FileFacts) -> Bool {
        FileFacts(descriptor).map { $0.owner == old.owner && $0.group == old.group } ?? false
    }

    /// Where a link leads; the path itself if there is nothing there.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
