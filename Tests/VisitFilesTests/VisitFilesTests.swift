// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts
import VisitChecking
import Visits

/// Instances and weeks as files.
@Suite struct VisitFilesTests {
    private static let instance = """
        SQUARE

        VEHICLE
        NUMBER     CAPACITY
          2         10

        CUSTOMER
        CUST NO.  XCOORD. YCOORD. DEMAND READY DUE SERVICE

            0      0       0       0      0    1000    0
            1      0      30       4      0     900   10
            2     40      30       4      0     900   10
            3     40       0       4      0     900   10
        """

    @Test func anInstanceIsReadSolvedAndWritten() throws {
        let instance = try InstanceFile.read(Self.instance, isPlain: false)
        #expect(instance.name == "SQUARE")
        #expect(instance.problem.visits.count == 3 && instance.problem.shifts.count == 2)
        let plan = Planner(instance.problem).search { Double($0.steps) / 1_000 }.plan
        // Three loads of 4 do not fit in one of 10: a triangle of 30, 40, 50 and a way there and back.
        #expect(plan.unassigned.isEmpty && plan.routes.count == 2)
        #expect(instance.distance(of: plan) == 180)
        let text = SolutionText.write(plan, of: instance)
        #expect(text.contains("Route #2:") && text.hasSuffix("Cost 180\n"), "\(text)")
    }

    @Test(arguments: [
        ("", "neither"), ("A\n2 10\n", "depot"), ("A\n0 0 0 0 0 10 0\n", "vehicles"),
        ("A\n2 10\n0 0 0 0 0 10\n", "line 3"), ("A\n2 10\n1 0 0 0 0 10 0\n", "line 3"),
        ("A\n2 10\n0 0 0 0 0 10 0\n1 nan 0 0 0 10 0\n", "line 4"),
        ("A\n2 10\n0 0 0 0 0 10 0\n1 1e400 0 0 0 10 0\n", "line 4"),
        ("A\n2 10\n0 0 0 0 0 10 0\n1 0 0 -1 0 10 0\n", "line 4"),
        ("A\n2 -10\n0 0 0 0 0 10 0\n", "line 2"),
    ])
    func whatIsWrongWithAnInstanceIsSaid(_ text: String, _ words: String) {
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try InstanceFile.read(text, isPlain: true)
        }
        let told = fault?.description ?? ""
        #expect(words.split(separator: "|").contains { told.contains($0) }, "\(told)")
    }

    private static let week = """
        {"vehicles": [{"id": 1, "start_index": 0, "end_index": 0, "time_window": [0, 5000],
          "skills": [7], "breaks": [{"id": 1, "service": 300, "time_windows": [[1000, 2000]]}]}],
         "jobs": [{"id": 10, "location_index": 1, "service": 100},
          {"id": 11, "location_index": 2, "service": 100, "time_windows": [[3000, 4000]],
           "skills": [7]},
          {"id": 12, "location_index": 1, "service": 100, "skills": [8]}],
         "matrices": {"car": {"durations": [[0, 100, 200], [100, 0, 150], [200, 150, 0]]}}}
        """

    @Test func aWeekIsReadPlannedWrittenAndReadAgain() throws {
        let problem = try VisitJSON.readProblem(Data(Self.week.utf8))
        let plan = Planner(problem).search { Double($0.steps) / 500 }.plan
        #expect(plan.unassigned == [VisitID(12)])
        #expect(plan.routes.map(\.visits) == [[VisitID(10), VisitID(11)]])
        let written = try PlanJSON.write(plan, of: problem)
        let again = try PlanJSON.read(written)
        #expect(again.routes == plan.routes)
        let other = try InstanceFile.read(Self.instance, isPlain: false).problem
        #expect(throws: VisitFileFault.self) { _ = try PlanJSON.write(plan, of: other) }
    }

    @Test func aPlanIsReadWithTheTimesThatItStates() throws {
        let text = """
            {"routes": [{"vehicle": 1, "duration": 7, "steps": [
              {"type": "start", "arrival": 10, "waiting_time": 1},
              {"type": "job", "id": 10, "arrival": 20, "waiting_time": 5},
              {"type": "break", "id": 1}, {"type": "end", "arrival": 90}]}],
             "unassigned": [{"id": 12}]}
            """
        let course = TimedPlan.Course(
            shift: ShiftID(1),
            steps: [
                TimedPlan.Step(.visit(VisitID(10)), start: 25, arrival: 20),
                TimedPlan.Step(.lunch(1)),
            ], leaves: 11, returns: 90, travel: 7)
        #expect(
            try PlanJSON.readTimed(Data(text.utf8))
                == TimedPlan(courses: [course], unassigned: [VisitID(12)]))
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try PlanJSON.readTimed(Data(text.replacing("e\": 5", with: "e\": -5").utf8))
        }
        #expect(fault?.field == "routes[0].steps[1].waiting_time")
    }

    @Test(arguments: [
        ("[[1000, 2000]]", "[[2000, 1000]]"), ("\"id\": 11", "\"id\": 10"),
        ("\"location_index\": 2", "\"location_index\": 3"), ("[0, 100, 200]", "[0, 100]"),
        ("[0, 100, 200]", "[0, -100, 200]"), ("[0, 100, 200]", "[0, 1e300, 200]"),
        ("\"service\": 100}", "\"service\": \"long\"}"), ("\"jobs\"", "\"shipments\""),
        ("\"vehicles\"", "\"cars\""), ("{\"vehicles\"", "{{\"vehicles\""),
        ("\"skills\": [8]", "\"skills\": 8"), ("\"id\": 12", "\"id\": 1e40"),
    ])
    func whatIsWrongWithAWeekIsSaid(_ old: String, _ new: String) throws {
        let text = Self.week.replacing(old, with: new)
        try #require(text != Self.week)
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try VisitJSON.readProblem(Data(text.utf8))
        }
        #expect(fault?.description.isEmpty == false)
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
    }

    /// Cut off or changed anywhere, a file is read or refused, and never more than that.
    @Test func brokenFilesNeverHarmAReader() throws {
        var state: UInt64 = 42
        for text in [Self.week, Self.instance] {
            let bytes = Array(text.utf8)
            for _ in 0..<3_000 {
                var broken = bytes
                for _ in 0..<3 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1
                    let place = Int((state >> 33) % UInt64(broken.count))
                    switch state >> 62 {
                    case 0: broken.remove(at: place)
                    case 1: broken[place] = UInt8(truncatingIfNeeded: state >> 40)
                    case 2: broken.insert(UInt8(ascii: "9"), at: place)
                    default: broken.swapAt(place, Int((state >> 20) % UInt64(broken.count)))
                    }
                }
                _ = try? VisitJSON.readProblem(Data(broken))
                _ = try? PlanJSON.read(Data(broken))
                _ = try? InstanceFile.read(String(decoding: broken, as: UTF8.self), isPlain: true)
            }
        }
    }
}
