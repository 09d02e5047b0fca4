// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts
import VisitChecking
import Visits

/// Problems in the words of other solvers.
@Suite struct PlainProblemTests {
    private static func problem(_ visits: [Visit]) throws -> RoutingProblem {
        let shifts = (1...3).map {
            Shift(
                id: ShiftID($0), start: Place(0), end: Place(0),
                hours: TimeWindow(100, 2_000)!, skills: [Skill($0)])
        }
        return try RoutingProblem(
            visits: visits, shifts: shifts,
            travel: TravelMatrix(size: 2, seconds: [0, 50, 50, 0]))
    }

    private static func visit(_ id: Int, _ change: (inout Visit) -> Void = { _ in }) -> Visit {
        var visit = Visit(id: VisitID(id), place: Place(1), service: 10, setup: 5)
        change(&visit)
        return visit
    }

    @Test func whatOthersDoNotKnowBecomesWindowsAndSkills() throws {
        let plain = try PlainProblem.make(
            Self.problem([
                Self.visit(1),
                Self.visit(2) { $0.due = 500 },
                Self.visit(3) {
                    $0.windows = [TimeWindow(100, 300)!, TimeWindow(600, 900)!]
                    $0.promise = Promise(window: TimeWindow(200, 700)!, shifts: [ShiftID(2)])
                },
                Self.visit(4) { $0.avoided = [ShiftID(1), ShiftID(3)] },
                Self.visit(5) {
                    $0.allowed = [ShiftID(1), ShiftID(2)]
                    $0.skills = [Skill(1)]
                },
                Self.visit(6) { $0.due = 110 },
                Self.visit(7) { $0.allowed = [] },
            ]))
        let visits = plain.visits
        #expect(visits.allSatisfy { $0.promise == nil && $0.due == nil && $0.allowed == nil })
        #expect(visits.allSatisfy { $0.avoided.isEmpty && !$0.isRequired })
        #expect(visits[0].windows == [] && visits[0].skills == [])
        #expect(visits[1].windows == [TimeWindow(100, 485)!] && visits[1].skills == [])
        #expect(visits[2].windows == [TimeWindow(200, 300)!, TimeWindow(600, 700)!])
        // Who may pay it: one skill of its own for each set of shifts.
        func payers(_ visit: Visit) -> [Int] {
            plain.shifts.filter { shift in visit.skills.allSatisfy(shift.skills.contains) }
                .map(\.id.number)
        }
        #expect(visits.map(payers) == [[1, 2, 3], [1, 2, 3], [2], [2], [1], [], []])
        #expect(visits[2].skills == visits[3].skills)
        #expect(visits[4].skills.count == 2)
    }

    /// A plan of the plain problem can be driven in the other, whatever the seed brings.
    @Test(arguments: 1...30) func aPlanOfThePlainOneIsAPlanOfTheOther(_ seed: Int) throws {
        var state = UInt64(seed)
        func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
        let problem = try Self.problem(
            (1...12).map { number in
                Self.visit(number) { visit in
                    let from = 100 + roll(1_500)
                    visit.place = Place(roll(2))
                    if roll(2) == 0 { visit.windows = [TimeWindow(from, from + 300)!] }
                    if roll(3) == 0 {
                        visit.promise = Promise(
                            window: TimeWindow(from + 50, from + 200)!,
                            shifts: roll(2) == 0 ? [ShiftID(1 + roll(3))] : [])
                        visit.isRequired = false
                    }
                    if roll(3) == 0 { visit.due = 300 + roll(1_500) }
                    if roll(3) == 0 { visit.avoided = [ShiftID(1 + roll(3))] }
                    if roll(3) == 0 { visit.allowed = [ShiftID(1), ShiftID(2 + roll(2))] }
                }
            })
        let plain = try PlainProblem.make(problem)
        let data = VisitJSON.write(plain)
        let plan = Planner(try VisitJSON.readProblem(data)).search { Double($0.steps) / 300 }.plan
        #expect(plan.routes.count > 0)
        #expect(PlanChecker(problem).check(TimedPlan(plan)).faults == [])
        for word in ["promised", "due", "forbidden", "allowed", "required", "fixed"] {
            #expect(!String(decoding: data, as: UTF8.self).contains(word))
        }
    }

