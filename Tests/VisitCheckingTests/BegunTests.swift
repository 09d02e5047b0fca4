// SPDX-License-Identifier: Apache-2.0

import Testing
import VisitChecking
import Visits

/// What has begun is as it was; the rest of the day goes on from there.
@Suite struct BegunTests {
    /// Two crews from 1000 to 2000, 100 s from everybody and everybody 100 s from each other; visits of 50 s, of
    /// which the first is promised from 1300 to 1400.
    private static func problem(
        _ change: (inout Shift) -> Void = { _ in }
    ) throws -> RoutingProblem {
        let shifts = (1...2).map { number in
            var shift = Shift(
                id: ShiftID(number), crew: "crew-\(number)", day: 0, start: Place(0), end: Place(0),
                hours: TimeWindow(1_000, 2_000)!)
            change(&shift)
            return shift
        }
        var visits = (1...3).map { Visit(id: VisitID($0), place: Place($0), service: 50) }
        visits[0].promise = Promise(window: TimeWindow(1_300, 1_400)!)
        visits[0].isRequired = true
        visits[0].skills = [Skill(9)]
        let ways = (0..<16).map { Int32($0 % 5 == 0 ? 0 : 100) }
        return try RoutingProblem(
            visits: visits, shifts: shifts, travel: TravelMatrix(size: 4, seconds: ways))
    }

    private static func visit(
        _ number: Int, _ start: Int, _ end: Int, isInVain: Bool = false
    ) -> DaySoFar.Begun {
        DaySoFar.Begun(
            DoneStop(.visit(VisitID(number)), arrival: start, start: start, end: end),
            isInVain: isInVain)
    }

    /// The faults of a plan of the first crew, with those of its visits that are no steps unassigned.
    private static func faults(
        _ steps: [TimedPlan.Step], _ begun: [DaySoFar.Begun], now: Int? = nil, returns: Int? = nil,
        with change: (inout Shift) -> Void = { _ in }
    ) throws -> [String] {
        let soFar = DaySoFar(now: now, begun: [ShiftID(1): begun])
        let known = Set(
            steps.compactMap(\.stop.visit) + soFar.route(of: ShiftID(1)).compactMap(\.stop.visit))
        let plan = TimedPlan(
            courses: steps.isEmpty
                ? []
                : [TimedPlan.Course(shift: ShiftID(1), steps: steps, returns: returns)],
            unassigned: (1...3).map { VisitID($0) }.filter { !known.contains($0) })
        return PlanChecker(try problem(change), after: soFar).check(plan).faults
            .map { "\($0.kind) \($0.amount ?? 0)" }
    }

    private static func step(_ number: Int, _ start: Int? = nil) -> TimedPlan.Step {
        TimedPlan.Step(.visit(VisitID(number)), start: start)
    }

