// SPDX-License-Identifier: Apache-2.0

import Visits

/// Why a plan pays a visit not, for people and as JSON.
struct UnpaidReason: Encodable {
    let visit: Int
    /// `noShift`, `busy`, `breaks`, `avoided`, `skill`, `load`, `noWay`, `pastDue`, `slack`, or `chance`.
    let reason: String
    /// The seconds or, of an instance, its units that the best place lacks, and the vehicle that has it.
    let missing: Double?
    let vehicle: Int?

    /// One for each visit that nobody pays, by their numbers, of what is left of a day if it has begun; a second
    /// is `scale` of the problem's.
    static func list(
        _ plan: Plan, _ problem: RoutingProblem, _ rest: RestOfDay?, scale: Int
    ) -> [UnpaidReason] {
        guard !plan.unassigned.isEmpty else { return [] }
        let explainer = rest.map { PlanExplainer($0, plan) } ?? PlanExplainer(problem, plan)
        return plan.unassigned.sorted().map { UnpaidReason($0, explainer.cause(of: $0), scale) }
    }

    private init(_ visit: VisitID, _ cause: UnpaidCause?, _ scale: Int) {
        self.visit = visit.number
        var (missing, vehicle): (Double?, Int?) = (nil, nil)
        switch cause {
        case .busy: reason = "busy"
        case .breaks: reason = "breaks"
        case .hurdle(.noShift): reason = "noShift"
        case .hurdle(.avoided): reason = "avoided"
        case .hurdle(.skill): reason = "skill"
        case .hurdle(.load): reason = "load"
        case .hurdle(.noWay): reason = "noWay"
        case .hurdle(.pastDue): reason = "pastDue"
        case .hurdle(.slack(let seconds, let shift)):
            (missing, vehicle) = (Double(seconds) / Double(scale), shift.number)
            reason = "slack"
        case nil: reason = "chance"
        }
        self.missing = missing
        self.vehicle = vehicle
    }
}
