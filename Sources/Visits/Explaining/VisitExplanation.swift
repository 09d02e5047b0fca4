// SPDX-License-Identifier: Apache-2.0

/// Why a visit stands where it stands in a plan, and what else was possible.
///
/// ```swift
/// let explanation = PlanExplainer(problem, plan).explanation(of: VisitID(4))!
/// explanation.slackAfter  // 1_800: it may start half an hour later
/// explanation.lateBound  // .visit(VisitID(9)): then that one would be late
/// ```
public struct VisitExplanation: Hashable, Sendable {
    public let visit: VisitID
    public let shift: ShiftID
    /// Which stop of its route it is, counted from 0.
    public let position: Int
    public let arrival: Int
    public let start: Int
    /// Seconds on the way that the route would save without it.
    public let extraTravel: Int
    /// What keeps it from starting sooner.
    public let earlyBound: EarlyBound
    /// Seconds by which it may start later with nothing broken, within the window it starts in.
    public let slackAfter: Int
    /// What one second more would break.
    public let lateBound: LateBound
    /// The best place on every other shift, in the order of the problem.
    public let elsewhere: [Elsewhere]

    /// Seconds by which the crew may come later without the visit starting later.
    public var slackBefore: Int { start - arrival }

    public enum EarlyBound: Hashable, Sendable {
        /// The crew is not there sooner.
        case arrival
        /// A window, or the promise, begins then.
        case window
    }

    public enum LateBound: Hashable, Sendable {
        /// Its own windows, what was promised, or its due time.
        case window, promise, due
        /// A later visit would miss its window or due time.
        case visit(VisitID)
        /// The lunch would come too late.
        case lunch(Int)
        /// The crew would be back after its hours.
        case hours
    }

    /// What another shift could do.
    public struct Elsewhere: Hashable, Sendable {
        public let shift: ShiftID
        public let answer: Answer

        public enum Answer: Hashable, Sendable {
            case possible(Offer)
            case refused(OfferHurdle)
        }
    }
}
