// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekClient
import Parties
import Queue

/// What came of a command, as JSON, with the id under which it may be repeated.
struct ReceiptJSON: Encodable {
    struct Lease: Encodable {
        let lease: UInt32
        let letter: String
        let first: Int
        let count: Int
        let kiosk: String
    }

    let requestId: String
    let revision: UInt32
    let booking: BookingJSON?
    let ticket: TicketJSON?
    let window: String?
    let lease: Lease?

    init(_ receipt: Receipt, _ id: RequestID) {
        requestId = id.hex
        revision = receipt.revision
        booking = receipt.booking.map(BookingJSON.init)
        ticket = receipt.ticket.map(TicketJSON.init)
        window = receipt.window?.description
        lease = receipt.lease.map {
            Lease(
                lease: $0.id, letter: String(UnicodeScalar($0.letter)), first: Int($0.first),
                count: Int($0.count), kiosk: $0.kiosk)
        }
    }
}

/// A booking, as JSON.
struct BookingJSON: Encodable {
    let booking: String
    let office: String
    let service: String
    let date: String
    let start: String
    let minutes: Int
    let channel: String
    let state: String
    let until: String?
    let ticket: String?
    let counterpart: String?
    /// Why it was cancelled; left out where nothing was said.
    let reason: String?
    /// The booking with its secret, and its six digits; left out where they were not told.
    let link: String?
    let code: String?
    let counterpartLink: String?

    init(_ booking: BookingView) {
        self.booking = booking.id.description
        office = booking.id.office.description
        service = booking.service.description
        date = booking.id.date.description
        start = booking.start.description
        minutes = booking.minutes
        channel = "\(booking.channel)"
        state = "\(booking.state)"
        until = booking.until?.description
        ticket = booking.ticket?.description
        counterpart = booking.counterpart?.description
        reason = booking.reason.isEmpty ? nil : booking.reason
        link = booking.key.map { BookingLink(booking.id, $0.secret).description }
        code = booking.key?.code.description
        counterpartLink = booking.counterpart.flatMap { id in
            booking.key?.counterpart.map { BookingLink(id, $0).description }
        }
    }
}

/// A ticket, as JSON.
struct TicketJSON: Encodable {
    let ticket: String
    let service: String
    let state: String
    let window: String?
    let calls: Int
    let outcome: String?
    /// The booking's number on its date; left out for a walk-in.
    let booking: UInt32?
    let takenAt: String
    let dueAt: String
    let calledAt: String?
    let servedAt: String?
    let finishedAt: String?
    let foretold: QuantilesJSON?
    /// By which its holder asks about it; left out where it was not told.
    let secret: String?

    init(_ ticket: TicketView) {
        // 0 stands for what has not happened.
        func time(_ second: Int32) -> String? {
            second == 0 ? nil : DaySeconds.time(second).description
        }
        self.ticket = ticket.label.description
        service = ticket.service.description
        state = "\(ticket.state)"
        window = ticket.window?.description
        calls = ticket.calls
        outcome = ticket.outcome.map { OutcomeName($0).rawValue }
        booking = ticket.booking == 0 ? nil : ticket.booking
        takenAt = DaySeconds.time(ticket.takenAt).description
        dueAt = DaySeconds.time(ticket.dueAt).description
        calledAt = time(ticket.calledAt)
        servedAt = time(ticket.servedAt)
        finishedAt = time(ticket.finishedAt)
        foretold = ticket.foretold.map(QuantilesJSON.init)
        secret = ticket.secret?.description
    }
}

/// A wait that half wait at most, and one that nine in ten wait at most, as JSON.
struct QuantilesJSON: Encodable {
    let p50Seconds: Int32
    let p90Seconds: Int32

    init(_ quantiles: WaitQuantiles) {
        p50Seconds = quantiles.p50
        p90Seconds = quantiles.p90
    }
}

/// The board or what changed on it, as JSON.
struct BoardJSON: Encodable {
    struct Window: Encodable {
        let window: String
        let state: String
        let ticket: String?
        let services: [String]
    }

    let office: String
    let date: String
    let revision: UInt32
    let whole: Bool
    let windows: [Window]
    let tickets: [TicketJSON]

    init(_ board: Board) {
        office = board.office.description
        date = board.date.description
        revision = board.revision
        whole = board.isWhole
        windows = board.windows.map {
            Window(
                window: $0.id.description, state: "\($0.state)", ticket: $0.ticket?.description,
                services: $0.services.map(\.description))
        }
        tickets = board.tickets.map(TicketJSON.init)
    }
}

/// Everything on record about a date, as JSON.
struct DayJSON: Encodable {
    let office: String
    let date: String
    let revision: UInt32
    let bookings: [BookingJSON]
    let tickets: [TicketJSON]

    init(_ record: DayRecord) {
        office = record.office.description
        date = record.date.description
        revision = record.revision
        bookings = record.bookings.map(BookingJSON.init)
        tickets = record.tickets.map(TicketJSON.init)
    }
}
