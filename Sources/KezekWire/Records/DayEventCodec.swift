// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
public import Queue

/// The events of an entry of an office's day from and to bytes: `kezek.journal.v1.DayEntry`.
///
/// The arena is the caller's to reset before each call.
public enum DayEventCodec {
    /// The bytes of one entry.
    ///
    /// `words` hides what was typed about the person of a booking, by the booking's number.
    public static func encode(
        _ events: [DayEvent], _ arena: Arena, words: WordSealing
    ) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__day_entry__get_packed_size,
            pack: kezek__journal__v1__day_entry__pack
        ) { (writer) throws(WireWriter.Full) in try writer.dayEntry(events, words) }
    }

    /// The events in the bytes.
    ///
    /// Each is one that a day could have decided, but for what only the day's plan and state tell:
    /// whether its service, window, booking or ticket is there.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, hold an event
    ///   or a value that this program does not know, or need more memory than the arena has.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena, words: WordUnsealing
    ) throws(RecordFailure) -> [DayEvent] {
        try Records.read(
            bytes, arena, "DayEntry", unpack: kezek__journal__v1__day_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in
            try reader.list(message.n_events, message.events) { (event) throws(Refusal) in
                try reader.event(event, words)
            }
        }
    }
}

extension WireWriter {
    @inline(__always)
    fileprivate func dayEntry(
        _ events: [DayEvent], _ words: WordSealing
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__DayEntry> {
        try message(kezek__journal__v1__day_entry__init) { (message) throws(Full) in
            message.version = Records.version
            try list(events, &message.n_events, &message.events) { (event) throws(Full) in
                try self.message(kezek__journal__v1__day_event__init) { (inner) throws(Full) in
                    try fill(&inner, event, words)
                }
            }
        }
    }

    private func fill(
        _ message: inout Kezek__Journal__V1__DayEvent, _ event: DayEvent, _ words: WordSealing
    ) throws(Full) {
        switch event {
        case .planned(let plan):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_PLANNED
            message.planned = try self.plan(plan)
        case .held(let held):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_HELD
            message.held = try self.held(held)
        case .confirmed(let number):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_CONFIRMED
            message.confirmed = number
        case .released(let number):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_RELEASED
            message.released = number
        case .expired(let number):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_EXPIRED
            message.expired = number
        case .cancelled(let cancelled):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_CANCELLED
            message.cancelled = try self.cancelled(cancelled, words)
        case .placeFreed(let number):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_PLACE_FREED
            message.place_freed = number
        case .moved(let number, let date, let new):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_MOVED
            message.moved = try self.message(kezek__journal__v1__moved__init) {
                $0.number = number
                $0.to_day = date.dayNumber
                $0.to_number = new
            }
        case .missed(let number):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_MISSED
            message.missed = number
        case .arrived(let arrived):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_ARRIVED
            message.arrived = try self.message(kezek__journal__v1__arrived__init) {
                (inner) throws(Full) in
                inner.booking = arrived.booking
                inner.label = arrived.label.place
                inner.foretold = try foretold(arrived.foretold)
            }
        case .ticketTaken(let taken):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_TICKET_TAKEN
            message.ticket_taken = try self.taken(taken)
        case .numbersLeased(let lease):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_NUMBERS_LEASED
            message.numbers_leased = try leased(lease)
        case .ticketReported(let taken):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_TICKET_REPORTED
            message.ticket_reported = try self.taken(taken)
        case .numberVoided(let label):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_NUMBER_VOIDED
            message.number_voided = label.place
        case .leaseEnded(let id, let used):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_LEASE_ENDED
            message.lease_ended = try self.message(kezek__journal__v1__lease_ended__init) {
                $0.id = id
                $0.used = UInt32(clamping: used)
            }
        case .windowOpened, .windowClosed, .breakBegun, .breakEnded:
            fillWindow(&message, event)
        case .called, .recalled, .servingBegun, .skipped, .parked, .resumed, .transferred,
            .finished:
            try fillTicket(&message, event)
        }
    }

    private func fillWindow(_ message: inout Kezek__Journal__V1__DayEvent, _ event: DayEvent) {
        switch event {
        case .windowOpened(let window):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_WINDOW_OPENED
            message.window_opened = UInt32(window)
        case .windowClosed(let window):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_WINDOW_CLOSED
            message.window_closed = UInt32(window)
        case .breakBegun(let window):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_BREAK_BEGUN
            message.break_begun = UInt32(window)
        case .breakEnded(let window):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_BREAK_ENDED
            message.break_ended = UInt32(window)
        default: break
        }
    }

    private func fillTicket(
        _ message: inout Kezek__Journal__V1__DayEvent, _ event: DayEvent
    ) throws(Full) {
        switch event {
        case .called(let label, let window):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_CALLED
            message.called = try self.message(kezek__journal__v1__called__init) {
                $0.label = label.place
                $0.window = UInt32(window)
            }
        case .recalled(let label):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_RECALLED
            message.recalled = label.place
        case .servingBegun(let label):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_SERVING_BEGUN
            message.serving_begun = label.place
        case .skipped(let label):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_SKIPPED
            message.skipped = label.place
        case .parked(let label):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_PARKED
            message.parked = label.place
        case .resumed(let label):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_RESUMED
            message.resumed = label.place
        case .transferred(let label, let service, let window):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_TRANSFERRED
            message.transferred = try transferred(label, service, window)
        case .finished(let label, let outcome):
            message.event_case = KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_FINISHED
            message.finished = try self.message(kezek__journal__v1__finished__init) {
                $0.label = label.place
                $0.outcome = Kezek__V1__TicketOutcome(UInt32(outcome.rawValue))
            }
        default: break
        }
    }
}

extension WireReader {
    @inline(__always)
    fileprivate func event(
        _ message: Kezek__Journal__V1__DayEvent, _ words: WordUnsealing
    ) throws(Refusal) -> DayEvent {
        switch message.event_case {
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_PLANNED:
            .planned(try plan(message.planned.pointee))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_HELD: .held(try held(message.held.pointee))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_CONFIRMED:
            .confirmed(try booking(number: message.confirmed))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_RELEASED:
            .released(try booking(number: message.released))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_EXPIRED:
            .expired(try booking(number: message.expired))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_CANCELLED:
            .cancelled(try cancelled(message.cancelled.pointee, words))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_PLACE_FREED:
            .placeFreed(try booking(number: message.place_freed))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_MOVED: try moved(message.moved.pointee)
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_MISSED:
            .missed(try booking(number: message.missed))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_ARRIVED:
            .arrived(try arrived(message.arrived.pointee))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_TICKET_TAKEN:
            .ticketTaken(try taken(message.ticket_taken.pointee))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_NUMBERS_LEASED:
            .numbersLeased(try leased(message.numbers_leased.pointee))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_TICKET_REPORTED:
            .ticketReported(try taken(message.ticket_reported.pointee))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_NUMBER_VOIDED:
            .numberVoided(try label(place: message.number_voided))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_LEASE_ENDED:
            try leaseEnded(message.lease_ended.pointee)
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_WINDOW_OPENED:
            .windowOpened(try window(place: message.window_opened))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_WINDOW_CLOSED:
            .windowClosed(try window(place: message.window_closed))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_BREAK_BEGUN:
            .breakBegun(try window(place: message.break_begun))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_BREAK_ENDED:
            .breakEnded(try window(place: message.break_ended))
        default: try ticketEvent(message)
        }
    }

    private func ticketEvent(_ message: Kezek__Journal__V1__DayEvent) throws(Refusal) -> DayEvent {
        switch message.event_case {
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_CALLED:
            .called(
                try label(place: message.called.pointee.label),
                window: try window(place: message.called.pointee.window))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_RECALLED:
            .recalled(try label(place: message.recalled))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_SERVING_BEGUN:
            .servingBegun(try label(place: message.serving_begun))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_SKIPPED:
            .skipped(try label(place: message.skipped))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_PARKED:
            .parked(try label(place: message.parked))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_RESUMED:
            .resumed(try label(place: message.resumed))
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_TRANSFERRED:
            try transferred(message.transferred.pointee)
        case KEZEK__JOURNAL__V1__DAY_EVENT__EVENT_FINISHED:
            .finished(
                try label(place: message.finished.pointee.label),
                try choice(message.finished.pointee.outcome.rawValue, "finished.outcome"))
        default: throw unknownValue("event")
        }
    }
}
