// SPDX-License-Identifier: Apache-2.0

/// What of a plan is otherwise than published.
///
/// ```swift
/// let changes = PlanChanges(problem, from: published, to: plan)
/// changes.visits.count { $0.isOtherCrew }  // 1: an applicant who sees somebody else
/// ```
public struct PlanChanges: Hashable, Sendable {
    /// Visits with another shift or start than before, in the order of their numbers.
    public let visits: [VisitChange]

    /// The changes; both plans are for the same problem.
    public init(_ problem: RoutingProblem, from published: Plan, to plan: Plan) {
        let (before, after) = (Self.times(published, problem), Self.times(plan, problem))
        visits = problem.visits.map(\.id).sorted().compactMap { id in
            guard before[id] != after[id] else { return nil }
            return VisitChange(id, before[id], after[id], problem)
        }
    }

    private static func times(
        _ plan: Plan, _ problem: RoutingProblem
    ) -> [VisitID: VisitChange.Paid] {
        var times: [VisitID: VisitChange.Paid] = [:]
        for route in plan.routes {
            for step in Schedule(route, problem)?.steps ?? [] {
                guard case .visit(let id) = step.kind else { continue }
                times[id] = VisitChange.Paid(shift: route.shift, start: step.start)
            }
        }
        return times
    }
}

/// One visit that is paid otherwise than published.
///
/// ```swift
/// let change = PlanChanges(problem, from: published, to: plan).visits[0]
/// change.movedBy  // 0: another crew, at the same time
/// ```
public struct VisitChange: Hashable, Sendable {
    public struct Paid: Hashable, Sendable {
        public let shift: ShiftID
        public let start: Int
    }

    public let visit: VisitID
    /// Nil if nobody paid it, or nobody pays it now.
    public let before: Paid?
    public let after: Paid?
    /// Whether another crew comes.
    ///
    /// Crews without a label are known by their shift. False if nobody paid the visit before, or
    /// nobody does now; so is `isOtherDay`.
    public let isOtherCrew: Bool
    public let isOtherDay: Bool

    /// Seconds by which it starts later, negative for earlier; nil if it was or is not paid.
    public var movedBy: Int? {
        guard let before, let after else { return nil }
        return after.start - before.start
    }

    init(_ visit: VisitID, _ before: Paid?, _ after: Paid?, _ problem: RoutingProblem) {
        self.visit = visit
        self.before = before
        self.after = after
        guard let old = before.flatMap({ problem.shift($0.shift) }),
            let new = after.flatMap({ problem.shift($0.shift) })
        else {
            isOtherCrew = false
            isOtherDay = false
            return
        }
        let isOther = old.id != new.id
        isOtherCrew = isOther && (old.crew == nil || old.crew != new.crew)
        isOtherDay = isOther && (old.day == nil || old.day != new.day)
    }
}
