// SPDX-License-Identifier: Apache-2.0

public import Visits

/// What checking a plan found.
public struct PlanReport: Hashable, Sendable {
    /// In the order of the routes; empty if the plan can be driven and keeps every word given.
    public internal(set) var faults: [PlanFault] = []
    /// Seconds on the way, of waiting before visits, and at work on visits.
    public internal(set) var travel = 0
    public internal(set) var waiting = 0
    public internal(set) var service = 0
    /// Shifts that pay at least one visit, or have tried to.
    public internal(set) var shiftsUsed = 0
    /// Visits that are paid, and those of the problem that are not.
    public internal(set) var paid = 0
    public internal(set) var unpaid = 0
    /// Visits on another shift than published; nil if nothing was published.
    public internal(set) var moved: Int?
    /// Visits that were published and that nobody pays any more.
    public internal(set) var dropped: [VisitID] = []
}
