// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

/// Visits shared between crews.
@Suite struct CrewSharesTests {
    /// Crews at one place each, and visits at the last one; ways there and back of so many seconds.
    private static func problem(_ crews: [String], _ ways: [Int], visits: Int) throws
        -> RoutingProblem
    {
        let size = ways.count + 1
        let seconds = (0..<size * size).map { index -> Int32 in
            let (from, to) = (index / size, index % size)
            guard from != to else { return 0 }
            return Int32(from < ways.count && to < ways.count ? 1_000 : ways[min(from, to)])
        }
        return try RoutingProblem(
            visits: (1...visits).map {
                Visit(id: VisitID($0), place: Place(ways.count), service: 60)
            },
            shifts: crews.indices.map {
                Shift(
                    id: ShiftID($0), crew: crews[$0], day: $0, start: Place($0), end: Place($0),
                    hours: TimeWindow($0 * 10_000, $0 * 10_000 + 5_000)!)
            }, travel: TravelMatrix(size: size, seconds: seconds))
    }

    /// The price, and what each of two crews has of ten visits.
    ///
    /// All with the first: 20 s and 45 prices; half of them with the second: 50 s and 20 prices.
    @Test(arguments: [
        (0, [0, 10]), (1, [0, 10]), (2, [5, 5]), (500, [5, 5]), (1 << 40, [5, 5]),
    ])
    func aPriceIsWeighedAgainstTheWay(_ price: Int, _ shares: [Int]) throws {
        let problem = try Self.problem(["a", "b"], [10, 15], visits: 10)
        var planner = Planner(problem)
        planner.sharePrice = price
        let outcome = planner.search { Double($0.steps) / 2_000 }
        let totals = PlanTotals(problem, outcome.plan)
        #expect(totals.crews.map(\.visits).sorted() == shares)
        #expect(outcome.progress.travel == totals.travel)
    }

    /// A crew with two shifts has twice the share of one with one.
    @Test func aShareIsByTheShiftsOfACrew() throws {
        let problem = try Self.problem(["a", "a", "b"], [10, 10, 10], visits: 12)
        var planner = Planner(problem)
        planner.sharePrice = 100
        let plan = planner.search { Double($0.steps) / 2_000 }.plan
        #expect(PlanTotals(problem, plan).crews.map(\.visits) == [8, 4])
    }

    /// No visit is left out for the sake of it.
    @Test func everyVisitThatCanBePaidIs() throws {
        let problem = try Self.problem(["a", "b"], [10, 2_600], visits: 10)
        var planner = Planner(problem)
        planner.sharePrice = 36_000
        let plan = planner.search { Double($0.steps) / 1_000 }.plan
        #expect(PlanTotals(problem, plan).crews.map(\.visits) == [10, 0])
    }
}
