// SPDX-License-Identifier: Apache-2.0

public import KezekWire
import NIOCore
import NIOHTTP1

/// Where a server tells its metrics, over HTTP, and what it knows besides its own.
public struct MetricsSettings: Sendable {
    /// Loopback or a Unix socket: nobody is asked who reads.
    public let address: Endpoint
    /// Called for each reading, on a thread that may wait.
    public let others: @Sendable () -> [MetricFamily]
    /// Bytes of memory that the process may use; nil for what the machine has, or gives the service.
    var memoryLimit: UInt64?

    public init(address: Endpoint, others: @escaping @Sendable () -> [MetricFamily] = { [] }) {
        self.address = address
        self.others = others
    }

    /// Connections of readers at one time; one more takes the place of one that has not asked yet.
    static let connections = 8
    /// The same from one address.
    static let connectionsOfAddress = 4
    /// Bytes that a reader may send in all.
    static let requestBytes = 8_192
    /// Seconds after which a reader's connection is closed, whatever it has come to.
    var seconds: Int64 = 10
    /// Seconds in which a reader must have asked.
    var secondsToAsk: Int64 = 2
}

/// Counts what a reader sends, and closes when it is more than a request can need.
final class MetricsRequestLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var received = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytes
        guard received <= MetricsSettings.requestBytes else {
            return context.close(promise: nil)
        }
        context.fireChannelRead(data)
    }
}

/// Answers one request with the metrics, then closes.
final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let readers: Readers
    private let settings: MetricsSettings
    private let text: @Sendable (@escaping @Sendable (String) -> Void) -> Void
    private var request: HTTPRequestHead?
    private var number: UInt64?
    private var timer: Scheduled<Void>?

    /// `text` makes the page on another thread and hands it to what it is given.
    init(
        readers: Readers, settings: MetricsSettings,
        text: @escaping @Sendable (@escaping @Sendable (String) -> Void) -> Void
    ) {
        self.readers = readers
        self.settings = settings
        self.text = text
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        number = readers.enter(PeerAddress(context.remoteAddress)) { channel.close(promise: nil) }
        guard number != nil else { return context.close(promise: nil) }
        closeLater(.seconds(min(settings.secondsToAsk, settings.seconds)), context)
        context.fireChannelActive()
    }

    private func closeLater(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        if let number { readers.leave(number) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        // What follows the first is never looked at: the answer closes.
        case .head(let head): if request == nil { answer(head, context) }
        case .body, .end: break
        }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        request = head
        if let number { readers.asked(number) }
        closeLater(.seconds(settings.seconds), context)
        let path = head.uri.prefix { $0 != "?" }
        guard path == "/metrics" else {
            return respond(.notFound, "Metrics are at /metrics.\n", context)
        }
        guard head.method == .GET || head.method == .HEAD else {
            return respond(
                .methodNotAllowed, "Metrics are read with GET.\n", context, ("allow", "GET, HEAD"))
        }
        let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        text { text in
            loop.execute {
                let (handler, context) = handler.value
                guard context.channel.isActive else { return }
                handler.respond(
                    .ok, text, context, ("content-type", MetricsText.contentType))
            }
        }
    }

    private func respond(
        _ status: HTTPResponseStatus, _ text: String, _ context: ChannelHandlerContext,
        _ header: (name: String, value: String)? = nil
    ) {
        var headers: HTTPHeaders = [
            "content-length": "\(text.utf8.count)", "connection": "close",
            "cache-control": "no-store",
        ]
        if let header { headers.add(name: header.name, value: header.value) }
        if !headers.contains(name: "content-type") {
            headers.add(name: "content-type", value: "text/plain; charset=utf-8")
        }
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request?.method != .HEAD {
            let body = context.channel.allocator.buffer(string: text)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}
