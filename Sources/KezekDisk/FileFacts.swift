// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the system tells of a file at one moment: which one it is, whatever its name, whose it is, and what it
/// is like (stat(2)).
///
/// Two are the same only if nothing has happened to the file in between: whoever moves it away and back, or puts
/// another of the same size and time of writing in its place, changes one of them. It is the one place that asks
/// `stat`, whose name Foundation takes where a module is compiled as a whole.
public struct FileFacts: Hashable, Sendable {
    /// Which file it is, whatever its name.
    public struct Identity: Hashable, Sendable {
        private let device: UInt64
        private let number: UInt64

        fileprivate init(_ found: stat) {
            (device, number) = (UInt64(found.st_dev), UInt64(found.st_ino))
        }
    }

    private struct Moment: Hashable {
        let seconds: Int
        let nanoseconds: Int

        init(_ time: timespec) { (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec) }
    }

    public let identity: Identity
    /// Names that the file has.
    public let names: Int
    /// The number of the user that it belongs to.
    public let owner: UInt32
    public let group: UInt32
    /// In bytes.
    public let size: Int64
    private let mode: mode_t
    /// When it was written last, and when anything about it was changed last, its name included.
    private let written: Moment
    private let changed: Moment

    /// A path as the system takes it, made once for a file that is looked at again and again.
    public struct Path: Sendable {
        fileprivate let bytes: ContiguousArray<CChar>

        public init(_ path: String) { bytes = path.utf8CString }
    }

    /// The file at a path, or to which a link there leads; nil if there is none.
    public init?(_ path: Path) {
        var found = stat()
        guard path.bytes.withUnsafeBufferPointer({ stat($0.baseAddress!, &found) }) == 0 else {
            return nil
        }
        self.init(found)
    }

    /// The file at a path, or to which a link there leads; nil if there is none.
    public init?(_ path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        self.init(found)
    }

    /// What is at a path itself, also a link that leads nowhere; nil for nothing.
    public init?(ofLink path: String) {
        var found = stat()
        guard lstat(path, &found) == 0 else { return nil }
        self.init(found)
    }

    /// The file that a descriptor has open; nil if it has none.
    public init?(_ descriptor: Int32) {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { return nil }
        self.init(found)
    }

    private init(_ found: stat) {
        identity = Identity(found)
        names = Int(found.st_nlink)
        (owner, group, mode) = (found.st_uid, found.st_gid, found.st_mode)
        size = Int64(found.st_size)
        (written, changed) = (Moment(found.st_mtim), Moment(found.st_ctim))
    }

    /// Who may do what with it, as `chmod` takes it.
    public var permissions: UInt32 { UInt32(mode & 0o7777) }

    /// Whether it is neither a folder nor a device, a socket or a pipe.
    public var isRegular: Bool { mode & S_IFMT == S_IFREG }

    public var isFolder: Bool { mode & S_IFMT == S_IFDIR }

    /// Bytes of the disk that are the file's, which are fewer than its size if it has holes; 0 for no file.
    public static func bytesOnDisk(_ path: String) -> Int64 {
        var found = stat()
        // In units of 512 bytes, whatever the disk's blocks are.
        return stat(path, &found) == 0 ? Int64(found.st_blocks) * 512 : 0
    }
}
