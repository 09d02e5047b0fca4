// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import VisitChecking
import Visits

/// Plans of days that have begun: what is right is known beforehand, and planner, checker and referee agree on it.
@Suite struct BegunPlansTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let ways: String
        let vehicles: String
        let jobs: String
        var now = ""
        let paid: Int
        let travel: Int
        /// When the crew of the first vehicle is back; nil where it does not come back.
        let back: Int?

        /// On one line, as the referee takes many.
        var data: Data {
            let text = """
                {\(now)"matrices": {"car": {"durations": \(ways)}}, "vehicles": [\(vehicles)],
                 "jobs": [\(jobs)]}
                """
            return Data(text.replacing("\n", with: " ").utf8)
        }
    }

    private static let two = "[[0, 100], [100, 0]]"
    private static let home = #""start_index": 0, "end_index": 0"#

    private static func begun(_ id: Int, _ start: Int, _ end: Int, _ more: String = "") -> String {
        #"{"type": "job", "id": \#(id), "start": \#(start), "end": \#(end)\#(more)}"#
    }

    private static let vain = #", "in_vain": true"#

    private static func job(_ id: Int, _ place: Int, _ more: String = "") -> String {
        #"{"id": \#(id), "location_index": \#(place), "service": 100\#(more)}"#
    }

    static let cases: [Case] = [
        Case(
            testDescription: "a crew that is out works no other shift of its day", ways: two,
            vehicles: """
                {"id": 1, "crew": "c", "day": 0, \(home), "time_window": [0, 3000],
                 "begun": [\(begun(1, 100, 200))]},
                {"id": 2, "crew": "c", "day": 0, \(home), "time_window": [0, 9000], "skills": [1]}
                """, jobs: "\(job(1, 1)), \(job(2, 1, #", "skills": [1]"#))", paid: 1, travel: 200,
            back: 300),
        Case(
            testDescription: "nor one that overlaps, be it that it was out in vain", ways: two,
            vehicles: """
                {"id": 1, "crew": "c", \(home), "time_window": [0, 3000],
                 "begun": [\(begun(1, 100, 200, vain))]},
                {"id": 2, "crew": "c", \(home), "time_window": [0, 9000], "skills": [1]}
                """, jobs: "\(job(1, 1)), \(job(2, 1, #", "skills": [1]"#))", paid: 1, travel: 200,
            back: 400),
        Case(
            testDescription: "another crew's shift stays", ways: two,
            vehicles: """
                {"id": 1, "crew": "c", "day": 0, \(home), "time_window": [0, 3000],
                 "begun": [\(begun(1, 100, 200))]},
                {"id": 2, "crew": "d", "day": 0, \(home), "time_window": [0, 9000], "skills": [1]}
                """, jobs: "\(job(1, 1)), \(job(2, 1, #", "skills": [1]"#))", paid: 2, travel: 400,
            back: 300),
        Case(
            testDescription: "a try in vain is none of so many visits", ways: two,
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000], "max_tasks": 1, "capacity": [1],
                 "begun": [\(begun(1, 100, 200, vain))]}
                """, jobs: job(1, 1, #", "delivery": [1]"#), paid: 1, travel: 200, back: 400),
        Case(
            testDescription: "the direct way home is too long, and the one over a visit is not",
            ways: "[[0, 500, 500], [500, 0, 500], [10000, 500, 0]]",
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000], "begun": [\(begun(2, 500, 1100))]}
                """, jobs: "\(job(1, 1)), \(job(2, 2))", paid: 2, travel: 1_500, back: 2_200),
        Case(
            testDescription: "there is no direct way home, and one over a visit",
            ways: "[[0, 500, 500], [500, 0, 500], [null, 500, 0]]",
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000], "begun": [\(begun(2, 500, 1100))]}
                """, jobs: "\(job(1, 1)), \(job(2, 2))", paid: 2, travel: 1_500, back: 2_200),
        Case(
            testDescription: "there is no way home at all", ways: "[[0, 100], [null, 0]]",
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000], "begun": [\(begun(1, 100, 200))]}
                """, jobs: job(1, 1), paid: 1, travel: 100, back: nil),
        Case(
            testDescription: "the way to a try in vain counts, and the crew is back from there",
            ways: "[[0, 100, 300], [100, 0, 50], [300, 50, 0]]",
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000],
                 "begun": [\(begun(1, 100, 200)), \(begun(2, 250, 300, vain))]}
                """, jobs: "\(job(1, 1)), \(job(2, 2, #", "skills": [9]"#))", paid: 1, travel: 450,
            back: 600),
        Case(
            testDescription: "so it does if nothing else was begun",
            ways: "[[0, 100, 300], [100, 0, 50], [300, 50, 0]]",
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000], "begun": [\(begun(2, 250, 300, vain))]}
                """, jobs: job(2, 2, #", "skills": [9]"#), paid: 0, travel: 600, back: 600),
        Case(
            testDescription: "where the try was of a visit that is none any more", ways: two,
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000],
                 "begun": [\(begun(7, 100, 150, #", "location_index": 1"# + vain))]}
                """, jobs: job(1, 1), paid: 1, travel: 200, back: 350),
        Case(
            testDescription: "in a building where a crew was in vain it needs no set-up", ways: two,
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000], "begun": [\(begun(1, 100, 200, vain))]}
                """, jobs: job(1, 1, #", "setup": 60"#), paid: 1, travel: 200, back: 400),
        Case(
            testDescription: "a break outside the hours is not excused by another's beginning",
            ways: two,
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000], "max_tasks": 1,
                 "begun": [\(begun(1, 100, 200))]},
                {"id": 2, \(home), "time_window": [5000, 9000],
                 "breaks": [{"id": 1, "service": 60, "time_windows": [[1000, 2000]]}]}
                """, jobs: "\(job(1, 1)), \(job(2, 1))", paid: 1, travel: 200, back: 300),
        Case(
            testDescription: "nor by the time of day", ways: two,
            vehicles: """
                {"id": 2, \(home), "time_window": [5000, 9000],
                 "breaks": [{"id": 1, "service": 60, "time_windows": [[1000, 2000]]}]}
                """, jobs: job(1, 1), now: #""now": 6000, "#, paid: 0, travel: 0, back: nil),
        Case(
            testDescription: "who had nothing to do by now has had a break", ways: two,
            vehicles: """
                {"id": 2, \(home), "time_window": [0, 9000],
                 "breaks": [{"id": 1, "service": 60, "time_windows": [[1000, 2000]]}]}
                """, jobs: job(1, 1), now: #""now": 6000, "#, paid: 1, travel: 200, back: 6_300),
        Case(
            testDescription: "what was driven before a break that has begun counts",
            ways: "[[0, 100, 500], [100, 0, 500], [500, 500, 0]]",
            vehicles: """
                {"id": 1, \(home), "time_window": [0, 9000],
                 "breaks": [{"id": 1, "service": 300, "time_windows": [[1000, 2000]]}],
                 "begun": [\(begun(1, 100, 200)), {"type": "break", "id": 1, "start": 1000, "end": 1300}]}
                """,
            jobs: "\(job(1, 1)), \(job(2, 2, #", "time_windows": [[0, 1400]]"#))", paid: 2,
            travel: 1_100, back: 1_900),
        Case(
            testDescription: "a vehicle without hours works on, however late it has begun",
            ways: two,
            vehicles: #"{"id": 1, \#(home), "begun": [\#(begun(1, 80_000, 90_000))]}"#,
            jobs: "\(job(1, 1)), \(job(2, 1))", paid: 2, travel: 200, back: 90_200),
    ]

    @Test(arguments: cases) func thePlanIsRight(_ known: Case) async throws {
        let document = try VisitJSON.read(known.data)
        let (problem, soFar) = (try document.problem(), document.soFar)
        let rest = try RestOfDay(problem, after: soFar)
        let outcome = Planner(rest.problem).search { Double($0.steps) / 200 }
        let plan = rest.timed(outcome.plan)
        let totals = PlanTotals(problem, rest.whole(outcome.plan), after: soFar)
        let report = PlanChecker(problem, after: soFar).check(plan)
        #expect(report.faults == [])
        #expect(report.paid == known.paid)
        #expect(report.travel == known.travel && totals.travel == known.travel)
        #expect(report.shiftsUsed == totals.usedShifts)
        let written = try PlanJSON.write(plan, of: problem, after: soFar)
        let again = try PlanJSON.readTimed(written)
        #expect(again.courses.first?.returns == known.back, "\(again)")
        #expect(
            PlanChecker(problem, after: soFar).check(again.recalling(soFar)).faults == [])
        var referee = RefereeBatch()
        referee.add(known.data, written, travel: known.travel)
        #expect(try await referee.verdict() == "1 plans, 0 wrong\n")
    }

    /// The second vehicle cannot take its break, which is another reason than that it is not at work.
    @Test func whoCannotTakeABreakIsTold() throws {
        let known = Self.cases.first { $0.testDescription.hasPrefix("nor by") }!
        let problem = try VisitJSON.readProblem(known.data)
        let plan = Planner(problem).search { Double($0.steps) / 50 }.plan
        let explainer = PlanExplainer(problem, plan)
        #expect(plan.unassigned == [VisitID(1)])
        #expect(explainer.hurdle(of: VisitID(1)) == .noShift)
        #expect(explainer.meetsBrokenShift(VisitID(1)))
    }

    /// A crew in two places at once, and one that works twice on a day, are faults to the referee as well.
    @Test(arguments: [("", "in two places at once"), (#", "day": 0"#, "works twice on one day")])
    func theRefereeKnowsCrews(_ day: String, _ fault: String) async throws {
        let text = """
            {"matrices": {"car": {"durations": \(Self.two)}}, "vehicles": [
              {"id": 1, "crew": "c"\(day), \(Self.home), "time_window": [0, 3000]},
              {"id": 2, "crew": "c"\(day), \(Self.home), "time_window": [0, 9000]}],
             "jobs": [\(Self.job(1, 1)), \(Self.job(2, 1))]}
            """
        let problem = try VisitJSON.readProblem(Data(text.utf8))
        let plan = Plan(
            routes: [
                Route(shift: ShiftID(1), stops: [.visit(VisitID(1))]),
                Route(shift: ShiftID(2), stops: [.visit(VisitID(2))]),
            ])
        #expect(!PlanChecker(problem).check(TimedPlan(plan)).faults.isEmpty)
        var referee = RefereeBatch()
        let line = Data(text.replacing("\n", with: " ").utf8)
        referee.add(line, try PlanJSON.write(plan, of: problem), travel: 400)
        #expect(try await referee.verdict().contains(fault))
    }
}
