// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// What a server said: its status and all that came with it.
struct Answer: Sendable {
    var status = 0
    var body: [UInt8] = []
}

/// Collects the one answer of a connection, as long as it may be.
final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let limit: Int
    private var collected = Answer()
    private var promise: EventLoopPromise<Answer>?

    init(limit: Int) { self.limit = limit }

    /// The answer, as soon as the handler is on a connection.
    var answer: EventLoopFuture<Answer>? { promise?.futureResult }

    func handlerAdded(context: ChannelHandlerContext) { promise = context.eventLoop.makePromise() }

    /// Whatever was not said by then never will be; an answer that came before stays.
    func handlerRemoved(context: ChannelHandlerContext) {
        promise?.fail(RoadFault.unreachable("the connection was closed"))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): collected.status = Int(head.status.code)
        case .body(let part):
            guard collected.body.count + part.readableBytes <= limit else {
                promise?.fail(RoadFault.tooLarge(limit))
                return context.close(promise: nil)
            }
            collected.body += part.readableBytesView
        case .end:
            promise?.succeed(collected)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let fault: RoadFault =
            switch error {
            case let fault as RoadFault: fault
            case let error as IOError: .unreachable("\(error)")
            default: .unreadable("\(error)")
            }
        promise?.fail(fault)
        context.close(promise: nil)
    }
}
