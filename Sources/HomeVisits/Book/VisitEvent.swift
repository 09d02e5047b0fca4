// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties
public import Visits

/// What has happened to the visits of an area.
public enum VisitEvent: Hashable, Sendable {
    indirect case described(VisitArea)
    indirect case asked(AskedVisit)
    /// Windows were offered, and some of them held.
    indirect case offered(UInt32, OfferList)
    /// What was held for the visit is held no more.
    case released(UInt32)
    case promised(UInt32, VisitWindow)
    case cancelled(UInt32, by: VisitCanceller, reason: String)
    case reported(UInt32, VisitReport)
    /// The crew goes on at that second at the earliest.
    case delayed(ShiftID, until: Int64)
    case absent(ShiftID)
    case present(ShiftID)
    case roadClosed(RoadClosure)
    case roadOpened(NeedID)
    /// The plan has no place any more for what was promised.
    indirect case unkept(UnkeptPromise)
    /// Routes that have changed: what each of these crews does on its day.
    case routed([RouteChange])
    /// How it went with a crew's day so far, where it went otherwise than planned.
    case progressed(ShiftID, [DoneStop])
    case replanned(ReplanFigures)
}

/// What a crew does on a day from now on.
public struct RouteChange: Hashable, Sendable {
    public let shift: ShiftID
    /// Empty for a crew that has nothing to do.
    public let stops: [Stop]

    public init(shift: ShiftID, stops: [Stop]) {
        self.shift = shift
        self.stops = stops
    }
}

/// How shifts and places in routes are numbered.
///
/// A shift is one crew on one date: the date's day number times 64, plus the crew's number in its area,
/// from 0 on in the order in which crews were first described. A visit's own place in a route is its
/// number times 16; those that are held for it are the next.
public enum PlanNumbers {
    public static let crewsPerDay = 64
    public static let placesPerVisit = 16
    /// A crew's number that none has.
    static let nobody = crewsPerDay - 1

    public static func shift(_ date: CivilDate, crew: Int) -> ShiftID {
        ShiftID(Int(date.dayNumber) * crewsPerDay + crew)
    }

    public static func crew(of shift: ShiftID) -> Int { shift.number & (crewsPerDay - 1) }

    static func dayNumber(of shift: ShiftID) -> Int { shift.number >> 6 }

    public static func visit(_ number: UInt32, held: Int = 0) -> VisitID {
        VisitID(Int(number) * placesPerVisit + held)
    }

    public static func number(of visit: VisitID) -> UInt32 {
        UInt32(clamping: visit.number / placesPerVisit)
    }

    /// The place that a crew was at in vain, in whose stead the visit may get another.
    static func attempt(_ number: UInt32, _ attempts: Int) -> VisitID {
        visit(number, held: placesPerVisit - 1 - attempts % 7)
    }

    /// The most windows that are held for one visit.
    static let heldLimit = 8

    /// Whether a place is a visit's own, or held for it, and not one where a crew was in vain.
    static func isAhead(_ visit: VisitID) -> Bool { held(of: visit) <= heldLimit }

    /// Whether a place is only held for its visit.
    static func isHeld(_ visit: VisitID) -> Bool { isAhead(visit) && held(of: visit) > 0 }

    /// Which held place of its visit it is, from 1 on; 0 for its own.
    public static func held(of visit: VisitID) -> Int { visit.number % placesPerVisit }
}
