// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// Days on which things go otherwise than planned.
@Suite struct DayRepairTests {
    private struct Day {
        let problem: RoutingProblem
        let plan: Plan
        let log: DayLog
    }

    private static func day(_ random: inout RandomWeek, _ seed: Int) throws -> Day {
        let drawn = try random.problem(visits: 14, shifts: 5)
        let plan = Planner(drawn, seed: UInt64(seed)).search { Double($0.steps) / 100 }.plan
        let problem = try drawn.promising(plan, &random)
        let now = random.roll(2) * 20_000 + random.roll(5_000) - 500
        return Day(
            problem: problem, plan: plan, log: DayLog(asPlanned: plan, problem, now: now))
    }

    private static func incidents(_ random: inout RandomWeek, _ day: Day) throws -> [Incident] {
        let shifts = day.problem.shifts.map(\.id)
        let visits = day.problem.visits.map(\.id)
        var incidents: [Incident] = []
        for _ in 0..<(1 + random.roll(2)) {
            let (shift, visit) = (shifts[random.roll(5)], visits[random.roll(14)])
            switch random.roll(6) {
            case 0: incidents.append(.delay(shift, seconds: random.roll(2_000)))
            case 1: incidents.append(.longer(visit, seconds: random.roll(1_500)))
            case 2: incidents.append(.absent(shift))
            case 3: incidents.append(.nobodyHome(visit))
            case 4: incidents.append(.cancelled(visit))
            default:
                let seconds = day.problem.travel.seconds.map { $0 + Int32(random.roll(300)) }
                incidents.append(
                    .travel(try TravelMatrix(size: day.problem.travel.size, seconds: seconds)))
            }
        }
        return incidents
    }

