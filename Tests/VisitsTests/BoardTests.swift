// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Visits

/// A board that is changed a hundred thousand times, beside routes that are driven anew each time.
@Suite struct BoardTests {
    /// Changes per seed; there are twenty seeds.
    static let changes = 5_000

    @Test(arguments: 1...20) func aBoardKeepsUpWithItsRoutes(_ seed: Int) throws {
        var random = RandomWeek(seed)
        let problem = try random.problem(visits: 9, shifts: 3)
        var board = OfferBoard(problem, Plan(routes: []))
        let shifts = problem.shifts.filter { !board.brokenShifts.contains($0.id) }
        guard !shifts.isEmpty else { return }
        for change in 0..<Self.changes {
            let shift = shifts[random.roll(shifts.count)]
            let visit = problem.visits[random.roll(problem.visits.count)]
            let paid = board.plan.shifts
            let route = board.route(shift.id)!
            if paid[visit.id] != nil {
                // Takes it out of its route, whichever that is.
                let own = board.route(paid[visit.id]!)!
                let shorter = Route(
                    shift: own.shift, stops: own.stops.filter { $0 != .visit(visit.id) })
                // Without setting up a second time it could even be late; then it stays.
                let before = board
                let isKept = board.update(shorter)
                #expect(isKept == (Slow.fault(shorter, problem) == nil))
                if !isKept { board = before }
                continue
            }
            let position = random.roll(route.stops.count + 1)
            let longer = Slow.inserting(visit.id, route, at: position)
            let others = board.plan.routes.filter { $0.shift != shift.id }
            let crews = others.compactMap { problem.shift($0.shift) }
            let isElsewhere = crews.contains { $0.crew == shift.crew && $0.day == shift.day }
            let works = Slow.fault(longer, problem) == nil
            // The gap alone says the same as the whole drive.
            let number = problem.shiftIndex[shift.id]!
            #expect(
                takes(board.routes[number], number, position, visit, problem) == works
                    || isElsewhere, "seed \(seed), change \(change)")
            let before = board
            if board.update(longer) {
                #expect(works && !isElsewhere)
                #expect(board.route(shift.id) == longer)
            } else {
                #expect(!works || isElsewhere)
                board = before
            }
        }
        #expect(Slow.fault(board.plan, problem) == nil)
    }

    /// Whether a gap takes a visit, as an offer judges it.
    private func takes(
        _ route: RouteGaps, _ shift: Int, _ position: Int, _ visit: Visit, _ problem: RoutingProblem
    ) -> Bool {
        let always = TimeWindow(-1_000_000, 1_000_000)!
        var scan = OfferScan(OfferRequest(Caller(visit), [always], problem), windows: 1)
        let pieces = scan.request.pieces.indices
        scan.look(at: [route.gaps[position]], pieces, shift)
        return scan.found[0].shift >= 0 && scan.stage(shift, route, problem) == .free
    }
}
