// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// An answer on home visits.
public enum VisitAnswer: Hashable, Sendable {
    indirect case area(VisitArea, revision: UInt32)
    case windows(FreeWindows)
    case visit(VisitView)
    case explanation(VisitExplained)
    case plan(AreaPlan)
}

/// A visit as it is told.
public struct VisitView: Hashable, Sendable {
    public let id: HomeVisitID
    public let state: HomeVisit.State
    /// Nil if the person is forgotten.
    public let words: PersonWords?
    public let needs: [NeedID]
    public let avoided: [CrewID]
    /// Seconds, with setting up.
    public let service: Int32
    /// How many of them are for setting up, which a crew does once in a building.
    public let setup: Int32
    /// Seconds since the epoch.
    public let askedAt: Int64
    public let due: Int64
    public let promise: VisitWindow?
    /// Until when windows are held.
    public let heldUntil: Int64?
    /// Whether the plan has no place any more for what was promised.
    public let isUnkept: Bool
    /// Why it was called off; empty where nothing was said.
    public let reason: String
    /// What its applicant acts on it with; nil in lists.
    public let secret: BookingSecret?

    public init(
        id: HomeVisitID, state: HomeVisit.State, words: PersonWords?, needs: [NeedID],
        avoided: [CrewID], service: Int32, setup: Int32 = 0, askedAt: Int64, due: Int64,
        promise: VisitWindow?, heldUntil: Int64?, isUnkept: Bool, reason: String = "",
        secret: BookingSecret? = nil
    ) {
        self.id = id
        self.state = state
        self.words = words
        self.needs = needs
        self.avoided = avoided
        self.service = service
        self.setup = setup
        self.askedAt = askedAt
        self.due = due
        self.promise = promise
        self.heldUntil = heldUntil
        self.isUnkept = isUnkept
        self.reason = reason
        self.secret = secret
    }

    /// The same with its secret.
    public func with(_ secret: BookingSecret) -> VisitView {
        VisitView(
            id: id, state: state, words: words, needs: needs, avoided: avoided, service: service,
            setup: setup, askedAt: askedAt, due: due, promise: promise, heldUntil: heldUntil,
            isUnkept: isUnkept, reason: reason, secret: secret)
    }
}

/// Windows in which a visit has a place between others as they are.
///
/// In those without one an offer may still make room. None of them is held.
public struct FreeWindows: Hashable, Sendable {
    public let area: OfficeID
    public let revision: UInt32
    /// By when a visit that is asked for now is due, in seconds since the epoch.
    public let due: Int64
    /// The best first.
    public let windows: [OfferedWindow]
    /// In the order of time.
    public let refused: [RefusedWindow]
    /// Where the ways from and to the place are from; roads are not asked about for a question.
    public let ways: WayOrigin

    public init(
        area: OfficeID, revision: UInt32, due: Int64, windows: [OfferedWindow],
        refused: [RefusedWindow], ways: WayOrigin
    ) {
        self.area = area
        self.revision = revision
        self.due = due
        self.windows = windows
        self.refused = refused
        self.ways = ways
    }
}

/// The plan of an area for some days.
public struct AreaPlan: Hashable, Sendable {
    public let area: OfficeID
    public let revision: UInt32
    /// Whether it is all of it, and not only the days of crews and the visits that have changed.
    public let isWhole: Bool
    public let from: CivilDate
    public let days: Int32
    public let crewDays: [CrewDay]
    /// The visits of those days, and all that wait for somebody to act: asked for without a promise,
    /// or promised and without a place.
    public let visits: [VisitView]
    /// When it is told, in seconds since the epoch; nil from a server of before.
    public let at: Int64?

    public init(
        area: OfficeID, revision: UInt32, isWhole: Bool, from: CivilDate, days: Int32,
        crewDays: [CrewDay], visits: [VisitView], at: Int64? = nil
    ) {
        self.area = area
        self.revision = revision
        self.isWhole = isWhole
        self.from = from
        self.days = days
        self.crewDays = crewDays
        self.visits = visits
        self.at = at
    }

