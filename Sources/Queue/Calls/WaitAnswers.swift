// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// The expected wait of one person, and what the whole line looks like.
public struct WaitAnswer: Hashable, Sendable {
    public let revision: UInt32
    /// Seconds from now until the call; nil while no open window renders the service.
    public let wait: WaitQuantiles?
    /// How many are to be called before.
    public let ahead: Int
    /// Windows that are open for the service.
    public let openWindows: Int
    /// Nil unless somebody is likely to wait longer than permitted (R3.5).
    public let alarm: WaitAlarm?

    public init(
        revision: UInt32, wait: WaitQuantiles?, ahead: Int, openWindows: Int, alarm: WaitAlarm?
    ) {
        self.revision = revision
        self.wait = wait
        self.ahead = ahead
        self.openWindows = openWindows
        self.alarm = alarm
    }
}

/// A forecast that the longest permitted wait will be exceeded.
public struct WaitAlarm: Hashable, Sendable {
    /// The longest permitted wait in seconds (R3.5).
    public let limit: Int32
    /// The waiting tickets whose P50 of the whole wait is beyond it, first to be called first.
    public let tickets: [TicketLabel]
    /// The fewest more windows, by name, that would keep all of them within it; empty if none would.
    public let cure: [WindowID]

    public init(limit: Int32, tickets: [TicketLabel], cure: [WindowID]) {
        self.limit = limit
        self.tickets = tickets
        self.cure = cure
    }
}

/// A wait or a service that took longer than permitted.
public struct Breach: Hashable, Sendable {
    /// The numbers are part of the wire and never change.
    public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        /// R3.5
        case wait = 1
        /// R3.6
        case service = 2
    }

    public let kind: Kind
    public let date: CivilDate
    public let ticket: TicketLabel
    public let seconds: Int32
    public let limit: Int32

    public init(kind: Kind, date: CivilDate, ticket: TicketLabel, seconds: Int32, limit: Int32) {
        self.kind = kind
        self.date = date
        self.ticket = ticket
        self.seconds = seconds
        self.limit = limit
    }
}

/// How a period went at an office.
public struct QueueStatistics: Hashable, Sendable {
    /// What happened to those who came for one service.
    public struct Service: Hashable, Sendable {
        public let service: ServiceID
        public let tickets: Int
        /// Of them with a booking.
        public let booked: Int
        public let served: Int
        public let refused: Int
        public let left: Int
        /// Bookings whose applicant did not come, and tickets that nobody answered for.
        public let noShows: Int
        public let cancelled: Int
        /// Seconds from being due to the first call, of those who were called.
        public let wait: Spread
        /// Seconds from the call, or from the start of serving, to the end.
        public let serving: Spread

        public init(
            service: ServiceID, tickets: Int, booked: Int, served: Int, refused: Int, left: Int,
            noShows: Int, cancelled: Int, wait: Spread, serving: Spread
        ) {
            self.service = service
            self.tickets = tickets
            self.booked = booked
            self.served = served
            self.refused = refused
            self.left = left
            self.noShows = noShows
            self.cancelled = cancelled
            self.wait = wait
            self.serving = serving
        }
    }

    /// A distribution of seconds in five figures; all 0 when nothing was counted.
    public struct Spread: Hashable, Sendable {
        public let count: Int
        public let mean: Int32
        public let p50: Int32
        public let p90: Int32
        public let max: Int32

        public init(count: Int, mean: Int32, p50: Int32, p90: Int32, max: Int32) {
            self.count = count
            self.mean = mean
            self.p50 = p50
            self.p90 = p90
            self.max = max
        }
    }

    /// Who had so many entries of the period's days written.
    public struct Caller: Hashable, Sendable {
        /// As the journal names it; empty for entries of a version that named nobody.
        public let caller: String
        public let entries: Int

        public init(caller: String, entries: Int) {
            self.caller = caller
            self.entries = entries
        }
    }

    /// What a window did.
    public struct Window: Hashable, Sendable {
        public let window: WindowID
        public let tickets: Int
        public let openSeconds: Int
        public let busySeconds: Int

        public init(window: WindowID, tickets: Int, openSeconds: Int, busySeconds: Int) {
            self.window = window
            self.tickets = tickets
            self.openSeconds = openSeconds
            self.busySeconds = busySeconds
        }
    }

    public let office: OfficeID
    public let from: CivilDate
    public let to: CivilDate
    /// Days of the period on which something happened.
    public let days: Int
    public let services: [Service]
    public let windows: [Window]
    public let breaches: [Breach]
    /// Of the tickets that were told their wait, how many waited no longer than the P90 told.
    public let foretold: Int
    public let withinP90: Int
    public let callers: [Caller]

    public init(
        office: OfficeID, from: CivilDate, to: CivilDate, days: Int, services: [Service],
        windows: [Window], breaches: [Breach], foretold: Int, withinP90: Int,
        callers: [Caller] = []
    ) {
        self.office = office
        self.from = from
        self.to = to
        self.days = days
        self.services = services
        self.windows = windows
        self.breaches = breaches
        self.foretold = foretold
        self.withinP90 = withinP90
        self.callers = callers
    }
}
