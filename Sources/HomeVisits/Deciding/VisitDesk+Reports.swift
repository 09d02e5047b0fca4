// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Parties
import Texts
import Visits

/// The day itself, as crews and dispatchers tell of it.
extension VisitDesk {
    mutating func report(
        _ number: UInt32, _ report: VisitReport, by crew: CrewID?, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        guard book[number] != nil else { throw .unknownVisit(number) }
        let today = terms.date(now)
        let planned = book.shift(of: number)
        var shift = planned
        if let crew {
            guard let index = book.index(of: crew) else { throw book.unknownCrew(crew) }
            shift = PlanNumbers.shift(today, crew: index)
        }
        let visit = try require(number, report.states(isCrewNamed: crew != nil))
        if case .longer(let minutes) = report {
            guard CallLimit.visitMinutes.contains(minutes) else {
                throw .fault(
                    AreaFault(
                        field: "minutes",
                        problem: "must be 1 to \(CallLimit.visitMinutes.upperBound)"))
            }
            guard visit.service + minutes * 60 <= VisitDesk.serviceLimit else {
                throw .fault(AreaFault(field: "minutes", problem: "no visit takes a day"))
            }
        }
        if let planned, let date = planned.date, date < today, report.isOver,
            crew == nil || book.crew(of: planned) == crew
        {
            return try reportPast(visit, report, planned, terms, now)
        }
        guard let shift, shift.date == today else { throw .notToday(number) }
        if case .longer = report, shift != planned {
            // Whoever does not have it, and tells that it takes longer, is there.
            let there = try self.report(number, .arrived, by: crew, terms, now)
            var after = self
            _ = after.take(there, at: Int64(now))
            return there + (try after.report(number, report, by: crew, terms, now))
        }
        // Nobody has to choose another window any more.
        let released = try releasing(visit, unless: report.keepsHold, terms, now)
        var after = self
        if !released.isEmpty { _ = after.take(released, at: Int64(now)) }
        let moved = shift == planned ? [] : try after.moving(number, to: shift, terms, now)
        if !moved.isEmpty { _ = after.take(moved, at: Int64(now)) }
        return released + moved + (try after.report(visit, report, shift, terms, now))
    }

    /// What is held for a visit is held no more.
    mutating func releasing(
        _ visit: HomeVisit, unless isKept: Bool = false, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        guard visit.hold != nil, !isKept else { return [] }
        return try keepingLater(
            [.released(visit.number)] + VisitEvent.routes(book.removing(held: [visit.number])),
            terms, now)
    }

    /// What a crew tells of a visit that has its place on its shift of the present day.
    private mutating func report(
        _ visit: HomeVisit, _ report: VisitReport, _ shift: ShiftID, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let event = VisitEvent.reported(visit.number, report)
        let id = PlanNumbers.visit(visit.number)
        let situation = try situation([terms.date(now)], terms, now)
        let crew = CrewTold(situation, shift, visit, now: now)
        if case .longer(let minutes) = report {
            let told = crew.longer(by: minutes * 60, knowing: book)
            let ahead = told == nil ? [Incident.longer(id, seconds: minutes * 60)] : []
            return [event]
                + (try repair(
                    told ?? situation, ahead, touching: shift, after: event, terms, now))
        }
        let told = crew.after(report, knowing: book)
        guard report == .nobodyHome else {
            return [event] + (try repair(told, [], touching: shift, after: event, terms, now))
        }
        // The place where the crew was stays behind it, and the visit may get another.
        let attempt = PlanNumbers.attempt(visit.number, visit.attempts)
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

    /// What is told of a visit of a day that is over: its crews' times stay as they were.
    private mutating func reportPast(
        _ visit: HomeVisit, _ report: VisitReport, _ shift: ShiftID, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        var events =
            try releasing(visit, unless: report.keepsHold, terms, now)
            + [.reported(visit.number, report)]
        guard let date = shift.date else { return events }
        // A delay that the report ends would move them, and its crew would be back sooner.
        let told = try situation([date], terms, now).log.done[shift] ?? []
        if let until = book[shift].notBefore(on: date, terms) {
            events.append(.delayed(shift, until: Int64(until)))
        }
        guard report == .nobodyHome else {
            return told == book[shift].told ? events : events + [.progressed(shift, told)]
        }
        let id = PlanNumbers.visit(visit.number)
        let attempt = PlanNumbers.attempt(visit.number, visit.attempts)
        let route = RouteChange(shift: shift, stops: book[shift].stops)
        let renamed: [VisitEvent] = [.routed([route]), .progressed(shift, told)]
        return events + renamed.map { $0.renaming(id, attempt) }
    }

    /// The routes with a visit at the end of a crew's, and nowhere else.
    ///
    /// What is behind another crew stays behind it, with the times that it had.
    private mutating func moving(
        _ number: UInt32, to shift: ShiftID, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let own = PlanNumbers.visit(number)
        let today = terms.date(now)
        var routes = book.removing(number).filter { $0.shift != shift }
        // A visit that was over has left its place behind a crew.
        for (other, record) in book.shifts.on(today)
        where other != shift && record.stops.contains(.visit(own))
            && !routes.contains(where: { $0.shift == other })
        {
            routes.append(
                RouteChange(shift: other, anyOf: record.stops.filter { $0 != .visit(own) }))
        }
        let left = book[shift].stops.filter { stop in
            stop.visit.map {
                !PlanNumbers.isAhead($0) || PlanNumbers.number(of: $0) != number
            } ?? true
        }
        let route = RouteChange(shift: shift, stops: left + [.visit(own)])
        return try keepingLater(
            withTold([.routed(routes + [route])], terms, now), terms, now)
    }

    /// Seconds with an applicant, at most.
    static let serviceLimit = 86_400

}

extension VisitReport {
    /// The states in which a visit can be told of so.
    ///
    /// What a named crew has done is done, whatever was planned.
    fileprivate func states(isCrewNamed: Bool) -> Set<HomeVisit.State> {
        guard self == .done, isCrewNamed else { return [.promised, .underWay] }
        return Set(HomeVisit.State.allCases).subtracting([.done])
    }

    /// Whether the crew has left.
    var isOver: Bool { self == .done || self == .nobodyHome }

    /// Whether other windows may still be chosen after it.
    fileprivate var keepsHold: Bool {
        switch self {
        case .nobodyHome, .longer: true
        case .underWay, .arrived, .done: false
        }
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
