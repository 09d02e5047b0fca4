// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekDisk
import Texts

/// A file that is not for everybody: the keys of a journal, the access list, a private key, and the
/// journal itself.
///
/// Its owner may write it and its group may read it, and nobody else may do anything: 0600, 0640 and
/// what is narrower, such as 0400. A server takes what belongs to its own user, or to root: another user could
/// change it while it runs, whatever its mode.
enum SecretFile {
    /// What the owner and the group may do at most.
    private static let widest: UInt32 = 0o640

    /// Refuses a file that others may read or write, or that belongs to another user; one that is not there is
    /// another's concern.
    ///
    /// - Throws: what its mode or its owner is, and what to do.
    static func check(_ path: String) throws {
        try checkMode(path)
        try requireOwner(path)
    }

    /// Refuses a file that others may read or write, whoever it belongs to.
    static func checkMode(_ path: String) throws {
        guard let mode = FileFacts(path)?.permissions, mode & ~widest != 0 else { return }
        throw CommandFailure(
            "\(path) may be read or changed by others (its mode is \(octal(mode))): see who had it, "
                + "then 'chmod 600 \(path)'; 0600, 0640 and 0400 are taken")
    }

    /// Refuses a file that belongs neither to the user who runs the program nor to root.
    static func requireOwner(_ path: String, of user: UInt32 = geteuid()) throws {
        guard let owner = FileFacts(path)?.owner, !isTaken(owner, by: user) else { return }
        throw CommandFailure(
            "\(path) belongs to the user \(owner), who could change it: see how it came there, then "
                + "'chown \(user) \(path)', or start the server as that user")
    }

    /// Whether a user takes a file of this owner.
    static func isTaken(_ owner: UInt32, by user: UInt32) -> Bool { owner == user || owner == 0 }

    /// Takes from others what earlier versions gave them, and tells the mode that it was.
    static func close(_ path: String) -> String? {
        guard let mode = FileFacts(path)?.permissions, mode & ~widest != 0, chmod(path, 0o600) == 0
        else { return nil }
        return octal(mode)
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