    @Test func whatHasBegunIsNoFault() throws {
        // Done by a crew without the skill, before it could be there, and before what was promised.
        let early = Self.visit(1, 1_020, 1_030)
        #expect(
            try Self.faults([Self.step(1, 1_020)], [])
                == ["impossibleTime 80", "lackingSkill 0"])
        #expect(try Self.faults([Self.step(1, 1_020)], [early]) == [])
        // A plan need not repeat it, or may have what was planned.
        #expect(try Self.faults([], [early]) == [])
        #expect(try Self.faults([Self.step(1, 1_350)], [early]) == [])
        #expect(try Self.faults([Self.step(2, 1_130)], [early]) == [])
        #expect(try Self.faults([Self.step(1, 1_300), Self.step(2, 1_130)], [early]) == [])
    }

    @Test func whatIsAheadIsDrivenFromThere() throws {
        let early = Self.visit(1, 1_020, 1_030)
        #expect(try Self.faults([Self.step(2, 1_129)], [early]) == ["impossibleTime 1"])
        let late = Self.visit(1, 1_390, 1_600)
        #expect(try Self.faults([Self.step(2, 1_699)], [late]) == ["impossibleTime 1"])
        #expect(try Self.faults([Self.step(2, 1_700)], [late]) == [])
        #expect(try Self.faults([Self.step(2, 1_860)], [late]) == ["afterHours 10"])
        // What follows from what has begun alone is no fault.
        #expect(try Self.faults([], [Self.visit(1, 1_390, 1_950)]) == [])
        // Where somebody was tried in vain the crew is, too: it is with the third already.
        let vain = [early, Self.visit(3, 1_130, 1_140, isInVain: true)]
        #expect(try Self.faults([Self.step(3, 1_140)], vain) == [])
        #expect(try Self.faults([Self.step(2, 1_239)], vain) == ["impossibleTime 1"])
        #expect(try Self.faults([Self.step(2, 1_240), Self.step(3, 1_390)], vain) == [])
    }

    @Test func nobodySetsOutForTheRestBeforeNow() throws {
        let early = Self.visit(1, 1_020, 1_030)
        #expect(try Self.faults([Self.step(2, 1_130)], [early], now: 1_030) == [])
        #expect(
            try Self.faults([Self.step(2, 1_130)], [early], now: 1_040) == ["impossibleTime 10"])
        #expect(
            try Self.faults([Self.step(2, 1_100)], [], now: 1_040) == [
                "impossibleTime 40", "requiredUnpaid 0",
            ])
        // A crew that is on its way back, or there, has nothing more to set out for.
        #expect(try Self.faults([Self.step(1)], [early], now: 1_900, returns: 1_130) == [])
        #expect(
            try Self.faults([Self.step(1)], [early], now: 1_900, returns: 1_129)
                == ["impossibleTime 1"])
    }

    @Test func aPlanCannotHaveItOtherwise() throws {
        let begun = [Self.visit(1, 1_300, 1_350), Self.visit(2, 1_450, 1_500)]
        #expect(try Self.faults([Self.step(1), Self.step(2)], begun) == [])
        for steps in [[2, 1], [1, 3, 2], [3, 1, 2], [1, 3]] {
            let faults = try Self.faults(steps.map { Self.step($0) }, begun)
            #expect(faults.first == "begunOtherwise 0", "\(steps): \(faults)")
        }
        let soFar = DaySoFar(begun: [ShiftID(1): begun])
        let checker = PlanChecker(try Self.problem(), after: soFar)
        let others = TimedPlan(
            courses: [
                TimedPlan.Course(shift: ShiftID(2), steps: [Self.step(2), Self.step(3)])
            ], unassigned: [VisitID(1)])
        let faults = checker.check(others).faults.map(\.kind)
        #expect(Set(faults) == [.repeatedVisit, .paidAndUnassigned], "\(faults)")
    }

    /// A lunch that could only have been is not asked for.
    @Test func lunchIsTakenWhileThereIsTime() throws {
        func lunch(_ shift: inout Shift) {
            shift.lunches = [
                LunchBreak(number: 1, length: 100, windows: [TimeWindow(1_400, 1_500)!])
            ]
        }
        let steps = [Self.step(1), Self.step(2, 1_700)]
        let short = [Self.visit(1, 1_300, 1_400)]
        let long = [Self.visit(1, 1_300, 1_501)]
        #expect(try Self.faults(steps, short, with: lunch) == ["missingLunch 0"])
        #expect(try Self.faults(steps, long, with: lunch) == [])
        #expect(try Self.faults(steps, short, now: 1_501, with: lunch) == [])
        #expect(try Self.faults([], short, with: lunch) == [])
        let late = [Self.step(1), TimedPlan.Step(.lunch(1), start: 1_510), Self.step(2, 1_750)]
        #expect(try Self.faults(late, long, with: lunch) == [])
        #expect(try Self.faults(late, short, with: lunch) == ["lunchTime 10"])
        // What was driven before a lunch that has begun counts.
        let taken =
            short + [DaySoFar.Begun(DoneStop(.lunch(1), arrival: 1_460, start: 1_460, end: 1_560))]
        let rest = [TimedPlan.Step(.lunch(1)), Self.step(2, 1_600)]
        #expect(try Self.faults([Self.step(1)] + rest, taken, with: lunch) == [])
        #expect(
            try Self.faults([Self.step(1), rest[0], Self.step(2, 1_599)], taken, with: lunch)
                == ["impossibleTime 1"])
    }

    /// Any day that is cut somewhere, gone otherwise than planned until then: a plan of the rest is one of the
    /// whole, and the checker finds nothing wrong with it.
    @Test(arguments: 1...40) func theRestOfADayGoesOn(_ seed: Int) throws {
        let week = try DrawnWeek(seed)
        var dice = Dice(seed + 900)
        let now = dice.roll(60_000)
        var begun = DayLog(asPlanned: week.plan, week.problem, now: now).done
        let isLate = seed % 4 == 0
        for (shift, entries) in begun {
            let last = entries.count - 1
            let entry = entries[last]
            let room = last > 0 ? entry.arrival - entries[last - 1].end : 0
            let before = isLate ? 0 : dice.roll(room + 1)
            let shorter = isLate ? -dice.roll(900) : dice.roll(entry.end - entry.start + 1)
            begun[shift]![last] = DoneStop(
                entry.stop, arrival: entry.arrival - before, start: entry.start - before,
                end: entry.end - before - shorter)
        }
        let soFar = DaySoFar(now: now, begun: begun.mapValues { $0.map { DaySoFar.Begun($0) } })
        let rest = try RestOfDay(week.problem, after: soFar)
        let start = rest.rest(week.plan)
        let found = Planner(rest.problem, seed: UInt64(seed), start: start).search {
            Double($0.steps) / 150
        }.plan
        var timed = TimedPlan(courses: [], unassigned: found.unassigned)
        for route in found.routes {
            let schedule = try #require(Schedule(route, rest.problem))
            var course = TimedPlan.Course(shift: route.shift, steps: [], travel: schedule.travel)
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
            timed.courses.append(course)
        }
        let checker = PlanChecker(week.problem, after: soFar)
        let report = checker.check(timed)
        let faults = report.faults.filter { !isLate || $0.kind != .requiredUnpaid }
        #expect(faults == [])
        let whole = timed.recalling(soFar)
        #expect(whole.recalling(soFar) == whole)
        #expect(checker.check(whole) == report)
        let routes = Dictionary(
            uniqueKeysWithValues: whole.plan.routes.map { ($0.shift, $0.stops) })
        for (shift, entries) in begun {
            #expect(routes[shift]?.starts(with: entries.map(\.stop)) == true)
        }
        let plan = rest.whole(found)
        #expect(Set(plan.routes) == Set(whole.plan.routes.filter { !$0.visits.isEmpty }))
        #expect(Set(rest.rest(plan).routes) == Set(found.routes))
    }
}
