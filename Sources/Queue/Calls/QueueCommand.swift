// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// Everything that can be asked of the queue and changes something.
///
/// Each is sent with a request id; sending it again changes nothing and gets the same receipt.
public enum QueueCommand: Hashable, Sendable {
    case hold(HoldCommand)
    case booking(BookingID, BookingAction)
    /// Secures another slot of the same office, then gives up the old one, both at once.
    case reschedule(BookingID, to: CivilDate, start: TimeOfDay)
    /// A command on the office's present day: tickets, windows and calls.
    case today(OfficeID, DayCommand)
    indirect case changeOffice(OfficeChangeCommand)
    case joinWaitingList(WaitingWish)
    case waiting(WaitingID, WaitingAction)

    public var office: OfficeID {
        switch self {
        case .hold(let command): command.office
        case .booking(let id, _), .reschedule(let id, _, _): id.office
        case .today(let office, _): office
        case .changeOffice(let command): command.change.office
        case .joinWaitingList(let wish): wish.office
        case .waiting(let id, _): id.office
        }
    }
}

/// What can be done with a booking.
public enum BookingAction: Hashable, Sendable {
    case confirm
    case release
    /// With a reason in the canceller's words, which may be empty.
    case cancel(by: Canceller, reason: String)
    case arrive
}

extension OfficeChangeCommand {
    public enum Change: Hashable, Sendable {
        /// A new office, or a new description of one.
        case put(QueueOffice)
        /// A closure more.
        case close(OfficeID, Closure)
        /// The closures of a date taken back.
        case reopen(OfficeID, CivilDate)
        /// Nothing but what the calendar or the standard now says.
        case recalculate(OfficeID)

        public var office: OfficeID {
            switch self {
            case .put(let office): office.id
            case .close(let id, _), .reopen(let id, _), .recalculate(let id): id
            }
        }
    }
}

/// What came of a command: the same for each repeat of it.
///
/// A class, as it never changes and goes through many hands.
public final class Receipt: Sendable {
    /// The day's revision right after the command.
    public let revision: UInt32
    public let booking: BookingView?
    public let ticket: TicketView?
    /// The window that a window's command was about.
    public let window: WindowID?
    public let lease: NumberLease?
    /// Whom a change of an office affects.
    public let effects: OfficeEffects?
    /// The place on a waiting list that a command was about.
    public let waiting: WaitingView?

    public init(
        revision: UInt32, booking: BookingView? = nil, ticket: TicketView? = nil,
        window: WindowID? = nil, lease: NumberLease? = nil, effects: OfficeEffects? = nil,
        waiting: WaitingView? = nil
    ) {
        self.revision = revision
        self.booking = booking
        self.ticket = ticket
        self.window = window
        self.lease = lease
        self.effects = effects
        self.waiting = waiting
    }
}

extension Receipt: Hashable {
    public static func == (a: Receipt, b: Receipt) -> Bool {
        a.revision == b.revision && a.booking == b.booking && a.ticket == b.ticket
            && a.window == b.window && a.lease == b.lease && a.effects == b.effects
            && a.waiting == b.waiting
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(revision)
        hasher.combine(booking)
        hasher.combine(ticket)
    }
}

extension OfficeEffects {
    /// Who is here today, at which office.
    public struct Here: Hashable, Sendable {
        /// Nil where it was recorded before offices were.
        public let office: OfficeID?
        public let ticket: TicketView

        public init(office: OfficeID?, ticket: TicketView) {
            (self.office, self.ticket) = (office, ticket)
        }
    }

    /// Numbers that a kiosk of an office may give out.
    public struct Leased: Hashable, Sendable {
        /// Nil where it was recorded before offices were.
        public let office: OfficeID?
        public let lease: NumberLease

        public init(office: OfficeID?, lease: NumberLease) {
            (self.office, self.lease) = (office, lease)
        }
    }

    /// Whether it takes nothing from anybody.
    public var harmsNobody: Bool { displaced.isEmpty && tickets.isEmpty && leases.isEmpty }
}
