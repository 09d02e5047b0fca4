// SPDX-License-Identifier: Apache-2.0

/// A plan in which others have made room for one more visit.
///
/// ```swift
/// let room = try search.room(for: caller, in: window)!
/// room.plan.shifts[caller.visit.id] == room.shift  // true
/// ```
public struct Room: Hashable, Sendable {
    /// The window that can be promised.
    public let window: TimeWindow
    /// A whole plan for the problem with the visit in it; it keeps every promise.
    public let plan: Plan
    public let shift: ShiftID
    /// When the visit starts in that plan.
    public let start: Int
    /// Seconds on the way that the plan has more than before; negative if it has fewer.
    public let extraTravel: Int
    /// Visits that another shift pays than before, in the order of their numbers.
    public let moved: [VisitID]
}
