// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

/// What a search takes over from a plan, what it may move of it, and what it leaves out.
@Suite struct StartTests {
    /// A drawn problem whose shifts have up to three lunches, with windows that overlap.
    private static func problemWithLunches(_ seed: Int, visits: Int) throws -> RoutingProblem {
        let drawn = try PlannerTests.problem(seed, visits: visits, shifts: 4)
        var dice = PlannerTests.Dice(state: UInt64(seed) &* 31 &+ 5)
        let shifts = drawn.shifts.map { shift -> Shift in
            var shift = shift
            shift.lunches = (0..<dice.roll(4)).map { number in
                let windows = (0...dice.roll(2)).map { _ -> TimeWindow in
                    let from = shift.hours.start + dice.roll(5_000)
                    return TimeWindow(from, from + 300 + dice.roll(1_500))!
                }
                return LunchBreak(
                    number: number + 1, length: 100 + dice.roll(300), windows: windows)
            }
            return shift
        }
        return try RoutingProblem(visits: drawn.visits, shifts: shifts, travel: drawn.travel)
    }

    /// Whether the start's only route was taken over.
    private static func isTaken(_ route: Route, _ problem: RoutingProblem) -> Bool {
        let planner = Planner(problem, start: Plan(routes: [route]))
        let outcome = planner.search { _ in 1 }
        for route in outcome.plan.routes { #expect(PlannerTests.fault(route, problem) == nil) }
        return outcome.refusals.isEmpty
    }

    /// Whether the missing lunches can be put somewhere into the stops; by trying every place.
    private static func canBeDriven(
        _ stops: [Stop], _ missing: [Stop], _ shift: Shift, _ problem: RoutingProblem
    ) -> Bool {
        guard let lunch = missing.first else {
            return PlannerTests.fault(Route(shift: shift.id, stops: stops), problem) == nil
        }
        return (0...stops.count).contains { place in
            var longer = stops
            longer.insert(lunch, at: place)
            return canBeDriven(longer, Array(missing.dropFirst()), shift, problem)
        }
    }

    @Test(arguments: 1...300) func missingLunchesFindAPlaceIfThereIsOne(_ seed: Int) throws {
        let problem = try Self.problemWithLunches(seed, visits: 12)
        var dice = PlannerTests.Dice(state: UInt64(seed))
        for shift in problem.shifts where !shift.lunches.isEmpty {
            var stops: [Stop] = []
            var rest = problem.visits
            for _ in 0...dice.roll(3) {
                stops.append(.visit(rest.remove(at: dice.roll(rest.count)).id))
            }
            var missing = shift.lunches.map { Stop.lunch($0.number) }
            if dice.roll(2) == 0 {
                stops.insert(
                    missing.remove(at: dice.roll(missing.count)), at: dice.roll(stops.count + 1))
            }
            let isPossible = Self.canBeDriven(stops, missing, shift, problem)
            let route = Route(shift: shift.id, stops: stops)
            #expect(Self.isTaken(route, problem) == isPossible, "\(route)")
        }
    }

    /// What was planned with lunches is taken over when their places were lost.
    @Test(arguments: 1...60) func aPlanThatLostItsLunchesIsAStart(_ seed: Int) throws {
        let problem = try Self.problemWithLunches(seed, visits: 25)
        let found = Planner(problem, seed: 1).search { Double($0.steps) / 300 }.plan
        let bare = Plan(
            routes: found.routes.map {
                Route(shift: $0.shift, stops: $0.visits.map(Stop.visit))
            })
        let outcome = Planner(problem, start: bare).search { _ in 1 }
        #expect(outcome.refusals.isEmpty)
        for route in outcome.plan.routes { #expect(PlannerTests.fault(route, problem) == nil) }
        #expect(outcome.plan.unassigned.count <= found.unassigned.count)
    }

    /// Eight lunches among many visits are no matter of trying every order.
    @Test func manyLunchesAreNoBurden() throws {
        let lunches = (1...8).map {
            LunchBreak(number: $0, length: 60, windows: [TimeWindow(0, 1_000_000 - 100 * $0)!])
        }
        let shift = Shift(
            id: ShiftID(1), start: Place(0), end: Place(0), hours: TimeWindow(0, 1_000_000)!,
            capacity: [60], lunches: lunches)
        let visits = (1...60).map {
            Visit(
                id: VisitID($0), place: Place($0 % 2), service: 10,
                windows: [TimeWindow($0 * 1_000, $0 * 1_000 + 20)!], demand: [1])
        }
        var problem = try RoutingProblem(
            visits: visits, shifts: [shift],
            travel: TravelMatrix(size: 2, seconds: [0, 900, 900, 0]))
        let route = Route(shift: shift.id, stops: visits.map { .visit($0.id) })
        #expect(Self.isTaken(route, problem))
        var short = shift
        // All but one are over before the last visit, and that one is too long for any gap.
        short.hours = TimeWindow(0, 61_000)!
        short.lunches[7].length = 1_000
        problem = try RoutingProblem(
            visits: visits, shifts: [short], travel: problem.travel)
        #expect(!Self.isTaken(route, problem))
    }

    @Test func twoLunchesOfOneNumberAreRefused() throws {
        let lunch = LunchBreak(number: 3, length: 60, windows: [])
        let shift = Shift(
            id: ShiftID(7), start: Place(0), end: Place(0), hours: TimeWindow(0, 1_000)!,
            lunches: [lunch, LunchBreak(number: 4, length: 60, windows: []), lunch])
        #expect(throws: ProblemError.repeatedLunch(ShiftID(7), number: 3)) {
            try RoutingProblem(
                visits: [], shifts: [shift], travel: TravelMatrix(size: 1, seconds: [0]))
        }
    }

    /// Chance overlooks places; in the end nothing is left out for which there is one.
    @Test(arguments: 1...80) func noVisitIsLeftOutThatFitsSomewhere(_ seed: Int) throws {
        let problem = try PlannerTests.problem(seed, visits: 40, shifts: 4)
        for objective in Objective.allCases {
            let plan = Planner(problem, objective: objective, seed: UInt64(seed))
                .search { Double($0.steps) / Double(seed * 7) }.plan
            let routes = Dictionary(uniqueKeysWithValues: plan.routes.map { ($0.shift, $0.stops) })
            for shift in problem.shifts {
                let stops = routes[shift.id] ?? shift.lunches.map { .lunch($0.number) }
                for visit in plan.unassigned {
                    for place in 0...stops.count {
                        var longer = stops
                        longer.insert(.visit(visit), at: place)
                        let route = Route(shift: shift.id, stops: longer)
                        #expect(PlannerTests.fault(route, problem) != nil, "\(visit)")
                    }
                }
            }
        }
    }

    /// The price of moved visits finds the number that may be moved, wherever it begins.
    @Test(arguments: [0, 1_000, 1 << 20]) func whatMayBeMovedIsMoved(_ price: Int) throws {
        var dice = PlannerTests.Dice(state: 11)
        let points = (0...60).map { _ in (dice.roll(1_000), dice.roll(1_000)) }
        let seconds = points.flatMap { a in
            points.map { Int32(abs(a.0 - $0.0) + abs(a.1 - $0.1)) }
        }
        let shifts = (1...6).map {
            Shift(
                id: ShiftID($0), start: Place(0), end: Place(0), hours: TimeWindow(0, 60_000)!,
                capacity: [15])
        }
        let visits = (1...60).map {
            Visit(id: VisitID($0), place: Place($0), service: 10, demand: [1])
        }
        let problem = try RoutingProblem(
            visits: visits, shifts: shifts, travel: TravelMatrix(size: 61, seconds: seconds))
        // A plan that heeds no way at all.
        let published = Plan(
            routes: shifts.indices.map { index in
                Route(
                    shift: shifts[index].id,
                    stops: visits.filter { $0.id.number % 6 == index }.map { .visit($0.id) })
            })
        var travel: [Int] = []
        for limit in [0, 6, 12, 24] {
            let outcome = Planner(
                problem, seed: 3, start: published, published: published, movedLimit: limit,
                movePrice: price
            ).search { Double($0.steps) / 6_000 }
            #expect(outcome.progress.moved <= limit)
            #expect(outcome.progress.moved >= limit * 3 / 4)
            travel.append(outcome.progress.travel)
        }
        #expect(travel == travel.sorted(by: >) && Set(travel).count == travel.count)
    }

    /// A start with more moved visits than may be is brought back within the limit.
    @Test(arguments: 1...10) func aStartBeyondTheLimitIsBroughtBack(_ seed: Int) throws {
        let problem = try PlannerTests.problem(seed, visits: 15, shifts: 5)
        let published = Planner(problem, seed: 1).search { Double($0.steps) / 50 }.plan
        let start = Planner(problem, seed: 2).search { Double($0.steps) / 3_000 }.plan
        guard published.unassigned.isEmpty, start.unassigned.isEmpty else { return }
        let outcome = Planner(
            problem, seed: 2, start: start, published: published, movedLimit: 1,
            movePrice: Planner.usualMovePrice
        ).search { Double($0.steps) / 4_000 }
        #expect(outcome.progress.moved <= 1)
    }
}
