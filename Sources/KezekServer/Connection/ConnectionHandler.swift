// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Enquiries
import KezekEngine
import KezekWire
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOTLS
import Queue
import Texts

/// One connection: finds the frames in what arrives, answers each on the spot, and writes the
/// responses of a batch at once.
///
/// A question is answered on the event loop: it takes about a microsecond, less than handing it to
/// another thread would. What waits for the disk, or takes long, comes back through the mailbox.
final class ConnectionHandler: ChannelDuplexHandler, LoopConnection {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let desk: CallDesk
    let loop: LoopContext
    let log: BoundedLog
    var state: ConnectionState
    /// What arrived and is not answered: part of a frame, or frames that wait until the peer reads.
    private var pending = ByteBuffer()
    /// When the bytes came that completed the frames at hand.
    var arrived = NIODeadline.now()
    /// Whether whole frames wait for their turn after those of other connections.
    var isContinuing = false
    /// Why nothing more is read, and what the peer is told once all it asked before is answered.
    struct Ending {
        let cause: ConnectionState.Cause
        let notice: Refusal
    }
    var end: Ending?
    /// The requests that watch the server's health.
    var healthWatches: [UInt64] = []
    /// The access entry that the connection has shown a token of.
    var caller: String?
    /// Whose the other end is, where nobody is asked who they are.
    var localPeer: LocalPeer?
    /// Tokens on this connection that let nobody in.
    var failedTokens = 0
    var watches = Watches()
    /// Watches whose subject changed while the peer did not read.
    var watchesToTell: Set<UInt64> = []
    /// The connection's number among those of its loop.
    var number: UInt64 = 0
    /// Responses that came back, to leave in one write.
    var delivered = ByteBuffer()
    private var readIsHeld = false
    /// Where the peer is, by which it is counted as long as it is a stranger.
    var address = PeerAddress.local
    /// Whether it is counted among the strangers.
    var isStranger = false
    var context: ChannelHandlerContext?

    init(desk: CallDesk, loop: LoopContext, shakesHands: Bool) {
        self.desk = desk
        self.loop = loop
        log = desk.log
        state = ConnectionState(
            limits: desk.limits, now: Self.seconds(.now()), shakesHands: shakesHands)
    }

    static func seconds(_ time: NIODeadline) -> Double {
        Double(time.uptimeNanoseconds) / 1e9
    }

    // MARK: Life

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        number = loop.add(self)
        loop.statistics.withLockedValue { statistics in
            statistics.acceptedConnections += 1
            statistics.openConnections += 1
        }
        guard desk.openConnections <= desk.limits.connections else {
            notify(.tooManyConnections, context)
            close(for: .tooManyConnections, context)
            return
        }
        address = PeerAddress(context.remoteAddress)
        if desk.access == nil { localPeer = LocalPeer(context.channel, desk) }
        guard desk.access == nil || becomeStranger() else { return }
        context.fireChannelActive()
        // Accepted while the others were told: this one must hear it too.
        if desk.isStopping.withLockedValue({ $0 }) { goAway() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        leaveStrangers()
        self.context = nil
        loop.remove(number)
        watches.endAll()
        if let caller { desk.access?.leave(caller) }
        caller = nil
        loop.statistics.withLockedValue { $0.openConnections -= 1 }
        if pending.readableBytes > 0, !state.inputClosed, state.takesRequests {
            logClosing(.truncated, context)
        }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        log.log(.debug, "connection failed", ["peer": "\(peer(context))", "error": "\(error)"])
        context.close(promise: nil)
    }

    /// Whether time has brought something about that `check` does.
    func isDue(at now: Double) -> Bool { state.check(at: now) != .carryOn }

    func check(at now: Double) {
        guard let context else { return }
        obey(state.check(at: now), context)
    }

