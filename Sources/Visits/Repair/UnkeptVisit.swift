// SPDX-License-Identifier: Apache-2.0

/// A visit that the repaired plan does not pay as it was told, and the ways out.
///
/// ```swift
/// repair.unkept.map(\.visit)  // [VisitID(4), VisitID(9)]
/// repair.unkept[0].alternatives.map(\.window)  // [morning]
/// ```
public struct UnkeptVisit: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// No crew can pay it as it was promised.
        case noRoom
        /// A crew was there in vain.
        case nobodyHome
    }

    public let visit: VisitID
    public let reason: Reason
    /// What the applicant was told; nil if nothing was.
    public let promise: Promise?
    /// The same day, as early as a crew can be there; nil if none can, or nothing was promised.
    public let late: LateOffer?
    /// Other windows, the best first.
    public let alternatives: [Offer]
}

/// A visit kept for its day, but late.
///
/// ```swift
/// repair.unkept[0].late?.by  // 1_800: half an hour after the promised window
/// ```
public struct LateOffer: Hashable, Sendable {
    /// Its window goes from the start of what was promised to the late start.
    public let offer: Offer
    /// Seconds after the end of what was promised.
    public let by: Int
}

/// A visit that has begun late, or is being driven to and will.
///
/// ```swift
/// repair.lateAlready.map(\.visit)  // [VisitID(9)]: nothing can be done about it
/// ```
public struct LateVisit: Hashable, Sendable {
    public let visit: VisitID
    public let shift: ShiftID
    public let start: Int
    /// Seconds after the end of what was promised.
    public let by: Int
}

/// What the dispatcher does about a visit that cannot be kept.
///
/// ```swift
/// try repair.choosing(.late, for: VisitID(4))
/// ```
public enum UnkeptChoice: Hashable, Sendable {
    /// The crew comes late.
    case late
    /// The visit is promised anew, as one of its alternatives says.
    case alternative(Offer)
    /// The visit stays without a crew, and is not promised any more.
    case giveUp
}
