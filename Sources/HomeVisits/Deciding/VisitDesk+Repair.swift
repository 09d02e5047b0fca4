// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Visits

/// What becomes of the plan when something goes otherwise.
extension VisitDesk {
    /// The plan of some dates after incidents.
    ///
    /// The events are routes that change, how it went so far with a shift that is touched, and
    /// promises that can be kept no more. `said` is the event that tells of the incidents.
    mutating func repair(
        _ dates: [CivilDate], _ incidents: [Incident], touching shift: ShiftID?,
        after said: VisitEvent? = nil, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let situation = try situation(dates, terms, now)
        return try repair(situation, incidents, touching: shift, after: said, terms, now)
    }

    /// Events with how far crews have come whose routes of the present day they change: what is new
    /// there cannot have begun before.
    ///
    /// What that leaves without its time is put right, and so on for as many rounds.
    mutating func withProgress(
        _ events: [VisitEvent], _ terms: AreaTerms, _ now: Int, rounds: Int = 4
    ) throws(VisitRefusal) -> [VisitEvent] {
        let told = try withTold(events, terms, now)
        guard told.count > events.count || events.changesRoutes(terms.date(now)) else {
            return events
        }
        // How far crews have come may leave less time than there seemed to be.
        var after = self
        _ = after.take(told, at: Int64(now))
        let repaired = try after.repair([terms.date(now)], [], touching: nil, terms, now)
        guard rounds > 1 else { return told + repaired }
        return told + (try after.withProgress(repaired, terms, now, rounds: rounds - 1))
    }

    /// Events with how far crews have come whose routes they change and of whom they do not tell it.
    ///
    /// What is behind a crew stays behind it, with its times, also where a visit before it is taken away.
    mutating func withTold(
        _ events: [VisitEvent], _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let routes = events.untold(terms.date(now))
        guard !routes.isEmpty else { return events }
        let log = try situation(Set(routes.keys.compactMap(\.date)).sorted(), terms, now).log
        return events
            + routes.keys.sorted().compactMap { shift in
                var told = (log.done[shift] ?? []).beginning(routes[shift]!)
                // A lunch that begins only now may still lie on a way.
                if let last = told.last, last.stop.visit == nil, last.start >= now {
                    told.removeLast()
                }
                return told.isEmpty ? nil : .progressed(shift, told)
            }
    }

    /// The situation of some dates.
    mutating func situation(
        _ dates: [CivilDate], _ terms: AreaTerms, _ now: Int, freezing: Bool = false
    ) throws(VisitRefusal) -> Situation {
        var draft = SituationDraft(book, terms, now: now)
        do { return try draft.situation(dates, &ways, freezing: freezing) } catch {
            throw RepairError.problem(error).refusal
        }
    }

