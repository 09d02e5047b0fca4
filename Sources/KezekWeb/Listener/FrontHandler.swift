// SPDX-License-Identifier: Apache-2.0

#if Web
import KezekServer
import NIOCore
import NIOSSL
import NIOTLS

/// The first of a connection's handlers behind that of TLS: it has the connection at the desk.
final class FrontHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    let settings: WebSettings
    private let door: WebDoor
    private(set) var connection: WebConnection?
    var drainSeconds: Int { door.limits.drainSeconds }

    init(_ settings: WebSettings, _ door: WebDoor) {
        self.settings = settings
        self.door = door
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let events = WebDoor.Events(
            close: { bound.value.close(promise: nil) },
            goAway: { Self.goAway(bound.value) },
            finish: {
                Self.goAway(bound.value)
                // What was written leaves first.
                bound.value.writeAndFlush(NIOAny(ByteBuffer())).whenComplete { _ in
                    bound.value.close(promise: nil)
                }
            })
        connection = door.connect(context.channel, isTLS: settings.isTLS, events)
        guard connection != nil else { return context.close(promise: nil) }
        context.fireChannelActive()
    }

    private static func goAway(_ context: ChannelHandlerContext) {
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection?.end()
        connection = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection?.received(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
            connection?.shookHands(certificate.flatMap { try? $0.toDERBytes() })
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

/// Tells HTTP/2 with prior knowledge from HTTP/1.1, by what a client of it sends first (RFC 9113, 3.4).
final class PrefaceHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    private let front: FrontHandler
    private var bytes = ByteBuffer()

    init(_ front: FrontHandler) { self.front = front }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        bytes.writeBuffer(&part)
        let isPrefix = zip(bytes.readableBytesView, Self.preface).allSatisfy { $0 == $1 }
        guard !isPrefix || bytes.readableBytes >= Self.preface.count else { return }
        do {
            try isPrefix ? front.speakHTTP2(context.channel) : front.speakHTTP1(context.channel)
        } catch { return context.close(promise: nil) }
        let all = bytes
        bytes = ByteBuffer()
        context.fireChannelRead(wrapInboundOut(all))
        context.fireChannelReadComplete()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}
#endif
