// SPDX-License-Identifier: Apache-2.0

import VisitChecking
import Visits

/// Numbers that are the same from the same seed.
struct Dice {
    var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 7_919 &+ 17 }

    mutating func roll(_ below: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(below))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[roll(elements.count)]
    }
}

/// A week with all that the model has, and a good plan for it.
struct DrawnWeek {
    let problem: RoutingProblem
    /// The planner's, without times.
    let plan: Plan

    init(_ seed: Int, visits count: Int = 30, crews: Int = 3, days: Int = 3) throws {
        let problem = try Self.problem(seed, visits: count, crews: crews, days: days)
        let first = Planner(problem, seed: UInt64(seed)).search { Double($0.steps) / 150 }.plan
        // What was planned is promised or fixed for some; the plan keeps it, as it is.
        var starts: [VisitID: (start: Int, shift: ShiftID)] = [:]
        for route in first.routes {
            for step in Schedule(route, problem)!.steps {
                if case .visit(let id) = step.kind { starts[id] = (step.start, route.shift) }
            }
        }
        let visits = problem.visits.map { visit -> Visit in
            var visit = visit
            guard let (start, shift) = starts[visit.id] else { return visit }
            switch visit.id.number % 5 {
            case 0:
                visit.promise = Promise(
                    window: TimeWindow(start - 300, start + 900)!,
                    shifts: visit.id.number % 2 == 0 ? [shift] : [])
                visit.isRequired = true
            case 1: visit.isFixed = true
            case 2: visit.allowed = [shift]
            case 3: visit.isRequired = true
            default: break
            }
            return visit
        }
        self.problem = try RoutingProblem(
            visits: visits, shifts: problem.shifts, travel: problem.travel)
        plan = first
    }

    /// The plan with the times that the planner's own reckoning gives it.
    var timed: TimedPlan {
        TimedPlan(
            courses: plan.routes.map { route in
                let schedule = Schedule(route, problem)!
                var course = TimedPlan.Course(shift: route.shift, steps: [])
                for step in schedule.steps {
                    switch step.kind {
                    case .start: course.leaves = step.start
                    case .end: course.returns = step.arrival
                    case .visit(let id):
                        course.steps.append(TimedPlan.Step(.visit(id), start: step.start))
                    case .lunch(let number):
                        course.steps.append(TimedPlan.Step(.lunch(number), start: step.start))
                    }
                }
                course.travel = schedule.travel
                return course
            }, unassigned: plan.unassigned)
    }

    private static func problem(_ seed: Int, visits count: Int, crews: Int, days: Int) throws
        -> RoutingProblem
    {
        var dice = Dice(seed)
        let size = count + 1
        let points = (0..<size).map { _ in (dice.roll(900), dice.roll(900)) }
        var seconds: [Int32] = []
        for a in points {
            for b in points { seconds.append(Int32(abs(a.0 - b.0) + abs(a.1 - b.1))) }
        }
        var shifts: [Shift] = []
        for day in 0..<days {
            for crew in 0..<crews {
                let opens = day * 20_000 + dice.roll(500)
                var shift = Shift(
                    id: ShiftID(shifts.count + 1), crew: "crew-\(crew)", day: day,
                    start: dice.roll(5) == 0 ? nil : Place(0),
                    end: dice.roll(5) == 0 ? nil : Place(0),
                    hours: TimeWindow(opens, opens + 7_000 + dice.roll(2_000))!,
                    capacity: [4 + dice.roll(4), 20], skills: [Skill(1 + crew)],
                    visitLimit: dice.roll(3) == 0 ? 4 : nil)
                if dice.roll(3) > 0 {
                    let from = opens + 2_500 + dice.roll(1_000)
                    shift.lunches = [
                        LunchBreak(
                            number: 1, length: 600, windows: [TimeWindow(from, from + 1_200)!])
                    ]
                }
                shifts.append(shift)
            }
        }
        let visits = (1...count).map { number in
            var visit = Visit(
                id: VisitID(number), place: Place(number), service: 200 + dice.roll(400),
                setup: dice.roll(2) * 60, demand: [1 + dice.roll(2), 1])
            if dice.roll(3) > 0 {
                let from = dice.roll(days) * 20_000 + 1_000 + dice.roll(4_000)
                visit.windows = [TimeWindow(from, from + 1_500)!]
                if dice.roll(3) == 0 {
                    visit.windows.append(TimeWindow(from + 20_000, from + 22_000)!)
                }
            }
            if dice.roll(4) == 0 { visit.skills = [Skill(1 + dice.roll(crews))] }
            if dice.roll(3) == 0 { visit.due = 20_000 * days - dice.roll(20_000) }
            if dice.roll(5) == 0 { visit.avoided = [ShiftID(1 + dice.roll(shifts.count))] }
            return visit
        }
        return try RoutingProblem(
            visits: visits, shifts: shifts, travel: TravelMatrix(size: size, seconds: seconds))
    }
}