    mutating func repair(
        _ situation: Situation, _ incidents: [Incident], touching touched: ShiftID?,
        after said: VisitEvent? = nil, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> [VisitEvent] {
        let repair = try situation.repaired(incidents)
        var events = VisitEvent.routes(book.changes(repair, situation))
        if let touched {
            // A crew that has nothing to do any more has no route, whatever lunch is behind it.
            let route = events.routes[touched] ?? book[touched].stops
            let told = Array(
                zip(repair.log.done[touched] ?? [], route).prefix { $0.stop == $1 }.map(\.0))
            if told != book[touched].told { events.append(.progressed(touched, told)) }
        }
        events += late(repair, after: said)
        let gone = Set(incidents.compactMap(\.visitGone))
        let lost = repair.unkept.filter { unkept in
            guard PlanNumbers.held(of: unkept.visit) == 0, !gone.contains(unkept.visit),
                let visit = book[PlanNumbers.number(of: unkept.visit)]
            else { return false }
            return visit.promise != nil && !visit.isUnkept
        }
        guard !lost.isEmpty else { return events }
        // The ways out are those of the plan after all of it.
        var after = self
        _ = after.take((said.map { [$0] } ?? []) + events, at: Int64(now))
        for unkept in lost {
            if let promise = try after.unkept(unkept, terms, now) {
                events.append(.unkept(promise))
            }
        }
        return events
    }

    /// Promises that are being kept late, or later than was said: nothing can be done but to say so.
    private func late(_ repair: DayRepair, after said: VisitEvent?) -> [VisitEvent] {
        repair.lateAlready.compactMap { late in
            let number = PlanNumbers.number(of: late.visit)
            // What is done needs no word.
            guard said != .reported(number, .done), let visit = book[number],
                let promise = visit.promise, !visit.state.isOver,
                Int64(late.start) > visit.saidLate ?? promise.end
            else { return nil }
            return .unkept(
                UnkeptPromise(
                    number: number, promise: promise,
                    late: UnkeptPromise.Late(
                        start: Int64(late.start), crew: book.crew(of: late.shift)),
                    alternatives: []))
        }
    }

    /// A promise that cannot be kept, with its ways out in the plan as it is now.
    private mutating func unkept(
        _ unkept: UnkeptVisit, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> UnkeptPromise? {
        let number = PlanNumbers.number(of: unkept.visit)
        guard let visit = book[number], let promise = visit.promise else { return nil }
        let late = unkept.late.map { late in
            UnkeptPromise.Late(
                start: Int64(late.offer.starts.start), crew: book.crew(of: late.offer.shift))
        }
        let board = try ready(terms, now)
        let windows = windows(of: board, terms, now)
        let caller = caller(visit, board, held: 1)
        let answer: OfferAnswer
        do { answer = try board.board.answer(caller, in: windows) } catch {
            throw RepairError.problem(error).refusal
        }
        return UnkeptPromise(
            number: number, promise: promise, late: late,
            alternatives: answer.offers.map {
                OfferedWindow($0, crew: book.crew(of: $0.shift), isHeld: false)
            })
    }
}

extension VisitBook {
    /// The routes that a repair changes: what is behind each crew, and what is before it.
    func changes(_ repair: DayRepair, _ situation: Situation) -> [RouteChange] {
        changes(repair.plan, behind(repair, situation), situation)
    }

    /// The routes of a plan for what is left, after what is behind each crew.
    func changes(
        _ plan: Plan, _ behind: [ShiftID: [Stop]], _ situation: Situation
    ) -> [RouteChange] {
        let rest = Dictionary(
            plan.routes.map { ($0.shift, $0.stops) }, uniquingKeysWith: { a, _ in a })
        let absent = Set(situation.incidents.compactMap(\.absentee))
        return situation.problem.shifts.compactMap { shift in
            guard PlanNumbers.crew(of: shift.id) != PlanNumbers.nobody else { return nil }
            var stops = (behind[shift.id] ?? []) + (rest[shift.id] ?? [])
            if rest[shift.id] == nil, !absent.contains(shift.id) {
                // Whoever has no more visits still has lunch.
                stops += shift.lunches.map { Stop.lunch($0.number) }.filter { !stops.contains($0) }
            }
            let change = RouteChange(shift: shift.id, anyOf: stops)
            return change.stops == self[shift.id].stops ? nil : change
        }
    }

    /// What is behind each crew: the stops of its log, and a lunch that it had while it had nothing
    /// else to do.
    func behind(_ repair: DayRepair, _ situation: Situation) -> [ShiftID: [Stop]] {
        var behind: [ShiftID: [Stop]] = [:]
        for shift in situation.problem.shifts {
            let begun = (repair.log.done[shift.id] ?? []).map(\.stop)
            behind[shift.id] = begun
            guard !begun.isEmpty, let left = repair.problem.shift(shift.id) else { continue }
            let ahead = Set(left.lunches.map { Stop.lunch($0.number) })
            behind[shift.id]! += shift.lunches.map { Stop.lunch($0.number) }
                .filter { !begun.contains($0) && !ahead.contains($0) }
        }
        return behind
    }
}

extension [DoneStop] {
    /// Those with which a route begins, in its order; what it has no more, or later, is left out.
    fileprivate func beginning(_ route: [Stop]) -> [DoneStop] {
        var (found, left): ([DoneStop], ArraySlice<DoneStop>) = ([], self[...])
        for stop in route {
            guard let index = left.firstIndex(where: { $0.stop == stop }) else { break }
            found.append(left[index])
            left = left[(index + 1)...]
        }
        return found
    }
}

extension [VisitEvent] {
    /// The routes of the present day, and of days that are over, which they change without telling how far
    /// their crews have come.
    fileprivate func untold(_ today: CivilDate) -> [ShiftID: [Stop]] {
        var routes = routes.filter { $0.key.date.map { $0 <= today } == true }
        for case .progressed(let shift, _) in self { routes[shift] = nil }
        return routes
    }

    /// The routes that they change, as they are in the end.
    fileprivate var routes: [ShiftID: [Stop]] {
        var routes: [ShiftID: [Stop]] = [:]
        for case .routed(let changes) in self {
            for change in changes { routes[change.shift] = change.stops }
        }
        return routes
    }

    /// Whether they change routes of the present day without telling how far their crews have come.
    fileprivate func changesRoutes(_ today: CivilDate) -> Bool {
        untold(today).keys.contains { $0.date == today }
    }
}

extension Incident {
    /// The crew that pays no more visits.
    fileprivate var absentee: ShiftID? {
        switch self {
        case .absent(let id), .ends(let id): id
        default: nil
        }
    }

    /// The visit that is not to be paid any more.
    fileprivate var visitGone: VisitID? {
        switch self {
        case .nobodyHome(let id), .cancelled(let id): id
        default: nil
        }
    }
}
