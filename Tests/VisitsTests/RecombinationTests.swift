// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// Routes put together to plans, against every way to choose them.
@Suite struct RecombinationTests {
    /// Routes of a few short searches, of which the last has the best plan.
    private static func columns(_ seed: Int, isUniform: Bool) throws -> RouteColumns {
        let drawn = try PlannerTests.problem(seed, visits: 10, shifts: 4)
        let shifts = drawn.shifts.map { shift in
            var alike = drawn.shifts[0]
            alike = Shift(
                id: shift.id, start: alike.start, end: alike.end, hours: TimeWindow(0, 20_000)!,
                capacity: [6])
            return isUniform ? alike : shift
        }
        let visits = drawn.visits.map { visit -> Visit in
            var plain = visit
            if isUniform { (plain.skills, plain.avoided) = ([], []) }
            return plain
        }
        let problem = try RoutingProblem(visits: visits, shifts: shifts, travel: drawn.travel)
        #expect(problem.tables.isUniform == isUniform)
        var pool = RoutePool(problem.tables)
        let search = PlanSearch(problem.tables, seed: UInt64(seed))
        search.construct()
        for _ in 0..<60 {
            // So hot that hardly any plan is taken back.
            search.step(temperature: 100_000)
            pool.add(search.state)
        }
        let shiftsUsed = problem.shifts.indices.filter {
            search.best.nodes($0).contains { $0 < 10 }
        }
        return RouteColumns(
            pool, search.best, search.state, shifts: shiftsUsed,
            spare: isUniform ? 4 - shiftsUsed.count : 0)
    }

    /// The least cost to pay every row once, by trying all.
    private static func least(_ columns: RouteColumns) -> Float? {
        let sets = (0..<columns.count).map { column in
            columns.places(column).reduce(0) { $0 | 1 << Int(columns.rows[$1]) }
        }
        let all = (1 << columns.visits.count) - 1
        var best: Float?
        func go(_ paid: Int, _ taken: Int, _ routes: Int, _ cost: Float) {
            if let known = best, cost >= known { return }
            guard paid != all else {
                best = cost
                return
            }
            guard routes < columns.fleet else { return }
            let next = ~paid & (paid + 1)
            for column in sets.indices where sets[column] & next != 0 && sets[column] & paid == 0 {
                let group = columns.isUniform ? 0 : 1 << Int(columns.groups[column])
                guard taken & group == 0 else { continue }
                go(
                    paid | sets[column], taken | group, routes + 1, cost + columns.costs[column])
            }
        }
        go(0, 0, 0, 0)
        return best
    }

    @Test(arguments: [false, true]) func theBestChoiceOfRoutesIsFound(_ isUniform: Bool) throws {
        var better = 0
        for seed in 1...12 {
            let columns = try Self.columns(seed, isUniform: isUniform)
            let best = try #require(Self.least(columns))
            var relaxation = Relaxation(
                columns, known: [Float](repeating: 0, count: columns.visits.count))
            relaxation.run(150)
            #expect(relaxation.bound <= best + 0.5, "seed \(seed)")
            let choice = RouteChoice(columns, relaxation, workLimit: 10_000_000)
            guard best < relaxation.cost else {
                #expect(choice.found == nil, "seed \(seed)")
                continue
            }
            better += 1
            let found = try #require(choice.found, "seed \(seed)")
            #expect(found.reduce(0) { $0 + columns.costs[$1] } == best, "seed \(seed)")
            let rows = found.flatMap { columns.places($0).map { columns.rows[$0] } }
            #expect(rows.sorted() == Array(0..<Int32(columns.visits.count)), "seed \(seed)")
        }
        #expect(better >= 1)
    }

    /// A better plan is taken over as it was chosen, and whoever was absent still is.
    @Test(arguments: 1...12) func whatIsPutTogetherCanBeDriven(_ seed: Int) throws {
        let problem = try PlannerTests.problem(seed, visits: 24, shifts: 6)
        let search = PlanSearch(problem.tables, seed: UInt64(seed))
        search.construct()
        let recombination = Recombination(search)
        for _ in 0..<400 {
            search.step(temperature: 2_000)
            recombination.remember()
        }
        for _ in 0..<3 {
            let (travel, absent) = (search.best.travel, search.best.absentCount)
            recombination.run()
            #expect(search.best.travel <= travel)
            #expect(search.best.absentCount == absent)
        }
        let plan = search.plan(problem)
        for route in plan.routes { #expect(PlannerTests.fault(route, problem) == nil) }
        #expect(plan.unassigned.count == search.best.absentCount)
        let travel = plan.routes.reduce(0) { $0 + Schedule($1, problem)!.travel }
        #expect(travel == search.best.travel)
        #expect(Set(plan.routes.flatMap(\.visits)).count == 24 - search.best.absentCount)
    }

    /// Each set of visits is kept once, in its shortest order, and the older ones are forgotten first.
    @Test func aRouteIsRememberedOnceAndInItsShortestOrder() throws {
        let shift = Shift(
            id: ShiftID(1), start: Place(0), end: Place(0), hours: TimeWindow(0, 10_000)!)
        let visits = (1...3).map { Visit(id: VisitID($0), place: Place($0), service: 1) }
        let line = (0..<4).flatMap { a in (0..<4).map { Int32(abs(a - $0) * 10) } }
        let problem = try RoutingProblem(
            visits: visits, shifts: [shift], travel: TravelMatrix(size: 4, seconds: line))
        let state = RouteState(problem.tables)
        var pool = RoutePool(problem.tables)
        for (chain, count, cost) in [
            ([1, 0, 2], 1, 80), ([0, 1, 2], 1, 60), ([2, 0, 1], 1, 60), ([1], 2, 40),
        ] {
            state.clear(0)
            #expect(state.load(chain, 0))
            pool.add(state)
            #expect(pool.entries.count == count)
            #expect(pool.entries.last?.cost == Int32(cost))
        }
        #expect(pool.chain(0, on: 0) == [0, 1, 2])
        #expect(pool.chain(1, on: 0) == [1])
    }
}
