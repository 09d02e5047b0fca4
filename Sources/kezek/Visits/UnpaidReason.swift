// SPDX-License-Identifier: Apache-2.0

import Visits

/// Why a plan pays a visit not, for people and as JSON.
struct UnpaidReason: Encodable {
    let visit: Int
    /// `noShift`, `avoided`, `skill`, `load`, `pastDue`, `slack`, or `chance`.
    let reason: String
    /// The seconds that the best place lacks, and the vehicle that has it.
    let missing: Int?
    let vehicle: Int?

    /// One for each visit that nobody pays, by their numbers.
    static func list(_ plan: Plan, _ problem: RoutingProblem) -> [UnpaidReason] {
        guard !plan.unassigned.isEmpty else { return [] }
        let explainer = PlanExplainer(problem, plan)
        return plan.unassigned.sorted().map { UnpaidReason($0, explainer.hurdle(of: $0)) }
    }

    private init(_ visit: VisitID, _ hurdle: OfferHurdle?) {
        self.visit = visit.number
        var (missing, vehicle): (Int?, Int?) = (nil, nil)
        switch hurdle {
        case .noShift: reason = "noShift"
        case .avoided: reason = "avoided"
        case .skill: reason = "skill"
        case .load: reason = "load"
        case .pastDue: reason = "pastDue"
        case .slack(let seconds, let shift):
            (missing, vehicle) = (seconds, shift.number)
            reason = "slack"
        case nil: reason = "chance"
        }
        self.missing = missing
        self.vehicle = vehicle
    }
}
