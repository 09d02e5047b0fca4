// SPDX-License-Identifier: Apache-2.0

public import Parties

/// What can be asked of one day of one office.
public enum DayCommand: Hashable, Sendable {
    /// With what the booking is for beside the service.
    case hold(
        service: ServiceID, start: Int32, channel: BookingChannel, applicant: Applicant,
        further: FurtherServices? = nil)
    case confirm(UInt32)
    /// Gives a hold back.
    case release(UInt32)
    case cancel(UInt32, by: Canceller, reason: String)
    case arrive(UInt32)

    /// With the code of its reason where the office gives no ticket without a booking otherwise.
    case takeTicket(service: ServiceID, reason: ListedCode? = nil)
    case leaseNumbers(service: ServiceID, count: Int, kiosk: String)
    /// Tells the tickets that were given out of a lease, in the order of their numbers, and with
    /// `ends` gives the rest back.
    case reportTickets(lease: UInt32, tickets: [ReportedTicket], ends: Bool)

    /// Somebody sits down there, by the office's own name for them.
    case openWindow(WindowID, by: SeatName? = nil)
    case closeWindow(WindowID)
    case beginBreak(WindowID, reason: ListedCode? = nil)
    case endBreak(WindowID)

    case callNext(WindowID)
    case call(TicketLabel, WindowID)
    case recall(TicketLabel)
    case serve(TicketLabel)
    case skip(TicketLabel)
    case park(TicketLabel)
    /// Back into the line: a parked ticket to its place, a skipped one to the end.
    case resume(TicketLabel)
    case transfer(TicketLabel, service: ServiceID?, window: WindowID?)
    case finish(TicketLabel, Outcome, ending: ListedCode? = nil)

    case join(WaitingEntry)
    /// Of these, the number of somebody on the waiting list.
    case leaveWaitingList(UInt32)
    case declineOffer(UInt32)
    /// With the booking that is given up for it; nil for somebody who has none.
    case acceptOffer(UInt32, giving: Held.MovedFrom?)
}

/// What became of a leased number while the kiosk was offline.
public struct ReportedTicket: Hashable, Sendable {
    /// What a ticket is for, and when it was taken.
    public struct Given: Hashable, Sendable {
        public let service: ServiceID
        /// In seconds since the day's midnight.
        public let takenAt: Int32
        /// As of a ticket that is taken.
        public let reason: ListedCode?
    }

    public let number: UInt16
    /// The ticket that was given out with the number; nil if the number is void, as one whose paper jammed
    /// or that was given out when the office did not receive.
    public let given: Given?

    public init(
        number: UInt16, service: ServiceID, takenAt: Int32, reason: ListedCode? = nil
    ) {
        self.number = number
        given = Given(service: service, takenAt: takenAt, reason: reason)
    }

    /// A number of which no ticket comes.
    public init(void number: UInt16) {
        self.number = number
        given = nil
    }
}
