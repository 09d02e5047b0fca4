// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// Offers against driving every route with the visit at every place.
@Suite struct OfferTests {
    /// A caller at a new place or a known one, and the problem that has its visit.
    private static func caller(
        _ random: inout RandomWeek, _ problem: RoutingProblem, isKnown: Bool
    ) throws -> (caller: Caller, visit: Visit, larger: [TravelMatrix]) {
        let size = problem.travel.size
        let matrices = [problem.travel] + problem.others
        let visit = random.visit(
            1_000, place: random.roll(size), shifts: problem.shifts, setups: random.roll(2) == 0)
        if isKnown { return (Caller(visit), visit, matrices) }
        let caller = Caller(visit, ways: matrices.map { _ in random.ways(size, below: 800) })
        return (
            caller, caller.visit, try zip(matrices, caller.ways).map { try $0.adding([$1]) }
        )
    }

    /// The best place for the visit in a window, by trying all.
    private static func best(
        _ visit: Visit, _ window: TimeWindow, _ board: OfferBoard, _ travel: [TravelMatrix]
    ) throws -> Offer? {
        var promised = visit
        promised.promise = Promise(window: window)
        let problem = try RoutingProblem(
            visits: board.problem.visits + [promised], shifts: board.problem.shifts,
            travel: travel[0], others: Array(travel.dropFirst()))
        var best: Offer?
        for shift in problem.shifts {
            let route = board.route(shift.id)!
            let plan = board.plan
            let before = route.visits.isEmpty ? 0 : Schedule(route, problem)!.travel
            for position in 0...route.stops.count {
                let longer = Slow.inserting(visit.id, route, at: position)
                let others = plan.routes.filter { $0.shift != shift.id }
                let whole = Plan(routes: others + [longer], unassigned: plan.unassigned)
                guard Slow.fault(whole, problem) == nil else { continue }
                let extra = Schedule(longer, problem)!.travel - before
                let start = Slow.start(of: visit.id, longer, problem)!
                if let old = best, (old.extraTravel, old.starts.start) <= (extra, start) {
                    continue
                }
                let last = try lastStart(visit, from: start, in: window, longer, board, travel)
                best = Offer(
                    window: window, shift: shift.id, position: position,
                    starts: TimeWindow(start, last)!, extraTravel: extra)
            }
        }
        return best
    }

    /// The last start with which the route can be driven, by halving.
    ///
    /// In one window later is never better.
    private static func lastStart(
        _ visit: Visit, from start: Int, in window: TimeWindow, _ route: Route,
        _ board: OfferBoard, _ travel: [TravelMatrix]
    ) throws -> Int {
        func works(_ moment: Int) throws -> Bool {
            var late = visit
            late.windows = [TimeWindow(moment, moment)!]
            let problem = try RoutingProblem(
                visits: board.problem.visits + [late], shifts: board.problem.shifts,
                travel: travel[0], others: Array(travel.dropFirst()))
            return Slow.fault(route, problem) == nil
        }
        let own = visit.windows.filter { $0.contains(start) }.map(\.end).max() ?? window.end
        var (good, bad) = (start, min(own, window.end) + 1)
        while bad - good > 1 {
            let middle = (good + bad) / 2
            if try works(middle) { good = middle } else { bad = middle }
        }
        return good
    }

