// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// Where a step of the search takes visits out, and when it gives up.
@Suite struct StepTests {
    @Test func stepsOfLargeProblemsStayNearOneVisitForAWhile() throws {
        var random = RandomWeek(1)
        for (visits, staysNear) in [(400, true), (251, true), (250, false)] {
            let problem = try random.problem(visits: visits, shifts: 5)
            let near = NearVisits(problem.tables)
            var focus = Focus(visits)
            var dice = Dice(seed: 3)
            var all: Set<Int> = []
            for _ in 0..<12 {
                var seeds: Set<Int> = []
                for _ in 0..<1_000 { seeds.insert(focus.seed(near, &dice)) }
                let centers = seeds.filter { center in
                    let around = Set(near.list(of: center).prefix(100).map { Int($0) })
                    return seeds.allSatisfy { $0 == center || around.contains($0) }
                }
                #expect(centers.isEmpty != staysNear, "\(visits) visits")
                all.formUnion(seeds)
            }
            #expect(all.count > 200, "\(visits) visits")
        }
    }

    /// As soon as a plan is known to be too dear, the rest is not put back.
    @Test(arguments: 1...10) func aStepEndsWhenItsPlanIsTooDear(_ seed: Int) throws {
        let problem = try PlannerTests.problem(seed, visits: 8, shifts: 4)
        let search = PlanSearch(problem.tables, seed: UInt64(seed))
        search.construct()
        let (cost, absent) = (search.state.cost, search.state.absentCount)
        for (limit, isKept) in [(Int.max, true), (cost + 1, true), (cost, false), (0, false)] {
            let again = PlanSearch(problem.tables, seed: UInt64(seed))
            again.recreate.blink = 0
            // The dice fall as they did when the plan was put together.
            #expect(again.recreate.putBack(again.state, &again.dice, below: limit) == isKept)
            #expect(again.state.absentCount == absent || !isKept)
            #expect(again.state.cost < max(1, limit))
        }
    }
}
