// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Parties
import Queue

/// The replies to questions about the queue.
extension WireWriter {
    @inline(__always)
    func fill(_ message: inout Kezek__V1__Response, _ answer: QueueAnswer) throws(Full) {
        switch answer {
        case .offices(let offices):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_OFFICES
            message.offices = try self.offices(offices)
        case .office(let office):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_OFFICE
            message.office = try self.message(kezek__v1__office_reply__init) {
                (inner) throws(Full) in inner.office = try self.office(office)
            }
        case .slots(let days):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_SLOTS
            message.slots = try slots(days)
        case .firstFree(let moments):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_FIRST_FREE
            message.first_free = try self.message(kezek__v1__first_free_reply__init) {
                (inner) throws(Full) in
                try list(moments, &inner.n_slots, &inner.slots) { (moment) throws(Full) in
                    try self.moment(moment)
                }
            }
        case .booking(let booking):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_BOOKING
            message.booking = try self.message(kezek__v1__booking_reply__init) {
                (inner) throws(Full) in inner.booking = try self.booking(booking)
            }
        case .board(let board):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_BOARD
            message.board = try self.board(board)
        case .wait(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_WAIT
            message.wait = try wait(answer)
        case .day(let record):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_DAY
            message.day = try day(record)
        case .statistics(let statistics):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_QUEUE_STATS
            message.queue_stats = try self.statistics(statistics)
        }
    }

    private func offices(
        _ offices: [OfficeSummary]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__OfficesReply> {
        try message(kezek__v1__offices_reply__init) { (message) throws(Full) in
            try list(offices, &message.n_offices, &message.offices) { (office) throws(Full) in
                try self.message(kezek__v1__offices_reply__office__init) {
                    (inner) throws(Full) in
                    inner.id = try text(office.id.description)
                    inner.title = try localized(office.title)
                    inner.standard = try text(office.standard)
                    inner.kind = try text(office.kind)
                    inner.takes_bookings = office.takesBookings ? 1 : 0
                    inner.windows = UInt32(clamping: office.windows)
                    try texts(office.services, &inner.n_services, &inner.services)
                    inner.zone = try text(office.zone)
                    inner.today = office.today.dayNumber
                }
            }
        }
    }

    private func slots(
        _ days: [DaySlots]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__SlotsReply> {
        try message(kezek__v1__slots_reply__init) { (message) throws(Full) in
            try list(days, &message.n_days, &message.days) { (day) throws(Full) in
                try self.message(kezek__v1__slots_reply__day__init) { (inner) throws(Full) in
                    inner.day = day.date.dayNumber
                    inner.revision = day.revision
                    try column(day.starts, &inner.n_start_second, &inner.start_second)
                    try column(day.free, &inner.n_free, &inner.free)
                }
            }
        }
    }

    private func board(
        _ board: Board
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__BoardReply> {
        try message(kezek__v1__board_reply__init) { (message) throws(Full) in
            message.office = try text(board.office.description)
            message.day = board.date.dayNumber
            message.revision = board.revision
            message.whole = board.isWhole ? 1 : 0
            try list(board.windows, &message.n_windows, &message.windows) {
                (window) throws(Full) in
                try self.message(kezek__v1__board_reply__window__init) { (inner) throws(Full) in
                    inner.id = try text(window.id.description)
                    inner.state = Kezek__V1__WindowState(UInt32(window.state.rawValue))
                    inner.ticket = try label(window.ticket)
                    try texts(window.services, &inner.n_services, &inner.services)
                }
            }
            try list(board.tickets, &message.n_tickets, &message.tickets) {
                (ticket) throws(Full) in try self.ticket(ticket)
            }
        }
    }

    private func wait(
        _ answer: WaitAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WaitReply> {
        try message(kezek__v1__wait_reply__init) { (message) throws(Full) in
            message.revision = answer.revision
            message.wait = try quantiles(answer.wait)
            message.ahead = UInt32(clamping: answer.ahead)
            message.open_windows = UInt32(clamping: answer.openWindows)
            guard let alarm = answer.alarm else { return }
            message.alarm = try self.message(kezek__v1__wait_reply__alarm__init) {
                (inner) throws(Full) in
                inner.limit_seconds = alarm.limit
                try texts(alarm.tickets, &inner.n_tickets, &inner.tickets)
                try texts(alarm.cure, &inner.n_cure, &inner.cure)
            }
        }
    }

    private func day(
        _ record: DayRecord
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DayReply> {
        try message(kezek__v1__day_reply__init) { (message) throws(Full) in
            message.office = try text(record.office.description)
            message.day = record.date.dayNumber
            message.revision = record.revision
            try list(record.bookings, &message.n_bookings, &message.bookings) {
                (booking) throws(Full) in try self.booking(booking)
            }
            try list(record.tickets, &message.n_tickets, &message.tickets) {
                (ticket) throws(Full) in try self.ticket(ticket)
            }
        }
    }
}

extension WireReader {
    /// The reply, if it answers a question about the queue; nil for any other.
    func queueAnswer(_ message: Kezek__V1__Response) throws(Refusal) -> QueueAnswer? {
        switch message.reply_case {
        case KEZEK__V1__RESPONSE__REPLY_OFFICES: .offices(try offices(message.offices.pointee))
        case KEZEK__V1__RESPONSE__REPLY_OFFICE:
            .office(try given(message.office.pointee.office, "office", office))
        case KEZEK__V1__RESPONSE__REPLY_SLOTS: .slots(try slots(message.slots.pointee))
        case KEZEK__V1__RESPONSE__REPLY_FIRST_FREE:
            .firstFree(
                try moments(
                    message.first_free.pointee.n_slots, message.first_free.pointee.slots, "slots"))
        case KEZEK__V1__RESPONSE__REPLY_BOOKING:
            .booking(try given(message.booking.pointee.booking, "booking", booking))
        case KEZEK__V1__RESPONSE__REPLY_BOARD: .board(try board(message.board.pointee))
        case KEZEK__V1__RESPONSE__REPLY_WAIT: .wait(try wait(message.wait.pointee))
        case KEZEK__V1__RESPONSE__REPLY_DAY: .day(try day(message.day.pointee))
        case KEZEK__V1__RESPONSE__REPLY_QUEUE_STATS:
            .statistics(try statistics(message.queue_stats.pointee))
        default: nil
        }
    }

    /// A message that must be there, read by the closure.
    func given<M, T>(
        _ message: UnsafeMutablePointer<M>?, _ field: String, _ read: (M) throws(Refusal) -> T
    ) throws(Refusal) -> T {
        guard let message else { throw missing(field) }
        return try read(message.pointee)
    }

    /// The names of a repeated text, each read by the closure.
    func names<T>(
        _ count: Int, _ items: UnsafeMutablePointer<ProtobufCBinaryData>?,
        _ read: (ProtobufCBinaryData) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        var names: [T] = []
        names.reserveCapacity(count)
        for item in UnsafeBufferPointer(start: items, count: items == nil ? 0 : count) {
            names.append(try read(item))
        }
        return names
    }

    /// The names of a repeated text of a request, each read by the closure, which names no field.
    func names<T>(
        _ count: Int, _ items: UnsafeMutablePointer<ProtobufCBinaryData>?, at field: StaticString,
        _ read: (ProtobufCBinaryData) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        var index = -1
        do throws(Refusal) {
            return try names(count, items) { (name) throws(Refusal) in
                index += 1
                return try read(name)
            }
        } catch { throw error.within("\(field)[\(index)]") }
    }

    private func offices(_ message: Kezek__V1__OfficesReply) throws(Refusal) -> [OfficeSummary] {
        try list(message.n_offices, message.offices) { (office) throws(Refusal) in
            OfficeSummary(
                id: try self.office(office.id, "offices.id"),
                title: try localized(
                    office.title, "offices.title", limit: CallLimit.responseFrameBytes),
                standard: try text(office.standard, "offices.standard"),
                kind: try text(office.kind, "offices.kind"),
                takesBookings: office.takes_bookings != 0, windows: Int(office.windows),
                services: try names(office.n_services, office.services) {
                    (name) throws(Refusal) in try service(name, "offices.services")
                }, zone: try text(office.zone, "offices.zone"),
                today: try date(office.today, "offices.today"))
        }
    }

    private func slots(_ message: Kezek__V1__SlotsReply) throws(Refusal) -> [DaySlots] {
        try list(message.n_days, message.days) { (day) throws(Refusal) in
            guard day.n_start_second == day.n_free else { throw missing("days.free") }
            return DaySlots(
                date: try date(day.day, "days.day"), revision: day.revision,
                starts: column(day.n_start_second, day.start_second),
                free: column(day.n_free, day.free))
        }
    }

    private func board(_ message: Kezek__V1__BoardReply) throws(Refusal) -> Board {
        Board(
            office: try office(message.office), date: try date(message.day, "day"),
            revision: message.revision, isWhole: message.whole != 0,
            windows: try list(message.n_windows, message.windows) { (inner) throws(Refusal) in
                WindowView(
                    id: try window(inner.id, "windows.id"),
                    state: try choice(inner.state.rawValue, "windows.state"),
                    ticket: try optionalLabel(inner.ticket, "windows.ticket"),
                    services: try names(inner.n_services, inner.services) {
                        (name) throws(Refusal) in try service(name, "windows.services")
                    })
            },
            tickets: try list(message.n_tickets, message.tickets) { (inner) throws(Refusal) in
                try ticket(inner)
            })
    }

    private func wait(_ message: Kezek__V1__WaitReply) throws(Refusal) -> WaitAnswer {
        WaitAnswer(
            revision: message.revision, wait: quantiles(message.wait), ahead: Int(message.ahead),
            openWindows: Int(message.open_windows),
            alarm: try message.alarm.map { (alarm) throws(Refusal) in
                let alarm = alarm.pointee
                return WaitAlarm(
                    limit: alarm.limit_seconds,
                    tickets: try names(alarm.n_tickets, alarm.tickets) { (name) throws(Refusal) in
                        try label(name, "alarm.tickets")
                    },
                    cure: try names(alarm.n_cure, alarm.cure) { (name) throws(Refusal) in
                        try window(name, "alarm.cure")
                    })
            })
    }

    private func day(_ message: Kezek__V1__DayReply) throws(Refusal) -> DayRecord {
        DayRecord(
            office: try office(message.office), date: try date(message.day, "day"),
            revision: message.revision,
            bookings: try list(message.n_bookings, message.bookings) { (inner) throws(Refusal) in
                try booking(inner)
            },
            tickets: try list(message.n_tickets, message.tickets) { (inner) throws(Refusal) in
                try ticket(inner)
            })
    }
}
