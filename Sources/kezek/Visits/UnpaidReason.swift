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
    let text: String

    private enum CodingKeys: String, CodingKey {
        case visit, reason, missing, vehicle
    }

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
        case .noShift: (reason, text) = ("noShift", "no vehicle is at work when it may start")
        case .avoided:
            (reason, text) = ("avoided", "the vehicles at work then must not, or may not, pay it")
        case .skill: (reason, text) = ("skill", "no vehicle that may pay it has all its skills")
        case .load:
            (reason, text) = ("load", "no vehicle that could has room for one more, or its load")
        case .pastDue: (reason, text) = ("pastDue", "it could only end after it is due")
        case .slack(let seconds, let shift):
            (missing, vehicle) = (seconds, shift.number)
            (reason, text) = (
                "slack", "the best place, with vehicle \(shift.number), lacks \(seconds) s"
            )
        case nil: (reason, text) = ("chance", "there is room for it; search longer")
        }
        self.missing = missing
        self.vehicle = vehicle
    }
}
