// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekWire
import NIOCore
import NIOSSL
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
        let timeout: Scheduled<Void>?
    }

    private let arena = Arena(limit: WireLimits.decodedResponse)
    private var context: ChannelHandlerContext?
    private var waiting: [UInt64: Waiting] = [:]
    private var lastID: UInt64 = 0
    private var pending = ByteBuffer()
    private var flushIsDue = false
    /// Whether the server asked for a new connection, or this one is gone.
    private(set) var isRetired = false
    /// Why it was ended before any call was sent, which is told to the first.
    private var ending: CallFailure?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func send(
        _ call: Call, _ language: Language, deadline: NIODeadline, token: ObjectIdentifier,
        receive: @escaping @Sendable (Result<WireResponse, CallFailure>) -> Void
    ) {
        guard let context, context.channel.isActive, !isRetired else {
            // A handshake can fail, or the server refuse the connection, before a call is sent.
            receive(.failure(ending ?? .lost))
            return
        }
        lastID += 1
        let id = lastID
        let left = (deadline - .now()).nanoseconds / 1_000_000
        arena.reset()
        let request = WireRequest(
            id: id, deadlineMilliseconds: UInt32(clamping: max(1, left)), language: language,
            call: call)
        guard let bytes = RequestCodec.encode(request, arena) else {
            receive(.failure(.tooLarge))
            return
        }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let timeout = context.eventLoop.scheduleTask(deadline: deadline) {
            handler.value.finish(id, .failure(.timedOut))
        }
        waiting[id] = Waiting(receive: receive, token: token, timeout: timeout)
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

    /// A retired connection closes when its last call is answered.
    private func closeIfDone() {
        if isRetired, waiting.isEmpty { context?.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if pending.readableBytes == 0 { pending = bytes } else { pending.writeBuffer(&bytes) }
        var responses: [WireResponse] = []
        guard takeResponses(into: &responses) else {
            fail(.badResponse)
            context.close(promise: nil)
            return
        }
        for response in responses { deliver(response) }
    }

    /// Decodes every whole frame; false if something is no response.
    private func takeResponses(into responses: inout [WireResponse]) -> Bool {
        var consumed = 0
        let isSound = pending.withUnsafeReadableBytes { bytes in
            while true {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
                guard !rest.isEmpty else { return true }
                switch FrameHeader.read(rest, limit: WireLimits.responseFrame) {
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
        fail(.lost)
        self.context = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? NIOSSLError {
            ending = .handshake("\(error)")
            fail(.handshake("\(error)"))
        }
        context.close(promise: nil)
    }
}
