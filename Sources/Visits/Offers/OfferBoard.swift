// SPDX-License-Identifier: Apache-2.0

/// A plan made ready to answer callers.
///
/// Between any two stops stands from when on a crew can be there and by when it must go on, so that
/// one more visit is judged without looking at the rest of its route.
///
/// ```swift
/// let board = OfferBoard(problem, plan)
/// let answer = try board.answer(caller, in: [morning, night])
/// ```
public struct OfferBoard: Sendable {
    public let problem: RoutingProblem
    var routes: [RouteGaps]

    /// A board for a plan.
    ///
    /// Nothing is offered on shifts whose routes cannot be kept as they are: see `brokenShifts`.
    ///
    /// - Complexity: linear in the stops, the shifts, and the visits times the shifts.
    public init(_ problem: RoutingProblem, _ plan: Plan) {
        let search = PlanSearch(problem.tables, seed: 0)
        let refusals = search.load(plan, problem)
        self.problem = problem
        routes = problem.shifts.indices.map { RouteGaps(search.state, $0, problem) }
        for refusal in refusals {
            guard case .broken(let id) = refusal, let shift = problem.shiftIndex[id] else {
                continue
            }
            routes[shift].close()
        }
    }

    /// Shifts on which nothing is offered, as their routes, or even their lunches, break a window,
    /// a due time, the hours, a skill or an amount.
    ///
    /// ```swift
    /// OfferBoard(problem, plan).brokenShifts  // []: the plan can be driven
    /// ```
    public var brokenShifts: [ShiftID] {
        routes.indices.filter { !routes[$0].isOpen }.map { problem.shifts[$0].id }
    }

    /// The route of a shift with all of its lunches; nil if the problem lacks the shift.
    ///
    /// ```swift
    /// board.route(ShiftID(1))?.stops.last  // .lunch(1), which the plan had not mentioned
    /// ```
    public func route(_ id: ShiftID) -> Route? {
        problem.shiftIndex[id].map { Route(shift: id, stops: routes[$0].stops) }
    }

    /// Takes over a route that has changed; the rest of the board stays as it is.
    ///
    /// False, and nothing is offered on that shift any more, if the route cannot be kept. False, and
    /// nothing changes, for a shift that the problem lacks, a crew that works another shift on
    /// that day, or a visit that another route of the board pays.
    ///
    /// ```swift
    /// board.update(Route(shift: ShiftID(1), stops: []))  // true: the crew is free all day
    /// ```
    @discardableResult
    public mutating func update(_ route: Route) -> Bool {
        guard let shift = problem.shiftIndex[route.shift] else { return false }
        let taken = Set(route.visits)
        guard taken.isEmpty || !isElsewhere(shift) else { return false }
        for other in routes.indices where other != shift {
            for case .visit(let id) in routes[other].stops where taken.contains(id) { return false }
        }
        let search = PlanSearch(problem.tables, seed: 0)
        let isKept = search.load(Plan(routes: [route]), problem).isEmpty
        routes[shift] = RouteGaps(search.state, shift, problem)
        if !isKept { routes[shift].close() }
        return isKept
    }

    /// Offers nothing on a shift any more, as somebody is being promised a place there.
    ///
    /// ```swift
    /// board.close(ShiftID(1))
    /// board.brokenShifts  // [ShiftID(1)]
    /// ```
    public mutating func close(_ id: ShiftID) {
        if let shift = problem.shiftIndex[id] { routes[shift].close() }
    }

    /// The plan of the board; what its broken shifts should have paid is unassigned in it.
    ///
    /// ```swift
    /// board.plan.routes == plan.routes  // true for a plan that can be driven
    /// ```
    public var plan: Plan {
        let used = routes.indices.filter { routes[$0].visitCount > 0 }
        let paid = Set(used.flatMap { routes[$0].stops.compactMap(\.visit) })
        return Plan(
            routes: used.map { Route(shift: problem.shifts[$0].id, stops: routes[$0].stops) },
            unassigned: problem.visits.map(\.id).filter { !paid.contains($0) })
    }

    /// The plan with a visit put where an offer of this board says.
    ///
    /// ```swift
    /// let larger = board.plan(accepting: offer, by: VisitID(7))
    /// larger.shifts[VisitID(7)] == offer.shift  // true
    /// ```
    public func plan(accepting offer: Offer, by visit: VisitID) -> Plan {
        let plan = plan
        guard let shift = problem.shiftIndex[offer.shift],
            (0...routes[shift].stops.count).contains(offer.position)
        else { return plan }
        var stops = routes[shift].stops
        stops.insert(.visit(visit), at: offer.position)
        let others = plan.routes.filter { $0.shift != offer.shift }
        return Plan(
            routes: (others + [Route(shift: offer.shift, stops: stops)])
                .sorted { problem.shiftIndex[$0.shift]! < problem.shiftIndex[$1.shift]! },
            unassigned: plan.unassigned.filter { $0 != visit })
    }

    /// Whether the crew of the shift already works another one of that day, or of those hours.
    func isElsewhere(_ shift: Int) -> Bool {
        problem.tables.rivals(of: shift).contains { routes[Int($0)].isUsed }
    }
}

extension Stop {
    /// The visit; nil for a lunch.
    public var visit: VisitID? { if case .visit(let id) = self { id } else { nil } }
}
