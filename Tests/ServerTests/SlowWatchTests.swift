// SPDX-License-Identifier: Apache-2.0

import KezekClient
import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TestKit
import Testing
import Texts

/// Whoever takes the values of a watch slowly is not sent more than there is room for.
@Suite(.waits) struct SlowWatchTests {
    /// So many values of 64 KiB are as much as a server without an end would send here.
    private static let most = 2_000

    @Test func whatNobodyTakesIsNotRead() async throws {
        let sent = NIOLockedValueBox(0)
        let listening = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Flood(sent: sent, most: Self.most))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listening.localAddress?.port)
        let client = Client(.patient(.tcp(host: "127.0.0.1", port: port)))
        var values = client.watch(.watchHealth).makeAsyncIterator()
        #expect(try await values.next()?.parts.first?.name == "1")
        // Buffers fill, and then no more is sent.
        var last = -1
        let isStill = try await eventually {
            await pause(milliseconds: 200)
            defer { last = sent.withLockedValue { $0 } }
            return last == sent.withLockedValue { $0 }
        }
        #expect(isStill)
        #expect(sent.withLockedValue { $0 } < Self.most / 2)
        // What comes is all there, in order, however slowly it is taken.
        for number in 2...Self.most {
            #expect(try await values.next()?.parts.first?.name == "\(number)")
        }
        #expect(try await values.next() == nil)
        await client.close()
        try await listening.close()
    }
}

extension SlowWatchTests {
    /// A value taken while reading pauses for it must not leave reading paused: each value does both here,
    /// thousands of times.
    @Test func readingThatPausesAndGoesOnAtOnceGoesOn() async throws {
        let (sent, most) = (NIOLockedValueBox(0), 60_000)
        let listening = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Flood(sent: sent, most: most, bytes: 16))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listening.localAddress?.port)
        var settings = ClientSettings.patient(.tcp(host: "127.0.0.1", port: port))
        settings.watchBuffer = 1
        let client = Client(settings)
        var last = 0
        for try await health in client.watch(.watchHealth) {
            last += 1
            guard health.parts.first?.name == "\(last)" else { break }
        }
        #expect(last == most)
        await client.close()
        try await listening.close()
    }
}

/// A server that tells its health without an end, as fast as it is read.
private final class Flood: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let sent: NIOLockedValueBox<Int>
    private let most: Int
    private let bytes: Int
    private let arena = Arena(limit: 1 << 20)
    private var isAsked = false

    init(sent: NIOLockedValueBox<Int>, most: Int, bytes: Int = 64 << 10) {
        self.sent = sent
        self.most = most
        self.bytes = bytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isAsked = true
        flood(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { flood(context) }

    private func flood(_ context: ChannelHandlerContext) {
        guard isAsked else { return }
        while context.channel.isWritable {
            let number = sent.withLockedValue { $0 + 1 }
            guard number <= most else { return }
            sent.withLockedValue { $0 = number }
            context.writeAndFlush(wrapOutboundOut(response(number)), promise: nil)
        }
    }

    private func response(_ number: Int) -> ByteBuffer {
        let health = Health(parts: [
            .init(
                name: "\(number)", isServing: true,
                detail: String(repeating: "x", count: bytes))
        ])
        arena.reset()
        var buffer = ByteBuffer()
        _ = ResponseCodec.encode(
            WireResponse(id: 1, result: .success(.health(health)), more: number < most), arena
        ) { size, fill in
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { target in
                fill(target.baseAddress!)
                return size
            }
        }
        return buffer
    }
}
