// SPDX-License-Identifier: Apache-2.0

/// Makes room in a window where no visit can be put between two stops.
///
/// Some visits of the shifts that serve in the window are taken out and all of them put back, again
/// and again, until the new one has a place too. Visits that could be paid on other days may move
/// there. It is bounded by steps: the same board, seed and caller give the same answer.
///
/// ```swift
/// let search = RoomSearch(board, seed: 1)
/// let room = try search.room(for: caller, in: window)
/// ```
public struct RoomSearch: Sendable {
    public let board: OfferBoard
    public var seed: UInt64
    /// The most steps for one window.
    public var steps: Int

    /// Steps that were enough on the weeks it was tried on.
    public static let usualSteps = 400
    /// Shifts near the caller that are looked at before all.
    static let nearShifts = 5
    /// Visits that are looked at for one window; shifts of other days are left out beyond it.
    static let visitLimit = 240

    public init(_ board: OfferBoard, seed: UInt64 = 1, steps: Int = RoomSearch.usualSteps) {
        self.board = board
        self.seed = seed
        self.steps = steps
    }

    /// A plan with the caller's visit in the window; nil if none was found within the steps.
    ///
    /// ```swift
    /// guard let room = try search.room(for: caller, in: window) else { return }
    /// let problem = try board.problem.adding(caller, promising: room.window)
    /// let next = OfferBoard(problem, room.plan)
    /// ```
    ///
    /// - Throws: what is wrong with the caller; `repeatedVisit` if its number is taken.
    public func room(
        for caller: Caller, in window: TimeWindow
    ) throws(ProblemError) -> Room? {
        let problem = board.problem
        guard problem.visitIndex[caller.visit.id] == nil else {
            throw .repeatedVisit(caller.visit.id)
        }
        try caller.check(problem)
        let all = shifts(in: window)
        // A few near the caller are quickly searched, and then no more need to change.
        let near = nearest(all, to: caller)
        if near.count < all.count, let room = try room(caller, window, near, all) {
            return room
        }
        return try room(caller, window, all, all)
    }

    /// Rooms in those windows of an answer that others could make room in, the best first.
    ///
    /// ```swift
    /// let answer = try board.answer(caller, in: windows)
    /// let rooms = try search.rooms(for: caller, refused: answer.refusals)
    /// ```
    ///
    /// - Throws: what is wrong with the caller; `repeatedVisit` if its number is taken.
    public func rooms(
        for caller: Caller, refused: [OfferRefusal]
    ) throws(ProblemError) -> [Room] {
        var rooms: [Room] = []
        for refusal in refused {
            switch refusal.reason {
            case .noShift, .avoided, .skill, .noWay, .pastDue: continue
            case .load, .slack:
                if let room = try room(for: caller, in: refusal.window) { rooms.append(room) }
            }
        }
        rooms.sort { ($0.extraTravel, $0.window.start) < ($1.extraTravel, $1.window.start) }
        return rooms
    }
}

extension RoomSearch {
    private func route(_ shift: Int) -> Route? {
        guard board.routes[shift].visitCount > 0 else { return nil }
        return Route(shift: board.problem.shifts[shift].id, stops: board.routes[shift].stops)
    }

    private func room(
        _ caller: Caller, _ window: TimeWindow, _ serving: [Int], _ all: [Int]
    ) throws(ProblemError) -> Room? {
        let chosen = withoutDoubledCrews(serving + others(for: serving, but: all))
        guard !chosen.isEmpty else { return nil }
        let part = try part(caller, window, chosen)
        let start = Plan(routes: chosen.compactMap(route))
        let steps = steps
        let outcome = Planner(
            part, seed: seed, start: start, published: start, movePrice: Planner.usualMovePrice
        ).search {
            $0.unassigned == 0 || $0.steps >= steps ? 1 : Double($0.steps) / Double(steps)
        }
        guard outcome.refusals.isEmpty, outcome.plan.unassigned.isEmpty else { return nil }
        return room(caller.visit.id, window, outcome, chosen, part)
    }

    private func part(
        _ caller: Caller, _ window: TimeWindow, _ chosen: [Int]
    ) throws(ProblemError) -> RoutingProblem {
        let problem = board.problem
        var asked = caller.visit
        asked.promise = Promise(window: window)
        asked.isRequired = true
        var visits = chosen.flatMap { self.visits(of: $0).map { problem.visits[$0] } }
        visits.append(asked)
        let shifts = chosen.map { problem.shifts[$0] }
        return try ProblemPart(problem, shifts: shifts, visits: visits, caller: caller).problem
    }

    private func room(
        _ id: VisitID, _ window: TimeWindow, _ outcome: SearchOutcome, _ chosen: [Int],
        _ part: RoutingProblem
    ) -> Room? {
        let before = board.plan
        let ids = Set(chosen.map { board.problem.shifts[$0].id })
        let routes = before.routes.filter { !ids.contains($0.shift) } + outcome.plan.routes
        let index = board.problem.shiftIndex
        let plan = Plan(
            routes: routes.sorted { index[$0.shift]! < index[$1.shift]! },
            unassigned: before.unassigned)
        guard let route = outcome.plan.routes.first(where: { $0.visits.contains(id) }),
            let step = Schedule(route, part)?.steps.first(where: { $0.kind == .visit(id) })
        else { return nil }
        let old = before.shifts
        let moved = outcome.plan.shifts.filter { $0.key != id && old[$0.key] != $0.value }
        // Whoever is out has a way to its end without a visit, too.
        func travel(_ routes: [Route]) -> Int {
            let stops = Dictionary(routes.map { ($0.shift, $0.stops) }) { a, _ in a }
            return ids.reduce(0) { sum, id in
                sum + (Schedule(Route(shift: id, stops: stops[id] ?? []), part)?.travel ?? 0)
            }
        }
        return Room(
            window: window, plan: plan, shift: route.shift, start: step.start,
            extraTravel: travel(outcome.plan.routes) - travel(before.routes),
            moved: moved.keys.sorted())
    }
}
