// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

/// Plans against every plan that there is, and against the slow times of `Schedule`.
@Suite struct PlannerTests {
    /// Random numbers from a seed.
    struct Dice {
        var state: UInt64

        mutating func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
    }

    /// A small problem with windows, skills, loads, promises, lunches, whatever the seed brings.
    static func problem(_ seed: Int, visits count: Int, shifts: Int) throws
        -> RoutingProblem
    {
        var dice = Dice(state: UInt64(seed) &* 7_919 &+ 1)
        // Without set-ups times are carried on by another way than with them.
        let hasSetups = seed % 2 == 0
        let size = count + 1
        let points = (0..<size).map { _ in (dice.roll(1_000), dice.roll(1_000)) }
        var seconds: [Int32] = []
        for a in points {
            for b in points { seconds.append(Int32(abs(a.0 - b.0) + abs(a.1 - b.1))) }
        }
        let all = (0..<shifts).map { number in
            let start = dice.roll(500)
            var lunches: [LunchBreak] = []
            if dice.roll(2) == 0 {
                let from = 1_000 + dice.roll(2_000)
                lunches = [
                    LunchBreak(
                        number: 1, length: 300, windows: [TimeWindow(from, from + 1_500)!])
                ]
            }
            return Shift(
                id: ShiftID(number + 1), start: Place(0), end: dice.roll(4) == 0 ? nil : Place(0),
                hours: TimeWindow(start, start + 4_000 + dice.roll(3_000))!,
                capacity: [3 + dice.roll(3)], skills: dice.roll(2) == 0 ? [Skill(1)] : [],
                lunches: lunches)
        }
        let visits = (1...count).map { number in
            var visit = Visit(
                id: VisitID(number), place: Place(number), service: 50 + dice.roll(400),
                setup: hasSetups ? dice.roll(60) : 0, demand: [1 + dice.roll(2)])
            if dice.roll(2) == 0 {
                let from = dice.roll(4_000)
                visit.windows = [TimeWindow(from, from + 500 + dice.roll(2_000))!]
                if dice.roll(3) == 0 {
                    visit.windows.append(TimeWindow(from + 3_000, from + 3_600)!)
                }
            }
            if dice.roll(4) == 0 { visit.skills = [Skill(1)] }
            if dice.roll(4) == 0 { visit.due = 3_000 + dice.roll(3_000) }
            if dice.roll(6) == 0 { visit.avoided = [ShiftID(1)] }
            return visit
        }
        return try RoutingProblem(
            visits: visits, shifts: all, travel: TravelMatrix(size: size, seconds: seconds))
    }

    /// Why a route cannot be driven; nil if it can.
    ///
    /// It reads the times of `Schedule` alone.
    static func fault(_ route: Route, _ problem: RoutingProblem) -> String? {
        guard let shift = problem.shift(route.shift), let times = Schedule(route, problem) else {
            return "something unknown"
        }
        var load = 0
        for step in times.steps {
            switch step.kind {
            case .start: break
            case .end:
                if step.arrival > shift.hours.end { return "back too late" }
            case .lunch(let number):
                let lunch = shift.lunches.first { $0.number == number }
                guard lunch?.windows.contains(where: { $0.contains(step.start) }) == true else {
                    return "lunch outside its window"
                }
            case .visit(let id):
                guard let visit = problem.visit(id) else { return "unknown visit" }
                if !visit.windows.isEmpty,
                    !visit.windows.contains(where: { $0.contains(step.start) })
                {
                    return "\(id) outside its windows"
                }
                if let due = visit.due, step.free > due { return "\(id) past due" }
                if !Set(visit.skills).isSubset(of: shift.skills) { return "\(id) lacks a skill" }
                if visit.avoided.contains(shift.id) { return "\(id) avoids the shift" }
                load += visit.demand[0]
            }
        }
        if times.steps.last.map({ $0.free > shift.hours.end }) == true { return "ends too late" }
        if load > shift.capacity[0] { return "too much for the crew" }
        let lunches = route.stops.filter { if case .lunch = $0 { true } else { false } }
        return lunches.count == shift.lunches.count ? nil : "no lunch"
    }

    /// The shortest way of one shift to pay these visits, by trying every order.
    private static func shortest(
        _ shift: Shift, _ visits: [VisitID], _ problem: RoutingProblem
    ) -> Int? {
        var best: Int?
        let stops = visits.map(Stop.visit) + shift.lunches.map { Stop.lunch($0.number) }
        func go(_ order: [Stop], _ rest: [Stop]) {
            if rest.isEmpty {
                let route = Route(shift: shift.id, stops: order)
                if fault(route, problem) == nil, let times = Schedule(route, problem) {
                    best = min(best ?? .max, times.travel)
                }
                return
            }
            for index in rest.indices {
                var left = rest
                let stop = left.remove(at: index)
                go(order + [stop], left)
            }
        }
        go([], stops)
        return best
    }

