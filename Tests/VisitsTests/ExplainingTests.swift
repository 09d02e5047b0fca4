// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// Explanations against driving the routes with things changed.
@Suite struct ExplainingTests {
    private static func week(_ seed: Int) throws -> (RoutingProblem, Plan) {
        var random = RandomWeek(seed)
        let drawn = try random.problem(visits: 12, shifts: 4)
        let plan = Planner(drawn, seed: UInt64(seed)).search { Double($0.steps) / 100 }.plan
        return (try drawn.promising(plan, &random), plan)
    }

    @Test(arguments: 1...40) func anExplanationIsTrue(_ seed: Int) throws {
        let (problem, plan) = try Self.week(seed)
        let explainer = PlanExplainer(problem, plan)
        for id in plan.unassigned { #expect(explainer.explanation(of: id) == nil) }
        for route in plan.routes {
            for id in route.visits {
                let told = try #require(explainer.explanation(of: id))
                let step = Schedule(route, problem)!.steps.first { $0.kind == .visit(id) }!
                #expect(told.shift == route.shift && route.stops[told.position] == .visit(id))
                #expect(told.start == step.start && told.arrival == step.arrival)
                #expect((told.earlyBound == .window) == (told.slackBefore > 0))
                // So much later it can be driven, and a second more breaks what is named.
                let most = told.start + told.slackAfter
                #expect(try Self.fault(route, id, at: most, problem) == nil)
                let fault = try Self.fault(route, id, at: most + 1, problem)
                try Self.expect(told.lateBound, fault, problem.visit(id)!, at: most + 1)
                try Self.check(told, route, plan, problem)
            }
        }
    }

    /// What driving the route says if the visit may only start then.
    private static func fault(
        _ route: Route, _ id: VisitID, at start: Int, _ problem: RoutingProblem
    ) throws -> String? {
        let visit = problem.visit(id)!
        if let promise = visit.promise, !promise.window.contains(start) { return "promise" }
        if !visit.windows.isEmpty, !visit.windows.contains(where: { $0.contains(start) }) {
            return "window"
        }
        let late = problem.visits.map { visit -> Visit in
            guard visit.id == id else { return visit }
            var late = visit
            late.promise = nil
            late.windows = [TimeWindow(start, start)!]
            return late
        }
        return Slow.fault(route, try problem.with(late))
    }

    private static func expect(
        _ bound: VisitExplanation.LateBound, _ fault: String?, _ visit: Visit, at start: Int
    ) throws {
        let fault = try #require(fault)
        switch bound {
        case .promise: #expect(fault == "promise")
        case .window: #expect(fault == "window")
        case .due: #expect(fault == "\(visit.id) past due")
        case .visit(let id): #expect(fault.hasPrefix("\(id) ") && id != visit.id)
        case .lunch: #expect(fault == "lunch outside its windows")
        case .hours: #expect(fault == "back too late" || fault == "ends too late")
        }
    }

    private static func check(
        _ told: VisitExplanation, _ route: Route, _ plan: Plan, _ problem: RoutingProblem
    ) throws {
        let rest = Route(shift: route.shift, stops: route.stops.filter { $0 != .visit(told.visit) })
        let saved =
            Schedule(route, problem)!.travel
            - (rest.visits.isEmpty ? 0 : Schedule(rest, problem)!.travel)
        #expect(told.extraTravel == saved)
        guard Slow.fault(rest, problem) == nil else {
            // A set-up done twice makes the next one late; nothing else is then looked at.
            #expect(told.elsewhere == [])
            return
        }
        let empty = OfferBoard(problem, Plan(routes: []))
        #expect(
            told.elsewhere.map(\.shift) == problem.shifts.map(\.id).filter { $0 != route.shift })
        for other in told.elsewhere {
            let own = plan.routes.first { $0.shift == other.shift } ?? empty.route(other.shift)!
            let others = plan.routes.filter { $0.shift != other.shift && $0.shift != rest.shift }
            let extras = (0...own.stops.count).compactMap { position -> Int? in
                let longer = Slow.inserting(told.visit, own, at: position)
                let whole = Plan(
                    routes: others + [longer] + (rest.visits.isEmpty ? [] : [rest]),
                    unassigned: plan.unassigned)
                guard Slow.fault(whole, problem) == nil else { return nil }
                let before = own.visits.isEmpty ? 0 : Schedule(own, problem)!.travel
                return Schedule(longer, problem)!.travel - before
            }
            switch other.answer {
            case .possible(let offer):
                #expect(offer.extraTravel == extras.min() && offer.shift == other.shift)
            case .refused: #expect(extras == [])
            }
        }
    }

