// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekWire
import Logging
import NIOCore

/// Where nobody is asked who they are, commands and questions about people are taken from the server's own user
/// and root alone.
extension ConnectionHandler {
    /// Learns whose the other end of a Unix socket is, which the kernel keeps from the beginning.
    func learnLocalUser(_ context: ChannelHandlerContext) {
        guard desk.access == nil, context.remoteAddress?.port == nil,
            let socket = context.channel as? any SocketOptionProvider
        else { return }
        let found: EventLoopFuture<SocketOwner.Credentials> = socket.unsafeGetSocketOption(
            level: .socket, name: .init(rawValue: SO_PEERCRED))
        found.assumeIsolated().whenSuccess { self.localUser = $0.user }
    }

    /// Whether the other end is the server's own user's or root's, or it does not matter whose it is; the kernel
    /// is asked once.
    var isOwnUsers: Bool {
        guard desk.access == nil, desk.localUsers != .any else { return true }
        if let isOfOwnUser { return isOfOwnUser }
        guard let context else { return false }
        if localUser == nil { localUser = ownerOverTCP(context) }
        let isOwn = desk.localUsers.take(localUser)
        isOfOwnUser = isOwn
        return isOwn
    }

    /// Whether a call may be made by whoever owns the other end: of another user's, what changes nothing and
    /// tells nothing of people.
    func isTaken(_ name: CallName) -> Bool {
        guard name.isCommand || name.isPersonal, !isOwnUsers else { return true }
        if !hasToldOtherUser, let context {
            hasToldOtherUser = true
            log.log(
                .warning, "commands of another user, and questions about people, are refused",
                [
                    "peer": "\(self.peer(context))",
                    "user": "\(localUser.map { "\($0)" } ?? "unknown")",
                ])
        }
        return false
    }

    private func ownerOverTCP(_ context: ChannelHandlerContext) -> UInt32? {
        guard let peer = context.remoteAddress, let own = context.localAddress else { return nil }
        return SocketOwner.user(at: peer, connectedTo: own)
    }
}
