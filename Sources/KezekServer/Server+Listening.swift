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

    func listenForCalls(
        _ group: MultiThreadedEventLoopGroup, _ desk: CallDesk, _ contexts: Contexts
    ) async throws -> any Channel {
        let tls = tls
        let bootstrap = bootstrap(group, contexts)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // A watcher may be silent for ever; the kernel finds out whether it is still there.
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(
                    low: ServerLimits.buffers.unsentLow, high: ServerLimits.buffers.unsentHigh)
            )
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 2048, initial: 8192, maximum: ServerLimits.buffers.reading)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let loop = contexts[ObjectIdentifier(channel.eventLoop)]!.value
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLServerHandler(context: tls.context))
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        ConnectionHandler(desk: desk, loop: loop, shakesHands: tls != nil))
                }
            }
        return try await bind(bootstrap, address, group)
    }

    /// Listens for readers of metrics, if the settings say where.
    func listenForReaders(
        _ group: MultiThreadedEventLoopGroup, _ desk: CallDesk, _ contexts: Contexts
    ) async throws {
        guard let metrics else { return }
        let page = MetricsPage(
            desk: desk, identity: tls, started: Double(desk.now().second),
            memoryLimit: metrics.memoryLimit ?? ProcessFigures.memoryLimit, others: metrics.others)
        let readers = Readers()
        let bootstrap = bootstrap(group, contexts)
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
        _ group: MultiThreadedEventLoopGroup, _ contexts: Contexts
    ) -> ServerBootstrap {
        let logger = logger
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let statistics = contexts[ObjectIdentifier(channel.eventLoop)]!.value.statistics
                    try channel.pipeline.syncOperations.addHandler(
                        ListeningHandler(logger: logger) {
                            statistics.withLockedValue { $0.acceptFailures += 1 }
                        })
                }
            }
    }

    private func bind(
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
        } catch {
            let code = (error as? IOError)?.errnoCode
            throw StartError.cannotListen(
                address, code.map { String(cString: strerror($0)) } ?? "\(error)")
        }
    }
}

extension Endpoint {
    /// The same address with the port that the system chose.
    func bound(to channel: any Channel) -> Endpoint {
        guard case .tcp(let host, _) = self, let port = channel.localAddress?.port else {
            return self
        }
        return .tcp(host: host, port: port)
    }
}
