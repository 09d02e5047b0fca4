// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekWire
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The sockets on which a server listens: one for calls, one for whoever reads its metrics.
extension Server {
    /// The loops' own things, by loop; every channel runs on one of them.
    typealias Contexts = [ObjectIdentifier: NIOLoopBoundBox<LoopContext>]

    /// Listens for calls; the channel is closed when no further connection is taken.
    func listenForCalls(
        _ group: MultiThreadedEventLoopGroup, _ desk: CallDesk, _ contexts: Contexts
    ) async throws -> any Channel {
        // NIO binds the socket, and a door takes the connections from it.
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: ServerLimits.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: false)
        return try await bind(bootstrap, address, group)
    }

    /// Takes connections from a channel that listens, until the door is shut; then the channel is closed.
    ///
    /// In the lines are those that no loop has looked at yet.
    ///
    /// `take` makes a connection of a socket, on the loop that it is given.
    func openDoor(
        of channel: any Channel, _ group: MultiThreadedEventLoopGroup, _ desk: CallDesk,
        take: @escaping @Sendable (CInt, any EventLoop) -> Void
    ) async throws -> (Door, lines: [WaitingLine]) {
        let socket = try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
                of: NIOBSDSocket.Handle.self
            ) { $0 }
        }.get()
        guard let socket else { throw StartError.cannotListen(address, "it is no socket") }
        let keeper = Doorkeeper()
        let lines = group.makeIterator().map { loop in
            WaitingLine(loop: loop) { one in
                keeper.wasSeen(one.address, after: .now() - one.since)
                take(one.socket, loop)
            }
        }
        let (logger, statistics) = (logger, desk.statistics[0])
        let places: @Sendable () -> Int? = { desk.access == nil ? nil : desk.strangers.places }
        let scarcity = NIOLockedValueBox(Scarcity())
        let turn = NIOLockedValueBox(0)
        let door = Door(
            socket: socket,
            rules: Door.Rules(
                kernelHas: { keeper.kernel(has: $0, of: $1) },
                takes: { keeper.takes(places: places()) },
                admits: { address in
                    let admission = keeper.admits(address, places: places(), at: .now())
                    guard admission == .closed else { return admission }
                    statistics.withLockedValue { $0.closed[.tooManyAtTheDoor, default: 0] += 1 }
                    desk.log.log(
                        .notice, "connection closed",
                        [
                            "peer": "\(address)",
                            "cause": "\(ConnectionState.Cause.tooManyAtTheDoor.rawValue)",
                        ])
                    return admission
                },
                take: { socket, address, isSeldom in
                    let next = turn.withLockedValue { turn in
                        defer { turn = (turn + 1) % lines.count }
                        return turn
                    }
                    lines[next].add(
                        WaitingLine.Connection(socket: socket, address: address, since: .now()),
                        isSeldom: isSeldom)
                },
                onScarcity: { cause in
                    statistics.withLockedValue { $0.acceptFailures += 1 }
                    scarcity.withLockedValue { $0.failed(String(cString: strerror(cause)), logger) }
                }))
        door.open { channel.close(promise: nil) }
        return (door, lines)
    }

    /// Makes a connection of a socket, on its loop, with handlers that are added after that of TLS.
    func take(
        _ socket: CInt, _ tls: NIOSSLContext?, _ loop: any EventLoop,
        _ addHandlers: @escaping @Sendable (any Channel) throws -> Void
    ) {
        _ = ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            // A watcher may be silent for ever; the kernel finds out whether it is still there.
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(
                .writeBufferWaterMark,
                value: .init(
                    low: ServerLimits.buffers.unsentLow, high: ServerLimits.buffers.unsentHigh)
            )
            .channelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 2048, initial: 8192, maximum: ServerLimits.buffers.reading)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLServerHandler(context: tls))
                    }
                    try addHandlers(channel)
                }
            }
            .withConnectedSocket(socket)
    }

    /// Listens for readers of metrics, if the settings say where.
    func listenForReaders(
        _ group: MultiThreadedEventLoopGroup, _ desk: CallDesk
    ) async throws {
        guard let metrics else { return }
        let page = MetricsPage(
            desk: desk, started: Double(desk.now().second),
            memoryLimit: metrics.memoryLimit ?? ProcessFigures.memoryLimit, others: metrics.others)
        let readers = Readers()
        let bootstrap = bootstrap(group, desk)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(MetricsRequestLimit())
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(
                        MetricsHandler(readers: readers, settings: metrics) { give in
                            page.desk.background { give(MetricsText.text(page.families())) }
                        })
                }
            }
        let channel = try await bind(bootstrap, metrics.address, group)
        logger.info("telling metrics", metadata: ["at": "\(metrics.address.bound(to: channel))"])
    }

    private func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ desk: CallDesk
    ) -> ServerBootstrap {
        let (logger, statistics) = (logger, desk.statistics[0])
        return ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ListeningHandler(logger: logger) {
                            statistics.withLockedValue { $0.acceptFailures += 1 }
                        })
                }
            }
    }

    func bind(
        _ bootstrap: ServerBootstrap, _ address: Endpoint, _ group: MultiThreadedEventLoopGroup
    ) async throws -> any Channel {
        do {
            switch address {
            case .tcp(let host, let port):
                return try await bootstrap.childChannelOption(
                    .tcpOption(.tcp_nodelay), value: 1
                ).bind(host: host, port: port).get()
            case .unix(let path):
                // A socket file that answers belongs to a server; one that does not was left behind.
                if let other = try? await ClientBootstrap(group: group).connect(
                    unixDomainSocketPath: path
                ).get() {
                    try? await other.close()
                    throw StartError.cannotListen(address, "it is in use")
                }
                return try await bootstrap.bind(
                    unixDomainSocketPath: path, cleanupExistingSocketFile: true
                ).get()
            }
        } catch let error as StartError {
            throw error
        } catch is UnixDomainSocketPathWrongType {
            throw StartError.cannotListen(address, "something that is no socket has this name")
        } catch SocketAddressError.unixDomainSocketPathTooLong {
            throw StartError.cannotListen(
                address, "its path is longer than the system takes for a socket")
        } catch SocketAddressError.unknown {
            throw StartError.cannotListen(address, "its name is not known")
        } catch {
            let code = (error as? IOError)?.errnoCode
            throw StartError.cannotListen(
                address, code.map { String(cString: strerror($0)) } ?? "\(error)")
        }
    }
}

extension Endpoint {
    /// Takes away the file of a Unix socket, which nobody listens to any more.
    func removeFile() {
        if case .unix(let path) = self { unlink(path) }
    }

    /// The same address with the port that the system chose.
    func bound(to channel: any Channel) -> Endpoint {
        guard case .tcp(let host, _) = self, let port = channel.localAddress?.port else {
            return self
        }
        return .tcp(host: host, port: port)
    }
}
