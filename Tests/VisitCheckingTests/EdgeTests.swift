// SPDX-License-Identifier: Apache-2.0

import Testing
import VisitChecking
import Visits

/// What is just right, and what is wrong by one.
@Suite struct EdgeTests {
    /// A shift from 1000 on, 100 s from a place where it pays visits of 50 s.
    private static func problem(_ change: (inout Shift, inout Visit) -> Void) throws
        -> RoutingProblem
    {
        var shift = Shift(
            id: ShiftID(1), crew: "a", day: 0, start: Place(0), end: Place(0),
            hours: TimeWindow(1_000, 2_000)!)
        var visit = Visit(id: VisitID(1), place: Place(1), service: 50)
        change(&shift, &visit)
        var second = visit
        second = Visit(
            id: VisitID(2), place: Place(1), service: 50, setup: visit.setup,
            demand: visit.demand)
        return try RoutingProblem(
            visits: [visit, second], shifts: [shift],
            travel: TravelMatrix(size: 2, seconds: [0, 100, 100, 0]))
    }

    /// The report of one visit, or of both one after the other.
    private static func report(
        _ visits: [Int] = [1], leaves: Int? = nil, start: Int? = nil, published: Plan? = nil,
        limit: Int? = nil, with change: (inout Shift, inout Visit) -> Void
    ) throws -> PlanReport {
        let steps = visits.map {
            TimedPlan.Step(.visit(VisitID($0)), start: $0 == 1 ? start : nil)
        }
        let plan = TimedPlan(
            courses: [TimedPlan.Course(shift: ShiftID(1), steps: steps, leaves: leaves)],
            unassigned: [1, 2].filter { !visits.contains($0) }.map { VisitID($0) })
        return PlanChecker(try problem(change)).check(
            plan, published: published, movedLimit: limit)
    }

    /// Kinds and amounts of the faults.
    private static func faults(_ report: PlanReport) -> [String] {
        report.faults.map { "\($0.kind) \($0.amount ?? 0)" }
    }

    @Test func secondsAreCountedToTheLast() throws {
        // There at 1100, free at 1150, back at 1250.
        let rows: [(String, (inout Shift, inout Visit) -> Void, [String])] = [
            (
                "hours just end",
                {
                    $0.hours = TimeWindow(1_000, 1_250)!; _ = $1
                }, []
            ),
            (
                "hours end",
                {
                    $0.hours = TimeWindow(1_000, 1_249)!; _ = $1
                }, ["afterHours 1"]
            ),
            (
                "just due",
                {
                    $1.due = 1_150; _ = $0
                }, []
            ),
            (
                "due",
                {
                    $1.due = 1_149; _ = $0
                }, ["afterDue 1"]
            ),
            (
                "window just ends",
                {
                    $1.windows = [TimeWindow(0, 1_100)!]; _ = $0
                }, []
            ),
            (
                "window just ends before another",
                {
                    $1.windows = [TimeWindow(0, 1_100)!, TimeWindow(1_500, 1_600)!]
                    $0.hours = TimeWindow(1_000, 1_250)!
                }, []
            ),
            (
                "window ends",
                {
                    $1.windows = [TimeWindow(0, 1_099)!]; _ = $0
                }, ["late 1"]
            ),
            (
                "promise",
                {
                    $1.promise = Promise(window: TimeWindow(0, 1_099)!); _ = $0
                },
                ["promisedTime 1"]
            ),
            (
                "a promise before the window",
                {
                    $1.windows = [TimeWindow(1_200, 1_300)!]
                    $1.promise = Promise(window: TimeWindow(0, 1_090)!)
                    _ = $0
                }, ["early 100", "promisedTime 10"]
            ),
            (
                "just room",
                {
                    $0.capacity = [3]; $1.demand = [3]
                }, []
            ),
            (
                "no room",
                {
                    $0.capacity = [3]; $1.demand = [4]
                }, ["overload 1"]
            ),
            (
                "a load that nothing limits",
                {
                    $0.capacity = [3]; $1.demand = [3, 9]
                }, []
            ),
        ]
        for (name, change, expected) in rows {
            #expect(Self.faults(try Self.report(with: change)) == expected, "\(name)")
        }
    }

    @Test func aCrewThatIsSaidToLeaveEarlyIsNotThereEarlier() throws {
        let report = try Self.report(leaves: 900) { shift, visit in
            visit.windows = [TimeWindow(0, 1_090)!]
            _ = shift
        }
        #expect(Self.faults(report) == ["beforeHours 100", "late 10"])
    }

    @Test func aSetUpIsForAPlaceWhereTheCrewHasNotJustBeen() throws {
        let once = try Self.report {
            $1.setup = 30; _ = $0
        }
        #expect(once.service == 80)
        let twice = try Self.report([1, 2]) {
            $1.setup = 30; _ = $0
        }
        #expect(twice.service == 130 && twice.travel == 200 && twice.waiting == 0)
        let late = try Self.report([1, 2]) { shift, visit in
            visit.setup = 30
            shift.hours = TimeWindow(1_000, 1_329)!
        }
        #expect(Self.faults(late) == ["afterHours 1"])
    }

    @Test func whoPaysNobodyAVisitMayDoAsHeLikes() throws {
        let problem = try Self.problem { shift, _ in
            shift.lunches = [LunchBreak(number: 1, length: 5_000, windows: [])]
        }
        let idle = TimedPlan(
            courses: [
                TimedPlan.Course(
                    shift: ShiftID(1), steps: [TimedPlan.Step(.lunch(1))], leaves: 0, travel: 7)
            ], unassigned: [VisitID(1), VisitID(2)])
        let report = PlanChecker(problem).check(idle)
        #expect(report.faults == [] && report.shiftsUsed == 0 && report.unpaid == 2)
    }

    @Test func aShiftIsNotASecondShiftOfItself() throws {
        let plan = TimedPlan(
            Plan(routes: [1, 2].map { Route(shift: ShiftID(1), stops: [.visit(VisitID($0))]) }))
        let report = PlanChecker(try Self.problem { _, _ in }).check(plan)
        #expect(Self.faults(report) == ["repeatedShift 0"])
    }

    @Test func theLimitOfMovedVisitsIsTheLastThatMay() throws {
        let elsewhere = Plan(
            routes: [Route(shift: ShiftID(9), stops: [.visit(VisitID(1)), .visit(VisitID(2))])])
        for (limit, expected) in [(2, []), (1, ["movedTooMany 1"])] {
            let report = try Self.report([1, 2], published: elsewhere, limit: limit) { _, _ in }
            #expect(Self.faults(report) == expected)
        }
    }

    /// Numbers at the end of what files may state do no harm.
    @Test func greatNumbersAreOnlyNumbers() throws {
        for start in [1 << 51, -(1 << 51)] {
            let report = try Self.report(leaves: start, start: start) { _, _ in }
            #expect(!report.faults.isEmpty)
        }
    }

    @Test func aFaultIsASentence() throws {
        let report = try Self.report {
            $1.due = 1_140; _ = $0
        }
        #expect(
            report.faults.map(\.description)
                == ["visit 1 on shift 1: ends 10 s after it is due"])
    }
}
