// SPDX-License-Identifier: Apache-2.0

#if Web
import Foundation
import KezekWire
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import TestKit

/// A client of gRPC over HTTP/2 with prior knowledge, as plain as one can be.
final class GRPCCaller: Sendable {
    let channel: any Channel
    private let multiplexer: NIOHTTP2Handler.StreamMultiplexer

    private init(_ channel: any Channel, _ multiplexer: NIOHTTP2Handler.StreamMultiplexer) {
        self.channel = channel
        self.multiplexer = multiplexer
    }

    static func connect(_ endpoint: Endpoint) async throws -> GRPCCaller {
        guard case .tcp(let host, let port) = endpoint else { throw CancellationError() }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host, port: port).get()
        var streams = NIOHTTP2Handler.StreamConfiguration()
        streams.targetWindowSize = 8 << 20
        let multiplexer = try await channel.configureHTTP2Pipeline(
            mode: .client, connectionConfiguration: .init(), streamConfiguration: streams
        ) { $0.eventLoop.makeSucceededVoidFuture() }.get()
        return GRPCCaller(channel, multiplexer)
    }

    func close() async { try? await channel.close() }

    /// What comes back of a stream, in its order.
    enum Event: Sendable {
        case headers(HPACKHeaders)
        case data([UInt8])
    }

    /// A stream that is open.
    struct Stream: Sendable {
        let channel: any Channel
        let events: AsyncStream<Event>

        /// Ends it as a client does that wants no more.
        func cancel() {
            channel.writeAndFlush(HTTP2Frame.FramePayload.rstStream(.cancel), promise: nil)
        }

        func send(_ bytes: [UInt8], isLast: Bool = false) {
            channel.writeAndFlush(
                HTTP2Frame.FramePayload.data(
                    .init(data: .byteBuffer(ByteBuffer(bytes: bytes)), endStream: isLast)),
                promise: nil)
        }

        /// All until its end.
        func answer() async -> Answer {
            var answer = Answer()
            for await event in events { answer.take(event) }
            return answer
        }

        /// All until it has a message; the rest is to be had by another call.
        func message() async -> [UInt8]? {
            var answer = Answer()
            for await event in events {
                answer.take(event)
                if let message = answer.messages.first { return message }
            }
            return nil
        }
    }

    struct Answer: Sendable {
        var headers: [HPACKHeaders] = []
        var body: [UInt8] = []

        mutating func take(_ event: Event) {
            switch event {
            case .headers(let fields): headers.append(fields)
            case .data(let bytes): body += bytes
            }
        }

        var status: String? { headers.first?.first(name: ":status") }

        /// The code of gRPC; nil without one.
        var code: Int? { headers.last?.first(name: "grpc-status").flatMap { Int($0) } }

        var message: String? { headers.last?.first(name: "grpc-message")?.removingPercentEncoding }

        /// The serialised `google.rpc.Status`.
        var details: [UInt8] {
            guard var text = headers.last?.first(name: "grpc-status-details-bin") else { return [] }
            while text.count % 4 != 0 { text += "=" }
            return Data(base64Encoded: text).map { Array($0) } ?? []
        }

        var messages: [[UInt8]] {
            var (messages, rest): ([[UInt8]], ArraySlice<UInt8>) = ([], body[...])
            while rest.count >= 5 {
                let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
                guard rest.count >= 5 + length else { break }
                messages.append(Array(rest.dropFirst(5).prefix(length)))
                rest = rest.dropFirst(5 + length)
            }
            return messages
        }
    }

    /// A message as it lies in a body.
    static func framed(_ message: [UInt8]) -> [UInt8] {
        [0] + withUnsafeBytes(of: UInt32(message.count).bigEndian) { Array($0) } + message
    }

    /// Begins a stream with these headers, which end it if `isLast`.
    func open(
        _ path: String, _ headers: [(String, String)] = [], type: String = "application/grpc",
        authority: String = "localhost", method: String = "POST", isLast: Bool = false
    ) async throws -> Stream {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let promise = channel.eventLoop.makePromise(of: (any Channel).self)
        multiplexer.createStreamChannel(promise: promise) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(Collector(continuation))
            }
        }
        let stream = try await promise.futureResult.get()
        var fields = HPACKHeaders([
            (":method", method), (":scheme", "http"), (":path", path), (":authority", authority),
        ])
        if !type.isEmpty { fields.add(name: "content-type", value: type) }
        for (name, value) in headers { fields.add(name: name, value: value) }
        stream.writeAndFlush(
            HTTP2Frame.FramePayload.headers(.init(headers: fields, endStream: isLast)),
            promise: nil)
        return Stream(channel: stream, events: events)
    }

    /// A call with one message.
    func begin(
        _ method: String, _ message: [UInt8] = [], _ headers: [(String, String)] = []
    ) async throws -> Stream {
        let stream = try await open("/" + method, headers)
        stream.send(Self.framed(message), isLast: true)
        return stream
    }

    func call(
        _ method: String, _ message: [UInt8] = [], _ headers: [(String, String)] = []
    ) async throws -> Answer {
        try await begin(method, message, headers).answer()
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload

    private let continuation: AsyncStream<GRPCCaller.Event>.Continuation

    init(_ continuation: AsyncStream<GRPCCaller.Event>.Continuation) {
        self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let part):
            continuation.yield(.headers(part.headers))
            if part.endStream { continuation.finish() }
        case .data(let part):
            if case .byteBuffer(let bytes) = part.data {
                continuation.yield(.data(Array(bytes.readableBytesView)))
            }
            if part.endStream { continuation.finish() }
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        continuation.finish()
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
}
#endif
