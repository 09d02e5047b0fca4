// SPDX-License-Identifier: Apache-2.0

/// What has happened of a day when its plan is looked at: facts, which no plan changes.
///
/// ```swift
/// let done = DoneStop(.visit(VisitID(4)), arrival: 33_000, start: 33_000, end: 34_200)
/// DaySoFar(now: 34_000, begun: [ShiftID(1): [DaySoFar.Begun(done)]])
/// ```
public struct DaySoFar: Hashable, Sendable {
    /// A stop that a crew has begun, or that it cannot be called away from any more.
    public struct Begun: Hashable, Sendable {
        /// Its times, as they were or are expected.
        public let done: DoneStop
        /// Whether the crew was there and could not pay the visit, so that it may be paid yet.
        public let isInVain: Bool
        /// Where that was, if the problem has no such visit: one that is not to be paid any more.
        public let place: Place?

        public init(_ done: DoneStop, isInVain: Bool = false, place: Place? = nil) {
            self.done = done
            self.isInVain = isInVain
            self.place = place
        }
    }

    /// The second before which no crew sets out for anything else; nil if nothing is said.
    public var now: Int?
    /// Per shift what its crew has begun, in order.
    public var begun: [ShiftID: [Begun]]

    public init(now: Int? = nil, begun: [ShiftID: [Begun]] = [:]) {
        self.now = now
        self.begun = begun.filter { !$0.value.isEmpty }
    }

    /// Whether no crew has begun anything.
    public var isEmpty: Bool { begun.isEmpty }

    /// The beginning of a shift's route, without what was tried in vain.
    public func route(of shift: ShiftID) -> [DoneStop] {
        (begun[shift] ?? []).filter { !$0.isInVain }.map(\.done)
    }

    /// Whether the crew of a shift has been with somebody, in vain or not, or cannot be called away from that.
    public func isOut(_ shift: ShiftID) -> Bool {
        begun[shift]?.contains { $0.done.stop.visit != nil } ?? false
    }
}
