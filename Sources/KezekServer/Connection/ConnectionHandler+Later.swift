// SPDX-License-Identifier: Apache-2.0

import Applications
import Enquiries
import KezekEngine
import KezekWire
import NIOCore
import Parties
import Queue

/// Calls that are answered later: commands, long questions, and watches of boards and lists.
extension ConnectionHandler {
    /// Where the outcome of a call is to be sent.
    func handOn(_ request: WireRequest, _ name: CallName) -> ReturnAddress {
        state.handedOn()
        let call = LoopMailbox.HandedOn(
            request: request.id, name: name, language: request.language, arrived: arrived)
        return ReturnAddress(mailbox: loop.mailbox, connection: number, call: call)
    }

    /// Takes what came for the connection; true if it is the first of its turn.
    func take(_ item: LoopMailbox.Item) -> Bool {
        guard let context else { return false }
        let isFirst = delivered.readableBytes == 0
        switch item {
        case .receipt(let call, let receipt): deliver(call, .success(.receipt(receipt)))
        case .answer(let call, let result): deliver(call, result)
        case .changed(let request):
            guard context.channel.isWritable else {
                watchesToTell.insert(request)
                return false
            }
            tell(request, more: true, to: &delivered)
        }
        return isFirst
    }

    private func deliver(_ call: LoopMailbox.HandedOn, _ result: Result<Reply, Refusal>) {
        loop.responses.reset()
        write(WireResponse(id: call.request, result: result), to: &delivered)
        count(call.name, result, since: call.arrived)
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
        settleEnding(context)
        context.flush()
        releaseRead(context)
    }

    func watch(_ request: WireRequest, _ name: CallName, to output: inout ByteBuffer) {
        guard let subject = Watches.Subject(request.call) else { return }
        let (mailbox, number, id) = (loop.mailbox, number, request.id)
        // However often it changes, one word of it waits for the loop.
        let isTold = Told()
        guard !state.isGoingAway, watches.count < ServerLimits.watches,
            let watch = desk.watch(
                subject, by: callerID,
                {
                    if isTold.begin() { mailbox?.post(.changed(request: id), to: number) }
                })
        else {
            // Told once, without a watch: the caller sees that no more follows.
            let once = desk.once(subject, by: callerID, request, loop.library)
            return respond(request.id, name, once, to: &output)
        }
        watches.add(id, subject, language: request.language, watch, isTold)
        state.beginWatch()
        tell(id, more: true, to: &output)
    }

    /// Ends a watch; false if there is none of that request.
    ///
    /// A connection that watches nothing any more is idle as any other.
    func endWatch(_ request: UInt64) -> Bool {
        let hadHealth = healthWatches.contains(request)
        healthWatches.removeAll { $0 == request }
        let hadOther = watches.requests.contains(request)
        watches.end(request)
        watchesToTell.remove(request)
        if healthWatches.isEmpty, watches.count == 0 { state.endWatches() }
        return hadHealth || hadOther
    }

    /// Tells what is new of something that is watched.
    func tell(_ request: UInt64, more: Bool, to output: inout ByteBuffer) {
        guard let language = watches.language(of: request) else { return }
        loop.responses.reset()
        if let (call, name) = watches.call(of: request),
            let refusal = desk.access?.refusal(
                call, name, by: caller, now: desk.now(), clock: nil, language)
        {
            // What was begun by right is not told any more without it.
            watches.end(request)
            write(WireResponse(id: request, result: .failure(refusal)), to: &output)
            return
        }
        do throws(WatchFault) {
            guard let reply = try watches.news(of: request, desk, isLast: !more) else { return }
            let fits = write(
                WireResponse(id: request, result: .success(reply), more: more), to: &output)
            // A refusal was sent in its place, after which nobody expects more.
            if !fits { watches.end(request) }
        } catch {
            watches.end(request)
            let refusal = error.refusal(in: language)
            write(WireResponse(id: request, result: .failure(refusal)), to: &output)
        }
    }

    /// False if the response is too large for a frame, so that a refusal was written in its place.
    @inline(__always)
    @discardableResult
    func write(_ response: WireResponse, to output: inout ByteBuffer) -> Bool {
        let fits = ResponseCodec.encode(response, loop.responses) { size, fill in
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { target in
                fill(target.baseAddress!)
                return size
            }
        }
        guard !fits else { return true }
        loop.responses.reset()
        write(WireResponse(id: response.id, result: .failure(Self.tooManyRows)), to: &output)
        return false
    }

    static let tooManyRows = Refusal(
        .tooManyRows, "The reply is larger than a frame may be; ask for fewer rows.")
}
