// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Visits

/// Promises made, changed and called off.
extension VisitDesk {
    mutating func promise(
        _ number: UInt32, _ start: Int64, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let visit = try require(number, [.requested, .held, .promised, .failed])
        guard visit.words != nil else { throw .forgotten(number) }
        if let index = visit.hold?.windows.firstIndex(where: { $0.start == start }),
            let events = try promiseHeld(visit, index + 1, terms, now)
        {
            return events
        }
        let window = try window(visit, start, terms, now)
        return try promiseAnew(visit, window, terms, now)
    }

    /// The window that starts then.
    private mutating func window(
        _ visit: HomeVisit, _ start: Int64, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> TimeWindow {
        if let held = visit.hold?.windows.first(where: { $0.start == start }) {
            return TimeWindow(Int(held.start), Int(held.end))!
        }
        let board = try ready(terms, now)
        let windows = windows(of: board, terms, now)
        if let window = windows.first(where: { $0.start == Int(start) }) { return window }
        // Whoever cannot be kept to may be told any time of the same day.
        if visit.isUnkept, let promise = visit.promise, Int(start) >= now,
            terms.date(Int(start)) == terms.date(Int(promise.start)),
            let window = TimeWindow(Int(start), Int(start) + OfferWindows.shortest)
        {
            return window
        }
        throw .notAWindow(start)
    }

    /// Makes a held place the visit's own; nil if it was lost to something that went otherwise.
    private mutating func promiseHeld(
        _ visit: HomeVisit, _ held: Int, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent]? {
        let id = PlanNumbers.visit(visit.number, held: held)
        guard
            let shift = book.shift(with: id),
            let window = visit.hold?.windows[held - 1]
        else { return nil }
        let own = PlanNumbers.visit(visit.number)
        var changes = book.removing(visit.number, but: id)
        let stops = (changes.first { $0.shift == shift }?.stops ?? book[shift].stops)
            .map { $0 == .visit(id) ? .visit(own) : $0 }
        changes.removeAll { $0.shift == shift }
        changes.append(RouteChange(shift: shift, stops: stops))
        return try keeping([.promised(visit.number, window), .routed(changes)], terms, now)
    }

    /// Looks for a place in a window that is not held.
    private mutating func promiseAnew(
        _ visit: HomeVisit, _ window: TimeWindow, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        // In this try it counts as called off: its place goes to it again if there is no other.
        var without = self
        let freed = book.removing(visit.number)
        let gone = VisitEvent.cancelled(visit.number, by: .office, reason: "")
        _ = without.take(
            try withTold([gone] + VisitEvent.routes(freed), terms, now), at: Int64(now))
        let board = try without.ready(terms, now)
        let caller = without.caller(visit, board, held: 0)
        let found: [RouteChange]?
        do { found = try place(caller, window, board) } catch {
            throw RepairError.problem(error).refusal
        }
        guard let found else { throw .windowGone(VisitWindow(window)) }
        let changed = Set(found.map(\.shift))
        let changes =
            found.filter { $0.stops != book[$0.shift].stops }
            + freed.filter { !changed.contains($0.shift) }
        return try keeping(
            [.promised(visit.number, VisitWindow(window)), .routed(changes)], terms, now)
    }

    /// The routes with the caller in the window, directly or after others have made room; nil if there
    /// is no place.
    private func place(
        _ caller: Caller, _ window: TimeWindow, _ board: PlanBoard
    ) throws(ProblemError) -> [RouteChange]? {
        if let offer = try board.board.answer(caller, in: [window]).offers.first,
            let route = board.board.route(offer.shift)
        {
            var stops = route.stops
            stops.insert(.visit(caller.visit.id), at: offer.position)
            return [board.route(stops, on: offer.shift)]
        }
        guard board.closed.isEmpty,
            let room = try RoomSearch(board.board, seed: 1).room(for: caller, in: window)
        else { return nil }
        let used = Set(room.plan.routes.map(\.shift))
        let emptied = board.board.plan.routes.filter { !used.contains($0.shift) }
        return room.plan.routes.map { board.route($0.stops, on: $0.shift) }
            + emptied.map { board.route([], on: $0.shift) }
    }

    /// The events, and what has to change on later days than the present one for the plan to keep every
    /// promise after them, as far as it can: a way may be longer than the one over a place that is given up.
    mutating func keepingLater(
        _ events: [VisitEvent], _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let dates = events.routedDates.filter { $0 > terms.date(now) }
        guard !dates.isEmpty else { return events }
        var after = self
        _ = after.take(events, at: Int64(now))
        return events + (try after.repair(dates, [], touching: nil, terms, now))
    }

    /// The events, and what has to change for the plan to keep every promise after them.
    private mutating func keeping(
        _ events: [VisitEvent], _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let dates = events.routedDates.filter { $0 >= terms.date(now) }
        guard !dates.isEmpty else { return events }
        let events = try withTold(events, terms, now)
        var after = self
        _ = after.take(events, at: Int64(now))
        return events + (try after.repair(dates, [], touching: nil, terms, now))
    }

    mutating func cancel(
        _ number: UInt32, _ canceller: VisitCanceller, _ reason: String, _ terms: AreaTerms,
        _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let visit = try require(number, [.requested, .held, .promised, .underWay, .failed])
        let event = VisitEvent.cancelled(number, by: canceller, reason: reason)
        let today = terms.date(now)
        let id = PlanNumbers.visit(number)
        if let shift = book.shift(of: number), shift.date == today,
            book[shift].told.contains(where: { $0.stop == .visit(id) })
        {
            // The crew is on its way, or there.
            let released = try releasing(visit, terms, now)
            var after = self
            if !released.isEmpty { _ = after.take(released, at: Int64(now)) }
            return released + [event]
                + (try after.repair(
                    [today], [.cancelled(id)], touching: shift, after: event, terms, now))
        }
        let changes = book.removing(number)
        return try keeping([event] + VisitEvent.routes(changes), terms, now)
    }
}

extension [VisitEvent] {
    /// The dates of the routes that they change, rising.
    fileprivate var routedDates: [CivilDate] {
        var dates: Set<CivilDate> = []
        for case .routed(let changes) in self { dates.formUnion(changes.compactMap(\.shift.date)) }
        return dates.sorted()
    }
}
