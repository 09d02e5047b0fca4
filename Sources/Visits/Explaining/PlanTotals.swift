// SPDX-License-Identifier: Apache-2.0

/// What a plan adds up to.
///
/// ```swift
/// let totals = PlanTotals(problem, plan)
/// totals.promisesBroken  // []
/// totals.spread  // 4_800: the busiest crew works eighty minutes longer than the idlest
/// ```
public struct PlanTotals: Hashable, Sendable {
    /// Seconds on the way, of waiting before visits, and of set-ups and services.
    public let travel: Int
    public let waiting: Int
    public let service: Int
    public let usedShifts: Int
    /// Every crew of the problem, by name.
    public let crews: [CrewLoad]
    /// Visits that end after their due time, in the order of their numbers.
    public let pastDue: [VisitID]
    /// Promised visits that nobody pays, or another shift or at another time than was told.
    public let promisesBroken: [VisitID]
    public let unassigned: [VisitID]

    /// What one crew has to do.
    public struct CrewLoad: Hashable, Sendable {
        /// The crew's label; "shift 3" for a shift without one.
        public let crew: String
        public let visits: Int
        /// Seconds on the way and with applicants.
        public let work: Int
    }

    /// Seconds of work between the busiest crew and the idlest; crews without visits count.
    public var spread: Int {
        (crews.map(\.work).max() ?? 0) - (crews.map(\.work).min() ?? 0)
    }

    /// The totals; routes with something that the problem lacks are left out.
    ///
    /// What crews have tried in vain, as `soFar` says, counts with its way and its time, and not as a visit.
    public init(_ problem: RoutingProblem, _ plan: Plan, after soFar: DaySoFar = DaySoFar()) {
        var (travel, waiting, service, used) = (0, 0, 0, 0)
        var loads: [String: (visits: Int, work: Int)] = [:]
        for shift in problem.shifts { loads[Self.name(shift), default: (0, 0)].visits += 0 }
        var (late, broken, paid): (Set<VisitID>, Set<VisitID>, Set<VisitID>) = ([], [], [])
        let planned = Set(plan.routes.map(\.shift))
        let others = soFar.begun.keys.filter { !planned.contains($0) && soFar.isOut($0) }.sorted()
        let routes =
            plan.routes
            + others.map { Route(shift: $0, stops: soFar.route(of: $0).map(\.stop)) }
        for route in routes {
            guard let shift = problem.shift(route.shift),
                let times = Schedule(
                    route, problem, begun: soFar.begun[route.shift] ?? [])
            else { continue }
            travel += times.travel
            waiting += times.waiting
            used += route.visits.isEmpty && !soFar.isOut(route.shift) ? 0 : 1
            var work = times.travel
            for step in times.steps {
                guard case .visit(let id) = step.kind else { continue }
                work += step.setup + step.service
                service += step.setup + step.service
                guard !step.isInVain, let visit = problem.visit(id) else { continue }
                paid.insert(id)
                if let due = visit.due, step.free > due { late.insert(id) }
                if let promise = visit.promise, !promise.isKept(by: shift.id, at: step.start) {
                    broken.insert(id)
                }
            }
            loads[Self.name(shift)]!.visits += route.visits.count
            loads[Self.name(shift)]!.work += work
        }
        let driven = Set(routes.map(\.shift))
        for shift in problem.shifts where shift.isOut && !driven.contains(shift.id) {
            travel += Schedule(Route(shift: shift.id, stops: []), problem)?.travel ?? 0
        }
        self.travel = travel
        self.waiting = waiting
        self.service = service
        usedShifts = used
        crews = loads.sorted { $0.key < $1.key }.map {
            CrewLoad(crew: $0.key, visits: $0.value.visits, work: $0.value.work)
        }
        pastDue = late.sorted()
        let left = problem.visits.filter { !paid.contains($0.id) }
        broken.formUnion(left.filter { $0.promise != nil }.map(\.id))
        promisesBroken = broken.sorted()
        unassigned = left.map(\.id).sorted()
    }

    private static func name(_ shift: Shift) -> String { shift.crew ?? shift.id.description }
}

extension Promise {
    /// Whether a start by a shift is what was told.
    func isKept(by shift: ShiftID, at start: Int) -> Bool {
        window.contains(start) && (shifts.isEmpty || shifts.contains(shift))
    }
}
