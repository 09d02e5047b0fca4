// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

/// Whoever has a crew keeps it, whatever befalls another crew.
@Suite struct OwnVisitsTests {
    /// Two visits in the east lose their crew, and the other could pay both for the one that it has in the west.
    @Test(arguments: [1, 2, 3])
    func nobodyIsGivenUpForSeveralOthers(_ lost: Int) throws {
        let window = TimeWindow(1_000, 1_100)!
        let visits = (0...lost).map { number in
            var visit = Visit(id: VisitID(number), place: Place(number == 0 ? 2 : 1), service: 10)
            visit.promise = Promise(window: window)
            visit.isRequired = true
            return visit
        }
        let shifts = (1...2).map {
            Shift(
                id: ShiftID($0), start: Place(0), end: Place(0), hours: TimeWindow(0, 9_000)!)
        }
        let problem = try RoutingProblem(
            visits: visits, shifts: shifts,
            travel: TravelMatrix(size: 3, seconds: [0, 500, 500, 500, 0, 1_000, 500, 1_000, 0]))
        let plan = Plan(
            routes: [
                Route(shift: ShiftID(1), stops: (1...lost).map { .visit(VisitID($0)) }),
                Route(shift: ShiftID(2), stops: [.visit(VisitID(0))]),
            ])
        let repair = try DayRepair(
            problem, plan, DayLog(now: 0, done: [:]), [.absent(ShiftID(1))], windows: [])
        #expect(repair.plan.shifts[VisitID(0)] == ShiftID(2))
        #expect(repair.unkept.map(\.visit) == (1...lost).map { VisitID($0) })
    }
}
