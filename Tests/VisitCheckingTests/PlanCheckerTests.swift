// SPDX-License-Identifier: Apache-2.0

import Testing
import VisitChecking
import Visits

/// The checker against good plans, damaged ones, and the planner's own judgement.
@Suite struct PlanCheckerTests {
    @Test(arguments: 1...40) func inAGoodPlanThereIsNoFault(_ seed: Int) throws {
        let week = try DrawnWeek(seed)
        let checker = PlanChecker(week.problem)
        for objective in Objective.allCases {
            let outcome = Planner(
                week.problem, objective: objective, seed: UInt64(seed), start: week.plan,
                published: week.plan, movedLimit: 5
            ).search { Double($0.steps) / 200 }
            let report = checker.check(
                TimedPlan(outcome.plan), published: week.plan, movedLimit: 5)
            #expect(report.faults == [])
            #expect(report.travel == outcome.progress.travel)
            #expect(report.moved == outcome.progress.moved)
            #expect(report.unpaid == outcome.progress.unassigned)
            #expect(report.shiftsUsed == outcome.progress.shiftsUsed)
            #expect(report.paid + report.unpaid == week.problem.visits.count)
        }
        let report = checker.check(week.timed, published: week.plan)
        #expect(report.faults == [])
        #expect(report.moved == 0 && report.dropped == [])
        let waiting = week.plan.routes.reduce(0) { $0 + Schedule($1, week.problem)!.waiting }
        #expect(report.waiting == waiting)
    }

    /// Every way to damage a plan is found where it was done, by the fault that it is.
    @Test(arguments: Damage.all) func everyDamageIsFound(_ damage: Damage) throws {
        var done = 0
        for seed in 1...60 {
            let week = try Self.weeks.week(seed)
            var dice = Dice(seed * 31)
            var plan = week.timed
            guard let expected = damage.apply(&plan, week, &dice) else { continue }
            done += 1
            let report = PlanChecker(week.problem).check(plan, published: week.plan)
            let found = report.faults.contains {
                $0.kind == expected.kind
                    && (expected.visit == nil || $0.visit == expected.visit)
                    && (expected.shift == nil || $0.shift == expected.shift)
                    && (expected.amount == nil || $0.amount == expected.amount)
            }
            #expect(found, "seed \(seed), \(expected) is not in \(report.faults)")
        }
        #expect(done >= 5, "\(damage.name) was tried only \(done) times")
    }

    /// Every fault that there is comes of some damage, or of the tests below.
    @Test func everyFaultIsTried() throws {
        var tried: Set<PlanFault.Kind> = [
            .secondShift, .twoPlaces, .movedTooMany, .begunOtherwise,
        ]
        for damage in Damage.all {
            for seed in 1...60 {
                let week = try Self.weeks.week(seed)
                var dice = Dice(seed * 31)
                var plan = week.timed
                if let expected = damage.apply(&plan, week, &dice) { tried.insert(expected.kind) }
            }
        }
        #expect(tried == Set(PlanFault.Kind.allCases))
    }

    @Test func aCrewIsInOnePlaceAndWorksOnceADay() throws {
        func report(_ days: [Int?], _ opens: [Int], _ crews: [String]) throws -> [PlanFault] {
            let shifts = (0..<2).map {
                Shift(
                    id: ShiftID($0 + 1), crew: crews[$0], day: days[$0], start: Place(0),
                    end: Place(0), hours: TimeWindow(opens[$0], opens[$0] + 1_000)!)
            }
            let visits = (0..<2).map { Visit(id: VisitID($0), place: Place(1), service: 100) }
            let problem = try RoutingProblem(
                visits: visits, shifts: shifts,
                travel: TravelMatrix(size: 2, seconds: [0, 50, 50, 0]))
            let plan = Plan(
                routes: (0..<2).map {
                    Route(shift: ShiftID($0 + 1), stops: [.visit(VisitID($0))])
                })
            return PlanChecker(problem).check(TimedPlan(plan)).faults
        }
        #expect(try report([0, 1], [0, 5_000], ["a", "a"]) == [])
        #expect(try report([0, 0], [0, 0], ["a", "b"]) == [])
        let sameDay = try report([0, 0], [0, 5_000], ["a", "a"])
        #expect(sameDay.map(\.kind) == [.secondShift] && sameDay[0].item == 1)
        // Each is at work for 200 s; the second sets out 150 s behind the first.
        for days in [[nil, nil], [0, 1]] as [[Int?]] {
            let both = try report(days, [0, 150], ["a", "a"])
            #expect(both.map(\.kind) == [.twoPlaces] && both[0].amount == 50)
        }
    }

