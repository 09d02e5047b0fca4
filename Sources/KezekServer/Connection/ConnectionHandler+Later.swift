// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekEngine
import KezekWire
import NIOCore
import Queue

/// Calls that are answered later: commands, long questions and watches of boards.
extension ConnectionHandler {
    /// Where the outcome of a call is to be sent.
    func handOn(_ request: WireRequest, _ kind: CallKind) -> ReturnAddress {
        state.handedOn()
        let call = LoopMailbox.HandedOn(
            request: request.id, kind: kind, language: request.language, arrived: arrived)
        return ReturnAddress(mailbox: loop.mailbox, connection: number, call: call)
    }

    /// Takes what came for the connection; true if it is the first of its turn.
    func take(_ item: LoopMailbox.Item) -> Bool {
        guard let context else { return false }
        let isFirst = delivered.readableBytes == 0
        switch item {
        case .receipt(let call, let result):
            deliver(
                call,
                result.map { .receipt($0) }.mapError { $0.refusal(in: call.language) })
        case .answer(let call, let result): deliver(call, result)
        case .boardChanged(let request):
            guard context.channel.isWritable else {
                boardsToTell.insert(request)
                return false
            }
            tellBoard(request, more: true, to: &delivered)
        }
        return isFirst
    }

    private func deliver(_ call: LoopMailbox.HandedOn, _ result: Result<Reply, Refusal>) {
        loop.responses.reset()
        write(WireResponse(id: call.request, result: result), to: &delivered)
        count(call.kind, result, since: call.arrived)
        state.cameBack(at: Self.seconds(.now()))
    }

    /// Sends what came in one turn, and goes on with what had to wait for it.
    func finishDelivery() {
        guard let context else { return }
        let output = delivered
        delivered = ByteBuffer()
        finishChunk(output, context)
        state.writable(context.channel.isWritable, at: Self.seconds(.now()))
        if state.takesRequests, !isContinuing { work(context) }
        context.flush()
        releaseRead(context)
    }

    func watchBoard(
        _ office: OfficeID, _ since: UInt32, _ request: WireRequest, to output: inout ByteBuffer
    ) {
        guard let engine = desk.engine else {
            return respond(
                request.id, .board, .failure(CallDesk.noQueue(request.language)), to: &output)
        }
        let (mailbox, number, id) = (loop.mailbox, number, request.id)
        guard !state.isGoingAway, boards.count < ServerLimits.watches,
            let watch = engine.watch(
                office, { mailbox?.post(.boardChanged(request: id), to: number) })
        else {
            // Told once, without a watch: the caller sees that no more follows.
            let question = QueueQuestion.board(office, since: since)
            let result = desk.answer(.queue(question), in: request.language)
            return respond(request.id, .board, result, to: &output)
        }
        boards.add(id, office: office, language: request.language, since: since, watch)
        state.beginWatch()
        tellBoard(id, more: true, to: &output)
    }

    func tellBoard(_ request: UInt64, more: Bool, to output: inout ByteBuffer) {
        guard let engine = desk.engine, let language = boards.language(of: request) else { return }
        loop.responses.reset()
        do throws(CommandFault) {
            let board = try boards.news(
                of: request, engine, isLast: !more, now: desk.now())
            guard let board else { return }
            write(
                WireResponse(
                    id: request, result: .success(.queue(.board(board))), more: more), to: &output)
        } catch {
            boards.end(request)
            let refusal = error.refusal(in: language)
            write(WireResponse(id: request, result: .failure(refusal)), to: &output)
        }
    }

    @inline(__always)
    func write(_ response: WireResponse, to output: inout ByteBuffer) {
        let fits = ResponseCodec.encode(response, loop.responses) { size, fill in
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { target in
                fill(target.baseAddress!)
                return size
            }
        }
        guard !fits else { return }
        loop.responses.reset()
        let refusal = Refusal(
            .tooManyRows, "The reply is larger than a frame may be; ask for fewer rows.")
        write(WireResponse(id: response.id, result: .failure(refusal)), to: &output)
    }
}
