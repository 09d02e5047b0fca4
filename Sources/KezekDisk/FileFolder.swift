// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The folder in which a file has its name.
public struct FileFolder: Hashable, Sendable {
    public let path: String

    /// That of a file by its path, which need not be there: `.` of a name alone.
    public init(of file: String) {
        guard let slash = file.lastIndex(of: "/") else {
            path = "."
            return
        }
        path = slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// Whether this process may make files in it; nobody may on a disk that is only read.
    public var isWritable: Bool { access(path, W_OK | X_OK) == 0 }

    /// Has its names on the disk: one that was made, given or taken away is so for good from then on.
    ///
    /// - Returns: why they are not, as `errno`; nil if they are.
    @discardableResult
    public func sync() -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 ? nil : errno
    }
}
