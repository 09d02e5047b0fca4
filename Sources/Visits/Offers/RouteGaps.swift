// SPDX-License-Identifier: Apache-2.0

/// Between two stops of a route: what one more visit there must keep to.
struct Gap: Sendable {
    /// The crew may go on from this moment, and arrives at least `base` and the way from `leave`.
    var ready: Int32
    var base: Int32
    var leave: Int32
    /// The crew must be free again by `limit`, and have left by `late`, less the way to `reach`.
    var limit: Int32
    var late: Int32
    /// The same for a visit at the very place of the next one, which then needs no set-up.
    var limitThere: Int32
    var lateThere: Int32
    var reach: Int32
    /// The way that is driven now; a crew without visits stays where it is.
    var leg: Int32
}

/// One route as a visit that asks for room sees it.
struct RouteGaps: Sendable {
    let stops: [Stop]
    /// The gap of a number lies before the stop of that number.
    let gaps: [Gap]
    /// What the visits take of each capacity of the shift.
    let load: [Int]
    let visitCount: Int
    /// Whether the shift can be driven as it is.
    private(set) var isOpen: Bool
    /// Whether the crew was to drive a route that cannot be kept, and is not free for another shift.
    private(set) var isBroken = false

    /// Whether the crew works on this shift.
    var isUsed: Bool { visitCount > 0 || isBroken }

    /// Closes the shift, as its route cannot be kept.
    mutating func close() {
        isOpen = false
        isBroken = true
    }

    init(_ state: RouteState, _ shift: Int, _ problem: RoutingProblem) {
        let tables = state.tables
        visitCount = Int(state.count[shift])
        var stops: [Stop] = []
        var gaps: [Gap] = []
        var node = state.start(shift)
        while true {
            let after = Int(state.nodes[node].next)
            let (from, next) = (state.nodes[node], state.nodes[after])
            let there =
                tables.hasSetups
                ? state.limitsWithoutSetup(after)
                : RouteLimits(limit: next.limit, late: next.late)
            gaps.append(
                Gap(
                    ready: from.ready, base: from.base, leave: from.leave, limit: next.limit,
                    late: next.late, limitThere: there.limit, lateThere: there.late,
                    reach: next.reach, leg: next.leg))
            if state.isEnd(after) { break }
            stops.append(problem.stop(after, shift))
            node = after
        }
        self.stops = stops
        self.gaps = gaps
        var load = problem.shifts[shift].capacity.map { _ in 0 }
        for case .visit(let id) in stops {
            let demand = problem.visits[problem.visitIndex[id]!].demand
            for (kind, amount) in demand.prefix(load.count).enumerated() { load[kind] += amount }
        }
        self.load = load
        isOpen = state.isOpen[shift]
    }
}

extension RoutingProblem {
    /// What a node of the tables is in a plan.
    func stop(_ node: Int, _ shift: Int) -> Stop {
        guard node >= tables.visitCount else { return .visit(visits[node].id) }
        let index = node - Int(tables.lunchFrom[shift])
        return .lunch(shifts[shift].lunches[index].number)
    }
}