    /// The fewest unassigned visits, and then the least travel, of all plans that there are.
    private static func optimum(_ problem: RoutingProblem) -> (unassigned: Int, travel: Int) {
        let (visits, shifts) = (problem.visits, problem.shifts)
        var known: [[Int?]] = shifts.map { _ in Array(repeating: nil, count: 1 << visits.count) }
        for (number, shift) in shifts.enumerated() {
            for set in 0..<(1 << visits.count) where set > 0 {
                let chosen = visits.indices.filter { set & (1 << $0) != 0 }.map { visits[$0].id }
                known[number][set] = shortest(shift, chosen, problem)
            }
            known[number][0] = 0
        }
        var best = (unassigned: Int.max, travel: Int.max)
        func go(_ number: Int, _ free: Int, _ travel: Int) {
            guard number < shifts.count else {
                let found = (unassigned: free.nonzeroBitCount, travel: travel)
                if found < best { best = found }
                return
            }
            var set = free
            while true {
                if let way = known[number][set] { go(number + 1, free & ~set, travel + way) }
                if set == 0 { break }
                set = (set - 1) & free
            }
        }
        go(0, (1 << visits.count) - 1, 0)
        return best
    }

    @Test(arguments: 1...40) func noPlanIsBetterOnTinyProblems(_ seed: Int) throws {
        let problem = try Self.problem(seed, visits: 5, shifts: 2)
        let outcome = Planner(problem, seed: UInt64(seed)).search {
            Double($0.steps) / 3_000
        }
        for route in outcome.plan.routes { #expect(Self.fault(route, problem) == nil) }
        let travel = outcome.plan.routes.reduce(0) { $0 + Schedule($1, problem)!.travel }
        let best = Self.optimum(problem)
        #expect(outcome.plan.unassigned.count == best.unassigned)
        #expect(travel == best.travel)
        #expect(outcome.progress.travel == travel)
    }

    /// Whatever a plan from outside says, it is looked at before it is a start.
    @Test func aStartThatCannotBeDrivenIsRefused() throws {
        let amount = 1 << 29
        let shift = Shift(
            id: ShiftID(1), start: Place(0), end: Place(0), hours: TimeWindow(0, 10_000)!,
            capacity: [amount])
        let visits = (1...5).map {
            Visit(id: VisitID($0), place: Place(0), service: 10, demand: [amount])
        }
        let problem = try RoutingProblem(
            visits: visits, shifts: [shift], travel: TravelMatrix(size: 1, seconds: [0]))
        func refusals(_ routes: [[Int]], of shift: Int = 1) -> [StartRefusal] {
            let start = Plan(
                routes: routes.map {
                    Route(shift: ShiftID(shift), stops: $0.map { .visit(VisitID($0)) })
                })
            let outcome = Planner(problem, start: start).search { _ in 1 }
            #expect(outcome.plan.routes.allSatisfy { Self.fault($0, problem) == nil })
            return outcome.refusals
        }
        let broken = [StartRefusal.broken(ShiftID(1))]
        #expect(refusals([[1]]) == [])
        // Five times 2^29 is 2^29 again in 32 bits.
        #expect(refusals([[1, 2, 3, 4, 5]]) == broken)
        #expect(refusals([[1, 2]]) == broken)
        #expect(refusals([[1, 1]]) == broken)
        #expect(refusals([[1], [2]]) == [.repeatedShift(ShiftID(1))])
        #expect(refusals([[1]], of: 9) == [.unknownShift(ShiftID(9))])
    }

    /// Two crews that are both told to pay a visit are not made one, though one could pay both.
    @Test func aShiftWithAFixedVisitIsNotSaved() throws {
        let shifts = (1...2).map {
            Shift(
                id: ShiftID($0), start: Place(0), end: Place(0), hours: TimeWindow(0, 10_000)!)
        }
        let travel = try TravelMatrix(size: 2, seconds: [0, 100, 100, 0])
        let start = Plan(
            routes: (1...2).map {
                Route(shift: ShiftID($0), stops: [.visit(VisitID($0))])
            })
        for isFixed in [false, true] {
            let visits = (1...2).map {
                Visit(id: VisitID($0), place: Place(1), service: 10, isFixed: isFixed)
            }
            let problem = try RoutingProblem(visits: visits, shifts: shifts, travel: travel)
            let plan = Planner(problem, objective: .vehicles, start: start)
                .search { Double($0.steps) / 1_000 }.plan
            #expect(plan.routes.count == (isFixed ? 2 : 1))
        }
    }

    /// A fixed visit stays on its shift, whatever is made small.
    @Test(arguments: 1...20) func fixedVisitsStay(_ seed: Int) throws {
        // With few visits none is left over, and shifts can be closed to make the fleet smaller.
        let drawn = try Self.problem(seed, visits: seed % 2 == 0 ? 20 : 6, shifts: 5)
        let first = Planner(drawn, seed: 1).search { Double($0.steps) / 200 }.plan
        let before = first.shifts
        let visits = drawn.visits.map { visit -> Visit in
            var fixed = visit
            fixed.isFixed = before[visit.id] != nil && visit.id.number % 3 == 0
            return fixed
        }
        let problem = try RoutingProblem(
            visits: visits, shifts: drawn.shifts, travel: drawn.travel)
        for objective in Objective.allCases {
            let after = Planner(problem, objective: objective, seed: 2, start: first)
                .search { Double($0.steps) / 1_000 }.plan.shifts
            for visit in visits where visit.isFixed {
                #expect(after[visit.id] == before[visit.id], "\(objective) \(visit.id)")
            }
        }
    }

    /// Promises are kept, and no more is moved than may be.
    @Test(arguments: 1...20) func whatWasPublishedIsKept(_ seed: Int) throws {
        let drawn = try Self.problem(seed, visits: 20, shifts: 5)
        let first = Planner(drawn, seed: 1).search { Double($0.steps) / 200 }.plan
        var starts: [VisitID: Int] = [:]
        for route in first.routes {
            for step in Schedule(route, drawn)!.steps {
                if case .visit(let id) = step.kind { starts[id] = step.start }
            }
        }
        let visits = drawn.visits.map { visit -> Visit in
            guard let start = starts[visit.id], visit.id.number % 2 == 0 else { return visit }
            var promised = visit
            promised.promise = Promise(window: TimeWindow(start - 200, start + 200)!)
            promised.isRequired = true
            return promised
        }
        let problem = try RoutingProblem(
            visits: visits, shifts: drawn.shifts, travel: drawn.travel)
        for limit in [0, 2, 20] {
            let outcome = Planner(
                problem, seed: 2, start: first, published: first, movedLimit: limit
            ).search { Double($0.steps) / 2_000 }
            #expect(outcome.refusals.isEmpty)
            let (before, after) = (first.shifts, outcome.plan.shifts)
            let moved = after.count { before[$0.key] != nil && before[$0.key] != $0.value }
            #expect(moved <= limit && outcome.progress.moved == moved)
            for route in outcome.plan.routes {
                #expect(Self.fault(route, problem) == nil)
                for step in Schedule(route, problem)!.steps {
                    guard case .visit(let id) = step.kind,
                        let promise = problem.visit(id)?.promise
                    else { continue }
                    #expect(promise.window.contains(step.start))
                }
            }
            for visit in visits where visit.promise != nil {
                #expect(after[visit.id] != nil, "\(visit.id) was promised")
            }
        }
    }

    /// Whatever the objective, every plan can be driven, has each visit once, and is told rightly.
    @Test(arguments: 1...30) func everyPlanCanBeDriven(_ seed: Int) throws {
        let problem = try Self.problem(seed, visits: 30, shifts: 6)
        for objective in Objective.allCases {
            let planner = Planner(problem, objective: objective, seed: UInt64(seed))
            let outcome = planner.search { Double($0.steps) / 500 }
            let plan = outcome.plan
            for route in plan.routes {
                #expect(Self.fault(route, problem) == nil, "\(objective)")
                #expect(!route.visits.isEmpty)
            }
            let ids = plan.routes.flatMap(\.visits) + plan.unassigned
            #expect(ids.sorted() == problem.visits.map(\.id).sorted())
            #expect(Set(plan.routes.map(\.shift)).count == plan.routes.count)
            #expect(outcome.progress.unassigned == plan.unassigned.count)
            #expect(planner.search { Double($0.steps) / 500 }.plan == plan)
            // What was found is taken as a start as it is, lunches too, and only gets better.
            var again = planner
            again.start = plan
            let next = again.search { _ in 1 }
            #expect(next.refusals.isEmpty)
            #expect(next.plan.unassigned.count <= plan.unassigned.count)
        }
    }
}
