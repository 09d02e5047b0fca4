// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekEngine
import KezekWire
import NIOCore
import Queue
import Texts

/// What a whole frame is answered with: at once, or by handing the call on.
extension ConnectionHandler {
    /// Decodes a frame, and answers it if it is a call in time that its caller may make.
    ///
    /// False if it is no request, after which nothing of the connection is to be read any more.
    @inline(__always)
    func answer(_ bytes: UnsafeRawBufferPointer, into output: inout ByteBuffer) -> Bool {
        defer { loop.requests.wipe() }
        switch RequestCodec.decode(bytes, loop.requests) {
        case .refused(let id, let refusal):
            respond(id, nil, .failure(refusal), to: &output)
        case .malformed(let refusal):
            end = Ending(cause: .malformed, notice: refusal)
            count(nil, .failure(refusal), since: arrived)
            return false
        case .request(let request, let name):
            if request.deadlineMilliseconds > 0,
                NIODeadline.now() - arrived
                    > .milliseconds(Int64(request.deadlineMilliseconds))
            {
                respond(request.id, name, .failure(Self.tooLate(request.language)), to: &output)
            } else {
                answer(request, name, to: &output)
            }
        }
        return true
    }

    static func tooLate(_ language: Language) -> Refusal {
        return Refusal(
            .deadlinePassed, in: language, kk: "Сұрау мерзімі өтіп кетті; қайталауға болады.",
            ru: "Время ожидания запроса истекло; его можно повторить.",
            en: "The call's deadline passed before it was reached; it is safe to repeat.")
    }

    @inline(__always)
    private func answer(_ request: WireRequest, _ name: CallName, to output: inout ByteBuffer) {
        if let access = desk.access,
            let refusal = access.refusal(
                request.call, name, by: caller, now: desk.now(), clock: arrived,
                request.language)
        {
            return respond(request.id, name, .failure(refusal), to: &output)
        }
        guard localPeer?.takes(name) ?? true else {
            let refusal = AccessWording.otherUser(request.language)
            return respond(request.id, name, .failure(refusal), to: &output)
        }
        guard
            !desk.handOn(
                request, by: callerID, as: standing(of: request), to: handOn(request, name))
        else { return }
        switch request.call {
        case .authenticate(let token): authenticate(token, request, to: &output)
        case .queue(let question) where question.needsProof:
            let result = desk.answer(question, as: standing(of: request), in: request.language)
            respond(request.id, name, result, to: &output)
        case .watchBoard, .watchWorkingList, .watchVisitPlan: watch(request, name, to: &output)
        case .endWatch(let watch):
            let ended = endWatch(watch)
            respond(request.id, name, .success(.watchEnded(ended)), to: &output)
        default:
            var more = false
            if case .health(watch: true) = request.call, !isStranger, !state.isGoingAway,
                healthWatches.count < ServerLimits.watches
            {
                healthWatches.append(request.id)
                state.beginWatch()
                more = true
            }
            let result =
                if case .health = request.call {
                    Result<Reply, Refusal>.success(.health(desk.health(to: listener)))
                } else { desk.answer(request.call, in: request.language, loop.library) }
            respond(request.id, name, result, more: more, to: &output)
        }
    }

    /// In whose right the caller acts on bookings and tickets.
    private func standing(of request: WireRequest) -> Standing {
        desk.access?.standing(of: caller, showing: request.proof) ?? .office
    }

    /// Counts a response, and writes it.
    @inline(__always)
    func respond(
        _ id: UInt64, _ name: CallName?, _ result: Result<Reply, Refusal>, more: Bool = false,
        to output: inout ByteBuffer
    ) {
        loop.responses.reset()
        write(WireResponse(id: id, result: result, more: more), to: &output)
        count(name, result, since: arrived)
    }

    @inline(__always)
    func count(
        _ name: CallName?, _ result: Result<Reply, Refusal>, since arrived: NIODeadline
    ) {
        var refused: Refusal.Reason?
        if case .failure(let refusal) = result { refused = refusal.reason }
        let took = NIODeadline.now() - arrived
        loop.samples.append(
            LoopStatistics.Sample(
                call: name, refused: refused, nanoseconds: UInt64(max(0, took.nanoseconds))))
    }
}
