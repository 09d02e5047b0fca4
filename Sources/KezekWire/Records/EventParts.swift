// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Parties
import Queue

/// The messages of single events.
extension WireWriter {
    @inline(__always)
    func held(_ held: Held) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__Held> {
        try message(kezek__journal__v1__held__init) {
            $0.number = held.number
            $0.applicant_high = held.applicant.high
            $0.applicant_low = held.applicant.low
            $0.service = UInt32(held.service)
            $0.start = held.start
            $0.channel = Kezek__V1__BookingChannel(UInt32(held.channel.rawValue))
            if let until = held.until {
                $0.hold_case = KEZEK__JOURNAL__V1__HELD__HOLD_UNTIL
                $0.until = until.time
                $0.until_stood = UInt32(clamping: until.stood)
            }
            if let from = held.movedFrom {
                $0.moved_from_day = from.date.dayNumber
                $0.moved_from_number = from.number
            }
        }
    }

    func cancelled(
        _ cancelled: Cancelled, _ words: WordSealing
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__Cancelled> {
        try message(kezek__journal__v1__cancelled__init) { (message) throws(Full) in
            message.number = cancelled.number
            message.by = Kezek__V1__Canceller(UInt32(cancelled.by.rawValue))
            try fill(
                cancelled.reason, of: cancelled.number, words, &message.reason,
                &message.sealed_reason)
            message.free_from = cancelled.freeFrom.time
            message.free_from_stood = UInt32(clamping: cancelled.freeFrom.stood)
        }
    }

    func foretold(
        _ foretold: WaitQuantiles?
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__Foretold>? {
        guard let foretold else { return nil }
        return try message(kezek__journal__v1__foretold__init) {
            $0.p50 = foretold.p50
            $0.p90 = foretold.p90
        }
    }

    func taken(
        _ taken: TicketTaken
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__TicketTaken> {
        try message(kezek__journal__v1__ticket_taken__init) { (message) throws(Full) in
            message.label = taken.label.place
            message.service = UInt32(taken.service)
            message.at = taken.at
            message.foretold = try foretold(taken.foretold)
        }
    }

    func leased(
        _ lease: NumberLease
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__NumbersLeased> {
        try message(kezek__journal__v1__numbers_leased__init) { (message) throws(Full) in
            message.id = lease.id
            message.first_label = TicketLabel.place(lease.letter, lease.first)
            message.count = UInt32(lease.count)
            message.kiosk = try text(lease.kiosk)
        }
    }

    func transferred(
        _ label: TicketLabel, _ service: UInt8, _ window: UInt8?
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__Transferred> {
        try message(kezek__journal__v1__transferred__init) {
            $0.label = label.place
            $0.service = UInt32(service)
            if let window {
                $0.directed_case = KEZEK__JOURNAL__V1__TRANSFERRED__DIRECTED_WINDOW
                $0.window = UInt32(window)
            }
        }
    }
}

extension TicketLabel {
    /// The label as a number: 10,000 for each letter before its own, and its number.
    var place: UInt32 { TicketLabel.place(letter, number) }

    static func place(_ letter: UInt8, _ number: UInt16) -> UInt32 {
        UInt32(letter &- UInt8(ascii: "A")) * 10_000 + UInt32(number)
    }

    /// The label that is this number; nil if none is.
    init?(place: UInt32) {
        guard place < 260_000 else { return nil }
        self.init(
            letter: UInt8(ascii: "A") + UInt8(place / 10_000), number: Int(place % 10_000))
    }
}

extension WireReader {
    @inline(__always)
    func booking(number: UInt32) throws(Refusal) -> UInt32 {
        guard number > 0 else { throw missing("booking") }
        return number
    }

    @inline(__always)
    func label(place: UInt32) throws(Refusal) -> TicketLabel {
        guard let label = TicketLabel(place: place) else { throw unknownValue("label") }
        return label
    }

    @inline(__always)
    func service(place: UInt32) throws(Refusal) -> UInt8 {
        UInt8(try number(place, 0...QueueOffice.serviceLimit - 1, "service"))
    }

    @inline(__always)
    func window(place: UInt32) throws(Refusal) -> UInt8 {
        UInt8(try number(place, 0...QueueOffice.windowLimit - 1, "window"))
    }

    /// Seconds since a day's midnight, within 34 years of it: sums of a few never overflow.
    @inline(__always)
    func seconds(_ seconds: Int32, _ field: StaticString) throws(Refusal) -> Int32 {
        guard (-1 << 30...1 << 30).contains(seconds) else { throw unknownValue("\(field)") }
        return seconds
    }

    /// For how long a day's clock has stood still, no longer than a day.
    private func stood(_ seconds: UInt32, _ field: StaticString) throws(Refusal) -> Int32 {
        Int32(try number(seconds, 0...86_400, field))
    }

    @inline(__always)
    func held(_ message: Kezek__Journal__V1__Held) throws(Refusal) -> Held {
        var until: DayMoment?
        if message.hold_case == KEZEK__JOURNAL__V1__HELD__HOLD_UNTIL {
            until = DayMoment(
                try seconds(message.until, "held.until"),
                stood: try stood(message.until_stood, "held.until_stood"))
        }
        var movedFrom: Held.MovedFrom?
        if message.moved_from_number > 0 {
            movedFrom = Held.MovedFrom(
                date: try date(message.moved_from_day, "held.moved_from_day"),
                number: message.moved_from_number)
        }
        return Held(
            number: try booking(number: message.number),
            applicant: Applicant(high: message.applicant_high, low: message.applicant_low),
            service: try service(place: message.service),
            start: try seconds(message.start, "held.start"),
            channel: try choice(message.channel.rawValue, "held.channel"), until: until,
            movedFrom: movedFrom)
    }

    func cancelled(
        _ message: Kezek__Journal__V1__Cancelled, _ words: WordUnsealing
    ) throws(Refusal) -> Cancelled {
        Cancelled(
            number: try booking(number: message.number),
            by: try choice(message.by.rawValue, "cancelled.by"),
            reason: try self.words(
                message.reason, message.sealed_reason, words, "cancelled.reason"),
            freeFrom: DayMoment(
                try seconds(message.free_from, "cancelled.free_from"),
                stood: try stood(message.free_from_stood, "cancelled.free_from_stood")))
    }

    func moved(_ message: Kezek__Journal__V1__Moved) throws(Refusal) -> DayEvent {
        .moved(
            try booking(number: message.number), to: try date(message.to_day, "moved.to_day"),
            number: try booking(number: message.to_number))
    }

    private func foretold(
        _ message: UnsafeMutablePointer<Kezek__Journal__V1__Foretold>?
    ) throws(Refusal) -> WaitQuantiles? {
        guard let message = message?.pointee else { return nil }
        return WaitQuantiles(
            p50: try seconds(message.p50, "foretold.p50"),
            p90: try seconds(message.p90, "foretold.p90"))
    }

    func arrived(_ message: Kezek__Journal__V1__Arrived) throws(Refusal) -> Arrived {
        Arrived(
            booking: try booking(number: message.booking), label: try label(place: message.label),
            foretold: try foretold(message.foretold))
    }

    func taken(_ message: Kezek__Journal__V1__TicketTaken) throws(Refusal) -> TicketTaken {
        TicketTaken(
            label: try label(place: message.label), service: try service(place: message.service),
            at: try seconds(message.at, "taken.at"), foretold: try foretold(message.foretold))
    }

    func leased(_ message: Kezek__Journal__V1__NumbersLeased) throws(Refusal) -> NumberLease {
        let first = try label(place: message.first_label)
        let left = TicketLabel.numberLimit + 1 - Int(first.number)
        return NumberLease(
            id: try booking(number: message.id), letter: first.letter, first: first.number,
            count: UInt16(try number(message.count, 1...left, "numbers_leased.count")),
            kiosk: try text(message.kiosk, "numbers_leased.kiosk"))
    }

    func leaseEnded(_ message: Kezek__Journal__V1__LeaseEnded) throws(Refusal) -> DayEvent {
        .leaseEnded(
            try booking(number: message.id),
            used: Int32(
                try number(message.used, 0...TicketLabel.numberLimit, "lease_ended.used")))
    }

    func transferred(_ message: Kezek__Journal__V1__Transferred) throws(Refusal) -> DayEvent {
        var directed: UInt8?
        if message.directed_case == KEZEK__JOURNAL__V1__TRANSFERRED__DIRECTED_WINDOW {
            directed = try window(place: message.window)
        }
        return .transferred(
            try label(place: message.label), service: try service(place: message.service),
            window: directed)
    }
}
