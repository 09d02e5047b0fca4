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
                result = .success(try reader.reply(message))
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
            nextOpening: try optionalMoment(message.next_opening, "status.next_opening"),
            alternatives: try moments(
                message.n_alternatives, message.alternatives, "status.alternatives"),
            retryAfterMilliseconds: message.retry_after_ms, subject: try subject(message))
    }

    private func subject(_ message: Kezek__V1__Status) throws(Refusal) -> Refusal.Subject? {
        if let name = message.booking { return .booking(try booking(name).description) }
        return try optionalLabel(message.ticket, "status.ticket").map { .ticket($0.description) }
    }

    fileprivate func reply(_ message: Kezek__V1__Response) throws(Refusal) -> Reply {
        switch message.reply_case {
        case KEZEK__V1__RESPONSE__REPLY_DUE_DATE:
            .answer(.dueDate(try dueDate(message.due_date.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_DUE_DATES:
            .answer(.dueDates(try dueDates(message.due_dates.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_LATEST_START:
            .answer(.latestStart(try latestStart(message.latest_start.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_TIME_LEFT:
            .answer(.timeLeft(try timeLeft(message.time_left.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_WORKING_TIME:
            .answer(.workingTime(try workingTime(message.working_time.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_OFFICE_HOURS:
            .answer(.officeHours(try officeHours(message.office_hours.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_STANDARDS:
            .answer(.standards(try standards(message.standards.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_ADD_WORKING_DAYS:
            .answer(.addWorkingDays(try add(message.add_working_days.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_COUNT_WORKING_DAYS:
            .answer(.countWorkingDays(try count(message.count_working_days.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_CALENDAR_DAYS:
            .answer(.calendarDays(try days(message.calendar_days.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_BALANCE:
            .answer(.balance(try balance(message.balance.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_CALENDAR_CHANGES:
            .answer(.calendarChanges(try changes(message.calendar_changes.pointee)))
        case KEZEK__V1__RESPONSE__REPLY_HEALTH: .health(try health(message.health.pointee))
        case KEZEK__V1__RESPONSE__REPLY_DESCRIBE:
            .description(try description(message.describe.pointee))
        case KEZEK__V1__RESPONSE__REPLY_STATS: .stats(try stats(message.stats.pointee))
        case KEZEK__V1__RESPONSE__REPLY_AUTHENTICATE:
            .authenticated(try authentication(message.authenticate.pointee))
        case KEZEK__V1__RESPONSE__REPLY_END_WATCH:
            .watchEnded(message.end_watch.pointee.ended != 0)
        case KEZEK__V1__RESPONSE__REPLY_RECEIPT: .receipt(try receipt(message.receipt.pointee))
        case KEZEK__V1__RESPONSE__REPLY_DECREE: .decree(try decree(message.decree.pointee))
        case KEZEK__V1__RESPONSE__REPLY_FORGET_APPLICANT:
            .forgotten(keys: Int(message.forget_applicant.pointee.keys))
        case KEZEK__V1__RESPONSE__REPLY_ACCEPT_CLOCK:
            .clockAccepted(message.accept_clock.pointee.accepted != 0)
        default: try otherReply(message)
        }
    }

    private func otherReply(_ message: Kezek__V1__Response) throws(Refusal) -> Reply {
        if let answer = try queueAnswer(message) { return .queue(answer) }
        if let answer = try applicationAnswer(message) { return .applications(answer) }
        if let answer = try visitAnswer(message) { return .visits(answer) }
        if message.reply_case == KEZEK__V1__RESPONSE__REPLY_VISIT_RECEIPT {
            return .visitReceipt(try receipt(message.visit_receipt.pointee))
        }
        throw missing("reply")
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
            case .success(.answer(let answer)): try fill(&message, answer)
            case .success(.queue(let answer)): try fill(&message, answer)
            case .success(.applications(let answer)): try fill(&message, answer)
            case .success(.decree(let effects)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_DECREE
                message.decree = try decree(effects)
            case .success(.forgotten(let keys)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_FORGET_APPLICANT
                message.forget_applicant = try self.message(kezek__v1__forget_reply__init) {
                    $0.keys = UInt32(clamping: keys)
                }
            case .success(.clockAccepted(let accepted)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_ACCEPT_CLOCK
                message.accept_clock = try self.message(kezek__v1__accept_clock_reply__init) {
                    $0.accepted = accepted ? 1 : 0
                }
            case .success(.visits(let answer)): try fill(&message, answer)
            case .success(.visitReceipt(let receipt)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_VISIT_RECEIPT
                message.visit_receipt = try self.receipt(receipt)
            case .success(.receipt(let receipt)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_RECEIPT
                message.receipt = try self.receipt(receipt)
            case .success(.health(let health)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_HEALTH
                message.health = try self.health(health)
            case .success(.description(let description)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_DESCRIBE
                message.describe = try self.description(description)
            case .success(.watchEnded(let ended)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_END_WATCH
                message.end_watch = try self.message(kezek__v1__end_watch_reply__init) {
                    $0.ended = ended ? 1 : 0
                }
            case .success(.authenticated(let authentication)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_AUTHENTICATE
                message.authenticate = try self.authentication(authentication)
            case .success(.stats(let stats)):
                message.reply_case = KEZEK__V1__RESPONSE__REPLY_STATS
                message.stats = try self.stats(stats)
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
            message.next_opening = try optional(refusal.nextOpening)
            try list(refusal.alternatives, &message.n_alternatives, &message.alternatives) {
                (slot) throws(Full) in try moment(slot)
            }
            message.retry_after_ms = refusal.retryAfterMilliseconds
            switch refusal.subject {
            case .booking(let text): message.booking = try BookingID(text).map(name)
            case .ticket(let text): message.ticket = try label(TicketLabel(text))
            case nil: break
            }
        }
    }

    @inline(__always)
    private func fill(_ message: inout Kezek__V1__Response, _ answer: Answer) throws(Full) {
        switch answer {
        case .dueDate(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_DUE_DATE
            message.due_date = try dueDate(answer)
        case .dueDates(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_DUE_DATES
            message.due_dates = try dueDates(answer)
        case .latestStart(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_LATEST_START
            message.latest_start = try latestStart(answer)
        case .timeLeft(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_TIME_LEFT
            message.time_left = try timeLeft(answer)
        case .workingTime(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_WORKING_TIME
            message.working_time = try workingTime(answer)
        case .officeHours(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_OFFICE_HOURS
            message.office_hours = try officeHours(answer)
        case .standards(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_STANDARDS
            message.standards = try standards(answer)
        case .addWorkingDays(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_ADD_WORKING_DAYS
            message.add_working_days = try add(answer)
        case .countWorkingDays(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_COUNT_WORKING_DAYS
            message.count_working_days = try count(answer)
        case .calendarDays(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_CALENDAR_DAYS
            message.calendar_days = try days(answer)
        case .balance(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_BALANCE
            message.balance = try balance(answer)
        case .calendarChanges(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_CALENDAR_CHANGES
            message.calendar_changes = try changes(answer)
        }
    }
}