    /// One crew on one day.
    public struct CrewDay: Hashable, Sendable {
        public let crew: CrewID
        public let date: CivilDate
        /// When it may leave and must be back.
        public let hours: VisitWindow
        public let isAbsent: Bool
        /// Seconds on the way, and of waiting before visits.
        public let travel: Int32
        public let waiting: Int32
        public let stops: [Stop]
        /// When it is at the office again, in seconds since the epoch; nil if it visits nobody.
        ///
        /// A lunch behind the last visit is taken before, or on the way.
        public let back: Int64?

        public init(
            crew: CrewID, date: CivilDate, hours: VisitWindow, isAbsent: Bool, travel: Int32,
            waiting: Int32, stops: [Stop], back: Int64?
        ) {
            self.crew = crew
            self.date = date
            self.hours = hours
            self.isAbsent = isAbsent
            self.travel = travel
            self.waiting = waiting
            self.stops = stops
            self.back = back
        }

        /// Seconds after its hours until it is back; 0 if it is back within them.
        public var overtime: Int64 { back.map { max(0, $0 - hours.end) } ?? 0 }
    }

    /// What a crew does, with its times as they were or are expected, in seconds since the epoch.
    public struct Stop: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case visit(UInt32)
            /// A place in the plan that is held for a caller.
            case held(UInt32)
            case lunch
        }

        public let kind: Kind
        public let arrival: Int64
        public let start: Int64
        public let end: Int64
        /// Whether the crew cannot be called away from it any more.
        public let isBegun: Bool
        /// Seconds on the way to it from the visit before, or from the office; 0 for a lunch.
        public let way: Int32
        /// What came of it if the crew was there in vain; nil where it pays the visit, or is to.
        public let outcome: Outcome?

        /// Why a crew could not pay a visit.
        ///
        /// The numbers never change.
        public enum Outcome: UInt8, CaseIterable, Hashable, Sendable {
            case nobodyHome = 1
            case calledOff = 2
        }

        public init(
            kind: Kind, arrival: Int64, start: Int64, end: Int64, isBegun: Bool, way: Int32 = 0,
            outcome: Outcome? = nil
        ) {
            self.outcome = outcome
            self.kind = kind
            self.arrival = arrival
            self.start = start
            self.end = end
            self.isBegun = isBegun
            self.way = way
        }
    }
}

/// Why a visit stands where it stands.
public struct VisitExplained: Hashable, Sendable {
    public let id: HomeVisitID
    public let crew: CrewID
    public let date: CivilDate
    /// Seconds since the epoch.
    public let arrival: Int64
    public let start: Int64
    /// Seconds on the way that the crew would save without it.
    public let extraTravel: Int32
    /// Whether it waits for its window rather than for the crew.
    public let waitsForWindow: Bool
    /// Seconds by which it may begin later, and what one second more would break.
    public let slack: Int32
    public let bound: Bound
    /// The visit that would be late; 0 unless `bound` is `visit`.
    public let boundVisit: UInt32
    public let elsewhere: [Elsewhere]

    /// What a later begin would break.
    ///
    /// The numbers never change.
    public enum Bound: UInt8, CaseIterable, Hashable, Sendable {
        case promise = 1
        case due = 2
        case visit = 3
        case lunch = 4
        case hours = 5
    }

    /// What another crew could do on some day.
    public struct Elsewhere: Hashable, Sendable {
        public let crew: CrewID
        public let date: CivilDate
        /// Seconds on the way more; nil if it cannot.
        public let extraTravel: Int32?
        /// Why it cannot; nil if it can.
        public let reason: RefusedWindow.Reason?

        public init(
            crew: CrewID, date: CivilDate, extraTravel: Int32?, reason: RefusedWindow.Reason?
        ) {
            self.crew = crew
            self.date = date
            self.extraTravel = extraTravel
            self.reason = reason
        }
    }

    public init(
        id: HomeVisitID, crew: CrewID, date: CivilDate, arrival: Int64, start: Int64,
        extraTravel: Int32, waitsForWindow: Bool, slack: Int32, bound: Bound,
        boundVisit: UInt32, elsewhere: [Elsewhere]
    ) {
        self.id = id
        self.crew = crew
        self.date = date
        self.arrival = arrival
        self.start = start
        self.extraTravel = extraTravel
        self.waitsForWindow = waitsForWindow
        self.slack = slack
        self.bound = bound
        self.boundVisit = boundVisit
        self.elsewhere = elsewhere
    }
}
