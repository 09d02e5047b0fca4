// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// Why a command on a day was not carried out; nothing has changed.
public enum QueueRefusal: Error, Hashable, Sendable {
    /// With the services that are rendered.
    case unknownService(ServiceID, known: [ServiceID])
    /// With the windows that there are.
    case unknownWindow(WindowID, known: [WindowID])
    case unknownBooking(UInt32)
    case unknownTicket(TicketLabel)
    case unknownLease(UInt32)

    /// The office takes nobody by booking; the rule says so (R7.3).
    case noBookings(rule: String)
    /// The office receives nobody on that day.
    case closed(LocalizedText)
    /// No slot of the service starts then.
    case notASlot(Int32)
    /// The slot's time has passed, or a booking for it would be over at once.
    case slotPassed(Int32)
    /// The slot starts too soon to be booked.
    case tooSoon(leadSeconds: Int32)
    /// The day is further away than slots are open for.
    case tooFar(horizonDays: Int32)
    /// No place is left, or none of the channel's share.
    case slotTaken(Int32)
    /// The applicant has a live booking for the service, here or in another office.
    case alreadyBooked(ServiceID)
    /// The booking's state allows it no more.
    case bookingIs(Booking.State, UInt32)

    /// One booking may be for so many services and no more.
    case tooManyServices(limit: Int)
    /// No window renders all of the services.
    case noWindowForAll

    /// One person may not book more; with the first day from that one on on which more may be booked, if
    /// that is near.
    case beyondLimit(PersonLimit, from: CivilDate?)

    /// The office gives no ticket without a booking, but for these reasons.
    case bookingsOnly(BookingsOnly)
    /// The office's list has no such reason, with those that it has.
    case unknownReason(ListedCode, known: [ListedReason])
    /// The office's list has no such ending of that outcome, with those that it has.
    case unknownEnding(ListedCode, known: [ListedReason])

    /// The office keeps no waiting list.
    case noWaitingList
    /// As many wait for the day as may, or one person waits on as many of the office's lists as they may.
    case waitingListFull(Int, isPerson: Bool)
    /// The person waits for the service on that day already, under this number.
    case alreadyWaiting(UInt32)
    case unknownWaiting(UInt32)
    /// The booking is for several services or persons, and a list is for one.
    case waitingForOneService
    /// No place is kept for this number, or it is on the list no more.
    case noOffer(UInt32)
    /// Nothing that is wanted is earlier than this booking.
    case notEarlier(UInt32)

    /// Tickets and windows belong to the present day.
    case notToday
    /// The office does not receive now.
    case outsideReception
    /// All 9,999 numbers of the series are given out.
    case numbersExhausted(UInt8)
    /// The day has as many leases as it may have.
    case leasesExhausted
    /// The number is not one of the lease, or was told before.
    case notInLease(UInt16)
    /// The service's tickets are of another letter than the lease's.
    case otherSeries(ServiceID, UInt8)
    /// A ticket is said to have been given out when the office did not receive.
    case takenOutsideReception(Int32)
    /// A time that was told lies before the lease or in the future.
    case impossibleTime(Int32)
    /// What is wrong with one of the tickets that were told, by its place among them.
    indirect case reported(Int, QueueRefusal)

    case windowIs(WindowStatus.State, WindowID)
    case windowBusy(WindowID, TicketLabel)
    /// The window does not render the service.
    case notServed(WindowID, ServiceID)
    case nobodyWaiting(WindowID)
    /// Somebody else comes first, and there is no expedited service (R7.3, R7.5).
    case wouldOvertake(TicketLabel, rule: String)
    case calledTooOften(TicketLabel, limit: Int32)
    case ticketIs(Ticket.State, TicketLabel)
}
