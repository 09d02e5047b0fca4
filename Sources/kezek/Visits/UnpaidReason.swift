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
        let explainer = PlanExplainer(rest?.problem ?? problem, plan)
        return plan.unassigned.sorted().map {
            UnpaidReason(
                $0, explainer.hurdle(of: $0), scale, explainer.meetsBrokenShift($0),
                isBusy: rest?.isBusy(for: $0) ?? false)
        }
    }

    private init(
        _ visit: VisitID, _ hurdle: OfferHurdle?, _ scale: Int, _ meetsBroken: Bool, isBusy: Bool
    ) {
        self.visit = visit.number
        var (missing, vehicle): (Double?, Int?) = (nil, nil)
        switch hurdle {
        case .noShift where isBusy, .avoided where isBusy, .skill where isBusy: reason = "busy"
        case .noShift: reason = meetsBroken ? "breaks" : "noShift"
        case .avoided: reason = "avoided"
        case .skill: reason = "skill"
        case .load: reason = "load"
        case .noWay: reason = "noWay"
        case .pastDue: reason = "pastDue"
        case .slack(let seconds, let shift):
            (missing, vehicle) = (Double(seconds) / Double(scale), shift.number)
            reason = "slack"
        case nil: reason = "chance"
        }
        self.missing = missing
        self.vehicle = vehicle
    }
}
