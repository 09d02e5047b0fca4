// SPDX-License-Identifier: Apache-2.0

#if Web
import KezekServer
import NIOCore
import NIOHPACK
import NIOHTTP2

/// A stream of HTTP/2: one request with its response.
final class HTTP2Handler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let settings: WebSettings
    private let connection: WebConnection
    private var stream: WebStream?
    private var context: ChannelHandlerContext?

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
        case .headers(let part):
            // Trailers of a request say nothing.
            if stream == nil { begin(part.headers, isWhole: part.endStream) }
            if part.endStream { stream?.receiveEnd() }
        case .data(let part):
            if case .byteBuffer(let bytes) = part.data, bytes.readableBytes > 0 {
                stream?.receive(bytes)
            }
            if part.endStream { stream?.receiveEnd() }
        default: break
        }
    }

    private func begin(_ fields: HPACKHeaders, isWhole: Bool) {
        var head = WebHead(method: "", path: "")
        for (name, value, _) in fields {
            switch name {
            case ":method": head.method = value
            case ":path":
                head.path = String(value.prefix { $0 != "?" })
                head.query = String(value.dropFirst(head.path.count + 1))
            case ":authority": head.headers.insert((name: "host", value: value), at: 0)
            default: head.headers.append((name: name, value: value))
            }
        }
        let stream = WebStream(settings, connection, self)
        self.stream = stream
        stream.receive(head, isWhole: isWhole)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension HTTP2Handler: WebPipe {
    private func fields(_ headers: [(name: String, value: String)]) -> HPACKHeaders {
        HPACKHeaders(headers.map { ($0.name, $0.value) })
    }

    func write(_ status: Int, _ headers: [(name: String, value: String)], isLast: Bool) {
        let all = fields([(name: ":status", value: "\(status)")] + headers)
        context?.write(
            wrapOutboundOut(.headers(.init(headers: all, endStream: isLast))), promise: nil)
    }

    func write(_ body: ByteBuffer, sent: @escaping () -> Void) {
        guard let context else { return sent() }
        let bound = NIOLoopBound(sent, eventLoop: context.eventLoop)
        context.write(wrapOutboundOut(.data(.init(data: .byteBuffer(body))))).whenComplete { _ in
            bound.value()
        }
    }

    func end(_ trailers: [(name: String, value: String)]) {
        let last: HTTP2Frame.FramePayload =
            trailers.isEmpty
            ? .data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))
            : .headers(.init(headers: fields(trailers), endStream: true))
        context?.write(wrapOutboundOut(last), promise: nil)
    }

    func flush() { context?.flush() }

    /// The stream ends without the rest (RFC 9113, 8.1).
    func refuseRest() {
        context?.writeAndFlush(wrapOutboundOut(.rstStream(.noError)), promise: nil)
    }
}
#endif
