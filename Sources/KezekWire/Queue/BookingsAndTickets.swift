// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Queue

/// `Booking`, `Ticket` and `NumberLease`, as replies show them.
extension WireWriter {
    @inline(__always)
    func booking(
        _ booking: BookingView
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Booking> {
        try message(kezek__v1__booking__init) { (message) throws(Full) in
            message.id = try name(booking.id)
            message.service = try text(booking.service.description)
            message.start_second = UInt32(booking.start.second)
            message.minutes = UInt32(clamping: booking.minutes)
            message.channel = Kezek__V1__BookingChannel(UInt32(booking.channel.rawValue))
            message.state = Kezek__V1__BookingState(UInt32(booking.state.rawValue))
            message.held_until = booking.until?.second ?? 0
            message.ticket = try label(booking.ticket)
            if let counterpart = booking.counterpart {
                message.counterpart = try name(counterpart)
            }
            if !booking.reason.isEmpty { message.reason = try text(booking.reason) }
            if let key = booking.key {
                message.secret = try secret(key.secret)
                message.code = try text(key.code.description)
                if let counterpart = key.counterpart {
                    message.counterpart_secret = try secret(counterpart)
                }
            }
        }
    }

    func ticket(_ ticket: TicketView) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Ticket> {
        try message(kezek__v1__ticket__init) { (message) throws(Full) in
            message.label = try label(ticket.label)
            message.service = try text(ticket.service.description)
            message.state = Kezek__V1__TicketState(UInt32(ticket.state.rawValue))
            if let window = ticket.window { message.window = try text(window.description) }
            message.calls = UInt32(clamping: ticket.calls)
            message.outcome = Kezek__V1__TicketOutcome(UInt32(ticket.outcome?.rawValue ?? 0))
            message.booking = ticket.booking
            message.taken_second = ticket.takenAt
            message.due_second = ticket.dueAt
            message.called_second = ticket.calledAt
            message.served_second = ticket.servedAt
            message.finished_second = ticket.finishedAt
            message.foretold = try quantiles(ticket.foretold)
            if let secret = ticket.secret { message.secret = try self.secret(secret) }
        }
    }

    func quantiles(
        _ quantiles: WaitQuantiles?
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WaitQuantiles>? {
        guard let quantiles else { return nil }
        return try message(kezek__v1__wait_quantiles__init) {
            $0.p50_seconds = quantiles.p50
            $0.p90_seconds = quantiles.p90
        }
    }

    func lease(_ lease: NumberLease) throws(Full) -> UnsafeMutablePointer<Kezek__V1__NumberLease> {
        try message(kezek__v1__number_lease__init) { (message) throws(Full) in
            message.id = lease.id
            message.letter = try letter(lease.letter)
            message.first = UInt32(lease.first)
            message.count = UInt32(lease.count)
            message.kiosk = try text(lease.kiosk)
        }
    }
}

extension WireReader {
    func booking(_ message: Kezek__V1__Booking) throws(Refusal) -> BookingView {
        BookingView(
            id: try booking(message.id), service: try service(message.service),
            start: try time(message.start_second, "start_second"), minutes: Int(message.minutes),
            channel: try choice(message.channel.rawValue, "channel"),
            state: try choice(message.state.rawValue, "state"),
            until: try timestamp(message.held_until, "held_until"),
            ticket: try optionalLabel(message.ticket, "ticket"),
            counterpart: try message.counterpart.map { (name) throws(Refusal) in
                try booking(name)
            }, reason: try text(message.reason, "reason"), key: try key(message))
    }

    private func key(_ message: Kezek__V1__Booking) throws(Refusal) -> BookingKey? {
        guard let secret = try optionalSecret(message.secret, "booking.secret") else { return nil }
        return BookingKey(
            secret: secret, code: try code(message.code, "booking.code"),
            counterpart: try optionalSecret(
                message.counterpart_secret, "booking.counterpart_secret"))
    }

    /// The point in time; nil for 0.
    private func timestamp(
        _ second: Int64, _ field: StaticString
    ) throws(Refusal) -> Timestamp? {
        guard second != 0 else { return nil }
        guard let timestamp = Timestamp(second: second) else { throw unknownValue("\(field)") }
        return timestamp
    }

    func ticket(_ message: Kezek__V1__Ticket) throws(Refusal) -> TicketView {
        var outcome: Outcome?
        if message.outcome.rawValue != 0 {
            outcome = try choice(message.outcome.rawValue, "outcome")
        }
        return TicketView(
            label: try label(message.label), service: try service(message.service),
            state: try choice(message.state.rawValue, "state"),
            window: try optionalWindow(message.window, "window"), calls: Int(message.calls),
            outcome: outcome, booking: message.booking, takenAt: message.taken_second,
            dueAt: message.due_second, calledAt: message.called_second,
            servedAt: message.served_second, finishedAt: message.finished_second,
            foretold: quantiles(message.foretold),
            secret: try optionalSecret(message.secret, "ticket.secret"))
    }

    func quantiles(_ message: UnsafeMutablePointer<Kezek__V1__WaitQuantiles>?) -> WaitQuantiles? {
        message.map { WaitQuantiles(p50: $0.pointee.p50_seconds, p90: $0.pointee.p90_seconds) }
    }

    func lease(_ message: Kezek__V1__NumberLease) throws(Refusal) -> NumberLease {
        let numbers = 1...TicketLabel.numberLimit
        return NumberLease(
            id: message.id, letter: try letter(message.letter, "lease.letter"),
            first: UInt16(try number(message.first, numbers, "lease.first")),
            count: UInt16(try number(message.count, numbers, "lease.count")),
            kiosk: try text(message.kiosk, "lease.kiosk"))
    }
}
