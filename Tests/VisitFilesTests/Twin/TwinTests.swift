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
            let problem = try VisitJSON.readProblem(twin.json)
            let outcome = Planner(problem).search { Double($0.steps) / 300 }
            let best = AllPlans(twin).best
            let report = PlanChecker(problem).check(TimedPlan(outcome.plan))
            let faults = report.faults.filter { $0.kind != .requiredUnpaid }
            if !faults.isEmpty { wrong.append("\(seed): \(faults)") }
            let told = outcome.progress
            if told.travel != report.travel || told.unassigned != report.unpaid {
                wrong.append("\(seed): tells \(told.travel) s and is \(report.travel) s")
            }
            let required = outcome.plan.unassigned.count { problem.visit($0)!.isRequired }
            let found = AllPlans.Worth(
                required: required, left: report.unpaid, travel: report.travel)
            if found != best { wrong.append("\(seed): \(found), but \(best) is there") }
            batch.add(
                try twin.json, try PlanJSON.write(outcome.plan, of: problem), travel: told.travel)
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
