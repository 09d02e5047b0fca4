// SPDX-License-Identifier: Apache-2.0

import Foundation
import HomeVisits
import KezekVisitFiles
import Texts
import VisitChecking
import Visits

/// The plan of an area as files that the other commands take, and other solvers: second 0 is the
/// midnight of its first date, on the clocks on the wall.
///
/// What is held for callers is not in it. Ways are estimated, but for those that crews drive by the plan, and
/// the plan states its times as the area's server told them. What crews have begun the problem states as well:
/// it is as it was, whatever was promised and planned.
struct PlanFiles {
    let problem: RoutingProblem
    let plan: TimedPlan
    let coordinates: [Coordinate?]
    let notes: VisitNotes
    /// What has happened by the time at which the server told the plan.
    let soFar: DaySoFar
    /// Visits of people who are forgotten, so that nobody knows where they are.
    let leftOut: [HomeVisitID]

    var problemData: Data {
        VisitJSON.write(problem, coordinates: coordinates, notes: notes, after: soFar)
    }

    func summary(in language: Language) -> String {
        "\(language.count(problem.visits.count, .visit)), "
            + language.count(problem.shifts.count, .shift)
    }

    func planData() throws -> Data { try PlanJSON.write(plan, of: problem, after: soFar) }

    init(_ plan: AreaPlan, _ area: VisitArea, _ clock: AreaClock) throws {
        var draft = PlanDraft(plan, area, clock)
        for day in plan.crewDays where !day.isAbsent || !day.stops.isEmpty { draft.add(day) }
        for visit in plan.visits { draft.add(visit) }
        let places = draft.places.map { Coordinate($0) }
        let timed = draft.plan
        var matrices: [[Int32]] = []
        for profile in draft.profiles {
            matrices.append(try TravelEstimate(usual: profile).matrix(places).seconds)
        }
        for (profile, from, to, way) in draft.ways(timed, matrices) {
            matrices[profile][from * places.count + to] = way
        }
        var travel: [TravelMatrix] = []
        for seconds in matrices {
            travel.append(try TravelMatrix(size: places.count, seconds: seconds))
        }
        problem = try RoutingProblem(
            visits: draft.visits, shifts: draft.shifts, travel: travel[0],
            others: Array(travel.dropFirst()))
        coordinates = places
        notes = draft.notes
        soFar = draft.soFar
        leftOut = draft.leftOut
        self.plan = Self.possible(timed, problem, soFar, on: draft.gapped)
    }

    /// The plan with the times that can be without what is left out of some shifts.
    ///
    /// Where a place is held in the same building, the one who is visited after it has no set-up in the live plan.
    private static func possible(
        _ plan: TimedPlan, _ problem: RoutingProblem, _ soFar: DaySoFar, on gapped: Set<ShiftID>
    ) -> TimedPlan {
        guard !gapped.isEmpty else { return plan }
        var plan = plan
        let checker = PlanChecker(problem, after: soFar)
        func fault() -> PlanFault? {
            checker.check(plan).faults.first {
                $0.kind == .impossibleTime && $0.shift.map(gapped.contains) == true
            }
        }
        while let fault = fault(),
            let index = plan.courses.firstIndex(where: { $0.shift == fault.shift })
        {
            // Who cannot be there by then goes on as soon as can be.
            let stop = plan.courses[index].steps.firstIndex { $0.stop.visit == fault.visit }
            guard fault.visit != nil, let stop else {
                plan.courses[index].returns = nil
                let lunch = plan.courses[index].steps.firstIndex { $0.stop.visit == nil }
                if let lunch { plan.courses[index].steps[lunch] = TimedPlan.Step(.lunch(1)) }
                continue
            }
            plan.courses[index].steps[stop] = TimedPlan.Step(plan.courses[index].steps[stop].stop)
        }
        return plan
    }
}
