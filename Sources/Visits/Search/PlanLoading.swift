// SPDX-License-Identifier: Apache-2.0

/// What of a plan could not be taken over, and why.
public enum StartRefusal: Hashable, Sendable {
    /// The problem has no such shift.
    case unknownShift(ShiftID)
    /// The shift is there twice.
    case repeatedShift(ShiftID)
    /// The route cannot be kept as it is: a window, a due time, the hours, a skill, an amount.
    case broken(ShiftID)
}

extension PlanSearch {
    /// Takes over the routes of a plan that can be kept as they are; returns what was refused.
    ///
    /// Visits of a refused route, and those that the problem does not know, are left out. A lunch
    /// that the plan does not mention is put where the crew is back the earliest, if it can be taken at all.
    func load(_ plan: Plan, _ problem: RoutingProblem) -> [StartRefusal] {
        var refusals: [StartRefusal] = []
        var loaded: Set<Int> = []
        for route in plan.routes {
            guard let shift = problem.shiftIndex[route.shift] else {
                refusals.append(.unknownShift(route.shift))
                continue
            }
            guard loaded.insert(shift).inserted else {
                refusals.append(.repeatedShift(route.shift))
                continue
            }
            if !load(route, shift, problem) { refusals.append(.broken(route.shift)) }
        }
        return refusals
    }

    private func load(_ route: Route, _ shift: Int, _ problem: RoutingProblem) -> Bool {
        guard state.isOpen[shift] else { return false }
        let lunches = problem.shifts[shift].lunches
        var missing = Set(lunches.indices)
        var chain: [Int] = []
        for stop in route.stops {
            switch stop {
            case .visit(let id):
                guard let visit = problem.visitIndex[id] else { continue }
                guard state.shiftOf[visit] < 0, !chain.contains(visit) else { return false }
                chain.append(visit)
            case .lunch(let number):
                guard let index = lunches.firstIndex(where: { $0.number == number }),
                    missing.remove(index) != nil
                else { return false }
                chain.append(Int(tables.lunchFrom[shift]) + index)
            }
        }
        guard chain.contains(where: state.isVisit) else { return true }
        guard !missing.isEmpty else { return state.load(chain, shift) }
        let placement = LunchPlacement(
            tables: tables, shift: shift,
            missing: missing.sorted().map { Int(tables.lunchFrom[shift]) + $0 })
        return placement.complete(chain).map { state.load($0, shift) } ?? false
    }

    /// Takes the shifts of a plan for the published ones.
    func publish(_ plan: Plan, _ problem: RoutingProblem) {
        for (visit, shift) in plan.shifts {
            guard let visit = problem.visitIndex[visit], let shift = problem.shiftIndex[shift]
            else { continue }
            state.published[visit] = Int32(shift)
        }
    }

    /// The best routes as a plan.
    func plan(_ problem: RoutingProblem) -> Plan {
        var routes: [Route] = []
        var assigned: Set<Int> = []
        for shift in problem.shifts.indices {
            let nodes = best.nodes(shift)
            guard nodes.contains(where: state.isVisit) else { continue }
            let stops: [Stop] = nodes.map { node in
                guard state.isVisit(node) else {
                    let index = node - Int(tables.lunchFrom[shift])
                    return .lunch(problem.shifts[shift].lunches[index].number)
                }
                assigned.insert(node)
                return .visit(problem.visits[node].id)
            }
            routes.append(Route(shift: problem.shifts[shift].id, stops: stops))
        }
        let unassigned = problem.visits.indices.filter { !assigned.contains($0) }
        return Plan(routes: routes, unassigned: unassigned.map { problem.visits[$0].id })
    }
}
