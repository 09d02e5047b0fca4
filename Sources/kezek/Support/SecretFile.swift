// SPDX-License-Identifier: Apache-2.0

// Where a module is compiled as a whole, `stat` is CoreFoundation's.
import CoreFoundation
import Foundation
import Glibc
import Texts

/// A file that is not for everybody: the keys of a journal, the access list, a private key, and the
/// journal itself.
///
/// Its owner may write it and its group may read it, and nobody else may do anything: 0600, 0640 and
/// what is narrower, such as 0400.
enum SecretFile {
    /// What the owner and the group may do at most.
    private static let widest: mode_t = 0o640

    /// Refuses a file that others may read or write; one that is not there is another's concern.
    ///
    /// - Throws: what its mode is, and what to do.
    static func check(_ path: String) throws {
        guard let mode = Self.mode(of: path), mode & ~widest != 0 else { return }
        throw CommandFailure(
            "\(path) may be read or changed by others (its mode is \(octal(mode))): see who had it, "
                + "then 'chmod 600 \(path)'; 0600, 0640 and 0400 are taken")
    }

    /// Takes from others what earlier versions gave them, and tells the mode that it was.
    static func close(_ path: String) -> String? {
        guard let mode = Self.mode(of: path), mode & ~widest != 0, chmod(path, 0o600) == 0 else {
            return nil
        }
        return octal(mode)
    }

    private static func mode(of path: String) -> mode_t? {
        var found = stat()
        return stat(path, &found) == 0 ? found.st_mode & 0o7777 : nil
    }

    private static func octal(_ mode: mode_t) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
