// SPDX-License-Identifier: Apache-2.0

/// Tries every gap of one route after the other, for all windows at once.
struct OfferScan {
    /// The best place for a window so far, or how much it lacks.
    struct Found {
        var extra = Int.max
        var start: Int32 = 0
        var last: Int32 = 0
        var shift = -1
        var position = -1
        /// How far the shifts that serve in the window came.
        var stage = Stage.none
        var missing = Int.max
        var missingShift = -1
    }

    /// The hurdles in their order; a shift that takes one stands before the next.
    enum Stage: Int, Comparable {
        case none, avoided, skill, load, free

        static func < (a: Stage, b: Stage) -> Bool { a.rawValue < b.rawValue }
    }

    let request: OfferRequest
    /// Whether the earliest start is best, and not the least extra travel.
    let isUrgent: Bool
    var found: [Found]

    init(_ request: OfferRequest, windows: Int, isUrgent: Bool = false) {
        self.request = request
        self.isUrgent = isUrgent
        found = Array(repeating: Found(), count: windows)
    }

    /// Tries the gaps of a shift.
    mutating func look(_ shift: Int, _ board: OfferBoard) {
        let route = board.routes[shift]
        guard route.isOpen, route.isUsed || !board.isElsewhere(shift) else { return }
        let tables = board.problem.tables
        let closes = tables.shiftCloses[shift]
        var opens = tables.shiftOpens[shift]
        // Whoever is busy until then is on its shift all the same, and has no time.
        if let opened = board.problem.shifts[shift].opened {
            opens -= Int32(max(0, board.problem.shifts[shift].hours.start - opened))
        }
        var first = 0
        while first < request.pieces.count, request.pieces[first].end < opens { first += 1 }
        var behind = first
        while behind < request.pieces.count, request.pieces[behind].start <= closes { behind += 1 }
        guard first < behind else { return }
        let stage = stage(shift, route, board.problem)
        for number in first..<behind where request.pieces[number].end >= opens {
            let window = request.pieces[number].window
            found[window].stage = max(found[window].stage, stage)
        }
        if stage == .free {
            look(at: route.gaps, first..<behind, shift, board.problem.shifts[shift].profile)
        }
    }

    /// How far a shift that serves in a window comes.
    func stage(_ shift: Int, _ route: RouteGaps, _ problem: RoutingProblem) -> Stage {
        let known = problem.shifts[shift]
        if let isNamed = request.isNamed, !isNamed[shift] { return .avoided }
        guard request.skills.allSatisfy(known.skills.contains) else { return .skill }
        if let limit = known.visitLimit, route.visitCount >= limit { return .load }
        for (kind, amount) in request.demand.prefix(route.load.count).enumerated()
        where amount > 0 && route.load[kind] + amount > known.capacity[kind] {
            return .load
        }
        return .free
    }

    /// Tries some gaps of a shift for some pieces of the windows.
    mutating func look(at gaps: [Gap], _ pieces: Range<Int>, _ shift: Int, _ profile: Int = 0) {
        let request = request
        request.toHere[profile].withUnsafeBufferPointer { toHere in
            request.fromHere[profile].withUnsafeBufferPointer { fromHere in
                for (position, gap) in gaps.enumerated() {
                    let way = toHere[Int(gap.leave)]
                    let onward = fromHere[Int(gap.reach)]
                    let isThere = gap.reach == request.place
                    let length = request.service + (gap.leave == request.place ? 0 : request.setup)
                    let limit = isThere ? gap.limitThere : gap.limit
                    let late = isThere ? gap.lateThere : gap.late
                    let low = max(gap.ready, gap.base + way)
                    let high = min(min(limit, late - onward), request.due) - length
                    let extra = Int(way) + Int(onward) - Int(gap.leg)
                    for number in pieces {
                        let piece = request.pieces[number]
                        note(
                            piece.window, max(low, piece.start), min(high, piece.end), extra, shift,
                            position)
                    }
                }
            }
        }
    }

    /// Notes what a gap means for a window: starts from `low` to `high`, none if that is empty.
    @inline(__always)
    private mutating func note(
        _ window: Int, _ low: Int32, _ high: Int32, _ extra: Int, _ shift: Int, _ position: Int
    ) {
        if low <= high {
            let best = found[window]
            let isBetter =
                isUrgent && best.shift >= 0
                ? (low, extra) < (best.start, best.extra) : (extra, low) < (best.extra, best.start)
            guard isBetter else { return }
            found[window].extra = extra
            found[window].start = low
            found[window].last = high
            found[window].shift = shift
            found[window].position = position
        } else if found[window].extra == .max {
            let missing = Int(low) - Int(high)
            guard missing < found[window].missing else { return }
            found[window].missing = missing
            found[window].missingShift = shift
        }
    }
}