    private func obey(_ action: ConnectionState.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .carryOn: break
        case .close(let cause): close(for: cause, context)
        case .finish:
            // Whatever is still to be sent goes out first.
            context.writeAndFlush(wrapOutboundOut(ByteBuffer()))
                .whenComplete { [channel = context.channel] _ in channel.close(promise: nil) }
        }
    }

    func close(for cause: ConnectionState.Cause, _ context: ChannelHandlerContext) {
        count(cause, context)
        context.flush()
        context.close(promise: nil)
    }

    private func count(_ cause: ConnectionState.Cause, _ context: ChannelHandlerContext) {
        logClosing(cause, context)
        loop.statistics.withLockedValue { $0.closed[cause, default: 0] += 1 }
    }

    private func logClosing(_ cause: ConnectionState.Cause, _ context: ChannelHandlerContext) {
        log.log(
            .notice, "connection closed",
            ["peer": "\(peer(context))", "cause": "\(cause.rawValue)"])
    }

    func peer(_ context: ChannelHandlerContext) -> String {
        PeerAddress.name(of: context.remoteAddress)
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What follows on what is no request belongs to another protocol.
        guard !state.isEnding else { return }
        var bytes = unwrapInboundIn(data)
        let now = NIODeadline.now()
        state.received(at: Self.seconds(now))
        loop.statistics.withLockedValue { $0.bytesIn += UInt64(bytes.readableBytes) }
        // Frames that were whole before are answered before more is read, so all that is answered
        // now was completed by these bytes.
        arrived = now
        gather(&bytes)
        work(context)
    }

    /// Puts what came behind the part of a frame that is there.
    private func gather(_ bytes: inout ByteBuffer) {
        guard pending.readableBytes > 0 else {
            pending = bytes
            return
        }
        guard isStranger else {
            pending.writeBuffer(&bytes)
            return
        }
        // A token may come in two parts, of which none is to stay where it came.
        let parts = [pending, bytes]
        pending = ByteBufferAllocator().buffer(
            capacity: pending.readableBytes + bytes.readableBytes)
        for part in parts {
            pending.writeImmutableBuffer(part)
            part.withUnsafeReadableBytes { Self.wipe($0) }
        }
    }

    /// Overwrites what was read and is needed no more: a request has tokens and people's names in it.
    ///
    /// In place, also where the buffer is shared with the channel, which keeps it for what it reads next:
    /// a copy would leave the bytes where they are.
    private static func wipe(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(mutating: bytes).wipe()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        context.fireChannelReadComplete()
    }

    /// Answers a chunk of whole frames if the peer reads its responses; what is left takes its turn
    /// after the other connections of the loop.
    func work(_ context: ChannelHandlerContext) {
        guard state.takesRequests, !isContinuing else { return }
        var output = context.channel.allocator.buffer(capacity: 2048)
        let chunk = answerChunk(into: &output)
        finishChunk(output, context)
        let now = Self.seconds(.now())
        state.writable(context.channel.isWritable, at: now)
        let partLeft = chunk.end == .incomplete && pending.readableBytes > 0
        state.worked(requests: chunk.answered, partOfFrameLeft: partLeft, at: now)
        switch chunk.end {
        case .incomplete: settleInput(context)
        // Goes on when calls that were handed on come back.
        case .tooManyInFlight: break
        case .moreToAnswer:
            isContinuing = true
            let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.eventLoop.execute { handler.value.continueWork() }
        case .noRequest:
            pending = ByteBuffer()
            state.beginEnding(at: now)
            settleEnding(context)
        }
    }

    /// After what is no request: tells the peer and closes, once all that it asked before is answered.
    func settleEnding(_ context: ChannelHandlerContext) {
        guard let end, state.callsInFlight == 0 else { return }
        self.end = nil
        count(end.cause, context)
        notify(end.notice, context)
        // What was answered leaves first, as far as the peer reads it.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()))
            .whenComplete { [channel = context.channel] _ in channel.close(promise: nil) }
    }

    private func continueWork() {
        isContinuing = false
        guard let context else { return }
        work(context)
        context.flush()
        releaseRead(context)
    }

    /// After the peer has closed its side: closes too, once all it sent is answered.
    private func settleInput(_ context: ChannelHandlerContext) {
        guard state.inputClosed, state.takesRequests, !isContinuing, state.callsInFlight == 0
        else { return }
        obey(state.endOfInput(partOfFrameLeft: pending.readableBytes > 0), context)
    }

    /// Why a chunk ended.
    private enum ChunkEnd {
        /// No whole frame is left.
        case incomplete
        case moreToAnswer
        /// The connection has as many calls on their way as it may have.
        case tooManyInFlight
        /// What comes next is no request.
        case noRequest
    }

    /// Answers frames until none is whole, or enough were answered for one turn.
    private func answerChunk(into output: inout ByteBuffer) -> (answered: Int, end: ChunkEnd) {
        var (answered, consumed) = (0, 0)
        let end = pending.withUnsafeReadableBytes { bytes in
            while true {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
                // Whoever has just said who they are may send more from the next frame on.
                let limit = isStranger ? ServerLimits.strangerFrame : CallLimit.requestFrameBytes
                switch FrameHeader.read(rest, limit: limit) {
                case .incomplete: return ChunkEnd.incomplete
                case .tooLong:
                    self.end = Ending(
                        cause: .frameTooLong,
                        notice: isStranger ? Self.tooLargeOfStranger : Self.tooLarge)
                    return .noRequest
                case .complete(let header, let length):
                    guard rest.count >= header + length else { return .incomplete }
                    guard
                        output.readableBytes
                            < (isStranger
                                ? ServerLimits.strangerUnsent : ServerLimits.outputChunk),
                        answered < ServerLimits.requestsPerTurn
                    else { return .moreToAnswer }
                    guard state.takesRequests else { return .tooManyInFlight }
                    let message = UnsafeRawBufferPointer(rebasing: rest[header..<header + length])
                    defer { Self.wipe(message) }
                    guard answer(message, into: &output) else { return .noRequest }
                    answered += 1
                    consumed += header + length
                }
            }
        }
        pending.moveReaderIndex(forwardBy: consumed)
        // A peer whose reads always end within a frame never leaves the buffer empty; what was
        // answered must not stay in it for ever.
        if pending.readerIndex > ServerLimits.answeredBytesKept { pending.discardReadBytes() }
        return (answered, end)
    }

    private static let tooLarge = Refusal(
        .frameTooLarge,
        "The frame is longer than \(CallLimit.requestFrameBytes) bytes; send less at once.")
    private static let tooLargeOfStranger = Refusal(
        .frameTooLarge,
        "A frame before 'authenticate' has at most \(ServerLimits.strangerFrame) bytes; "
            + "say first who is calling.")

    func finishChunk(_ output: ByteBuffer, _ context: ChannelHandlerContext) {
        guard output.readableBytes > 0 else { return }
        loop.statistics.withLockedValue { statistics in
            statistics.record(loop.samples)
            statistics.bytesOut += UInt64(output.readableBytes)
        }
        loop.samples.removeAll(keepingCapacity: true)
        context.write(wrapOutboundOut(output), promise: nil)
    }

    // MARK: Slow and closing peers

    func read(context: ChannelHandlerContext) {
        if state.takesRequests, !isContinuing { context.read() } else { readIsHeld = true }
    }

    func releaseRead(_ context: ChannelHandlerContext) {
        guard readIsHeld, state.takesRequests, !isContinuing else { return }
        readIsHeld = false
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        state.writable(context.channel.isWritable, at: Self.seconds(.now()))
        if context.channel.isWritable, !watchesToTell.isEmpty {
            var output = ByteBuffer()
            for request in watchesToTell.sorted() { tell(request, more: true, to: &output) }
            watchesToTell = []
            context.write(wrapOutboundOut(output), promise: nil)
        }
        if state.takesRequests {
            work(context)
            context.flush()
            releaseRead(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            state.closeInput()
            settleInput(context)
        } else if case .handshakeCompleted? = event as? TLSUserEvent {
            shakenHands(context)
        }
        context.fireUserInboundEventTriggered(event)
    }
}
