// SPDX-License-Identifier: Apache-2.0

public import KezekWire
public import NIOCore
import Logging
import NIOPosix

/// A second address, where connections of another protocol are taken: at a door as that of calls is, and ended with
/// them.
public struct WebListener: Sendable {
    let address: Endpoint
    let onReady: @Sendable (Endpoint) -> Void
    let open: @Sendable (WebDoor, any Channel) throws -> Void

    /// `open` adds the handlers of a connection, on its loop, behind that of TLS; `onReady` is told the address once
    /// connections are taken.
    public init(
        address: Endpoint, onReady: @escaping @Sendable (Endpoint) -> Void = { _ in },
        open: @escaping @Sendable (WebDoor, any Channel) throws -> Void
    ) {
        self.address = address
        self.onReady = onReady
        self.open = open
    }
}

extension Server {
    /// Listens for connections of another protocol, if there is one; nil if not.
    func listenForWeb(
        _ group: MultiThreadedEventLoopGroup, _ desk: CallDesk, _ contexts: Contexts
    ) async throws -> (door: Door, lines: [WaitingLine])? {
        guard let web else { return nil }
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: ServerLimits.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: false)
        let channel = try await bind(bootstrap, web.address, group)
        let door = WebDoor(desk: desk, contexts: contexts)
        let opened = try await openDoor(of: channel, group, desk) { socket, loop in
            self.take(socket, self.tls?.webContext, loop) { try web.open(door, $0) }
        }
        let bound = web.address.bound(to: channel)
        logger.info("listening for HTTP", metadata: ["address": "\(bound)"])
        web.onReady(bound)
        return (opened.0, opened.lines)
    }
}
