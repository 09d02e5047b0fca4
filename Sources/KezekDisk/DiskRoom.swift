// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How much room the disk of a file has (statvfs(3)).
public struct DiskRoom: Sendable {
    /// Bytes that this process may still fill; root may fill what is kept from others.
    public let bytes: UInt64
    /// Bytes of the whole disk.
    public let size: UInt64
    /// Whether another file can be made there.
    public let hasFiles: Bool

    public init(bytes: UInt64, size: UInt64, hasFiles: Bool) {
        (self.bytes, self.size, self.hasFiles) = (bytes, size, hasFiles)
    }

    /// The disk of a file or folder; nil if it is not there, or is of a kind that does not tell.
    public init?(of path: String) {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0, disk.f_blocks > 0 else { return nil }
        let block = UInt64(disk.f_frsize)
        bytes = UInt64(geteuid() == 0 ? disk.f_bfree : disk.f_bavail) * block
        size = UInt64(disk.f_blocks) * block
        // Some file systems count no files.
        hasFiles = disk.f_files == 0 || disk.f_ffree > 0
    }
}
