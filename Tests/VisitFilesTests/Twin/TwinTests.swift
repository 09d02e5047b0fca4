// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import VisitChecking
import Visits

/// The planner against every plan that there is, on small problems with everything that the model has.
///
/// `KEZEK_TWINS` says on how many; `make twins` tries 20,000.
@Suite struct TwinTests {
    private static let count =
        Int(ProcessInfo.processInfo.environment["KEZEK_TWINS"] ?? "") ?? 150

    @Test func thePlannerFindsTheBestOfAllPlans() async throws {
        var wrong: [String] = []
        var (left, used) = (0, 0)
        var batch = RefereeBatch()
        for seed in 1...Self.count {
            let twin = TwinProblem(seed: seed)
            let document = try VisitJSON.read(twin.json)
            let (problem, soFar) = (try document.problem(), document.soFar)
            let rest =
                soFar.isEmpty && soFar.now == nil ? nil : try RestOfDay(problem, after: soFar)
            let outcome = Planner(rest?.problem ?? problem).search { Double($0.steps) / 300 }
            let best = AllPlans(twin).best
            let plan = rest?.timed(outcome.plan) ?? TimedPlan(outcome.plan)
            let report = PlanChecker(problem, after: soFar).check(plan)
            let faults = report.faults.filter { $0.kind != .requiredUnpaid }
            if !faults.isEmpty { wrong.append("\(seed): \(faults)") }
            let totals = rest.map {
                PlanTotals(problem, $0.whole(outcome.plan), after: soFar)
            }
            let travel = totals?.travel ?? outcome.progress.travel
            let unpaid = outcome.progress.unassigned
            if travel != report.travel || unpaid != report.unpaid
                || totals?.usedShifts ?? report.shiftsUsed != report.shiftsUsed
            {
                wrong.append("\(seed): tells \(travel) s and is \(report.travel) s")
            }
            let required = outcome.plan.unassigned.count { problem.visit($0)!.isRequired }
            let found = AllPlans.Worth(
                required: required, left: report.unpaid,
                travel: report.travel + twin.stranded(outcome.plan) * AllRoutes.noWay)
            if found != best { wrong.append("\(seed): \(found), but \(best) is there") }
            batch.add(
                try twin.json, try PlanJSON.write(plan, of: problem, after: soFar), travel: travel)
            left += best.left
            used += report.shiftsUsed
        }
        #expect(
            wrong.isEmpty,
            "\(wrong.count) of \(Self.count): \(wrong.prefix(40).joined(separator: "\n"))")
        #expect(try await batch.verdict() == "\(Self.count) plans, 0 wrong\n")
        // The problems are neither all easy nor all hopeless.
        #expect(left > Self.count / 4 && used > Self.count)
    }
}

extension TwinProblem {
    /// How many crews have no way home from what they have begun, and pay nobody another visit in a plan.
    fileprivate func stranded(_ plan: Plan) -> Int {
        let paying = Set(plan.routes.filter { !$0.visits.isEmpty }.map(\.shift.number))
        return vehicles.count { vehicle in
            guard !paying.contains(vehicle.id), let home = vehicle.end_index,
                let last = vehicle.begun?.last(where: { $0.type == "job" }),
                let job = jobs.first(where: { $0.id == last.id }), job.location_index != home
            else { return false }
            return matrices[vehicle.profile ?? "car"]!.durations[job.location_index][home] == nil
        }
    }
}
