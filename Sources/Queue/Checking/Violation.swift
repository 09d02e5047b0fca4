// SPDX-License-Identifier: Apache-2.0

public import Parties

/// What did not hold in a day's history, and from which entry on.
public struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    /// What must hold.
    public enum Rule: String, CaseIterable, Hashable, Sendable {
        /// Revisions rise by one.
        case revision
        /// The first event is the day's plan.
        case planFirst
        /// A new plan keeps services and windows in their places, by which events refer to them.
        case planPlaces
        /// No entry happened before an earlier one, and nothing is told of the future.
        case time
        /// Tickets are taken within reception; windows and calls belong to the day itself.
        case reception
        /// What is named exists.
        case existence

        /// Bookings count from 1.
        case bookingNumber
        /// An office that takes no bookings has none (R7.3).
        case noBookings
        /// An office of bookings only gives no ticket without one but for a reason of its list; others name none.
        case withoutBooking
        /// How a ticket ended, or why a window pauses, is one of the office's list, told of what has just happened.
        case code
        /// A booking starts with a slot of the office's hours and ends within them.
        case slot
        /// The windows of a slot can serve all that is booked in it.
        case capacity
        /// No channel takes more than its share of a slot.
        case share
        /// An applicant has one live booking for a service.
        case oneBooking
        /// One booking is for no more services than the office allows.
        case services
        /// Nobody has booked more than one person may.
        case personLimit
        /// A booking goes from state to state as it may, and ends once.
        case bookingState
        /// A hold runs out when its time is over, not before.
        case expiry
        /// After a hold or the grace is over, nothing more is done with the booking.
        case lapse
        /// Nobody is a no-show before the grace is over.
        case grace
        /// A cancelled place is booked again only after its delay.
        case release
        /// A new plan leaves nobody without the place that they booked.
        case displaced
        /// A free place is offered to the first of the waiting list whom it suits before anybody else has it.
        case waitingList

        /// Each number of a letter is given out once and none is left out.
        case number
        /// A kiosk gives out the numbers leased to it, in order.
        case lease
        /// A ticket goes from state to state as it may.
        case ticketState
        /// Nobody is called more often than permitted.
        case callLimit
        /// A window opens, breaks and closes in turn, and calls while open.
        case windowState
        /// A window has one applicant at a time.
        case oneAtAWindow
        /// A window serves its own services, and those directed to it.
        case service
        /// A visit comes to each of its services once, in the order in which they were booked.
        case turn
        /// Nobody overtakes (R7.3, R7.5).
        case overtaking
    }

    public let revision: UInt32
    public let rule: Rule
    /// By number or label, such as `booking 17` or `A-003 before A-002`.
    public let who: String

    public var description: String { "revision \(revision): \(rule.rawValue): \(who)" }
}

/// The right to one live booking: an applicant has it once for each service.
public struct LiveBooking: Hashable, Sendable {
    public let applicant: Applicant
    public let service: ServiceID

    public init(applicant: Applicant, service: ServiceID) {
        self.applicant = applicant
        self.service = service
    }
}
