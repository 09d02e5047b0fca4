// SPDX-License-Identifier: Apache-2.0

/// Keeps what can be kept of the rest of a plan, and finds crews for what cannot.
struct RestSearch {
    private let rest: RestOfPlan
    private let published: Plan
    private let seed: UInt64
    private let steps: Int
    private var routes: [ShiftID: Route] = [:]
    /// Visits that lost their crew, with the hours in which to look for another.
    private var open: [(visit: VisitID, hours: TimeWindow)]

    init(_ rest: RestOfPlan, _ published: Plan, _ seed: UInt64, _ steps: Int) {
        self.rest = rest
        self.published = published
        self.seed = seed
        self.steps = steps
        open = rest.orphans
        keepWhatFits()
    }

    /// The plan with what was found so far.
    var plan: Plan {
        let used = rest.problem.shifts.compactMap { routes[$0.id] }.filter { !$0.visits.isEmpty }
        let paid = Set(used.flatMap(\.visits))
        return Plan(
            routes: used,
            unassigned: rest.problem.visits.map(\.id).filter { !paid.contains($0) })
    }

    /// Looks for crews day by day.
    mutating func run() throws(ProblemError) {
        // Where the crew served, and where the visit was promised.
        var left = open.map { entry in
            let promise = rest.problem.visit(entry.visit)?.promise?.window ?? entry.hours
            let hours = TimeWindow(
                min(entry.hours.start, promise.start), max(entry.hours.end, promise.end))!
            return (visit: entry.visit, hours: hours)
        }
        while var hours = left.first?.hours {
            // All that overlaps, and what overlaps that.
            var group: [VisitID] = []
            while let index = left.firstIndex(where: { $0.hours.intersection(hours) != nil }) {
                let next = left.remove(at: index)
                group.append(next.visit)
                hours = TimeWindow(
                    min(hours.start, next.hours.start), max(hours.end, next.hours.end))!
            }
            try place(group, hours)
        }
    }

    private mutating func place(
        _ visits: [VisitID], _ hours: TimeWindow
    ) throws(ProblemError) {
        let shifts = rest.problem.shifts.filter { $0.hours.intersection(hours) != nil }
        guard !shifts.isEmpty else { return }
        let known = shifts.compactMap { routes[$0.id] }
        let kept = known.flatMap(\.visits).compactMap(rest.problem.visit)
        // Nobody who has a crew loses it to others, however many of them it would pay.
        let lost = visits.compactMap(rest.problem.visit).map { visit in
            var visit = visit
            visit.isRequired = false
            return visit
        }
        let part = try ProblemPart(rest.problem, shifts: shifts, visits: kept + lost).problem
        let steps = steps
        let outcome = Planner(
            part, seed: seed, start: Plan(routes: known), published: published,
            movePrice: Planner.usualMovePrice
        ).search { $0.unassigned == 0 || $0.steps >= steps ? 1 : Double($0.steps) / Double(steps) }
        for shift in shifts { routes[shift.id] = nil }
        for route in outcome.plan.routes { routes[route.shift] = route }
    }

    /// Takes over the routes, less the visits that come too late in them.
    private mutating func keepWhatFits() {
        let search = PlanSearch(rest.problem.tables, seed: seed)
        for route in rest.routes {
            if let kept = fitting(route, search) {
                routes[route.shift] = kept
                let paid = Set(kept.visits)
                let hours = rest.hours[route.shift]!
                open += route.visits.filter { !paid.contains($0) }.map { (visit: $0, hours: hours) }
            }
        }
    }

    /// The route, or as much of it as can be kept when those that come first go first.
    private func fitting(_ route: Route, _ search: PlanSearch) -> Route? {
        func keeps(_ stops: [Stop]) -> Bool {
            search.load(Plan(routes: [Route(shift: route.shift, stops: stops)]), rest.problem)
                .isEmpty
        }
        if keeps(route.stops) { return route }
        let shift = rest.problem.shiftIndex[route.shift]!
        var kept: [Stop] = []
        for stop in route.stops {
            guard keeps(kept + [stop]) else { continue }
            search.state.clear(shift)
            kept.append(stop)
        }
        _ = keeps(kept)
        return Route(shift: route.shift, stops: kept)
    }
}
