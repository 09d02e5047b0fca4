// SPDX-License-Identifier: Apache-2.0

#if Web
import KezekServer
import NIOCore
import NIOHTTP1

/// A connection of HTTP/1.1: requests one after the other.
final class HTTP1Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let settings: WebSettings
    private let connection: WebConnection
    private var stream: WebStream?
    private var context: ChannelHandlerContext?
    /// Whether the connection goes on after the response.
    private var isKept = true
    private var isWhole = true
    private var isResponding = false

    init(_ settings: WebSettings, _ connection: WebConnection) {
        self.settings = settings
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    private func leave() {
        stream?.end()
        stream = nil
        context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let lengths = ["content-length", "transfer-encoding"]
            isWhole = !lengths.contains { head.headers.contains(name: $0) }
            isResponding = true
            isKept = head.isKeepAlive
            let path = head.uri.prefix { $0 != "?" }
            let stream = WebStream(settings, connection, self)
            self.stream = stream
            stream.receive(
                WebHead(
                    method: head.method.rawValue, path: String(path),
                    query: String(head.uri.dropFirst(path.count + 1)),
                    headers: head.headers.map { ($0.name.lowercased(), $0.value) }, isHTTP2: false),
                isWhole: isWhole)
        case .body(let bytes): stream?.receive(bytes)
        case .end:
            isWhole = true
            stream?.receiveEnd()
            settle()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            isKept = false
            if !isResponding { context.close(promise: nil) }
        } else if let event = event as? ChannelEvent, event == .inputClosed {
            // Nobody reads what is answered to half a request, or watches any more.
            if !isWhole || stream == nil { context.close(promise: nil) } else { isKept = false }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// After the response: the connection is for the next request, or ends.
    private func settle() {
        guard !isResponding, isWhole, let stream else { return }
        stream.end()
        self.stream = nil
    }
}

extension HTTP1Handler: WebPipe {
    func write(_ status: Int, _ headers: [(name: String, value: String)], isLast: Bool) {
        var fields = HTTPHeaders(headers.map { ($0.name, $0.value) })
        // What has not come of a request would be read as the next one.
        if !isWhole || connection.isGoingAway { isKept = false }
        if !isKept { fields.replaceOrAdd(name: "connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
        context?.write(wrapOutboundOut(.head(head)), promise: nil)
        if isLast { end([]) }
    }

    func write(_ body: ByteBuffer, sent: @escaping () -> Void) {
        guard let context else { return sent() }
        let bound = NIOLoopBound(sent, eventLoop: context.eventLoop)
        context.write(wrapOutboundOut(.body(.byteBuffer(body)))).whenComplete { _ in
            bound.value()
        }
    }

    func end(_ trailers: [(name: String, value: String)]) {
        guard let context else { return }
        isResponding = false
        let fields = trailers.isEmpty ? nil : HTTPHeaders(trailers.map { ($0.name, $0.value) })
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let isKept = isKept
        context.writeAndFlush(wrapOutboundOut(.end(fields))).whenComplete { _ in
            let handler = bound.value
            if !isKept { handler.context?.close(promise: nil) } else { handler.settle() }
        }
    }

    func flush() { context?.flush() }

    /// The connection ends with the response.
    func refuseRest() { isKept = false }
}
#endif