    /// What VROOM refuses a whole file for is said otherwise, and means the same.
    @Test func whatOthersRefuseIsSaidOtherwise() throws {
        let text = """
            {"matrices":{"car":{"durations":[[0,5,9],[5,0,7],[9,7,0]]}},
             "vehicles":[
               {"id":1,"time_window":[0,1000],"breaks":[
                 {"id":1,"service":100,"time_windows":[[-50,100],[100,200],[950,2000]]}]},
               {"id":2,"start_index":0,"time_window":[0,1000],"capacity":[4],"breaks":[
                 {"id":1,"service":100,"time_windows":[[950,2000]]}]}],
             "jobs":[
               {"id":1,"location_index":1,"service":9,"time_windows":[[11,13],[9,11],[20,30]]},
               {"id":2,"location_index":2,"service":9,"delivery":[1,2]}]}
            """
        let problem = try VisitJSON.readProblem(Data(text.utf8))
        let plain = try PlainProblem.make(problem)
        #expect(plain.visits[0].windows == [TimeWindow(9, 13)!, TimeWindow(20, 30)!])
        #expect(plain.visits.map(\.demand) == [[0, 0], [1, 2]])
        // The second has no time for its break.
        #expect(plain.shifts.map(\.id.number) == [1])
        #expect(plain.shifts[0].capacity == [1, 2])
        #expect(plain.shifts[0].lunches[0].windows == [TimeWindow(0, 200)!])
        #expect(plain.shifts[0].start == Place(3) && plain.shifts[0].end == nil)
        #expect(plain.travel.row(Place(3)) == [0, 0, 0, 0])
        let plan = Planner(plain).search { Double($0.steps) / 300 }
        #expect(plan.plan.unassigned.isEmpty && plan.progress.travel == 7)
        #expect(PlanChecker(problem).check(TimedPlan(plan.plan)).faults == [])
    }

    /// VROOM refuses a whole file for a time before second 0: a vehicle without hours is left without, and a time
    /// that is said is refused with a word.
    @Test func noTimeIsBeforeSecondZero() throws {
        let text = """
            {"matrices":{"car":{"durations":[[0,600],[600,0]]}},
             "vehicles":[{"id":1,"start_index":0,"end_index":0,"breaks":[{"id":1,"service":60}]}],
             "jobs":[{"id":1,"location_index":1,"service":60,"time_windows":[[300,900]]},
              {"id":2,"location_index":1,"service":60,"due":900}]}
            """
        let document = try VisitJSON.read(Data(text.utf8))
        let problem = try document.problem()
        #expect(problem.shifts[0].hours.start < 0)
        let plain = try PlainProblem.make(problem, unbounded: document.unbounded)
        let written = VisitJSON.write(plain, unbounded: document.unbounded)
        let words = String(decoding: written, as: UTF8.self)
        #expect(!words.contains("time_window\"") && !words.contains("[-"))
        #expect(try VisitJSON.read(written).unbounded == [ShiftID(1)])
        // Of the whole problem nothing is lost.
        let whole = VisitJSON.write(problem, unbounded: document.unbounded)
        #expect(try VisitJSON.readProblem(whole).shifts == problem.shifts)
        let stated = text.replacing("[[300,900]]", with: "[[-300,900]]")
        let fault = #expect(throws: VisitFileFault.self) {
            let document = try VisitJSON.read(Data(stated.utf8))
            _ = try PlainProblem.make(document.problem(), unbounded: document.unbounded)
        }
        #expect(fault?.words.isTranslated == true)
    }

    /// VROOM takes breaks in the order of their first windows, and refuses a file where that cannot be.
    @Test(
        arguments: [
            // One after the other as they are.
            ([[50, 0, 100], [50, 0, 100]], [[1, 0, 100], [2, 0, 100]]),
            // The second ends when the first may begin last, and a second later it is too late for it.
            ([[100, 0, 200], [400, 90, 100]], [[1, 0, 200], [2, 90, 100]]),
            ([[101, 0, 200], [400, 90, 100]], nil),
            // Only the other way round, so the longer one begins when the shorter one may be over.
            ([[400, 0, 300], [50, 100, 200]], [[2, 100, 200], [1, 150, 300]]),
            // Neither way: the shift pays no visit.
            ([[400, 0, 10], [400, 0, 10]], nil),
        ] as [([[Int]], [[Int]]?)])
    func breaksComeInAnOrderInWhichTheyCanBeTaken(_ breaks: [[Int]], _ expected: [[Int]]?) throws {
        let shift = Shift(
            id: ShiftID(1), start: Place(0), end: Place(0), hours: TimeWindow(0, 1_000)!,
            lunches: breaks.enumerated().map { index, numbers in
                LunchBreak(
                    number: index + 1, length: numbers[0],
                    windows: [TimeWindow(numbers[1], numbers[2])!])
            })
        let plain = try PlainProblem.make(
            RoutingProblem(
                visits: [Self.visit(1)], shifts: [shift],
                travel: TravelMatrix(size: 2, seconds: [0, 50, 50, 0])))
        let told = plain.shifts.first?.lunches.map {
            [$0.number, $0.windows[0].start, $0.windows[0].end]
        }
        #expect(told == expected)
    }
}
