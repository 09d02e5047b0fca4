// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties
public import Texts

/// A booking as callers see it: nothing in it tells who it is for.
public struct BookingView: Hashable, Sendable {
    public let id: BookingID
    public let service: ServiceID
    public let start: TimeOfDay
    /// Minutes that are set aside for it.
    public let minutes: Int
    public let channel: BookingChannel
    public let state: Booking.State
    /// When the hold expires; nil unless it is held.
    public let until: Timestamp?
    /// Its ticket, once the applicant has arrived.
    public let ticket: TicketLabel?
    /// The booking that it was given up for, or that was given up for it.
    public let counterpart: BookingID?
    /// Why it was cancelled, in the canceller's words; empty where nothing was said.
    public let reason: String
    /// What its applicant acts on it with; nil where that is nobody's to be told.
    public internal(set) var key: BookingKey?

    public init(
        id: BookingID, service: ServiceID, start: TimeOfDay, minutes: Int,
        channel: BookingChannel, state: Booking.State, until: Timestamp?, ticket: TicketLabel?,
        counterpart: BookingID?, reason: String = "", key: BookingKey? = nil
    ) {
        self.id = id
        self.service = service
        self.start = start
        self.minutes = minutes
        self.channel = channel
        self.state = state
        self.until = until
        self.ticket = ticket
        self.counterpart = counterpart
        self.reason = reason
        self.key = key
    }

    /// The same with what its applicant acts on it with.
    public func with(_ key: BookingKey) -> BookingView {
        var view = self
        view.key = key
        return view
    }
}

/// A ticket as callers see it; times are seconds since the day's midnight.
public struct TicketView: Hashable, Sendable {
    public let label: TicketLabel
    public let service: ServiceID
    public let state: Ticket.State
    /// The window that called it, or for which alone it waits.
    public let window: WindowID?
    public let calls: Int
    public let outcome: Outcome?
    /// Its booking's number; 0 for a walk-in.
    public let booking: UInt32
    public let takenAt: Int32
    /// From when on it is due: the time it was taken, or the booking's.
    public let dueAt: Int32
    /// 0 if it has not happened.
    public let calledAt: Int32
    public let servedAt: Int32
    public let finishedAt: Int32
    public let foretold: WaitQuantiles?
    /// What its holder asks about it with; nil where that is nobody's to be told.
    public internal(set) var secret: BookingSecret?

    public init(
        label: TicketLabel, service: ServiceID, state: Ticket.State, window: WindowID?,
        calls: Int, outcome: Outcome?, booking: UInt32, takenAt: Int32, dueAt: Int32,
        calledAt: Int32, servedAt: Int32, finishedAt: Int32, foretold: WaitQuantiles?,
        secret: BookingSecret? = nil
    ) {
        self.label = label
        self.service = service
        self.state = state
        self.window = window
        self.calls = calls
        self.outcome = outcome
        self.booking = booking
        self.takenAt = takenAt
        self.dueAt = dueAt
        self.calledAt = calledAt
        self.servedAt = servedAt
        self.finishedAt = finishedAt
        self.foretold = foretold
        self.secret = secret
    }

    /// The same with what its holder asks about it with.
    public func with(_ secret: BookingSecret) -> TicketView {
        var view = self
        view.secret = secret
        return view
    }
}

public struct WindowView: Hashable, Sendable {
    public let id: WindowID
    public let state: WindowStatus.State
    public let ticket: TicketLabel?
    public let services: [ServiceID]

    public init(
        id: WindowID, state: WindowStatus.State, ticket: TicketLabel?, services: [ServiceID]
    ) {
        self.id = id
        self.state = state
        self.ticket = ticket
        self.services = services
    }
}

/// The display board of an office's present day.
public struct Board: Hashable, Sendable {
    public let office: OfficeID
    public let date: CivilDate
    /// The day's revision that this is of.
    public let revision: UInt32
    /// Whether it is all there is: otherwise it holds only what changed since the revision asked for.
    ///
    /// It is all, too, when that revision is too old or of another day ("compacted").
    public let isWhole: Bool
    public let windows: [WindowView]
    /// Tickets in the order of the line, then the others; finished ones only among changes.
    public let tickets: [TicketView]

    public init(
        office: OfficeID, date: CivilDate, revision: UInt32, isWhole: Bool,
        windows: [WindowView], tickets: [TicketView]
    ) {
        self.office = office
        self.date = date
        self.revision = revision
        self.isWhole = isWhole
        self.windows = windows
        self.tickets = tickets
    }
}

/// An office in a list.
public struct OfficeSummary: Hashable, Sendable {
    public let id: OfficeID
    public let title: LocalizedText
    public let standard: String
    public let kind: String
    public let takesBookings: Bool
    public let windows: Int
    public let services: [ServiceID]
    /// The IANA name of its zone.
    public let zone: String
    /// Its present day.
    public let today: CivilDate

    public init(
        id: OfficeID, title: LocalizedText, standard: String, kind: String,
        takesBookings: Bool, windows: Int, services: [ServiceID], zone: String, today: CivilDate
    ) {
        self.id = id
        self.title = title
        self.standard = standard
        self.kind = kind
        self.takesBookings = takesBookings
        self.windows = windows
        self.services = services
        self.zone = zone
        self.today = today
    }
}

/// Everything that is on record about one date of an office.
public struct DayRecord: Hashable, Sendable {
    public let office: OfficeID
    public let date: CivilDate
    public let revision: UInt32
    public let bookings: [BookingView]
    public let tickets: [TicketView]

    public init(
        office: OfficeID, date: CivilDate, revision: UInt32, bookings: [BookingView],
        tickets: [TicketView]
    ) {
        self.office = office
        self.date = date
        self.revision = revision
        self.bookings = bookings
        self.tickets = tickets
    }
}
