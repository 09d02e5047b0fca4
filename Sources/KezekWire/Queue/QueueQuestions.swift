// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Parties
import Queue
import Texts

/// The questions about the queue, `BoardRequest` included.
extension WireWriter {
    func fill(_ message: inout Kezek__V1__Request, _ question: QueueQuestion) throws(Full) {
        switch question {
        case .offices:
            message.call_case = KEZEK__V1__REQUEST__CALL_OFFICES
            message.offices = try self.message(kezek__v1__offices_request__init)
        case .office(let office):
            message.call_case = KEZEK__V1__REQUEST__CALL_OFFICE
            message.office = try self.message(kezek__v1__office_request__init) {
                (inner) throws(Full) in inner.office = try text(office.description)
            }
        case .slots(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_SLOTS
            message.slots = try slots(question)
        case .firstFree(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_FIRST_FREE
            message.first_free = try firstFree(question)
        case .booking(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_BOOKING
            message.booking = try booking(id)
        case .board(let office, let seen):
            message.call_case = KEZEK__V1__REQUEST__CALL_BOARD
            message.board = try board(office, seen: seen, watch: false)
        case .wait(let office, let subject):
            message.call_case = KEZEK__V1__REQUEST__CALL_WAIT
            message.wait = try wait(office, subject)
        case .day(let office, let date):
            message.call_case = KEZEK__V1__REQUEST__CALL_DAY
            message.day = try self.message(kezek__v1__day_request__init) { (inner) throws(Full) in
                inner.office = try text(office.description)
                inner.day = date.dayNumber
            }
        case .statistics(let office, let from, let to):
            message.call_case = KEZEK__V1__REQUEST__CALL_QUEUE_STATS
            message.queue_stats = try self.message(kezek__v1__queue_stats_request__init) {
                (inner) throws(Full) in
                inner.office = try text(office.description)
                inner.from_day = from.dayNumber
                inner.to_day = to.dayNumber
            }
        }
    }

    func board(
        _ office: OfficeID, seen: BoardSeen, watch: Bool
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__BoardRequest> {
        try message(kezek__v1__board_request__init) { (message) throws(Full) in
            message.office = try text(office.description)
            message.since = seen.revision
            message.day = seen.date?.dayNumber ?? 0
            message.watch = watch ? 1 : 0
        }
    }

    func booking(
        _ id: BookingID
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__BookingRequest> {
        try message(kezek__v1__booking_request__init) { (message) throws(Full) in
            message.booking = try name(id)
        }
    }

    private func slots(
        _ question: SlotsQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__SlotsRequest> {
        try message(kezek__v1__slots_request__init) { (message) throws(Full) in
            message.office = try text(question.office.description)
            message.service = try text(question.service.description)
            message.channel = Kezek__V1__BookingChannel(UInt32(question.channel.rawValue))
            message.from_day = question.from.dayNumber
            message.to_day = question.to.dayNumber
        }
    }

    private func firstFree(
        _ question: FirstFreeQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__FirstFreeRequest> {
        try message(kezek__v1__first_free_request__init) { (message) throws(Full) in
            message.office = try text(question.office.description)
            message.service = try text(question.service.description)
            message.channel = Kezek__V1__BookingChannel(UInt32(question.channel.rawValue))
            message.from = try moment(question.from)
            message.count = UInt32(clamping: question.count)
        }
    }

    private func wait(
        _ office: OfficeID, _ subject: WaitSubject
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WaitRequest> {
        try message(kezek__v1__wait_request__init) { (message) throws(Full) in
            message.office = try text(office.description)
            switch subject {
            case .ticket(let label):
                message.subject_case = KEZEK__V1__WAIT_REQUEST__SUBJECT_TICKET
                message.ticket = try self.label(label)
            case .newcomer(let service):
                message.subject_case = KEZEK__V1__WAIT_REQUEST__SUBJECT_SERVICE
                message.service = try text(service.description)
            }
        }
    }
}

extension WireReader {
    /// The call, if it asks about the queue; nil for any other.
    @inline(__always)
    func queueQuestion(_ message: Kezek__V1__Request) throws(Refusal) -> Call? {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_OFFICES: .queue(.offices)
        case KEZEK__V1__REQUEST__CALL_OFFICE:
            .queue(.office(try office(message.office.pointee.office)))
        case KEZEK__V1__REQUEST__CALL_SLOTS: .queue(.slots(try slots(message.slots.pointee)))
        case KEZEK__V1__REQUEST__CALL_FIRST_FREE:
            .queue(.firstFree(try firstFree(message.first_free.pointee)))
        case KEZEK__V1__REQUEST__CALL_BOOKING:
            .queue(.booking(try booking(message.booking.pointee.booking)))
        case KEZEK__V1__REQUEST__CALL_BOARD: try board(message.board.pointee)
        case KEZEK__V1__REQUEST__CALL_WAIT: .queue(try wait(message.wait.pointee))
        case KEZEK__V1__REQUEST__CALL_DAY:
            .queue(
                .day(
                    try office(message.day.pointee.office),
                    try date(message.day.pointee.day, "day")))
        case KEZEK__V1__REQUEST__CALL_QUEUE_STATS:
            .queue(try statistics(message.queue_stats.pointee))
        default: nil
        }
    }

    @inline(__always)
    private func slots(_ message: Kezek__V1__SlotsRequest) throws(Refusal) -> SlotsQuestion {
        let (from, to) = try period(
            message.from_day, message.to_day, limit: SlotsQuestion.dateLimit)
        return SlotsQuestion(
            office: try office(message.office), service: try service(message.service),
            channel: try choice(message.channel.rawValue, "channel"), from: from, to: to)
    }

    private func firstFree(
        _ message: Kezek__V1__FirstFreeRequest
    ) throws(Refusal) -> FirstFreeQuestion {
        FirstFreeQuestion(
            office: try office(message.office), service: try service(message.service),
            channel: try choice(message.channel.rawValue, "channel"),
            from: try moment(message.from, "from"),
            count: try number(message.count, 1...FirstFreeQuestion.countLimit, "count"))
    }

    private func board(_ message: Kezek__V1__BoardRequest) throws(Refusal) -> Call {
        let office = try office(message.office)
        let seen = BoardSeen(
            revision: message.since,
            date: message.day == 0 ? nil : try date(message.day, "day"))
        return message.watch != 0
            ? .watchBoard(office, seen) : .queue(.board(office, seen))
    }

    private func wait(_ message: Kezek__V1__WaitRequest) throws(Refusal) -> QueueQuestion {
        let office = try office(message.office)
        switch message.subject_case {
        case KEZEK__V1__WAIT_REQUEST__SUBJECT_TICKET:
            return .wait(office, .ticket(try label(message.ticket)))
        case KEZEK__V1__WAIT_REQUEST__SUBJECT_SERVICE:
            return .wait(office, .newcomer(try service(message.service)))
        default: throw missing("ticket")
        }
    }

    private func statistics(
        _ message: Kezek__V1__QueueStatsRequest
    ) throws(Refusal) -> QueueQuestion {
        let (from, to) = try period(
            message.from_day, message.to_day, limit: CallLimit.queueStatsDays)
        return .statistics(try office(message.office), from: from, to: to)
    }

    /// Two dates with at most so many days from the first to the last, both included.
    @inline(__always)
    private func period(
        _ first: Int32, _ last: Int32, limit: Int
    ) throws(Refusal) -> (from: CivilDate, to: CivilDate) {
        let from = try date(first, "from_day")
        let to = try date(last, "to_day")
        guard from <= to else {
            throw invalid(
                "to_day",
                LocalizedText(
                    kk: "from_day күнінен ерте болмауы керек.",
                    ru: "не может быть раньше from_day.", en: "must not be earlier than from_day."))
        }
        guard from.days(until: to) < limit else {
            throw Refusal(
                .tooManyRows,
                LocalizedText(
                    kk: "to_day: \(limit) күннен аспауы керек.",
                    ru: "to_day: дней не больше \(limit).",
                    en: "to_day: at most \(limit) days.")[language], field: "to_day")
        }
        return (from, to)
    }
}
