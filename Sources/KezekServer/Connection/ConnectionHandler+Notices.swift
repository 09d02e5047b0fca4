// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekWire
import NIOCore

/// What a peer is told that it has not asked for.
extension ConnectionHandler {
    /// Tells the peer that the server stops: what it has sent is still answered.
    func goAway() {
        guard let context, !state.isGoingAway else { return }
        state.goAway(at: Self.seconds(.now()))
        var output = ByteBuffer()
        for id in healthWatches {
            let health = Reply.health(desk.health(to: listener))
            write(WireResponse(id: id, result: .success(health)), to: &output)
        }
        healthWatches = []
        for id in watches.requests { tell(id, more: false, to: &output) }
        watches.endAll()
        context.write(wrapOutboundOut(output), promise: nil)
        notify(.goingAway, context)
    }

    func notify(_ reason: Refusal.Reason, _ context: ChannelHandlerContext) {
        let message =
            reason == .goingAway
            ? "The server stops; send further calls over a new connection."
            : "The server has all the connections it takes; retry later."
        let pause: UInt32 = reason == .tooManyConnections ? ServerLimits.fullPause : 0
        notify(Refusal(reason, message, retryAfterMilliseconds: pause), context)
    }

    /// Sends a notice that answers no request.
    func notify(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        var output = ByteBuffer()
        write(WireResponse(id: 0, result: .failure(refusal)), to: &output)
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
    }
}
