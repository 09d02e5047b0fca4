// SPDX-License-Identifier: Apache-2.0

/// A place in the plan for one more visit; nothing else has to change for it.
///
/// ```swift
/// let offer = try board.answer(caller, in: [window]).offers[0]
/// board.plan(accepting: offer, by: caller.visit.id)  // keeps every promise
/// ```
public struct Offer: Hashable, Sendable {
    /// The window that can be promised.
    public let window: TimeWindow
    public let shift: ShiftID
    /// Which stop of the shift's route the visit would be, counted from 0.
    public let position: Int
    /// When it may start there; all of it lies in the window.
    public let starts: TimeWindow
    /// Seconds on the way that it adds.
    public let extraTravel: Int
}

/// Why nothing is offered: the first hurdle that no shift takes.
///
/// ```swift
/// try board.answer(caller, in: [night]).refusals[0].reason  // .noShift
/// ```
public enum OfferHurdle: Hashable, Sendable {
    /// No shift serves then.
    case noShift
    /// The visit avoids, or does not allow, those that do.
    case avoided
    /// None of the rest has all the skills.
    case skill
    /// None of the rest has room for what the visit takes along.
    case load
    /// None of the rest has a way there and on from there, from any place between two of its stops.
    case noWay
    /// The window begins too late for the service to end by the due time.
    case pastDue
    /// So many more seconds of slack would be needed at the best place, which is in this shift.
    case slack(missing: Int, ShiftID)
}

/// A window that cannot be promised.
///
/// ```swift
/// let refusal = try board.answer(caller, in: [night]).refusals[0]
/// refusal.window == night  // true
/// ```
public struct OfferRefusal: Hashable, Sendable {
    public let window: TimeWindow
    public let reason: OfferHurdle
}

/// What can be told to a caller.
///
/// ```swift
/// let answer = try board.answer(caller, in: windows)
/// answer.offers.count + answer.refusals.count == windows.count  // true
/// ```
public struct OfferAnswer: Hashable, Sendable {
    /// The best first: least extra travel, and of equal ones the earliest window.
    public let offers: [Offer]
    /// In the order in which the windows were given.
    public let refusals: [OfferRefusal]
}
