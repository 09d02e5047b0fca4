// SPDX-License-Identifier: Apache-2.0

import Visits

/// How a crew's day stands after its crew has told of a visit.
struct CrewTold {
    private let situation: Situation
    private let shift: ShiftID
    private let visit: HomeVisit
    private let now: Int
    private let id: VisitID

    init(_ situation: Situation, _ shift: ShiftID, _ visit: HomeVisit, now: Int) {
        self.situation = situation
        self.shift = shift
        self.visit = visit
        self.now = now
        id = PlanNumbers.visit(visit.number)
    }

    /// The situation in which the crew is where it says.
    ///
    /// What it has ended by now stays behind it as it was expected; the visit that it tells of comes
    /// next, whatever the plan had before it. Where it only tells late how it went, it is where it was; what
    /// it has told already counts once.
    func after(_ report: VisitReport, knowing book: VisitBook) -> Situation {
        if report.isOver, isLeft(knowing: book) { return situation }
        let known = situation.log.done[shift] ?? []
        if let again = again(report, known, knowing: book) { return again }
        var told: [DoneStop] = []
        for entry in known[..<behind(known, knowing: book)] where entry.stop != .visit(id) {
            // It only drives there, and is called elsewhere.
            guard entry.start <= now else { break }
            told.append(
                DoneStop(
                    entry.stop, arrival: entry.arrival, start: entry.start,
                    end: min(entry.end, max(entry.start, now))))
        }
        let old = known.first { $0.stop == .visit(id) }
        let next = entry(report, old, after: told)
        told += report.isOver ? [next] : withLunch(before: next, after: told)
        return situation(told, goingOn)
    }

    /// What holds on for a crew that tells of a visit: it goes on, whatever delay was expected.
    private var goingOn: [Incident] {
        situation.incidents.filter { incident in
            if case .waits(shift, _) = incident { false } else { true }
        }
    }

    /// The situation in which the crew has told before what it tells; nil if it has not, or has told of a later
    /// visit since.
    ///
    /// It set out, or came, when it told so first. Whoever is still on the way is not there before now, and
    /// whoever is still there has not left.
    private func again(
        _ report: VisitReport, _ known: [DoneStop], knowing book: VisitBook
    ) -> Situation? {
        guard visit.told == HomeVisit.Told(report: report, shift: shift), !isLeft(knowing: book),
            let index = known.firstIndex(where: { $0.stop == .visit(id) })
        else { return nil }
        let old = known[index]
        let arrival = report == .arrived ? old.arrival : max(old.arrival, now)
        let start = max(old.start, arrival)
        let end = max(old.end + start - old.start, now)
        let entry = DoneStop(old.stop, arrival: arrival, start: start, end: end)
        return situation(known[..<index] + [entry], goingOn)
    }

    /// The situation in which a visit that has begun takes so many seconds more; nil for one that is ahead.
    ///
    /// The crew is still there, whatever it was expected to do by now, unless it has told of a later visit.
    func longer(by seconds: Int, knowing book: VisitBook) -> Situation? {
        let known = situation.log.done[shift] ?? []
        guard let index = known.firstIndex(where: { $0.stop == .visit(id) }) else { return nil }
        if isLeft(knowing: book) { return situation }
        let old = known[index]
        let entry = DoneStop(
            old.stop, arrival: old.arrival, start: old.start, end: max(old.end + seconds, now))
        return situation(known[..<index] + [entry], situation.incidents)
    }

    /// Whether the crew has told of a later visit by now.
    private func isLeft(knowing book: VisitBook) -> Bool {
        let known = situation.log.done[shift] ?? []
        guard let index = known.firstIndex(where: { $0.stop == .visit(id) }) else { return false }
        return behind(known, knowing: book) > index + 1
    }