    /// Nothing is broken that is not listed: the rest of the plan can be driven, and whoever was told
    /// something is paid as told, is listed, was paid already, or has cancelled.
    private static func check(_ day: Day, _ repair: DayRepair, _ incidents: [Incident]) {
        #expect(Slow.fault(repair.plan, repair.problem) == nil)
        let listed = Set(repair.unkept.map(\.visit))
        let done = Set(repair.log.done.values.flatMap { $0 }.compactMap(\.stop.visit))
        let absent = incidents.compactMap { if case .absent(let id) = $0 { id } else { nil } }
        let cancelled = Set(
            incidents.compactMap { if case .cancelled(let id) = $0 { id } else { nil } })
        let givenBack = Set(
            incidents.compactMap { if case .nobodyHome(let id) = $0 { id } else { nil } })
        #expect(!repair.plan.routes.contains { absent.contains($0.shift) })
        let paid = repair.plan.shifts
        for (id, _) in day.plan.shifts {
            if cancelled.contains(id) {
                #expect(paid[id] == nil && repair.problem.visit(id) == nil)
            } else if givenBack.contains(id) {
                #expect(listed.contains(id) && paid[id] == nil)
            } else {
                #expect(
                    [paid[id] != nil, listed.contains(id), done.contains(id)].count { $0 } == 1)
            }
        }
        for route in repair.plan.routes {
            for id in route.visits {
                // The promise and the needs are the old ones, not made easier by the repair.
                let (old, new) = (day.problem.visit(id)!, repair.problem.visit(id)!)
                #expect(new.promise?.window == old.promise?.window && new.due == old.due)
                #expect(new.windows == old.windows && new.service >= old.service)
                if let promised = old.promise?.shifts, !promised.isEmpty {
                    #expect(promised.contains(route.shift))
                }
                #expect(Slow.start(of: id, route, repair.problem)! >= repair.log.now)
            }
        }
        let late = Set(repair.lateAlready.map(\.visit))
        for entry in repair.log.done.values.flatMap({ $0 }) {
            guard let id = entry.stop.visit, !cancelled.contains(id), !givenBack.contains(id),
                let promise = day.problem.visit(id)?.promise
            else { continue }
            #expect(late.contains(id) == (entry.start > promise.window.end))
        }
    }

    @Test(arguments: 1...150) func noPromiseIsBrokenUnlisted(_ seed: Int) throws {
        var random = RandomWeek(seed)
        let day = try Self.day(&random, seed)
        let windows = random.windows(6)
        for round in 0..<4 {
            let incidents = try Self.incidents(&random, day)
            var repair = try DayRepair(
                day.problem, day.plan, day.log, incidents, windows: windows,
                seed: UInt64(round), steps: 64)
            Self.check(day, repair, incidents)
            // One choice after the other, and each of them can be driven.
            while let unkept = repair.unkept.first {
                let choice: UnkeptChoice
                if unkept.late != nil, random.roll(2) == 0 {
                    choice = .late
                } else {
                    choice = unkept.alternatives.first.map { .alternative($0) } ?? .giveUp
                }
                let next = try repair.choosing(choice, for: unkept.visit)
                #expect(Slow.fault(next.plan, next.problem) == nil)
                #expect(next.unkept.map(\.visit) == repair.unkept.dropFirst().map(\.visit))
                #expect((next.plan.shifts[unkept.visit] == nil) == (choice == .giveUp))
                if choice == .late, let late = unkept.late {
                    let route = next.plan.routes.first { $0.shift == late.offer.shift }!
                    let start = Slow.start(of: unkept.visit, route, next.problem)!
                    #expect(max(0, start - unkept.promise!.window.end) == late.by)
                }
                #expect(throws: RepairError.noSuchChoice(unkept.visit)) {
                    try next.choosing(.giveUp, for: unkept.visit)
                }
                repair = next
            }
        }
    }

    /// Without an incident the rest of the plan is what it was, at every moment of both days.
    @Test(arguments: 1...20) func nothingChangesWhenNothingHappens(_ seed: Int) throws {
        var random = RandomWeek(seed)
        let day = try Self.day(&random, seed)
        for now in stride(from: -100, to: 27_000, by: 397) {
            let log = DayLog(asPlanned: day.plan, day.problem, now: now)
            let repair = try DayRepair(day.problem, day.plan, log, [], windows: [])
            #expect(repair.unkept == [] && repair.lateAlready == [] && repair.lateLunches == [])
            for route in day.plan.routes {
                let done = log.done[route.shift] ?? []
                let left = route.stops.dropFirst(done.count)
                let rest = repair.plan.routes.first { $0.shift == route.shift }
                #expect(rest?.visits ?? [] == left.compactMap(\.visit))
                // And at the times that it had.
                for id in rest?.visits ?? [] {
                    #expect(
                        Slow.start(of: id, rest!, repair.problem)
                            == Slow.start(of: id, route, day.problem))
                }
            }
        }
    }

    /// A crew, three visits along a road, promised for the quarter of an hour in which they begin.
    private static func road(crews: Int = 1) throws -> (RoutingProblem, Plan) {
        let shifts = (1...2).prefix(crews).map {
            Shift(
                id: ShiftID($0), crew: "crew \($0)", day: 0, start: Place(0), end: Place(0),
                hours: TimeWindow(0, 10_000)!)
        }
        var seconds: [Int32] = []
        for from in 0..<4 { for to in 0..<4 { seconds.append(Int32(abs(from - to) * 500)) } }
        let visits = (1...3).map {
            let start = $0 * 500 + ($0 - 1) * 1_000
            return Visit(
                id: VisitID($0), place: Place($0), service: 1_000,
                promise: Promise(window: TimeWindow(start, start + 900)!))
        }
        let problem = try RoutingProblem(
            visits: visits, shifts: shifts, travel: TravelMatrix(size: 4, seconds: seconds))
        let stops = visits.map { Stop.visit($0.id) }
        return (problem, Plan(routes: [Route(shift: ShiftID(1), stops: stops)]))
    }

    @Test func aDelayIsListedWithWhatCanBeDone() throws {
        let (problem, plan) = try Self.road()
        let log = DayLog(asPlanned: plan, problem, now: 600)
        #expect(log.done[ShiftID(1)]?.map(\.stop) == [.visit(VisitID(1))])
        let evening = TimeWindow(6_000, 7_000)!
        func repair(_ seconds: Int) throws -> DayRepair {
            try DayRepair(
                problem, plan, log, [.delay(ShiftID(1), seconds: seconds)], windows: [evening])
        }
        // Fifteen minutes are what was promised, and one second is too much for two of them.
        #expect(try repair(900).unkept == [])
        let late = try repair(1_000)
        #expect(
            late.plan.routes.flatMap(\.visits) + late.unkept.map(\.visit)
                == [3, 2].map(VisitID.init))
        let unkept = try #require(late.unkept.first)
        #expect(unkept.visit == VisitID(2) && unkept.reason == .noRoom)
        #expect(unkept.alternatives.map(\.window) == [evening])
        // Kept late it would come after the third, which would be late otherwise.
        let choice = try #require(unkept.late)
        let accepted = try late.choosing(.late, for: VisitID(2))
        #expect(accepted.plan.routes[0].visits == [3, 2].map(VisitID.init))
        #expect(accepted.unkept == [])
        let start = Slow.start(of: VisitID(2), accepted.plan.routes[0], accepted.problem)
        #expect(start == 2_900 + choice.by)
        let other = try late.choosing(.alternative(unkept.alternatives[0]), for: VisitID(2))
        #expect(other.problem.visit(VisitID(2))?.promise?.window == evening)
        #expect(throws: RepairError.noSuchChoice(VisitID(3))) {
            try late.choosing(.late, for: VisitID(3))
        }
    }

    @Test func anotherCrewTakesOverForOneThatIsAbsent() throws {
        let (problem, plan) = try Self.road(crews: 2)
        let log = DayLog(asPlanned: plan, problem, now: -1)
        let repair = try DayRepair(problem, plan, log, [.absent(ShiftID(1))], windows: [])
        #expect(repair.unkept == [])
        #expect(repair.plan.routes.map(\.shift) == [ShiftID(2)])
        #expect(repair.plan.routes[0].visits == plan.routes[0].visits)
    }

    @Test func whatCannotBeIsRefused() throws {
        let (problem, plan) = try Self.road()
        let log = DayLog(asPlanned: plan, problem, now: 600)
        func fault(_ log: DayLog, _ incidents: [Incident]) -> RepairError? {
            do throws(RepairError) {
                _ = try DayRepair(problem, plan, log, incidents, windows: [])
                return nil
            } catch { return error }
        }
        #expect(fault(log, [.delay(ShiftID(9), seconds: 1)]) == .unknownShift(ShiftID(9)))
        #expect(fault(log, [.absent(ShiftID(9))]) == .unknownShift(ShiftID(9)))
        #expect(fault(log, [.delay(ShiftID(1), seconds: -1)]) == .seconds(-1))
        #expect(fault(log, [.longer(VisitID(1), seconds: .max)]) == .seconds(.max))
        for incident in [Incident.cancelled(VisitID(9)), .nobodyHome(VisitID(9))] {
            #expect(fault(log, [incident]) == .unknownVisit(VisitID(9)))
        }
        let small = try TravelMatrix(size: 1, seconds: [0])
        #expect(fault(log, [.travel(small)]) == .problem(.matrixShape(size: 4, numbers: 1)))
        #expect(fault(DayLog(now: .max, done: [:]), []) == .seconds(.max))
        let one = DoneStop(.visit(VisitID(1)), arrival: 500, start: 500, end: 1_500)
        let two = DoneStop(.visit(VisitID(2)), arrival: 1_400, start: 2_000, end: 3_000)
        let back = DoneStop(.visit(VisitID(1)), arrival: 500, start: 400, end: 1_500)
        for stops in [[two], [one, two], [back], [one, one], [one, two, two, two]] {
            let log = DayLog(now: 600, done: [ShiftID(1): stops])
            #expect(fault(log, []) == .log(ShiftID(1)))
        }
        let other = DayLog(now: 600, done: [ShiftID(4): [one]])
        #expect(fault(other, []) == .unknownShift(ShiftID(4)))
    }
}
