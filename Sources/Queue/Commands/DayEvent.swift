// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// What happened on one day of one office.
///
/// Events are kept for ever; a case is never removed and never changes its meaning. Services and
/// windows are places in the day's plan; times are seconds since the day's midnight.
public enum DayEvent: Hashable, Sendable {
    /// The day's plan: its first event, and again when the plan changes.
    case planned(DayPlan)
    case held(Held)
    case confirmed(UInt32)
    case released(UInt32)
    case expired(UInt32)
    case cancelled(Cancelled)
    /// The place of a cancelled booking can be booked again.
    case placeFreed(UInt32)
    /// Somebody who is here has no place in the plan of the same entry, and counts at another time from now
    /// on; nil if no place is left.
    ///
    /// In an entry of before, which has none of these, the places nearest are counted as the plan comes.
    case placedNearby(UInt32, start: Int32?)
    /// The booking was given up for one on another or the same day.
    case moved(UInt32, to: CivilDate, number: UInt32)
    case missed(UInt32)
    case arrived(Arrived)

    case ticketTaken(TicketTaken)
    case numbersLeased(NumberLease)
    /// A ticket that a kiosk gave out of its leased numbers while it was offline.
    case ticketReported(TicketTaken)
    /// A leased number of which no ticket comes.
    case numberVoided(TicketLabel)
    /// A lease is over; of its numbers those up to this count were given out or are void.
    case leaseEnded(UInt32, used: Int32)

    case windowOpened(UInt8)
    case windowClosed(UInt8)
    case breakBegun(UInt8)
    case breakEnded(UInt8)

    case called(TicketLabel, window: UInt8)
    case recalled(TicketLabel)
    case servingBegun(TicketLabel)
    case skipped(TicketLabel)
    case parked(TicketLabel)
    case resumed(TicketLabel)
    /// To another service, or to one window alone, or both.
    case transferred(TicketLabel, service: UInt8, window: UInt8?)
    case finished(TicketLabel, Outcome)
}

/// A place was taken for somebody.
public struct Held: Hashable, Sendable {
    /// Counts from 1 on each day.
    public let number: UInt32
    public let applicant: Applicant
    public let service: UInt8
    public let start: Int32
    public let channel: BookingChannel
    /// When the hold expires; nil if the booking is confirmed at once, as by a reschedule.
    public let until: DayMoment?
    /// The booking that was given up for it.
    public let movedFrom: MovedFrom?
    /// Whether the office moved it because of a plan of its own: it counts in its channel's share, which does
    /// not bind it.
    ///
    /// An entry of before has none of these: what the office moved then is of the office's channel.
    public let isMovedByOffice: Bool

    public struct MovedFrom: Hashable, Sendable {
        public let date: CivilDate
        public let number: UInt32

        public init(date: CivilDate, number: UInt32) {
            self.date = date
            self.number = number
        }
    }

    public init(
        number: UInt32, applicant: Applicant, service: UInt8, start: Int32,
        channel: BookingChannel, until: DayMoment?, movedFrom: MovedFrom?,
        isMovedByOffice: Bool = false
    ) {
        self.number = number
        self.applicant = applicant
        self.service = service
        self.start = start
        self.channel = channel
        self.until = until
        self.movedFrom = movedFrom
        self.isMovedByOffice = isMovedByOffice
    }
}

/// Who gave a booking up.
///
/// The numbers are part of the wire and the journal and never change.
public enum Canceller: UInt8, CaseIterable, Hashable, Sendable {
    case applicant = 1
    case office = 2
}

public struct Cancelled: Hashable, Sendable {
    public let number: UInt32
    public let by: Canceller
    /// In the canceller's words; may be empty.
    public let reason: String
    /// When the place can be booked again.
    public let freeFrom: DayMoment

    public init(number: UInt32, by: Canceller, reason: String, freeFrom: DayMoment) {
        self.number = number
        self.by = by
        self.reason = reason
        self.freeFrom = freeFrom
    }
}

/// Somebody with a booking came, and got a ticket.
public struct Arrived: Hashable, Sendable {
    public let booking: UInt32
    public let label: TicketLabel
    public let foretold: WaitQuantiles?

    public init(booking: UInt32, label: TicketLabel, foretold: WaitQuantiles?) {
        self.booking = booking
        self.label = label
        self.foretold = foretold
    }
}

/// Somebody without a booking took a ticket.
public struct TicketTaken: Hashable, Sendable {
    public let label: TicketLabel
    public let service: UInt8
    public let at: Int32
    public let foretold: WaitQuantiles?

    public init(label: TicketLabel, service: UInt8, at: Int32, foretold: WaitQuantiles?) {
        self.label = label
        self.service = service
        self.at = at
        self.foretold = foretold
    }
}

/// Numbers that a kiosk may give out by itself while it cannot reach the server.
public struct NumberLease: Hashable, Sendable {
    /// Counts from 1 on each day.
    public let id: UInt32
    public let letter: UInt8
    public let first: UInt16
    public let count: UInt16
    /// The kiosk's own name.
    public let kiosk: String

    public init(id: UInt32, letter: UInt8, first: UInt16, count: UInt16, kiosk: String) {
        self.id = id
        self.letter = letter
        self.first = first
        self.count = count
        self.kiosk = kiosk
    }
}