    @Test func whatWasMovedIsCounted() throws {
        let week = try DrawnWeek(3)
        let shifts = week.problem.shifts.map(\.id)
        let elsewhere = Plan(
            routes: week.plan.routes.map { route in
                Route(
                    shift: shifts[(shifts.firstIndex(of: route.shift)! + 1) % shifts.count],
                    stops: route.stops)
            })
        let count = week.plan.shifts.count
        let checker = PlanChecker(week.problem)
        let report = checker.check(
            TimedPlan(week.plan), published: elsewhere, movedLimit: count - 2)
        #expect(report.moved == count)
        #expect(report.faults.contains { $0.kind == .movedTooMany && $0.amount == 2 })
        let empty = checker.check(TimedPlan(Plan(routes: [])), published: week.plan)
        #expect(empty.moved == 0 && empty.dropped.count == count)
        #expect(empty.unpaid == week.problem.visits.count && empty.travel == 0)
    }

    /// On any route at all, the checker and the planner are of one mind, though they share nothing.
    @Test(arguments: 1...40) func theCheckerAndThePlannerJudgeAlike(_ seed: Int) throws {
        let week = try Self.weeks.week(seed)
        let checker = PlanChecker(week.problem)
        var dice = Dice(seed + 500)
        var (good, bad) = (0, 0)
        for _ in 0..<40 {
            var stops: [Stop]
            var shift: Shift
            if let route = dice.pick(week.plan.routes), dice.roll(3) > 0 {
                // A planned route with one visit put elsewhere in it or taken from anywhere.
                stops = route.stops
                shift = week.problem.shift(route.shift)!
                let stop = stops.remove(at: dice.roll(stops.count))
                let other = VisitID(1 + dice.roll(week.problem.visits.count))
                let isNew = dice.roll(2) == 0 && !stops.contains(.visit(other))
                stops.insert(
                    isNew ? .visit(other) : stop, at: dice.roll(stops.count + 1))
            } else {
                shift = week.problem.shifts[dice.roll(week.problem.shifts.count)]
                let visit = VisitID(1 + dice.roll(week.problem.visits.count))
                stops = [.visit(visit)] + shift.lunches.map { .lunch($0.number) }
                if dice.roll(2) == 0 { stops.reverse() }
            }
            // A lunch that is missing the planner puts in by itself; the checker does not.
            let lunches = stops.filter { if case .lunch = $0 { true } else { false } }
            guard lunches.count == shift.lunches.count, lunches.count < stops.count else {
                continue
            }
            let route = Route(shift: shift.id, stops: stops)
            let faults = checker.check(TimedPlan(Plan(routes: [route]))).faults
                .filter { ![.missingVisit, .requiredUnpaid].contains($0.kind) }
            let refusals = Planner(week.problem, start: Plan(routes: [route]))
                .search { _ in 1 }.refusals
            #expect(faults.isEmpty == refusals.isEmpty, "\(route): \(faults), \(refusals)")
            if faults.isEmpty { good += 1 } else { bad += 1 }
            let schedule = try #require(Schedule(route, week.problem))
            #expect(
                checker.check(TimedPlan(Plan(routes: [route]))).travel == schedule.travel)
        }
        #expect(good > 0 && bad > 0)
    }

    /// Weeks that many tests damage, each drawn once.
    private final class Weeks: Sendable {
        private let drawn: [Int: DrawnWeek]

        init() {
            drawn = Dictionary(
                uniqueKeysWithValues: (1...60).compactMap { seed in
                    (try? DrawnWeek(seed)).map { (seed, $0) }
                })
        }

        func week(_ seed: Int) throws -> DrawnWeek { try #require(drawn[seed]) }
    }

    private static let weeks = Weeks()
}
