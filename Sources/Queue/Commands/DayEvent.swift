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
    /// A turn of a visit is done, and its ticket goes on to the next: at the same window if the visit is at one
    /// that renders it, else in the line, where it keeps its order.
    case turnEnded(TicketLabel, Outcome)
    /// In which way the ticket has ended, right after it did.
    case endedAs(TicketLabel, ListedCode)
    /// Why the window pauses, right after it began to.
    case pausedFor(UInt8, ListedCode)
    /// Who sits at the window, right after it was opened.
    case seated(UInt8, SeatName)

    case waitingJoined(WaitingJoined)
    /// A free place is kept for the first on the waiting list whom it suits.
    case placeOffered(PlaceOffered)
    case offerAccepted(OfferAccepted)
    /// By the booking's number.
    case offerEnded(UInt32, OfferEnd)
    /// By the number on the list: without having taken a place.
    case waitingEnded(UInt32, WaitingEnd)
}
