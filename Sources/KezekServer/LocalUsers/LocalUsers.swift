// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Whose commands are taken where nobody is asked who they are: which of the machine's users own the
/// peer's socket, as the kernel tells.
public enum LocalUsers: Hashable, Sendable {
    /// The server's own user, and root.
    case own
    /// Everybody who can reach the address.
    case any
    /// These, by number.
    case only(Set<UInt32>)

    /// Whether commands of a socket's owner are taken; nil is an owner that nobody knows.
    func take(_ owner: UInt32?) -> Bool {
        guard self != .any else { return true }
        guard let owner else { return false }
        return switch self {
        case .own: owner == geteuid() || owner == 0
        case .any: true
        case .only(let users): users.contains(owner)
        }
    }
}
