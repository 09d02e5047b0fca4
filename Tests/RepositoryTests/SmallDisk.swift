// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit

/// A small disk for a journal, which only the programs of one namespace see: a tmpfs, so nothing of it
/// outlives them.
struct SmallDisk {
    /// Starts a program that sees it.
    let namespace: [String]
    let journal: String
    private let folder: String

    /// Whether this machine lets one be made.
    static let canBeMade: Bool = {
        // As a superuser, or as one of a namespace of its own.
        var status: Int32 = -1
        let words = unshare + ["sh", "-c", "mount -t tmpfs -o size=1m tmpfs /tmp"]
        var id: pid_t = 0
        var pointers = (["/usr/bin/env"] + words).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        guard posix_spawn(&id, "/usr/bin/env", nil, nil, &pointers, environ) == 0,
            waitpid(id, &status, 0) == id
        else { return false }
        return status == 0
    }()

    private static let unshare =
        getuid() == 0 ? ["unshare", "--mount"] : ["unshare", "--map-root-user", "--mount"]

    /// A disk of so many bytes on a folder that is made within another.
    init(_ parent: URL, size: Int) throws {
        let url = parent.appendingPathComponent("disk")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path
        journal = url.appendingPathComponent("kezek.sqlite").path
        namespace =
            Self.unshare + [
                "sh", "-c",
                "mount -t tmpfs -o size=\(size) tmpfs '\(folder)' && exec \"$0\" \"$@\"",
            ]
    }

    /// Writes a file of so many bytes beside the journal of a server that sees the disk.
    func fill(_ count: Int, server: Int32) throws {
        let file = "/proc/\(server)/root\(folder)/filled"
        guard FileManager.default.createFile(atPath: file, contents: nil),
            let handle = FileHandle(forWritingAtPath: file)
        else { throw CocoaError(.fileWriteUnknown) }
        let part = Data(repeating: 1, count: 1 << 20)
        for _ in 0..<(count >> 20) { try handle.write(contentsOf: part) }
        try handle.close()
    }
}
