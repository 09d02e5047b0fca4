// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Enquiries
import Queue
import Texts

/// `kezek.v1.Response` from and to bytes.
public enum ResponseCodec {
    /// Builds a response and packs it, its frame header included.
    ///
    /// `write` is given the size and a function that fills exactly that many bytes. False if the
    /// response is longer than a frame may be; then nothing was written.
    @inline(__always)
    public static func encode(
        _ response: WireResponse, _ arena: Arena,
        write: (Int, (UnsafeMutableRawPointer) -> Void) -> Void
    ) -> Bool {
        guard let message = try? WireWriter(arena: arena).response(response) else { return false }
        let size = kezek__v1__response__get_packed_size(message)
        guard size <= CallLimit.responseFrameBytes else { return false }
        let header = FrameHeader.size(length: size)
        write(header + size) { target in
            FrameHeader.write(length: size, to: target)
            let body = (target + header).assumingMemoryBound(to: UInt8.self)
            kezek__v1__response__pack(message, body)
        }
        return true
    }

    /// Decodes a frame's message; nil if it is not a response that this client understands.
    public static func decode(_ bytes: UnsafeRawBufferPointer, _ arena: Arena) -> WireResponse? {
        let unpacked = arena.withAllocator { allocator in
            kezek__v1__response__unpack(
                allocator, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        guard let message = unpacked?.pointee else { return nil }
        let reader = WireReader(language: .en)
        let result: Result<Reply, Refusal>
        do throws(Refusal) {
            if let status = message.status {
                result = .failure(try reader.status(status.pointee))
            } else {
                result = .success(try reader.responseReply(message))
            }
        } catch { return nil }
        return WireResponse(id: message.id, result: result, more: message.more != 0)
    }
}

extension WireReader {
    fileprivate func status(_ message: Kezek__V1__Status) throws(Refusal) -> Refusal {
        let field = try text(message.field, "status.field")
        // A reason newer than this client still has a code and a message to show.
        let reason =
            UInt8(exactly: message.reason.rawValue).flatMap(Refusal.Reason.init(rawValue:))
            ?? .invalidField
        return Refusal(
            reason, try text(message.message, "status.message"),
            field: field.isEmpty ? nil : field,
            nextOpening: message.next_opening == nil
                ? nil : try moment(message.next_opening, "status.next_opening"),
            alternatives: try moments(
                message.n_alternatives, message.alternatives, "status.alternatives"),
            retryAfterMilliseconds: message.retry_after_ms, subject: try subject(message),
            isOutcomeUnknown: message.outcome_unknown != 0)
    }

    private func subject(_ message: Kezek__V1__Status) throws(Refusal) -> Refusal.Subject? {
        if let name = message.booking { return .booking(try booking(name).description) }
        guard message.ticket.len > 0 else { return nil }
        return .ticket(try label(message.ticket, "status.ticket").description)
    }
}

extension WireWriter {
    @inline(__always)
    fileprivate func response(
        _ response: WireResponse
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Response> {
        try message(kezek__v1__response__init) { (message) throws(Full) in
            message.id = response.id
            message.more = response.more ? 1 : 0
            switch response.result {
            case .failure(let refusal): message.status = try status(refusal)
            case .success(let reply): try fill(&message, reply)
            }
        }
    }

    private func status(
        _ refusal: Refusal
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Status> {
        try message(kezek__v1__status__init) { (message) throws(Full) in
            message.code = Kezek__V1__Code(UInt32(refusal.code.rawValue))
            message.reason = Kezek__V1__Reason(UInt32(refusal.reason.rawValue))
            message.message = try text(refusal.message)
            message.field = try text(refusal.field ?? "")
            if let opening = refusal.nextOpening { message.next_opening = try moment(opening) }
            try list(refusal.alternatives, &message.n_alternatives, &message.alternatives) {
                (slot) throws(Full) in try moment(slot)
            }
            message.retry_after_ms = refusal.retryAfterMilliseconds
            message.outcome_unknown = refusal.isOutcomeUnknown ? 1 : 0
            switch refusal.subject {
            case .booking(let text): message.booking = try BookingID(text).map(name)
            case .ticket(let text): message.ticket = try label(TicketLabel(text))
            case nil: break
            }
        }
    }
}
