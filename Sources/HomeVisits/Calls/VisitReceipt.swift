// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Parties

/// What came of a command: the same for each repeat of it.
public struct VisitReceipt: Hashable, Sendable {
    public let area: OfficeID
    /// The area's revision right after the command.
    public let revision: UInt32
    /// The visit that it was about.
    public let visit: HomeVisitID?
    /// The state of that visit right after it.
    public let state: HomeVisit.State?
    public let promise: VisitWindow?
    public let offer: OfferList?
    /// Promises that can be kept no more, with the ways out, or that are being kept late.
    public let unkept: [UnkeptPromise]
    public let replan: ReplanFigures?
    /// What the applicant of the visit acts on it with; nil until the server tells it.
    public let secret: BookingSecret?

    public init(
        area: OfficeID, revision: UInt32, visit: HomeVisitID? = nil,
        state: HomeVisit.State? = nil, promise: VisitWindow? = nil, offer: OfferList? = nil,
        unkept: [UnkeptPromise] = [], replan: ReplanFigures? = nil,
        secret: BookingSecret? = nil
    ) {
        self.area = area
        self.revision = revision
        self.visit = visit
        self.state = state
        self.promise = promise
        self.offer = offer
        self.unkept = unkept
        self.replan = replan
        self.secret = secret
    }

    /// The same with the secret of its visit.
    public func with(_ secret: BookingSecret) -> VisitReceipt {
        VisitReceipt(
            area: area, revision: revision, visit: visit, state: state, promise: promise,
            offer: offer, unkept: unkept, replan: replan, secret: secret)
    }
}

/// What can be told to a caller.
public struct OfferList: Hashable, Sendable {
    /// Seconds since the epoch: until when the held windows are nobody else's.
    public let until: Int64
    /// By when the visit is due.
    public let due: Int64
    /// The best first.
    public let windows: [OfferedWindow]
    /// In the order of time.
    public let refused: [RefusedWindow]
    /// Where the ways from and to the caller are from; nil in entries of the journal from before this
    /// was told.
    public let ways: WayOrigin?

    public init(
        until: Int64, due: Int64, windows: [OfferedWindow], refused: [RefusedWindow],
        ways: WayOrigin? = nil
    ) {
        self.until = until
        self.due = due
        self.windows = windows
        self.refused = refused
        self.ways = ways
    }
}

/// A window that can be promised.
public struct OfferedWindow: Hashable, Sendable {
    public let window: VisitWindow
    public let crew: CrewID
    /// Seconds on the way that it adds to the plan.
    public let extraTravel: Int32
    /// Whether it is held for the caller; another may be gone by the time it is chosen.
    public let isHeld: Bool
    /// How many other visits change their crew for it.
    public let moved: Int32

    public init(
        window: VisitWindow, crew: CrewID, extraTravel: Int32, isHeld: Bool, moved: Int32
    ) {
        self.window = window
        self.crew = crew
        self.extraTravel = extraTravel
        self.isHeld = isHeld
        self.moved = moved
    }
}

/// A window that cannot be promised, and why.
public struct RefusedWindow: Hashable, Sendable {
    /// The first hurdle that no crew takes.
    ///
    /// The numbers never change.
    public enum Reason: UInt8, CaseIterable, Hashable, Sendable {
        /// No crew is on a shift then.
        case noShift = 1
        /// Those that are must not come to this applicant.
        case avoided = 2
        /// None of the rest has what the visit needs.
        case need = 3
        /// It would end after the visit is due.
        case pastDue = 4
        /// None has the time.
        case noSlack = 5
    }

    public let window: VisitWindow
    public let reason: Reason
    /// With `noSlack`, the seconds that are wanting at the best place.
    public let missing: Int32

    public init(window: VisitWindow, reason: Reason, missing: Int32) {
        self.window = window
        self.reason = reason
        self.missing = missing
    }
}

/// A promise that the plan cannot keep any more, or keeps late.
///
/// Without alternatives and with `late` the crew is on its way or there: nothing can be done but to say
/// so.
public struct UnkeptPromise: Hashable, Sendable {
    public let number: UInt32
    /// What was promised.
    public let promise: VisitWindow
    /// A crew could come on the same day so much later: when it would begin, in seconds since the epoch.
    public let late: Late?
    /// Other windows, the best first.
    public let alternatives: [OfferedWindow]

    public struct Late: Hashable, Sendable {
        public let start: Int64
        public let crew: CrewID

        public init(start: Int64, crew: CrewID) {
            self.start = start
            self.crew = crew
        }
    }

    public init(
        number: UInt32, promise: VisitWindow, late: Late?, alternatives: [OfferedWindow]
    ) {
        self.number = number
        self.promise = promise
        self.late = late
        self.alternatives = alternatives
    }
}

/// What making the plan anew has brought.
public struct ReplanFigures: Hashable, Sendable {
    /// Whether the new plan is better, so that it is in force.
    public let isPublished: Bool
    /// Seconds on the way, before and in the plan that was found.
    public let travelBefore: Int64
    public let travelAfter: Int64
    /// Visits that another crew pays than before, or on another day.
    public let moved: Int32
    /// Promised visits that found a place again.
    public let regained: Int32

    public init(
        isPublished: Bool, travelBefore: Int64, travelAfter: Int64, moved: Int32, regained: Int32
    ) {
        self.isPublished = isPublished
        self.travelBefore = travelBefore
        self.travelAfter = travelAfter
        self.moved = moved
        self.regained = regained
    }
}
