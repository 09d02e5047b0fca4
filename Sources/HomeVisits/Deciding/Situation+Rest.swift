// SPDX-License-Identifier: Apache-2.0

import Visits

/// What is left of a situation, put right.
extension Situation {
    /// Promises that have no place.
    var without: [VisitID] {
        plan.routes.filter { PlanNumbers.crew(of: $0.shift) == PlanNumbers.nobody }
            .flatMap(\.visits)
    }

    /// The visits that have a place with a crew and are not behind it in what is left of the plan.
    func ahead(of rest: DayRepair) -> [VisitID] {
        let behind = Set(rest.log.done.values.flatMap { $0 }.compactMap(\.stop.visit))
        return plan.routes.filter { PlanNumbers.crew(of: $0.shift) != PlanNumbers.nobody }
            .flatMap(\.visits).filter { PlanNumbers.isAhead($0) && !behind.contains($0) }
    }

    /// What is left of the plan, with a set-up for each visit but on routes that cannot be kept so.
    ///
    /// Nobody loses a place who has one only as others of the building are visited before.
    func rest() throws(RepairError) -> DayRepair {
        let strict = try DayRepair(apart, plan, log, incidents, windows: [])
        let kept = strict.plan.shifts
        let lost = Set(ahead(of: strict).filter { kept[$0] == nil })
        let leaning = Set(
            plan.routes.map(\.visits).filter { $0.contains(where: lost.contains) }.flatMap { $0 })
        guard problem.visits.contains(where: { $0.setup > 0 && leaning.contains($0.id) }) else {
            return strict
        }
        let lenient: RoutingProblem
        do { lenient = try problem.apart(but: leaning) } catch { throw .problem(error) }
        return try DayRepair(lenient, plan, log, incidents, windows: [])
    }

    /// The plan put right.
    ///
    /// Where somebody would keep a place only over one that is held for another, the day goes on without
    /// what is held: a hold that ends breaks no promise.
    func repaired(_ more: [Incident]) throws(VisitRefusal) -> DayRepair {
        do {
            let repair = try put(right: more)
            guard leansOnHeld(repair), let alone = withoutHeld() else { return repair }
            let (kept, bare) = (repair.plan.shifts, try alone.put(right: more))
            let keptAlone = bare.plan.shifts
            let leans = alone.ahead(of: bare).contains {
                kept[$0] != nil && keptAlone[$0] == nil
            }
            if leans { return bare }
            // Nor does a promise that is lost find a place again over one that is held: it would take that of
            // whoever has one.
            let borrowed = Set(without.filter { kept[$0] != nil && keptAlone[$0] == nil })
            return try borrowed.isEmpty ? repair : leaving(borrowed).put(right: more)
        } catch { throw error.refusal }
    }

    /// The situation in which nobody looks for places of some promises without one.
    private func leaving(_ lost: Set<VisitID>) -> Situation {
        let routes = plan.routes.map { route in
            Route(
                shift: route.shift,
                stops: route.stops.filter { stop in
                    PlanNumbers.crew(of: route.shift) != PlanNumbers.nobody
                        || stop.visit.map { !lost.contains($0) } ?? true
                })
        }
        return Situation(
            problem: problem, profiles: profiles, apart: apart, plan: Plan(routes: routes),
            log: log, incidents: incidents)
    }

    /// The plan put right, with a set-up for each visit where so much is kept as without.
    private func put(right more: [Incident]) throws(RepairError) -> DayRepair {
        let apart = try DayRepair(apart, plan, log, incidents + more, windows: [])
        guard !apart.unkept.isEmpty, problem.visits.contains(where: { $0.setup > 0 }) else {
            return apart
        }
        let shared = try DayRepair(problem, plan, log, incidents + more, windows: [])
        return shared.unkept.count < apart.unkept.count ? shared : apart
    }

    /// Whether something would begin or end later if nothing were held, as it can where a way is longer than
    /// the one over another visit.
    private func leansOnHeld(_ repair: DayRepair) -> Bool {
        repair.plan.routes.contains { route in
            let stops = route.stops.filter { $0.visit.map(PlanNumbers.isHeld) != true }
            guard stops.count < route.stops.count,
                let held = Schedule(route, repair.problem),
                let alone = Schedule(Route(shift: route.shift, stops: stops), repair.problem)
            else { return false }
            let steps = Dictionary(held.steps.map { ($0.kind, $0) }) { a, _ in a }
            return alone.steps.contains { step in
                steps[step.kind].map { step.start > $0.start || step.free > $0.free } ?? false
            }
        }
    }

    /// The situation without places that are only held, but for those that are behind their crews; nil
    /// where there are none.
    private func withoutHeld() -> Situation? {
        let behind = Set(log.done.values.flatMap { $0 }.compactMap(\.stop.visit))
        let held = Set(
            plan.routes.flatMap(\.visits).filter {
                PlanNumbers.isHeld($0) && !behind.contains($0)
            })
        guard !held.isEmpty else { return nil }
        func without(_ problem: RoutingProblem) throws(ProblemError) -> RoutingProblem {
            try RoutingProblem(
                visits: problem.visits.filter { !held.contains($0.id) }, shifts: problem.shifts,
                travel: problem.travel, others: problem.others)
        }
        // What is less of a problem is one.
        guard let problem = try? without(problem), let apart = try? without(apart) else {
            return nil
        }
        let routes = plan.routes.map { route in
            Route(
                shift: route.shift,
                stops: route.stops.filter { stop in
                    stop.visit.map { !held.contains($0) } ?? true
                })
        }
        return Situation(
            problem: problem, profiles: profiles, apart: apart, plan: Plan(routes: routes),
            log: log, incidents: incidents)
    }
}
