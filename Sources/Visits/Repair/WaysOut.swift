// SPDX-License-Identifier: Apache-2.0

/// Finds what can be done about visits that cannot be kept.
struct WaysOut: Sendable {
    /// The visits as they were asked for.
    let asked: [VisitID: Visit]
    /// The hours of the shifts as they were in the morning.
    let hours: [ShiftID: TimeWindow]
    /// What may be offered anew.
    let windows: [TimeWindow]
    let givenBack: Set<VisitID>

    func list(
        _ visits: [VisitID], _ board: OfferBoard, original: RoutingProblem
    ) throws(ProblemError) -> [UnkeptVisit] {
        var list: [UnkeptVisit] = []
        for id in visits {
            let reason: UnkeptVisit.Reason = givenBack.contains(id) ? .nobodyHome : .noRoom
            list.append(try unkept(id, reason, original.visit(id)?.promise, board))
        }
        return list
    }

    /// The same visits on another board.
    func list(
        again unkept: [UnkeptVisit], _ board: OfferBoard
    ) throws(ProblemError) -> [UnkeptVisit] {
        var list: [UnkeptVisit] = []
        for old in unkept {
            list.append(try self.unkept(old.visit, old.reason, old.promise, board))
        }
        return list
    }

    private func unkept(
        _ id: VisitID, _ reason: UnkeptVisit.Reason, _ promise: Promise?, _ board: OfferBoard
    ) throws(ProblemError) -> UnkeptVisit {
        let caller = Caller(asked[id]!)
        // Who was not at home was not promised anything more for today.
        var late: LateOffer?
        if reason == .noRoom, let promise { late = try self.late(caller, promise, board) }
        return UnkeptVisit(
            visit: id, reason: reason, promise: promise, late: late,
            alternatives: try board.answer(caller, in: windows).offers)
    }

    private func late(
        _ caller: Caller, _ promise: Promise, _ board: OfferBoard
    ) throws(ProblemError) -> LateOffer? {
        let day = hours.values.filter { $0.intersection(promise.window) != nil }
        guard let end = day.map(\.end).max(),
            let window = TimeWindow(promise.window.start, end)
        else { return nil }
        let shifts = board.routes.indices.filter {
            let id = board.problem.shifts[$0].id
            return promise.shifts.isEmpty || promise.shifts.contains(id)
        }
        guard let offer = try board.soonest(caller, in: window, on: shifts) else { return nil }
        let start = offer.starts.start
        return LateOffer(
            offer: Offer(
                window: TimeWindow(window.start, start)!, shift: offer.shift,
                position: offer.position, starts: TimeWindow(start, start)!,
                extraTravel: offer.extraTravel),
            by: max(0, start - promise.window.end))
    }
}
