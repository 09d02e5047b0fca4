// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// What a server said: its status and all that came with it.
struct Answer: Sendable {
    var status = 0
    var body: [UInt8] = []
}

/// Collects one answer, as long as it may be.
final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let promise: EventLoopPromise<Answer>
    private let limit: Int
    private var answer = Answer()

    init(_ promise: EventLoopPromise<Answer>, limit: Int) {
        self.promise = promise
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): answer.status = Int(head.status.code)
        case .body(let part):
            guard answer.body.count + part.readableBytes <= limit else {
                promise.fail(RoadFault.tooLarge(limit))
                return context.close(promise: nil)
            }
            answer.body += part.readableBytesView
        case .end:
            promise.succeed(answer)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(RoadFault.unreadable("\(error)"))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(RoadFault.unreachable("the connection was closed"))
        context.fireChannelInactive()
    }
}
