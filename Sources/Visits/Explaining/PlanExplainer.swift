// SPDX-License-Identifier: Apache-2.0

/// Explains the visits of a plan.
///
/// ```swift
/// let explainer = PlanExplainer(problem, plan)
/// explainer.explanation(of: VisitID(4))?.shift == plan.shifts[VisitID(4)]  // true
/// ```
public struct PlanExplainer: Sendable {
    private let board: OfferBoard
    /// What the crews have begun, in the plan of the whole day.
    private let begun: BegunStops?
    /// The day, if the plan is of what is left of it.
    let rest: RestOfDay?

    public init(_ problem: RoutingProblem, _ plan: Plan) {
        board = OfferBoard(problem, plan)
        (begun, rest) = (nil, nil)
    }

    /// Explains a plan of what is left of a day.
    public init(_ rest: RestOfDay, _ plan: Plan) {
        board = OfferBoard(rest.problem, plan)
        (begun, self.rest) = (nil, rest)
    }

    /// Explains a day that has begun, with the times that the crews have told.
    ///
    /// `problem` and `plan` are those that were repaired.
    public init(_ repair: DayRepair, of problem: RoutingProblem, _ plan: Plan) {
        board = repair.board
        begun = BegunStops(problem: problem, plan: plan, done: repair.log.done)
        rest = nil
    }

    /// Why the visit stands where it stands; nil if no route that can be driven pays it.
    ///
    /// ```swift
    /// explainer.explanation(of: VisitID(99))  // nil: nobody pays it
    /// ```
    ///
    /// - Complexity: that of an offer, and of making one route of a board anew.
    public func explanation(of id: VisitID) -> VisitExplanation? {
        if let known = begun?.explanation(of: id) { return known }
        let problem = board.problem
        guard let visit = problem.visit(id),
            let index = board.routes.firstIndex(where: { $0.stops.contains(.visit(id)) }),
            board.routes[index].isOpen,
            let position = board.routes[index].stops.firstIndex(of: .visit(id))
        else { return nil }
        let shift = problem.shifts[index]
        let route = Route(shift: shift.id, stops: board.routes[index].stops)
        let rest = Route(shift: shift.id, stops: route.stops.filter { $0 != .visit(id) })
        guard let times = Schedule(route, problem), let timesWithout = Schedule(rest, problem),
            let step = times.steps.first(where: { $0.kind == .visit(id) })
        else { return nil }
        let latest = LatestStart(
            problem: problem, shift: shift, stops: route.stops, position: position, visit: visit,
            setup: step.setup)
        guard let slack = latest.slack(from: step.start) else { return nil }
        return VisitExplanation(
            visit: id, shift: shift.id, position: position, arrival: step.arrival,
            start: step.start, extraTravel: times.travel - timesWithout.travel,
            earlyBound: step.start > step.arrival ? .window : .arrival,
            slackAfter: slack.seconds, lateBound: slack.bound,
            elsewhere: elsewhere(visit, but: index, rest))
    }

    /// Why no shift pays the visit: the first hurdle that none takes, or how much the best place lacks; nil if
    /// one pays it, or has a place for it.
    ///
    /// ```swift
    /// PlanExplainer(problem, plan).hurdle(of: VisitID(4))  // .skill
    /// ```
    public func hurdle(of id: VisitID) -> OfferHurdle? {
        guard let visit = board.problem.visit(id), board.plan.unassigned.contains(id) else {
            return nil
        }
        let isFree = visit.windows.isEmpty && visit.promise == nil
        let windows =
            isFree
            ? Array(Set(board.problem.shifts.map(\.hours)).sorted { $0.start < $1.start })
            : visit.startWindows
        var refusals: [OfferRefusal] = []
        for part in stride(from: 0, to: windows.count, by: ProblemLimits.windowsPerVisit) {
            let some = windows[part..<min(windows.count, part + ProblemLimits.windowsPerVisit)]
            guard let answer = try? board.answer(Self.caller(visit), in: Array(some)),
                answer.offers.isEmpty
            else { return nil }
            refusals += answer.refusals
        }
        return Self.nearest(refusals)
    }

    /// Whether a visit that nobody pays could begin while a shift serves that cannot be driven even without
    /// visits, such as one whose breaks are out of its hours.
    public func meetsBrokenShift(_ id: VisitID) -> Bool {
        guard let visit = board.problem.visit(id) else { return false }
        let isFree = visit.windows.isEmpty && visit.promise == nil
        return board.brokenShifts.compactMap(board.problem.shift).contains { shift in
            isFree || visit.startWindows.contains { $0.intersection(shift.hours) != nil }
        }
    }

    /// The visit as somebody who asks anew, of the crews that it was promised.
    private static func caller(_ visit: Visit) -> Caller {
        var asked = visit
        if let promise = visit.promise, !promise.shifts.isEmpty {
            asked.allowed =
                visit.allowed.map { $0.filter(promise.shifts.contains) } ?? promise.shifts
        }
        return Caller(asked)
    }

    private func elsewhere(
        _ visit: Visit, but own: Int, _ rest: Route
    ) -> [VisitExplanation.Elsewhere] {
        var without = board
        guard without.update(rest) else { return [] }
        let caller = Self.caller(visit)
        let shifts = board.routes.indices.filter { $0 != own }
        return shifts.compactMap { shift in
            let known = board.problem.shifts[shift]
            let isFree = visit.windows.isEmpty && visit.promise == nil
            let windows = isFree ? [known.hours] : visit.startWindows
            guard let answer = try? without.answer(caller, in: windows, on: [shift]) else {
                return nil
            }
            if let offer = answer.offers.first {
                return VisitExplanation.Elsewhere(shift: known.id, answer: .possible(offer))
            }
            return VisitExplanation.Elsewhere(
                shift: known.id, answer: .refused(Self.nearest(answer.refusals)))
        }
    }

    /// The reason of the window that came closest.
    private static func nearest(_ refusals: [OfferRefusal]) -> OfferHurdle {
        refusals.map(\.reason).reduce(.noShift, OfferHurdle.nearer)
    }
}

extension OfferHurdle {
    /// Which of two came closer to a place; the first if neither did.
    static func nearer(_ one: OfferHurdle, _ other: OfferHurdle) -> OfferHurdle {
        other.distance < one.distance ? other : one
    }

    private var distance: Int {
        switch self {
        case .slack(let missing, _): missing
        case .pastDue: Int.max - 5
        case .noWay: Int.max - 4
        case .load: Int.max - 3
        case .skill: Int.max - 2
        case .avoided: Int.max - 1
        case .noShift: Int.max
        }
    }
}
