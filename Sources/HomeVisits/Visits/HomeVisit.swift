// SPDX-License-Identifier: Apache-2.0

public import Parties
import Visits

/// A stretch of time in which a crew comes: seconds since the epoch, both ends included.
public struct VisitWindow: Hashable, Sendable {
    public let start: Int64
    public let end: Int64

    /// Nil if it ends before it starts.
    public init?(start: Int64, end: Int64) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }
}

/// A visit that somebody has asked for.
public struct HomeVisit: Hashable, Sendable {
    public let number: UInt32
    public let applicant: Applicant
    /// Nil once the person is forgotten.
    public internal(set) var words: PersonWords?
    /// Seconds with the applicant, and before them for setting up.
    public internal(set) var service: Int
    public let setup: Int
    public let needs: [NeedID]
    public let avoided: [CrewID]
    /// Seconds since the epoch: when it was asked for, and by when it is due.
    public let askedAt: Int64
    public let due: Int64
    public internal(set) var state: State
    public internal(set) var promise: VisitWindow?
    public internal(set) var hold: Hold?
    /// The late start that was said of a promise which is being kept late, in seconds since the epoch.
    public internal(set) var saidLate: Int64?
    /// How often a crew was there in vain.
    public internal(set) var attempts: Int = 0
    /// What its crew has told of the way to it last; nil if nothing was, or the crew has turned to another.
    var told: Told?
    /// Whether the plan has no place any more for what was promised.
    public internal(set) var isUnkept = false
    /// Why it was called off; empty where nothing was said.
    public internal(set) var reason = ""
    /// The stream's revision when it last changed.
    public internal(set) var changed: UInt32

    /// That a crew has set out, or is there, and on which of its shifts.
    struct Told: Hashable, Sendable {
        let report: VisitReport
        let shift: ShiftID
    }

    /// Windows that nobody else is promised for a while.
    public struct Hold: Hashable, Sendable {
        /// Seconds since the epoch.
        public let until: Int64
        public let windows: [VisitWindow]
    }
}

extension HomeVisit.State {
    /// Whether nothing more follows.
    public var isOver: Bool { self == .done || self == .cancelled }
}

/// How it goes with a visit, as its crew tells.
public enum VisitReport: Hashable, Sendable {
    /// The crew has set out for it.
    case underWay
    /// The crew is there.
    case arrived
    case done
    case nobodyHome
    /// It takes so many minutes more, 1 to 480.
    case longer(minutes: Int)
}

/// Who has called a visit off.
///
/// The numbers never change.
public enum VisitCanceller: UInt8, CaseIterable, Hashable, Sendable {
    case applicant = 1
    case office = 2
}
