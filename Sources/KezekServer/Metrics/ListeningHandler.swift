// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Keeps the listening socket of the metrics calm when no connection can be taken for want of files or
/// memory.
///
/// Whoever waits to be taken keeps the socket readable. NIO goes on after such a failure, and would
/// try again at once and without end, holding up the loop's other connections.
final class ListeningHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let logger: Logger
    private let onFailure: @Sendable () -> Void
    private var scarcity = Scarcity()

    init(logger: Logger, onFailure: @escaping @Sendable () -> Void) {
        self.logger = logger
        self.onFailure = onFailure
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, Scarcity.causes.contains(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        onFailure()
        scarcity.failed("\(error)", logger)
        // Holding `read` back would not do: after a failure NIO still owes the read that it was asked
        // for, and asks the kernel again by itself.
        let channel = context.channel
        try? channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(Scarcity.pauseMilliseconds))) {
            try channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