extension OfferBoard {
    /// Which of the windows can be promised to the caller, the best first, and why not the others.
    ///
    /// The windows are those in which the visit starts. All that is promised to others stays so, and
    /// no stop changes its place. A window of which several places work gets the one with the least
    /// extra travel, and of those the earliest.
    ///
    /// ```swift
    /// let answer = try board.answer(caller, in: [morning, night])
    /// answer.offers.map(\.window)  // [morning]
    /// answer.refusals.map(\.reason)  // [.noShift]
    /// ```
    ///
    /// - Throws: `tooMany` for more windows than `ProblemLimits.windowsPerVisit`, and what is wrong
    ///   with the caller.
    /// - Complexity: linear in the stops and places, times the windows of one day.
    public func answer(
        _ caller: Caller, in windows: [TimeWindow]
    ) throws(ProblemError) -> OfferAnswer {
        try answer(caller, in: windows, on: Array(routes.indices))
    }

    /// The same for some shifts only.
    func answer(
        _ caller: Caller, in windows: [TimeWindow], on shifts: [Int]
    ) throws(ProblemError) -> OfferAnswer {
        let limit = ProblemLimits.windowsPerVisit
        guard windows.count <= limit else { throw .tooMany("windows to offer", limit: limit) }
        try caller.check(problem)
        var scan = OfferScan(OfferRequest(caller, windows, problem), windows: windows.count)
        for shift in shifts { scan.look(shift, self) }
        var offers: [Offer] = []
        var refusals: [OfferRefusal] = []
        for (window, found) in zip(windows, scan.found) {
            if let offer = offer(found, window) {
                offers.append(offer)
            } else {
                let reason = reason(found, window, caller.visit, scan.request, shifts)
                refusals.append(OfferRefusal(window: window, reason: reason))
            }
        }
        offers.sort { ($0.extraTravel, $0.window.start) < ($1.extraTravel, $1.window.start) }
        return OfferAnswer(offers: offers, refusals: refusals)
    }

    /// The place where the caller's visit starts soonest; nil if there is none in the window.
    func soonest(
        _ caller: Caller, in window: TimeWindow, on shifts: [Int]
    ) throws(ProblemError) -> Offer? {
        try caller.check(problem)
        let request = OfferRequest(caller, [window], problem)
        var scan = OfferScan(request, windows: 1, isUrgent: true)
        for shift in shifts { scan.look(shift, self) }
        return offer(scan.found[0], window)
    }

    private func offer(_ found: OfferScan.Found, _ window: TimeWindow) -> Offer? {
        let origin = problem.tables.origin
        guard found.shift >= 0,
            let starts = TimeWindow(origin + Int(found.start), origin + Int(found.last))
        else { return nil }
        return Offer(
            window: window, shift: problem.shifts[found.shift].id, position: found.position,
            starts: starts, extraTravel: found.extra)
    }

    private func reason(
        _ found: OfferScan.Found, _ window: TimeWindow, _ visit: Visit, _ request: OfferRequest,
        _ shifts: [Int]
    ) -> OfferHurdle {
        switch found.stage {
        case .none: return .noShift
        case .avoided: return .avoided
        case .skill: return .skill
        case .load: return .load
        case .free:
            let best = problem.shifts[found.missingShift]
            // What lacks so much may lack a way, which counts as a very long one.
            if found.missing + best.onShift.end - best.onShift.start >= TravelMatrix.longest / 2,
                !hasWay(request, window, shifts)
            {
                return .noWay
            }
            if let due = visit.due, window.start + visit.service > due { return .pastDue }
            return .slack(missing: found.missing, best.id)
        }
    }

    /// Whether one of the shifts that serve in the window, and could pay the visit, has a way there and on.
    private func hasWay(
        _ request: OfferRequest, _ window: TimeWindow, _ shifts: [Int]
    ) -> Bool {
        let (scan, none) = (OfferScan(request, windows: 0), Int32(TravelMatrix.longest))
        return shifts.contains { shift in
            let (route, known) = (routes[shift], problem.shifts[shift])
            guard route.isOpen, route.isUsed || !isElsewhere(shift),
                known.onShift.intersection(window) != nil,
                scan.stage(shift, route, problem) == .free
            else { return false }
            let (there, on) = (request.toHere[known.profile], request.fromHere[known.profile])
            return route.gaps.contains {
                there[Int($0.leave)] < none && on[Int($0.reach)] < none
            }
        }
    }
}
