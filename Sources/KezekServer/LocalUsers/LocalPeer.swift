// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekWire
import Logging
import NIOCore

/// Whose the other end of a connection is, where nobody is asked who they are: commands and questions about
/// people are taken from the server's own user and root alone.
///
/// It is of the connection's loop.
final class LocalPeer {
    private let channel: any Channel
    private let desk: CallDesk
    /// Who owns the other end, as far as it is known.
    private var user: UInt32?
    /// Whether that is the server's own user or root; nil as long as nobody has asked.
    private var isOfOwnUser: Bool?
    /// Whether the log has been told that another user's calls are refused.
    private var hasTold = false

    /// To be made on the loop, once the channel is connected: the kernel keeps from the beginning whose the other
    /// end of a Unix socket is.
    init(_ channel: any Channel, _ desk: CallDesk) {
        self.channel = channel
        self.desk = desk
        guard channel.remoteAddress?.port == nil, let socket = channel as? any SocketOptionProvider
        else { return }
        let found: EventLoopFuture<SocketOwner.Credentials> = socket.unsafeGetSocketOption(
            level: .socket, name: .init(rawValue: SO_PEERCRED))
        found.assumeIsolated().whenSuccess { self.user = $0.user }
    }

    /// Whether the other end is the server's own user's or root's, or it does not matter whose it is; the kernel
    /// is asked once.
    var isOwn: Bool {
        guard desk.localUsers != .any else { return true }
        if let isOfOwnUser { return isOfOwnUser }
        if user == nil { user = ownerOverTCP }
        let isOwn = desk.localUsers.take(user)
        isOfOwnUser = isOwn
        return isOwn
    }

    /// Whether a call may be made by whoever owns the other end: of another user's, what changes nothing and
    /// tells nothing of people.
    func takes(_ name: CallName) -> Bool {
        guard name.isCommand || name.isPersonal, !isOwn else { return true }
        if !hasTold {
            hasTold = true
            desk.log.log(
                .warning, "commands of another user, and questions about people, are refused",
                [
                    "peer": "\(PeerAddress.name(of: channel.remoteAddress))",
                    "user": "\(user.map { "\($0)" } ?? "unknown")",
                ])
        }
        return false
    }

    private var ownerOverTCP: UInt32? {
        guard let peer = channel.remoteAddress, let own = channel.localAddress else { return nil }
        return SocketOwner.user(at: peer, connectedTo: own)
    }
}
