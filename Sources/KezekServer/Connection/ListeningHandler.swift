// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import NIOCore

/// Keeps a listening socket calm when no connection can be taken for want of files or memory.
///
/// Whoever waits to be taken keeps the socket readable. NIO goes on after such a failure, and would
/// try again at once and without end, holding up the loop's other connections.
final class ListeningHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How long nothing is taken after a failure.
    private static let pause = TimeAmount.milliseconds(250)
    /// How long it must have gone well before another failure is worth a line in the log.
    private static let quiet = TimeAmount.seconds(60)
    /// What passes when others let go of something; a peer that went away before it was taken is no
    /// reason to rest.
    private static let scarce: Set<CInt> = [EMFILE, ENFILE, ENOBUFS, ENOMEM]

    private let logger: Logger
    private let onFailure: @Sendable () -> Void
    private var lastFailure: NIODeadline?

    init(logger: Logger, onFailure: @escaping @Sendable () -> Void) {
        self.logger = logger
        self.onFailure = onFailure
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, Self.scarce.contains(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        onFailure()
        let now = NIODeadline.now()
        if lastFailure.map({ now - $0 > Self.quiet }) ?? true {
            logger.error(
                "no connection can be taken; those that are open go on",
                metadata: ["cause": "\(error)", "files": "\(OpenFiles.limit)"])
        }
        lastFailure = now
        // Holding `read` back would not do: after a failure NIO still owes the read that it was asked
        // for, and asks the kernel again by itself.
        let channel = context.channel
        try? channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.scheduleTask(in: Self.pause) {
            try channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
