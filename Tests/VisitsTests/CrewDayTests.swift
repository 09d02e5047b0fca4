// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

/// Shifts of one crew of which it can work only one.
@Suite struct CrewDayTests {
    /// The crews, days and hours of the shifts, and how many of them are worked at once.
    @Test(
        arguments: [
            (["a", "a"], [0, 1], [0, 100, 100, 200], 2),
            (["a", "a"], [0, 1], [0, 100, 99, 200], 1),
            (["a", "b"], [0, 1], [0, 100, 99, 200], 2),
            (["a", "a"], [0, 0], [0, 100, 500, 600], 1),
            (["a", "b"], [0, 0], [0, 100, 500, 600], 2),
            (["a", "a"], [nil, nil], [0, 100, 500, 600], 2),
            (["a", "a"], [nil, 0], [0, 100, 40, 600], 1),
            ([nil, nil], [0, 0], [0, 100, 0, 100], 2),
            // The second overlaps with both others, which do not with each other.
            (["a", "a", "a"], [0, 1, 2], [0, 100, 90, 200, 190, 300], 2),
            (["a", "a", "a"], [nil, nil, nil], [0, 100, 90, 200, 190, 300], 2),
            (["a", "a", "a"], [0, 1, 0], [0, 100, 90, 200, 190, 300], 1),
            (["a", "a", "a"], [0, 0, 1], [0, 100, 100, 200, 190, 300], 2),
            (["a", "a", "a"], [0, 1, 2], [0, 100, 100, 200, 190, 300], 2),
            (["a", "a", "a", "a"], [0, 1, 2, 3], [0, 100, 90, 200, 190, 300, 290, 400], 2),
        ] as [([String?], [Int?], [Int], Int)])
    func oneCrewIsInOnePlace(_ crews: [String?], _ days: [Int?], _ hours: [Int], _ paid: Int) throws
    {
        let shifts = crews.indices.map { index in
            Shift(
                id: ShiftID(index), crew: crews[index], day: days[index], start: Place(0),
                end: Place(0), hours: TimeWindow(hours[2 * index], hours[2 * index + 1])!)
        }
        let visits = crews.indices.map { index in
            Visit(id: VisitID(index), place: Place(1), service: 30, allowed: [ShiftID(index)])
        }
        let problem = try RoutingProblem(
            visits: visits, shifts: shifts, travel: TravelMatrix(size: 2, seconds: [0, 10, 10, 0]))
        let plan = Planner(problem).search { Double($0.steps) / 100 }.plan
        #expect(plan.routes.count == paid && plan.unassigned.count == crews.count - paid)
    }
}
