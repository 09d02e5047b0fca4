// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import KezekDisk

/// A file that is written whole, or stays as it was.
enum WholeFile {
    /// Writes these bytes in the place of what is there.
    ///
    /// What is no file, such as a pipe or `/dev/stdout`, is written to directly.
    ///
    /// - Throws: why it cannot be written; nothing of it is left behind then.
    static func write(_ data: Data, to path: String) throws {
        let earlier = try facts(path)
        guard earlier?.isRegular ?? true else { return try writeThrough(data, path) }
        // What a link leads to is replaced, not the link.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let part = "\(target).\(getpid()).part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw CommandFailure.cannotWrite(path) }
        do {
            defer { close(descriptor) }
            if let earlier { fchmod(descriptor, mode_t(earlier.permissions)) }
            try all(data, to: descriptor, path)
            guard fsync(descriptor) == 0 else { throw CommandFailure.cannotWrite(path) }
            guard rename(part, target) == 0 else { throw CommandFailure.cannotWrite(path) }
        } catch {
            unlink(part)
            throw error
        }
    }

    /// What is there; nil for nothing.
    private static func facts(_ path: String) throws -> FileFacts? {
        guard let found = FileFacts(path) else { return nil }
        guard !found.isFolder else { throw CommandFailure.cannotWrite(path, EISDIR) }
        // Whoever may not write a file does not get round that by putting another in its place.
        guard access(path, W_OK) == 0 else { throw CommandFailure.cannotWrite(path) }
        return found
    }

    private static func writeThrough(_ data: Data, _ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure.cannotWrite(path) }
        defer { close(descriptor) }
        try all(data, to: descriptor, path)
    }

    private static func all(_ data: Data, to descriptor: Int32, _ path: String) throws {
        let code = Terminal.write(Array(data), to: descriptor)
        guard code == 0 else { throw CommandFailure.cannotWrite(path, code) }
    }
}