    /// A visit that was tried in vain took no time, however long it would have taken: so much more has the one
    /// before it.
    @Test func whatHasBegunTakesAsLongAsItTook() throws {
        let ways: [Int32] = (0..<16).map { $0 / 4 == $0 % 4 ? 0 : 100 }
        var visits = (1...3).map { number in
            Visit(id: VisitID(number), place: Place(number), service: number == 2 ? 1_200 : 100)
        }
        visits[2].promise = Promise(window: TimeWindow(0, 1_000)!)
        let shift = Shift(
            id: ShiftID(1), start: Place(0), end: Place(0), hours: TimeWindow(0, 10_000)!)
        let problem = try RoutingProblem(
            visits: visits, shifts: [shift], travel: TravelMatrix(size: 4, seconds: ways))
        let plan = Plan(
            routes: [Route(shift: ShiftID(1), stops: visits.map { .visit($0.id) })])
        let log = DayLog(
            now: 350,
            done: [
                ShiftID(1): [
                    DoneStop(.visit(VisitID(1)), arrival: 100, start: 100, end: 200),
                    DoneStop(.visit(VisitID(2)), arrival: 300, start: 300, end: 300),
                ]
            ])
        let repair = try DayRepair(problem, plan, log, [], windows: [])
        let told = PlanExplainer(repair, of: problem, plan).explanation(of: VisitID(1))
        #expect(told?.slackAfter == 600 && told?.lateBound == .visit(VisitID(3)))
    }

    @Test(arguments: 1...40) func totalsAreTheSumsOfTheRoutes(_ seed: Int) throws {
        let (problem, plan) = try Self.week(seed)
        let totals = PlanTotals(problem, plan)
        let times = plan.routes.map { Schedule($0, problem)! }
        #expect(totals.travel == times.reduce(0) { $0 + $1.travel })
        #expect(totals.waiting == times.reduce(0) { $0 + $1.waiting })
        #expect(totals.usedShifts == plan.routes.count)
        #expect(totals.unassigned == plan.unassigned.sorted())
        #expect(totals.promisesBroken == [] && totals.pastDue == [])
        #expect(totals.crews.reduce(0) { $0 + $1.work } == totals.travel + totals.service)
        #expect(totals.crews.reduce(0) { $0 + $1.visits } == plan.shifts.count)
        #expect(Set(totals.crews.map(\.crew)) == Set(problem.shifts.map { $0.crew! }))
        let work = totals.crews.map(\.work).sorted()
        #expect(totals.spread == work.last! - work.first!)
        // Everything promised or due a second sooner is broken, and nobody pays what is left out.
        let early = try problem.with(
            problem.visits.map { visit in
                var visit = visit
                if let promise = visit.promise {
                    visit.promise = Promise(
                        window: TimeWindow(promise.window.start, promise.window.start)!,
                        shifts: [problem.shifts[0].id])
                }
                visit.due = -1
                return visit
            })
        let bad = PlanTotals(early, Plan(routes: Array(plan.routes.dropFirst())))
        let left = plan.routes.dropFirst().flatMap(\.visits)
        #expect(bad.pastDue == left.sorted())
        for visit in early.visits {
            guard let promise = visit.promise else { continue }
            let route = plan.routes.dropFirst().first { $0.visits.contains(visit.id) }
            let start = route.flatMap { Slow.start(of: visit.id, $0, early) }
            let isKept = route?.shift == problem.shifts[0].id && start == promise.window.start
            #expect(bad.promisesBroken.contains(visit.id) == !isKept)
        }
    }

    @Test(arguments: 1...40) func changesAreWhatDiffers(_ seed: Int) throws {
        let (problem, plan) = try Self.week(seed)
        #expect(PlanChanges(problem, from: plan, to: plan).visits == [])
        let other = Planner(problem, seed: 99).search { Double($0.steps) / 100 }.plan
        let changes = PlanChanges(problem, from: plan, to: other)
        let (before, after) = (plan.shifts, other.shifts)
        for visit in problem.visits {
            func start(_ plan: Plan) -> Int? {
                plan.routes.first { $0.visits.contains(visit.id) }.flatMap {
                    Slow.start(of: visit.id, $0, problem)
                }
            }
            let change = changes.visits.first { $0.visit == visit.id }
            let same = before[visit.id] == after[visit.id] && start(plan) == start(other)
            #expect((change == nil) == same)
            guard let change else { continue }
            #expect(change.before?.start == start(plan) && change.after?.start == start(other))
            let pair = [before[visit.id], after[visit.id]].compactMap { $0 }
            guard pair.count == 2 else {
                #expect(change.movedBy == nil && !change.isOtherCrew && !change.isOtherDay)
                continue
            }
            let (old, new) = (problem.shift(pair[0])!, problem.shift(pair[1])!)
            #expect(change.movedBy == start(other)! - start(plan)!)
            #expect(change.isOtherCrew == (old.crew != new.crew))
            #expect(change.isOtherDay == (old.day != new.day))
        }
    }
}
