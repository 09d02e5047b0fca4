// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Visits

/// A search for a better plan, to be run while others go on.
///
/// ```swift
/// let search = try desk.replanning(terms, now: now)
/// let found = search.run(seed: 1) { _ in clock.isOver ? 1 : clock.share }
/// let events = try desk.replanned(found, terms, now: now, wanted: true)
/// ```
public struct ReplanSearch: Sendable {
    let problem: RoutingProblem
    let plan: Plan
    let movePrice: Int

    /// The best plan found until `budget` says that all of it is used; see `Planner.search`.
    public func run(seed: UInt64, budget: (SearchProgress) -> Double) -> ReplanFound {
        ReplanFound(
            plan: Planner(
                problem, seed: seed, start: plan, published: plan, movePrice: movePrice
            ).search(budget: budget).plan)
    }
}

/// A plan that a search has found, for the area as it was when the search began.
public struct ReplanFound: Sendable {
    let plan: Plan
}

/// Plans made anew.
extension VisitDesk {
    /// A search from the plan as it is, with today's order and tomorrow's crews as the rules freeze
    /// them; nil if nothing is planned.
    ///
    /// - Throws: what makes the plan no problem.
    public mutating func replanning(
        _ terms: AreaTerms, now: Int64
    ) throws(VisitRefusal) -> ReplanSearch? {
        guard let (rest, _) = try rest(terms, Int(now)) else { return nil }
        return ReplanSearch(
            problem: rest.problem, plan: rest.plan, movePrice: book.area.rules.movePrice)
    }

    private mutating func rest(
        _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> (DayRepair, Situation)? {
        let dates = book.datesAhead(terms, now)
        guard !dates.isEmpty else { return nil }
        let situation = try situation(dates, terms, now, freezing: true)
        do { return (try situation.rest(), situation) } catch { throw error.refusal }
    }

    /// What a plan that was found leads to: the new routes if it is better than the plan as it is
    /// now, whatever has happened meanwhile, and the figures.
    ///
    /// Better is first a promise that has a place again, then less time on the way, with the price of
    /// each visit that changes its crew. No plan is better in which anybody has no place who has one, or
    /// that breaks a promise. With `wanted` the figures are told even if it is not better. Without a
    /// plan nothing was there to be planned.
    ///
    /// - Throws: what makes the plan no problem.
    public mutating func replanned(
        _ found: ReplanFound?, _ terms: AreaTerms, now: Int64, wanted: Bool
    ) throws(VisitRefusal) -> [VisitEvent] {
        let none = ReplanFigures(
            isPublished: false, travelBefore: 0, travelAfter: 0, moved: 0, regained: 0)
        guard let found = found?.plan, let (rest, situation) = try rest(terms, Int(now)) else {
            return wanted ? [.replanned(none)] : []
        }
        let (problem, current) = (rest.problem, rest.plan)
        // What was found is put into the plan as it is now; what it lacks is put where it fits.
        let candidate = Planner(
            problem, start: found, published: current, movePrice: book.area.rules.movePrice
        ).search { _ in 1 }.plan
        let before = PlanTotals(problem, current)
        let after = PlanTotals(problem, candidate)
        let (old, new) = (current.shifts, candidate.shifts)
        let moved = new.filter { $0.value != old[$0.key] && old[$0.key] != nil }.count
        let regained = situation.without.count { new[$0] != nil }
        let gain = before.travel - after.travel - moved * book.area.rules.movePrice
        let isKept =
            situation.ahead(of: rest).allSatisfy { new[$0] != nil }
            && after.pastDue.isEmpty && !after.promisesBroken.contains { new[$0] != nil }
        func figures(_ isPublished: Bool) -> VisitEvent {
            .replanned(
                ReplanFigures(
                    isPublished: isPublished, travelBefore: Int64(before.travel),
                    travelAfter: Int64(after.travel), moved: Int32(clamping: moved),
                    regained: Int32(clamping: regained)))
        }
        if isKept, regained > 0 || gain > 0 {
            let changes = book.changes(candidate, book.behind(rest, situation), situation)
            let events = try withProgress(
                VisitEvent.routes(changes) + [figures(true)], terms, Int(now))
            if events.allSatisfy({ $0.broken == nil }) { return events }
        }
        return wanted ? [figures(false)] : []
    }
}
