// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Visits

/// The day itself, as crews and dispatchers tell of it.
extension VisitDesk {
    mutating func report(
        _ number: UInt32, _ report: VisitReport, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let visit = try require(number, [.promised, .underWay])
        let today = terms.date(now)
        guard let shift = book.shift(of: number), shift.date == today else {
            throw .notToday(number)
        }
        let event = VisitEvent.reported(number, report)
        let id = PlanNumbers.visit(number)
        if case .longer(let minutes) = report {
            guard (1...480).contains(minutes) else {
                throw .fault(AreaFault(field: "minutes", problem: "must be 1 to 480"))
            }
            guard visit.service + minutes * 60 <= VisitDesk.serviceLimit else {
                throw .fault(AreaFault(field: "minutes", problem: "no visit takes a day"))
            }
            let situation = try situation([today], terms, now)
            let told = CrewTold(situation, shift, visit, now: now)
                .longer(by: minutes * 60, knowing: book)
            let ahead = told == nil ? [Incident.longer(id, seconds: minutes * 60)] : []
            return [event]
                + (try repair(
                    told ?? situation, ahead, touching: shift, after: event, terms, now))
        }
        let situation = try situation([today], terms, now)
        let told = CrewTold(situation, shift, visit, now: now).after(report)
        guard report == .nobodyHome else {
            return [event] + (try repair(told, [], touching: shift, after: event, terms, now))
        }
        // The place where the crew was stays behind it, and the visit may get another.
        let attempt = PlanNumbers.attempt(number, visit.attempts)
        var events = try repair(
            told, [.nobodyHome(id)], touching: shift, after: event, terms, now)
        let isRouted = events.contains {
            if case .routed(let changes) = $0 {
                changes.contains { $0.shift == shift }
            } else {
                false
            }
        }
        if !isRouted {
            events.insert(
                .routed([RouteChange(shift: shift, stops: book[shift].stops)]), at: 0)
        }
        let isTold = events.contains {
            if case .progressed(shift, _) = $0 { true } else { false }
        }
        if !isTold { events.append(.progressed(shift, book[shift].told)) }
        return [event] + events.map { $0.renaming(id, attempt) }
    }

    /// Seconds with an applicant, at most.
    static let serviceLimit = 86_400

    mutating func report(
        _ crew: CrewID, _ report: CrewReport, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        guard let index = book.index(of: crew),
            let known = book.area.crews.first(where: { $0.id == crew })
        else { throw .unknownCrew(crew) }
        let today = terms.date(now)
        switch report {
        case .delayed(let minutes):
            let shift = PlanNumbers.shift(today, crew: index)
            guard (1...600).contains(minutes) else {
                throw .fault(AreaFault(field: "minutes", problem: "must be 1 to 600"))
            }
            guard book.hours(of: known, today, terms) != nil, !book[shift].isAbsent else {
                throw .noShift(crew)
            }
            return try delayed(shift, by: minutes * 60, terms, now)
        case .absent(let date):
            let shift = PlanNumbers.shift(date, crew: index)
            guard date >= today, book.hours(of: known, date, terms) != nil,
                !book[shift].isAbsent
            else { throw .noShift(crew) }
            return [.absent(shift)]
                + (try repair(
                    [date], [.absent(shift)], touching: shift, after: .absent(shift), terms, now))
        case .present(let date):
            let shift = PlanNumbers.shift(date, crew: index)
            guard book[shift].isAbsent else { throw .noShift(crew) }
            var back = self
            _ = back.take([.present(shift)], at: Int64(now))
            // Promises without a place may have one with the crew.
            return [.present(shift)]
                + (date >= today ? try back.repair([date], [], touching: nil, terms, now) : [])
        }
    }

    private mutating func delayed(
        _ shift: ShiftID, by seconds: Int, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let today = terms.date(now)
        let situation = try situation([today], terms, now)
        let last = situation.log.done[shift]?.last
        // A crew that drives or serves is late with that; one that is free goes on later.
        let isBusy = last.map { $0.end > now } ?? false
        let from = max(now, situation.problem.shift(shift)?.hours.start ?? now)
        let until = isBusy ? now : max(from, book[shift].notBefore ?? 0) + seconds
        let event = VisitEvent.delayed(shift, until: Int64(until))
        return [event]
            + (try repair(
                situation, [.delay(shift, seconds: seconds)], touching: shift,
                after: event, terms, now))
    }
}

extension VisitEvent {
    /// The event with another name for a place in routes.
    fileprivate func renaming(_ old: VisitID, _ new: VisitID) -> VisitEvent {
        func name(_ stop: Stop) -> Stop { stop == .visit(old) ? .visit(new) : stop }
        switch self {
        case .routed(let changes):
            return .routed(
                changes.map { RouteChange(shift: $0.shift, stops: $0.stops.map(name)) })
        case .progressed(let shift, let stops):
            return .progressed(
                shift,
                stops.map {
                    DoneStop(name($0.stop), arrival: $0.arrival, start: $0.start, end: $0.end)
                })
        default: return self
        }
    }
}

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
    /// next, whatever the plan had before it.
    func after(_ report: VisitReport) -> Situation {
        let known = situation.log.done[shift] ?? []
        var told: [DoneStop] = []
        for entry in known {
            // It only drives there, and is called elsewhere.
            guard entry.stop != .visit(id), entry.start <= now else { break }
            told.append(
                DoneStop(
                    entry.stop, arrival: entry.arrival, start: entry.start,
                    end: min(entry.end, max(entry.start, now))))
        }
        let old = known.first { $0.stop == .visit(id) }
        told.append(entry(report, old, after: told))
        // Whoever tells of a visit goes on, whatever delay was expected.
        let incidents = situation.incidents.filter { incident in
            if case .waits(shift, _) = incident { false } else { true }
        }
        return situation(told, incidents)
    }

    /// The situation in which a visit that has begun takes so many seconds more; nil for one that is ahead.
    ///
    /// The crew is still there, whatever it was expected to do by now, unless it has told of a later visit.
    func longer(by seconds: Int, knowing book: VisitBook) -> Situation? {
        let known = situation.log.done[shift] ?? []
        guard let index = known.firstIndex(where: { $0.stop == .visit(id) }) else { return nil }
        let later = known[(index + 1)...].compactMap(\.stop.visit)
        let isLeft = later.contains {
            // Where nobody was at home, the place has a name of its own.
            !PlanNumbers.isAhead($0) || book[PlanNumbers.number(of: $0)]?.state != .promised
        }
        if isLeft { return situation }
        let old = known[index]
        let entry = DoneStop(
            old.stop, arrival: old.arrival, start: old.start, end: max(old.end + seconds, now))
        return situation(known[..<index] + [entry], situation.incidents)
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
            problem: situation.problem, apart: situation.apart, plan: Plan(routes: routes),
            log: log, incidents: incidents)
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
            let way = from.flatMap { from in place.map { situation.problem.travel[from, $0] } } ?? 0
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
