// SPDX-License-Identifier: Apache-2.0

// Where a module is compiled as a whole, `stat` is CoreFoundation's.
import CoreFoundation
import Foundation
import Glibc

/// A file that is written whole, or stays as it was.
enum WholeFile {
    /// Writes these bytes in the place of what is there.
    ///
    /// What is no file, such as a pipe or `/dev/stdout`, is written to directly.
    ///
    /// - Throws: why it cannot be written; nothing of it is left behind then.
    static func write(_ data: Data, to path: String) throws {
        let mode = try mode(path)
        guard mode & S_IFMT == S_IFREG else { return try writeThrough(data, path) }
        // What a link leads to is replaced, not the link.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let part = "\(target).\(getpid()).part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw CommandFailure.cannotWrite(path) }
        do {
            defer { close(descriptor) }
            let given = mode & 0o7777
            if given != 0 { fchmod(descriptor, given) }
            try all(data, to: descriptor, path)
            guard fsync(descriptor) == 0 else { throw CommandFailure.cannotWrite(path) }
            guard rename(part, target) == 0 else { throw CommandFailure.cannotWrite(path) }
        } catch {
            unlink(part)
            throw error
        }
    }

    /// The mode of what is there; that of a file without rights if nothing is.
    private static func mode(_ path: String) throws -> mode_t {
        var found = stat()
        guard stat(path, &found) == 0 else { return S_IFREG }
        guard found.st_mode & S_IFMT != S_IFDIR else { throw CommandFailure.cannotWrite(path) }
        // Whoever may not write a file does not get round that by putting another in its place.
        guard access(path, W_OK) == 0 else { throw CommandFailure.cannotWrite(path) }
        return found.st_mode
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
