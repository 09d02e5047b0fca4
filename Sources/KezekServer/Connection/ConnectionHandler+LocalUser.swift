// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekWire
import Logging
import NIOCore

/// Where nobody is asked who they are, commands are taken from the server's own user and root alone.
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

    /// Whether a call may be made by whoever owns the other end; the kernel is asked at the first command.
    func isTaken(_ call: Call) -> Bool {
        guard desk.access == nil, desk.localUsers != .any, call.isCommand else { return true }
        if let takesCommands { return takesCommands }
        guard let context else { return false }
        let user = localUser ?? ownerOverTCP(context)
        let isTaken = desk.localUsers.take(user)
        takesCommands = isTaken
        if !isTaken {
            log.log(
                .warning, "commands of another user of this machine are refused",
                [
                    "peer": "\(self.peer(context))",
                    "user": "\(user.map { "\($0)" } ?? "unknown")",
                ])
        }
        return isTaken
    }

    private func ownerOverTCP(_ context: ChannelHandlerContext) -> UInt32? {
        guard let peer = context.remoteAddress, let own = context.localAddress else { return nil }
        return SocketOwner.user(at: peer, connectedTo: own)
    }
}

extension Call {
    /// Whether it changes something.
    fileprivate var isCommand: Bool {
        switch self {
        case .command, .applicationCommand, .decree, .forgetApplicant, .acceptClock, .visitCommand:
            true
        case .question, .queue, .watchBoard, .applications, .watchWorkingList, .visits,
            .watchVisitPlan, .health, .describe, .stats, .authenticate, .endWatch:
            false
        }
    }
}
