// SPDX-License-Identifier: Apache-2.0

import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TestKit

/// A network between a client and its server that can go silent, be slow, and break.
final class Proxy: Sendable {
    /// What becomes of what the server sends on a connection that is made from now on.
    enum Way: Sendable {
        case passing
        case slow(TimeAmount)
        case silent
        /// So many bytes of the server pass, and then both sides are cut.
        case cutting(after: Int)
    }

    private struct State {
        var way = Way.passing
        var links: [ObjectIdentifier: Link] = [:]
    }

    private let state = NIOLockedValueBox(State())
    private let target: Endpoint
    private let listening = NIOLockedValueBox<(any Channel)?>(nil)

    private init(_ target: Endpoint) { self.target = target }

    static func start(to target: Endpoint) async throws -> Proxy {
        let proxy = Proxy(target)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let link = Link(proxy, channel, proxy.state.withLockedValue { $0.way })
                    try channel.pipeline.syncOperations.addHandler(End(link, isServer: false))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        proxy.listening.withLockedValue { $0 = channel }
        return proxy
    }

    var endpoint: Endpoint {
        .tcp(
            host: "127.0.0.1",
            port: listening.withLockedValue { $0?.localAddress?.port } ?? 0)
    }

    /// The connections of clients that are open.
    var open: Int { state.withLockedValue { $0.links.count } }

    func set(_ way: Way) { state.withLockedValue { $0.way = way } }

    /// No byte passes any more on the connections that are there, and none of them is closed.
    func silence() {
        for link in state.withLockedValue({ Array($0.links.values) }) { link.silence() }
    }

    /// A client is there.
    ///
    /// Not before its connection is active: what is asked of it earlier, such as to be read, is lost.
    fileprivate func came(_ link: Link) {
        state.withLockedValue { $0.links[ObjectIdentifier(link)] = link }
        link.connect(to: target)
    }

    fileprivate func gone(_ link: Link) {
        state.withLockedValue { $0.links[ObjectIdentifier(link)] = nil }
    }

    func stop() async throws {
        for link in state.withLockedValue({ Array($0.links.values) }) { link.cut() }
        try await listening.withLockedValue { $0 }?.close()
    }
}

/// The two connections between which the proxy stands.
private final class Link: Sendable {
    private struct State {
        var server: (any Channel)?
        var left: Int?
        var isSilent = false
        var isOver = false
    }

    private let proxy: Proxy
    private let client: any Channel
    private let delay: TimeAmount
    private let state: NIOLockedValueBox<State>

    init(_ proxy: Proxy, _ client: any Channel, _ way: Proxy.Way) {
        self.proxy = proxy
        self.client = client
        var (delay, left, isSilent) = (TimeAmount.zero, Int?.none, false)
        switch way {
        case .passing: break
        case .silent: isSilent = true
        case .slow(let time): delay = time
        case .cutting(let count): left = count
        }
        self.delay = delay
        state = NIOLockedValueBox(State(left: left, isSilent: isSilent))
    }

    func connect(to target: Endpoint) {
        let link = self
        // Also where it is closed before it has begun.
        client.closeFuture.whenComplete { [self] _ in ended(server: false) }
        let bootstrap = ClientBootstrap(group: client.eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(End(link, isServer: true))
                }
            }
        let made =
            switch target {
            case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
            case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
            }
        made.whenComplete { [self] result in
            switch result {
            case .failure: cut()
            case .success(let server):
                let isOver = state.withLockedValue { state in
                    state.server = server
                    return state.isOver
                }
                if isOver { return server.close(promise: nil) }
                client.setOption(.autoRead, value: true).whenComplete { [client] _ in
                    client.read()
                }
            }
        }
    }

    func silence() { state.withLockedValue { $0.isSilent = true } }

    func pass(_ bytes: ByteBuffer, fromServer: Bool) {
        let (isSilent, server, left) = state.withLockedValue { state in
            if fromServer { state.left = state.left.map { $0 - bytes.readableBytes } }
            return (state.isSilent, state.server, state.left)
        }
        guard !isSilent else { return }
        guard let to = fromServer ? client : server else { return }
        guard let left, left <= 0, fromServer else {
            guard delay > .zero else { return to.writeAndFlush(bytes, promise: nil) }
            to.eventLoop.scheduleTask(in: delay) { to.writeAndFlush(bytes, promise: nil) }
            return
        }
        // What is left passes, though it be half a frame.
        let part = bytes.getSlice(
            at: bytes.readerIndex, length: max(0, bytes.readableBytes + left))
        let end = client.eventLoop.makePromise(of: Void.self)
        end.futureResult.whenComplete { [self] _ in cut() }
        client.writeAndFlush(part ?? ByteBuffer(), promise: end)
    }

    /// A side is there; the server's is asked for when the client's is.
    func began(server: Bool) {
        if !server { proxy.came(self) }
    }

    /// One side is gone.
    func ended(server: Bool) {
        if !server { proxy.gone(self) }
        // Of a silent network nobody learns that the other side is gone.
        if state.withLockedValue({ $0.isSilent }), server { return }
        cut()
    }

    func cut() {
        client.close(promise: nil)
        let server = state.withLockedValue { state in
            state.isOver = true
            return state.server
        }
        server?.close(promise: nil)
    }
}

private final class End: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let link: Link
    private let isServer: Bool

    init(_ link: Link, isServer: Bool) {
        self.link = link
        self.isServer = isServer
    }

    func channelActive(context: ChannelHandlerContext) {
        link.began(server: isServer)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        link.pass(unwrapInboundIn(data), fromServer: isServer)
    }

    func channelInactive(context: ChannelHandlerContext) {
        link.ended(server: isServer)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
