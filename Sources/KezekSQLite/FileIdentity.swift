// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Which file it is, whatever its name, and how large it is.
struct FileIdentity: Hashable {
    let device: dev_t
    let number: ino_t
    /// Names that the file has.
    let names: nlink_t
    /// In bytes.
    let size: Int64

    /// Nil if there is no file of this name.
    init?(_ path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        self.init(found)
    }

    init?(_ descriptor: Int32) {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { return nil }
        self.init(found)
    }

    private init(_ found: stat) {
        (device, number, names) = (found.st_dev, found.st_ino, found.st_nlink)
        size = Int64(found.st_size)
    }

    static func == (one: FileIdentity, other: FileIdentity) -> Bool {
        one.device == other.device && one.number == other.number
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(device)
        hasher.combine(number)
    }
}