    /// How much of what is known is behind the crew that tells of the visit only now.
    ///
    /// That is what comes before it, and after it what the crew has told of; what was only expected after it
    /// has not happened.
    private func behind(_ known: [DoneStop], knowing book: VisitBook) -> Int {
        guard let index = known.firstIndex(where: { $0.stop == .visit(id) }) else {
            return known.count
        }
        let last = known[(index + 1)...].lastIndex { entry in
            // Of a place that is only held nobody tells.
            guard let visit = entry.stop.visit, !PlanNumbers.isHeld(visit) else { return false }
            // Where nobody was at home, the place has a name of its own.
            return !PlanNumbers.isAhead(visit)
                || book[PlanNumbers.number(of: visit)]?.state != .promised
        }
        return (last ?? index) + 1
    }

    /// The situation in which that much is behind the crew, and the rest of its route ahead.
    private func situation(_ told: [DoneStop], _ incidents: [Incident]) -> Situation {
        let stops = situation.plan.routes.first { $0.shift == shift }?.stops ?? []
        let begun = told.map(\.stop)
        let order = begun + stops.filter { !begun.contains($0) }
        let routes = situation.plan.routes.map {
            $0.shift == shift ? Route(shift: shift, stops: order) : $0
        }
        var log = situation.log
        log.done[shift] = told
        return Situation(
            problem: situation.problem, profiles: situation.profiles, apart: situation.apart,
            plan: Plan(routes: routes), log: log, incidents: incidents)
    }

    /// The visit that the crew goes or came to, with a lunch before it that it has time for, on the way or at the
    /// door: who waits for a window does not eat after it.
    private func withLunch(before visit: DoneStop, after told: [DoneStop]) -> [DoneStop] {
        let taken = Set(told.map(\.stop))
        let lunches = situation.problem.shift(shift)?.lunches ?? []
        let leaves = max(now, told.last?.end ?? now)
        for lunch in lunches where !taken.contains(.lunch(lunch.number)) {
            let starts = lunch.windows.filter { $0.end >= leaves }.map { max($0.start, leaves) }
            guard let start = lunch.windows.isEmpty ? leaves : starts.min() else { continue }
            let arrival = max(
                start + lunch.length, start < visit.arrival ? visit.arrival + lunch.length : 0)
            guard arrival <= visit.start else { continue }
            return [
                DoneStop(
                    .lunch(lunch.number), arrival: start, start: start,
                    end: start + lunch.length),
                DoneStop(visit.stop, arrival: arrival, start: visit.start, end: visit.end),
            ]
        }
        return [visit]
    }

    private func entry(
        _ report: VisitReport, _ old: DoneStop?, after told: [DoneStop]
    ) -> DoneStop {
        let here = told.last { $0.stop.visit != nil }?.stop.visit
            .flatMap { situation.problem.visit($0)?.place }
        let from = here ?? situation.problem.shift(shift)?.start
        let place = situation.problem.visit(id)?.place
        // A set-up is needed once in a building.
        let length = visit.service + (from == place ? 0 : visit.setup)
        let opens = visit.promise.map { Int($0.start) } ?? now
        let free = told.last?.end ?? .min
        switch report {
        case .underWay, .longer:
            let problem = situation.problem
            let travel = problem.shift(shift).map(problem.travel(of:)) ?? problem.travel
            let way = from.flatMap { from in place.map { travel[from, $0] } } ?? 0
            let arrival = max(now, free) + way
            let start = max(arrival, opens)
            return DoneStop(.visit(id), arrival: arrival, start: start, end: start + length)
        case .arrived, .nobodyHome:
            let arrival = max(free, min(now, old.map(\.arrival) ?? now))
            let came = report == .arrived ? max(now, free) : arrival
            let start = max(came, opens)
            return DoneStop(.visit(id), arrival: came, start: start, end: start + length)
        case .done:
            let end = max(now, free)
            let start = max(free, min(end, old?.start ?? end - length))
            let arrival = max(free, min(start, old?.arrival ?? start))
            return DoneStop(.visit(id), arrival: arrival, start: start, end: end)
        }
    }
}
