// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Enquiries
import KezekWire
import NIOCore
import NIOSSL
import NIOTLS
import Queue
import Texts

/// Writes requests, finds the responses in what arrives, and hands each to the call that waits for
/// it.
///
/// Everything here runs on the connection's event loop.
final class ResponseHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private struct Waiting {
        let receive: @Sendable (Result<WireResponse, CallFailure>) -> Void
        let token: ObjectIdentifier
        /// At the deadline of the first response: what a watch tells later comes when it comes.
        var timeout: Scheduled<Void>?
        let sentAt: NIODeadline
    }

    /// Asking after silence whether the server is still there.
    private struct Probing {
        let silence: TimeAmount
        let limit: TimeAmount
        var task: Scheduled<Void>?
    }

    private let arena = Arena(limit: CallLimit.decodedResponseBytes)
    private var context: ChannelHandlerContext?
    private var waiting: [UInt64: Waiting] = [:]
    private var lastID: UInt64 = 0
    private var pending = ByteBuffer()
    private var flushIsDue = false
    /// Whether the server asked for a new connection, or this one is gone.
    private var isRetired = false {
        didSet { if isRetired { health.retire() } }
    }
    private let health: ConnectionHealth
    /// When something was last read, or reading went on.
    private var lastRead = NIODeadline.now()
    private var hasRead = false
    private var hasAnswered = false
    private var isReading = true
    private var probing: Probing?
    /// Why it was ended before any call was sent, which is told to the first.
    private var ending: CallFailure?

    /// Whether TLS is still to be agreed on.
    private var shakesHands: Bool

    init(_ health: ConnectionHealth, shakesHands: Bool) {
        self.health = health
        self.shakesHands = shakesHands
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func send(
        _ call: Call, showing proof: BookingProof? = nil, _ language: Language,
        deadline: NIODeadline, token: ObjectIdentifier,
        receive: @escaping @Sendable (Result<WireResponse, CallFailure>) -> Void
    ) {
        guard let context, context.channel.isActive, !isRetired else {
            // A handshake can fail, or the server refuse the connection, before a call is sent.
            receive(.failure(ending ?? .gone))
            return
        }
        lastID += 1
        let id = lastID
        let left = (deadline - .now()).nanoseconds / 1_000_000
        arena.reset()
        let request = WireRequest(
            id: id, deadlineMilliseconds: UInt32(clamping: max(1, left)), language: language,
            call: call, proof: proof)
        guard let bytes = RequestCodec.encode(request, arena) else {
            receive(.failure(.tooLarge))
            return
        }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let timeout = context.eventLoop.scheduleTask(deadline: deadline) {
            handler.value.timeOut(id)
        }
        waiting[id] = Waiting(
            receive: receive, token: token, timeout: timeout, sentAt: .now())
        let header = FrameHeader.size(length: bytes.count)
        var buffer = context.channel.allocator.buffer(capacity: header + bytes.count)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: header) { target in
            FrameHeader.write(length: bytes.count, to: target.baseAddress!)
            return header
        }
        buffer.writeBytes(bytes)
        context.write(wrapOutboundOut(buffer), promise: nil)
        // Calls that are made in one turn of the loop leave in one packet.
        guard !flushIsDue else { return }
        flushIsDue = true
        context.eventLoop.execute { handler.value.flush() }
    }

    private func flush() {
        flushIsDue = false
        context?.flush()
    }

    func cancel(token: ObjectIdentifier) {
        guard let id = waiting.first(where: { $0.value.token == token })?.key else { return }
        finish(id, .failure(.cancelled))
    }

    private func finish(_ id: UInt64, _ result: Result<WireResponse, CallFailure>) {
        guard let call = waiting.removeValue(forKey: id) else { return }
        call.timeout?.cancel()
        call.receive(result)
        closeIfDone()
    }

    /// A call's deadline has passed.
    ///
    /// Where nothing at all has come since it was sent, the connection is
    /// taken for lost: no other call is to wait on it.
    private func timeOut(_ id: UInt64) {
        guard let call = waiting[id] else { return }
        if isReading, lastRead < call.sentAt { isRetired = true }
        finish(id, .failure(.timedOut))
    }

    // MARK: Silence

    func probe(after silence: TimeAmount, within limit: TimeAmount) {
        guard probing == nil, context != nil else { return }
        probing = Probing(silence: silence, limit: limit, task: nil)
        lookAgain(after: silence)
    }

    private func lookAgain(after time: TimeAmount) {
        guard let context, probing != nil else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        probing?.task = context.eventLoop.scheduleTask(in: time) { handler.value.look() }
    }

    private func look() {
        guard let probing, let context else { return }
        let silent = NIODeadline.now() - lastRead
        // A server that is going away takes no questions any more.
        if isRetired, isReading, silent >= probing.silence + probing.limit {
            fail(.timedOut)
            context.close(promise: nil)
            return
        }
        // What is not read because its reader is slow is no silence.
        guard isReading, !isRetired, silent >= probing.silence else {
            let isDue = isReading && !isRetired
            return lookAgain(
                after: isDue ? max(.milliseconds(1), probing.silence - silent) : probing.silence)
        }
        let token = Token()
        let asked = NIODeadline.now()
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        send(
            .health(watch: false), .en, deadline: asked + probing.limit,
            token: ObjectIdentifier(token)
        ) { [token] result in
            _ = token
            handler.value.probed(asked, result)
        }
    }

    private func probed(
        _ asked: NIODeadline, _ result: Result<WireResponse, CallFailure>
    ) {
        guard let probing else { return }
        if case .failure(.timedOut) = result, isReading, lastRead < asked {
            fail(.timedOut)
            context?.close(promise: nil)
        } else {
            lookAgain(after: probing.silence)
        }
    }

    /// Names a call that nobody gives up.
    private final class Token: Sendable {}

    func setReading(_ isReading: Bool) {
        guard let context, self.isReading != isReading else { return }
        self.isReading = isReading
        lastRead = .now()
        _ = context.channel.setOption(.autoRead, value: isReading)
    }

    /// A retired connection closes when its last call is answered.
    private func closeIfDone() {
        if isRetired, waiting.isEmpty { context?.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastRead = .now()
        hasRead = true
        var bytes = unwrapInboundIn(data)
        if pending.readableBytes == 0 { pending = bytes } else { pending.writeBuffer(&bytes) }
        if !hasAnswered, pending.isAlertOfTLS {
            let why = CallFailure.handshake(.onlyTLS)
            ending = why
            fail(why)
            context.close(promise: nil)
            return
        }
        var responses: [WireResponse] = []
        guard takeResponses(into: &responses) else {
            fail(.badResponse)
            context.close(promise: nil)
            return
        }
        if !responses.isEmpty { hasAnswered = true }
        for response in responses { deliver(response) }
    }

    /// Decodes every whole frame; false if something is no response.
    private func takeResponses(into responses: inout [WireResponse]) -> Bool {
        var consumed = 0
        let isSound = pending.withUnsafeReadableBytes { bytes in
            while true {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
                guard !rest.isEmpty else { return true }
                switch FrameHeader.read(rest, limit: CallLimit.responseFrameBytes) {
                case .incomplete: return true
                case .tooLong: return false
                case .complete(let header, let length):
                    guard rest.count >= header + length else { return true }
                    arena.reset()
                    let message = UnsafeRawBufferPointer(rebasing: rest[header..<header + length])
                    guard let response = ResponseCodec.decode(message, arena) else { return false }
                    responses.append(response)
                    consumed += header + length
                }
            }
        }
        pending.moveReaderIndex(forwardBy: consumed)
        // Reads that always end within a response must not make the buffer grow for ever.
        if pending.readerIndex > 1 << 20 { pending.discardReadBytes() }
        return isSound
    }

    private func deliver(_ response: WireResponse) {
        guard response.id != 0 else {
            // A notice: the server takes no further calls here.
            isRetired = true
            if case .failure(let refusal) = response.result, refusal.reason != .goingAway {
                ending = .refused(refusal)
                fail(.refused(refusal))
            }
            closeIfDone()
            return
        }
        // A response to a call that was given up finds nobody waiting.
        if response.more {
            waiting[response.id]?.timeout?.cancel()
            waiting[response.id]?.timeout = nil
            waiting[response.id]?.receive(.success(response))
        } else {
            finish(response.id, .success(response))
        }
    }

    private func fail(_ failure: CallFailure) {
        isRetired = true
        let calls = waiting
        waiting = [:]
        for call in calls.values {
            call.timeout?.cancel()
            call.receive(.failure(failure))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let why = ending ?? (shakesHands ? .handshake(.endedEarly) : .lost)
        ending = ending ?? (shakesHands ? why : .gone)
        fail(why)
        probing?.task?.cancel()
        probing = nil
        self.context = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { shakesHands = false }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Once something was read TLS was agreed on, and whatever comes later is a loss.
        if !hasRead, Self.isOfTLS(error) {
            let why = CallFailure.handshake(TLSProblem(error))
            ending = why
            fail(why)
        }
        context.close(promise: nil)
    }

    /// Whether TLS went wrong, and the peer did not only go away without a word.
    private static func isOfTLS(_ error: any Error) -> Bool {
        switch error {
        case NIOSSLError.uncleanShutdown: false
        case is NIOSSLError, is NIOSSLExtraError: true
        default: false
        }
    }
}

extension ByteBuffer {
    /// Whether it begins with an alert of TLS, as a server tells it to somebody who does not speak that.
    ///
    /// The type is 21 and the version 3.x; no response begins so.
    fileprivate var isAlertOfTLS: Bool {
        getInteger(at: readerIndex, as: UInt16.self) == 0x1503
    }
}
