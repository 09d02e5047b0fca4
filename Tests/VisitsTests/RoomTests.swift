// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// Room that others make for one more visit.
@Suite struct RoomTests {
    @Test(arguments: 1...40) func everyRoomIsAPlanThatKeepsAllPromises(_ seed: Int) throws {
        var random = RandomWeek(seed)
        var drawn = try random.problem(visits: 14, shifts: 4)
        if seed % 3 == 0 { drawn = try drawn.travelling(&random) }
        let plan = Planner(drawn, seed: UInt64(seed)).search { Double($0.steps) / 100 }.plan
        let problem = try drawn.promising(plan, &random)
        let board = OfferBoard(problem, plan)
        let search = RoomSearch(board, seed: UInt64(seed), steps: 96)
        let before = PlanTotals(problem, plan).travel
        for _ in 0..<4 {
            let size = problem.travel.size
            let visit = random.visit(1_000, place: 0, shifts: problem.shifts, setups: true)
            let caller = Caller(
                visit, ways: (0...problem.others.count).map { _ in random.ways(size, below: 600) })
            let answer = try board.answer(caller, in: random.windows(5))
            let rooms = try search.rooms(for: caller, refused: answer.refusals)
            #expect(
                rooms.allSatisfy { room in answer.refusals.contains { $0.window == room.window } })
            #expect(rooms == (try search.rooms(for: caller, refused: answer.refusals)))
            // What an offer finds, room is found for too.
            for offer in answer.offers {
                #expect(try search.room(for: caller, in: offer.window) != nil)
            }
            for room in rooms {
                let larger = try problem.adding(caller, promising: room.window)
                #expect(Slow.fault(room.plan, larger) == nil)
                #expect(room.plan.unassigned == plan.unassigned)
                #expect(room.plan.shifts[visit.id] == room.shift)
                let route = room.plan.routes.first { $0.shift == room.shift }!
                #expect(Slow.start(of: visit.id, route, larger) == room.start)
                #expect(PlanTotals(larger, room.plan).travel - before == room.extraTravel)
                let (old, new) = (plan.shifts, room.plan.shifts)
                #expect(room.moved == old.keys.filter { old[$0] != new[$0] }.sorted())
            }
        }
    }

    /// Two visits in the wrong order, and a third that has room only if they change places.
    private static func tight() throws -> (OfferBoard, Caller, TimeWindow) {
        let shift = Shift(
            id: ShiftID(1), start: Place(0), end: Place(0), hours: TimeWindow(0, 1_000)!)
        let seconds: [Int32] = [0, 100, 200, 100, 0, 100, 200, 100, 0]
        let visits = [1, 2].map { Visit(id: VisitID($0), place: Place($0), service: 200) }
        let problem = try RoutingProblem(
            visits: visits, shifts: [shift], travel: TravelMatrix(size: 3, seconds: seconds))
        let plan = Plan(
            routes: [Route(shift: ShiftID(1), stops: [.visit(VisitID(1)), .visit(VisitID(2))])])
        let caller = Caller(Visit(id: VisitID(3), place: Place(2), service: 150))
        return (OfferBoard(problem, plan), caller, TimeWindow(200, 250)!)
    }

    @Test func othersMakeRoomByChangingPlaces() throws {
        let (board, caller, window) = try Self.tight()
        #expect(
            try board.answer(caller, in: [window]).refusals.map(\.reason)
                == [.slack(missing: 150, ShiftID(1))])
        let room = try #require(try RoomSearch(board).room(for: caller, in: window))
        #expect(room.start == 200 && room.extraTravel == 0 && room.moved == [])
        #expect(room.plan.routes[0].visits == [3, 2, 1].map(VisitID.init))
        // Without a step only what can be put between two stops is found.
        #expect(try RoomSearch(board, steps: 0).room(for: caller, in: window) == nil)
        let taken = Caller(Visit(id: VisitID(1), place: Place(1), service: 1))
        #expect(throws: ProblemError.repeatedVisit(VisitID(1))) {
            try RoomSearch(board).room(for: taken, in: window)
        }
    }
}