    @Test(arguments: 1...60) func aWindowIsOfferedExactlyIfSomePlaceWorks(_ seed: Int) throws {
        var random = RandomWeek(seed)
        var problem = try random.problem(visits: 3 + seed % 5, shifts: 1 + seed % 4)
        if seed % 3 == 0 { problem = try problem.travelling(&random) }
        let plan = Planner(problem, seed: UInt64(seed)).search { Double($0.steps) / 100 }.plan
        let board = OfferBoard(problem, plan)
        #expect(board.plan == plan)
        for round in 0..<6 {
            let (caller, visit, travel) = try Self.caller(
                &random, problem, isKnown: round % 2 == 0)
            let windows = random.windows(6)
            let answer = try board.answer(caller, in: windows)
            for window in windows {
                let expected = try Self.best(visit, window, board, travel)
                let offer = answer.offers.first { $0.window == window }
                #expect(offer == expected, "\(seed) \(window)")
                #expect((offer == nil) == answer.refusals.contains { $0.window == window })
            }
            let order = answer.offers.map { [$0.extraTravel, $0.window.start] }
            #expect(order == order.sorted { $0.lexicographicallyPrecedes($1) })
            #expect(
                answer.refusals.map(\.window)
                    == windows.filter { window in
                        answer.refusals.contains { $0.window == window }
                    })
        }
    }

    /// The reason is the hurdle: with it out of the way the next one is reached, or an offer.
    @Test(arguments: 1...60) func aRefusalNamesTheHurdle(_ seed: Int) throws {
        var random = RandomWeek(seed)
        let problem = try random.problem(visits: 8, shifts: 3)
        let plan = Planner(problem, seed: UInt64(seed)).search { Double($0.steps) / 100 }.plan
        let board = OfferBoard(problem, plan)
        let working = problem.shifts.filter { shift in
            guard !board.brokenShifts.contains(shift.id) else { return false }
            return plan.routes.contains { $0.shift == shift.id }
                || !plan.routes.contains {
                    let other = problem.shift($0.shift)!
                    return other.crew == shift.crew && other.day == shift.day
                }
        }
        for _ in 0..<8 {
            var (caller, visit, _) = try Self.caller(&random, problem, isKnown: true)
            visit.windows = []
            caller = Caller(visit)
            for refusal in try board.answer(caller, in: random.windows(6)).refusals {
                let serving = working.filter { $0.hours.intersection(refusal.window) != nil }
                let named = serving.filter {
                    !visit.avoided.contains($0.id) && visit.allowed?.contains($0.id) != false
                }
                let able = named.filter { Set(visit.skills).isSubset(of: $0.skills) }
                let roomy = able.filter { shift in
                    let paid = board.route(shift.id)!.visits
                    if let limit = shift.visitLimit, paid.count >= limit { return false }
                    return shift.capacity.indices.allSatisfy { kind in
                        let demands = paid.map { problem.visit($0)!.demand } + [visit.demand]
                        let sum = demands.reduce(0) { $0 + ($1.count > kind ? $1[kind] : 0) }
                        return sum <= shift.capacity[kind] || visit.demand.isEmpty
                    }
                }
                switch refusal.reason {
                case .noShift: #expect(serving.isEmpty)
                case .avoided: #expect(!serving.isEmpty && named.isEmpty)
                case .skill: #expect(!named.isEmpty && able.isEmpty)
                case .load: #expect(!able.isEmpty && roomy.isEmpty)
                case .noWay: Issue.record("there are ways between all places")
                case .pastDue:
                    #expect(!roomy.isEmpty)
                    #expect(refusal.window.start + visit.service > visit.due!)
                case .slack(let missing, let shift):
                    #expect(roomy.contains { $0.id == shift } && missing > 0)
                    // With so many seconds less, and a window longer by as many, it fits; with one
                    // second less than that it does not.
                    guard visit.service > missing else { continue }
                    let numbers = serving.map { problem.shiftIndex[$0.id]! }
                    for (seconds, fits) in [(missing, true), (missing - 1, false)] {
                        var shorter = visit
                        shorter.service -= seconds
                        let (start, end) = (refusal.window.start, refusal.window.end + seconds)
                        let again = try board.answer(
                            Caller(shorter), in: [TimeWindow(start, end)!], on: numbers)
                        #expect(again.offers.isEmpty != fits, "\(seed) \(missing)")
                    }
                }
            }
        }
    }

    /// What an offer says is a plan, and every start in its range can be driven.
    @Test(arguments: 1...30) func anAcceptedOfferIsAPlan(_ seed: Int) throws {
        var random = RandomWeek(seed)
        var problem = try random.problem(visits: 12, shifts: 4)
        if seed % 3 == 0 { problem = try problem.travelling(&random) }
        let plan = Planner(problem, seed: UInt64(seed)).search { Double($0.steps) / 100 }.plan
        let board = OfferBoard(problem, plan)
        for _ in 0..<10 {
            let (caller, visit, _) = try Self.caller(&random, problem, isKnown: false)
            for offer in try board.answer(caller, in: random.windows(8)).offers {
                let larger = try problem.adding(caller, promising: offer.window)
                let accepted = board.plan(accepting: offer, by: visit.id)
                #expect(Slow.fault(accepted, larger) == nil)
                #expect(accepted.shifts[visit.id] == offer.shift)
                for start in [offer.starts.start, offer.starts.end] {
                    let exact = try problem.adding(caller, promising: TimeWindow(start, start)!)
                    #expect(Slow.fault(accepted, exact) == nil)
                }
            }
        }
    }

    @Test func aCallerIsLookedAt() throws {
        let problem = try RoutingProblem(
            visits: [Visit(id: VisitID(1), place: Place(1), service: 10)],
            shifts: [
                Shift(
                    id: ShiftID(1), start: Place(0), end: Place(0),
                    hours: TimeWindow(0, 1_000)!)
            ], travel: TravelMatrix(size: 2, seconds: [0, 5, 5, 0]))
        let board = OfferBoard(problem, Plan(routes: []))
        let window = TimeWindow(0, 100)!
        func fault(_ caller: Caller, _ windows: [TimeWindow] = [window]) -> ProblemError? {
            do throws(ProblemError) {
                _ = try board.answer(caller, in: windows)
                return nil
            } catch { return error }
        }
        func visit(_ place: Int, service: Int = 10, allowed: [ShiftID]? = nil) -> Visit {
            Visit(id: VisitID(2), place: Place(place), service: service, allowed: allowed)
        }
        #expect(fault(Caller(visit(1))) == nil)
        #expect(fault(Caller(visit(2))) == .unknownPlace("visit 2", row: 2))
        #expect(fault(Caller(visit(0), from: [1, 2], to: [3, 4])) == nil)
        // There is one profile, and no other ways are of any use.
        let ways = TravelMatrix.Ways(from: [1, 2], to: [3, 4])
        #expect(
            fault(Caller(visit(0), ways: [ways, ways])) == .matrixShape(size: 3, numbers: 4))
        #expect(
            fault(Caller(visit(0), from: [1], to: [3, 4])) == .matrixShape(size: 2, numbers: 1))
        #expect(
            fault(Caller(visit(0), from: [1, 2], to: [3])) == .matrixShape(size: 2, numbers: 1))
        #expect(
            fault(Caller(visit(0), from: [1, -2], to: [3, 4]))
                == .travelTime(from: 2, to: 1, seconds: -2))
        #expect(
            fault(Caller(visit(0), from: [1, 2], to: [.max, 4]))
                == .travelTime(from: 0, to: 2, seconds: Int(Int32.max)))
        #expect(
            fault(Caller(visit(1, service: -1)))
                == .number("the service of visit 2", -1))
        #expect(
            fault(Caller(visit(1, allowed: [ShiftID(9)])))
                == .unknownShift(VisitID(2), ShiftID(9)))
        #expect(
            fault(Caller(visit(1)), Array(repeating: window, count: 513))
                == .tooMany("windows to offer", limit: 512))
        #expect(throws: ProblemError.repeatedVisit(VisitID(1))) {
            try problem.adding(
                Caller(Visit(id: VisitID(1), place: Place(1), service: 1)), promising: window)
        }
        // Moments beyond what is counted are held, not wrapped.
        let far = TimeWindow(-(1 << 62), 1 << 62)!
        #expect(try board.answer(Caller(visit(1)), in: [far]).offers.count == 1)
    }
}
