// SPDX-License-Identifier: Apache-2.0

import Visits

/// What it brings and costs that crews have like shares of the visits.
struct FairnessTold: Encodable {
    /// The visits of the crew that has least and of the one that has most, and the seconds of work between
    /// the busiest and the idlest.
    struct Shares: Encodable {
        let fewest: Int
        let most: Int
        let spreadSeconds: Int

        init(_ totals: PlanTotals) {
            fewest = totals.crews.map(\.visits).min() ?? 0
            most = totals.crews.map(\.visits).max() ?? 0
            spreadSeconds = totals.spread
        }
    }

    let shares: Shares
    /// Those of a plan for which it is all the same.
    let without: Shares
    /// Seconds on the way more than in that plan.
    let extraTravel: Int

    init(_ problem: RoutingProblem, _ plan: Plan, without plain: Plan) {
        let (totals, before) = (PlanTotals(problem, plan), PlanTotals(problem, plain))
        shares = Shares(totals)
        without = Shares(before)
        extraTravel = totals.travel - before.travel
    }
}
