// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// Which shifts are searched first for room.
@Suite struct NearShiftTests {
    /// Eight crews that set out along a road, a hundred seconds from one to the next.
    private static func board(skilled: Set<Int>) throws -> OfferBoard {
        let shifts = (0..<8).map { number in
            Shift(
                id: ShiftID(number), start: Place(number), end: Place(number),
                hours: TimeWindow(0, 10_000)!, skills: skilled.contains(number) ? [Skill(1)] : [])
        }
        let places = 0..<9
        let seconds = places.flatMap { from in places.map { Int32(abs(from - $0) * 100) } }
        let problem = try RoutingProblem(
            visits: [], shifts: shifts, travel: TravelMatrix(size: 9, seconds: seconds))
        return OfferBoard(problem, Plan(routes: []))
    }

    @Test(
        arguments: [
            ([], [7, 6, 5, 4, 3]), ([0], [7, 6, 5, 4, 0]), ([0, 1], [7, 6, 5, 4, 1]),
            ([0, 3], [7, 6, 5, 4, 3]), ([7], [7, 6, 5, 4, 3]), ([2], [7, 6, 5, 4, 2]),
        ] as [(Set<Int>, [Int])])
    func oneOfThemCouldPayTheVisit(_ skilled: Set<Int>, _ expected: [Int]) throws {
        let board = try Self.board(skilled: skilled)
        let caller = Caller(
            Visit(id: VisitID(1), place: Place(8), service: 100, skills: [Skill(1)]))
        let search = RoomSearch(board)
        #expect(search.nearest(Array(0..<8), to: caller) == expected)
        // Few are all looked at, whatever they can do.
        #expect(search.nearest([0, 2, 5], to: caller) == [0, 2, 5])
        let room = try search.room(for: caller, in: TimeWindow(1_000, 5_000)!)
        #expect((room == nil) == skilled.isEmpty)
    }
}
