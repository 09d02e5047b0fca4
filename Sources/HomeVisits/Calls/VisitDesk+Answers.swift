// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties
import Texts
import Visits
import WorkingDays

/// Questions on the visits of an area.
extension VisitDesk {
    /// The answer to a question.
    ///
    /// - Throws: a ``VisitRefusal`` for what is named and not there.
    public mutating func answer(
        _ question: VisitQuestion, _ terms: AreaTerms, now: Int64
    ) throws(VisitRefusal) -> VisitAnswer {
        switch question {
        case .area: return .area(book.area, revision: book.revision)
        case .visit(let id):
            guard let visit = book[id.number] else { throw .unknownVisit(id.number) }
            return .visit(VisitView(visit, in: book.area.id))
        case .windows(let question): return .windows(try windows(question, terms, Int(now)))
        case .explain(let id): return .explanation(try explain(id, terms, Int(now)))
        case .plan(_, let from, let days):
            guard CallLimit.visitPlanDays.contains(days) else {
                throw .fault(
                    AreaFault(
                        field: "days", problem: "must be 1 to \(CallLimit.visitPlanDays.upperBound)"
                    ))
            }
            if let from { try terms.requirePublished(from) }
            return .plan(try plan(from, days, since: nil, terms, now: now))
        }
    }

    /// The plan of some days, or what of it has changed since a revision.
    ///
    /// What has changed is told of every visit: whoever saw one on these days learns where it went. Of more
    /// visits than a plan can have the whole is told.
    ///
    /// - Throws: what makes the plan no problem.
    public mutating func plan(
        _ from: CivilDate?, _ days: Int, since seen: UInt32?, _ terms: AreaTerms, now: Int64
    ) throws(VisitRefusal) -> AreaPlan {
        let now = Int(now)
        let first = from ?? terms.date(now)
        let dates = (0..<days).compactMap { first.adding(days: $0) }
        let situation = try situation(dates, terms, now)
        let times = PlanTimes(situation, book, terms)
        let known = seen.flatMap {
            $0 < max(1, book.groundChange) || $0 > book.revision ? nil : $0
        }
        let changed = known.map { book.visits.changed(since: $0) }
        let isWhole = changed.map { $0.count > Self.openLimit } ?? true
        let since = isWhole ? 0 : known!
        var crewDays: [AreaPlan.CrewDay] = []
        var shown: Set<UInt32> = []
        for shift in situation.problem.shifts
        where PlanNumbers.crew(of: shift.id) != PlanNumbers.nobody {
            let record = book[shift.id]
            for case .visit(let id) in record.stops {
                shown.insert(PlanNumbers.number(of: id))
            }
            guard isWhole || record.changed > since,
                let date = shift.id.date
            else { continue }
            crewDays.append(
                times.crewDay(
                    shift, book.crew(of: shift.id), date,
                    isAbsent: record.isAbsent))
        }
        crewDays += emptied(dates, but: Set(situation.problem.shifts.map(\.id)), since, terms)
        let waiting = book.open.filter { number in
            guard let visit = book[number], Int(visit.due) + Self.waitingSeconds >= now else {
                return false
            }
            return visit.isUnkept || visit.state == .requested || visit.state == .failed
        }
        let visits =
            isWhole ? shown.union(waiting).sorted().compactMap { book[$0] } : changed ?? []
        return AreaPlan(
            area: book.area.id, revision: book.revision, isWhole: isWhole, from: first,
            days: Int32(days), crewDays: crewDays,
            visits: visits.map { VisitView($0, in: book.area.id) }, at: Int64(now))
    }

    /// Whoever waits for somebody to act is told for so long after the visit was due: four weeks.
    static let waitingSeconds = 28 * 86_400

    /// Days of crews that have nothing to do any more, as they are absent or have no shift.
    ///
    /// In a whole plan whoever has no shift has no day.
    private func emptied(
        _ dates: [CivilDate], but shown: Set<ShiftID>, _ since: UInt32, _ terms: AreaTerms
    ) -> [AreaPlan.CrewDay] {
        dates.flatMap { date in
            book.shifts.on(date).filter { shift, record in
                record.changed > since && !shown.contains(shift) && (record.isAbsent || since > 0)
            }.map { shift, record in
                let crew = book.area.crews.first { $0.id == book.crew(of: shift) }
                let hours = crew.flatMap { book.hours(of: $0, date, terms) }
                return AreaPlan.CrewDay(
                    crew: book.crew(of: shift), date: date,
                    hours: VisitWindow(hours ?? terms.open(on: date)), isAbsent: record.isAbsent,
                    travel: 0, waiting: 0, stops: [], back: nil)
            }
        }
    }

    private mutating func explain(
        _ id: HomeVisitID, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> VisitExplained {
        let visit = try require(id.number, [.promised, .underWay])
        guard let shift = book.shift(of: id.number), let date = shift.date else {
            throw .withoutPlace(id.number)
        }
        let situation = try situation([date], terms, now)
        let rest: DayRepair
        do {
            rest = try DayRepair(
                situation.problem, situation.plan, situation.log, situation.incidents, windows: [])
        } catch { throw error.refusal }
        let explainer = PlanExplainer(rest, of: situation.problem, situation.plan)
        let own = PlanNumbers.visit(id.number)
        guard let found = explainer.explanation(of: own) else {
            throw .visitIs(visit.state, id.number)
        }
        let (bound, other) = VisitExplained.Bound.of(found.lateBound)
        let isBegun = rest.log.done[shift]?.contains { $0.stop == .visit(own) } ?? false
        return VisitExplained(
            id: id, crew: book.crew(of: shift), date: date, arrival: Int64(found.arrival),
            start: Int64(found.start), extraTravel: Int32(clamping: found.extraTravel),
            waitsForWindow: found.earlyBound == .window,
            slack: Int32(clamping: found.slackAfter), bound: bound, boundVisit: other,
            elsewhere: isBegun ? [] : elsewhere(found, visit, but: shift, on: date, terms))
    }

    /// What each of the other crews that work on the date could do for a promised visit.
    private func elsewhere(
        _ found: VisitExplanation, _ visit: HomeVisit, but own: ShiftID, on date: CivilDate,
        _ terms: AreaTerms
    ) -> [VisitExplained.Elsewhere] {
        guard let promise = visit.promise,
            let window = TimeWindow(Int(promise.start), Int(promise.end))
        else { return [] }
        let task = book.task(of: visit)
        return book.area.crews.compactMap { crew in
            guard let index = book.index(of: crew.id), book.isWorking(crew, date, terms) else {
                return nil
            }
            let shift = PlanNumbers.shift(date, crew: index)
            guard shift != own else { return nil }
            var (extra, reason) = (Int32?.none, RefusedWindow.Reason.noSlack)
            switch found.elsewhere.first(where: { $0.shift == shift })?.answer {
            case .possible(let offer)?: extra = Int32(clamping: offer.extraTravel)
            case .refused(.pastDue)?: reason = .pastDue
            case .refused?, nil: reason = book.hurdle(of: crew, task, in: window, terms) ?? reason
            }
            return VisitExplained.Elsewhere(
                crew: crew.id, date: date, extraTravel: extra, reason: extra == nil ? reason : nil)
        }
    }
}

extension VisitExplained.Bound {
    fileprivate static func of(
        _ bound: VisitExplanation.LateBound
    ) -> (VisitExplained.Bound, visit: UInt32) {
        switch bound {
        case .window, .promise: (.promise, 0)
        case .due: (.due, 0)
        case .visit(let id): (.visit, PlanNumbers.number(of: id))
        case .lunch: (.lunch, 0)
        case .hours: (.hours, 0)
        }
    }
}

extension VisitView {
    /// A visit as it is told.
    init(_ visit: HomeVisit, in area: OfficeID) {
        self.init(
            id: HomeVisitID(area: area, number: visit.number)!, state: visit.state,
            words: visit.words, needs: visit.needs, avoided: visit.avoided,
            service: Int32(visit.service + visit.setup), setup: Int32(visit.setup),
            askedAt: visit.askedAt, due: visit.due,
            promise: visit.promise, heldUntil: visit.hold?.until, isUnkept: visit.isUnkept,
            reason: visit.reason)
    }
}

/// The times of the crews of a situation.
private struct PlanTimes {
    private let situation: Situation
    private let book: VisitBook
    private let terms: AreaTerms
    private let all: DayLog

    init(_ situation: Situation, _ book: VisitBook, _ terms: AreaTerms) {
        self.situation = situation
        self.book = book
        self.terms = terms
        // At the end of all time everything has happened as planned.
        all = DayLog(book, situation.plan, situation.problem, now: ProblemLimits.moment)
    }

    func crewDay(
        _ shift: Shift, _ crew: CrewID, _ date: CivilDate, isAbsent: Bool
    ) -> AreaPlan.CrewDay {
        let entries = all.done[shift.id] ?? []
        let begun = situation.log.done[shift.id]?.count ?? 0
        let problem = situation.problem
        var (travel, waiting) = (0, 0)
        var ways = [Int](repeating: 0, count: entries.count)
        var here = shift.start
        let table = problem.travel(of: shift)
        for (index, entry) in entries.enumerated() {
            guard let id = entry.stop.visit, let place = problem.visit(id)?.place else {
                continue
            }
            ways[index] = here.map { table[$0, place] } ?? 0
            travel += ways[index]
            waiting += entry.start - entry.arrival
            here = place
        }
        if let here, let end = shift.end { travel += table[here, end] }
        let stops = entries.enumerated().map { index, entry in
            AreaPlan.Stop(
                kind: AreaPlan.Stop.Kind(entry.stop), arrival: Int64(entry.arrival),
                start: Int64(entry.start), end: Int64(entry.end), isBegun: index < begun,
                way: Int32(clamping: ways[index]), outcome: outcome(of: entry.stop))
        }
        return AreaPlan.CrewDay(
            crew: crew, date: date,
            hours: VisitWindow(shift.hours),
            isAbsent: isAbsent, travel: Int32(clamping: travel),
            waiting: Int32(clamping: waiting), stops: stops,
            back: back(shift, entries).map(Int64.init))
    }

    /// What came of a stop at which the crew was in vain; nil for another.
    private func outcome(of stop: Stop) -> AreaPlan.Stop.Outcome? {
        guard let id = stop.visit else { return nil }
        guard PlanNumbers.isAhead(id) else { return .nobodyHome }
        return book[PlanNumbers.number(of: id)]?.state == .cancelled ? .calledOff : nil
    }

    /// When the crew is back from its last visit; nil if it visits nobody.
    ///
    /// As on every way, a lunch that nobody has told of breaks off the one home.
    private func back(_ shift: Shift, _ entries: [DoneStop]) -> Int? {
        let problem = situation.problem
        guard let last = entries.lastIndex(where: { $0.stop.visit != nil }),
            let id = entries[last].stop.visit, let place = problem.visit(id)?.place
        else { return nil }
        var next = last + 1
        var leaves = entries[last].end
        // From what was told last the crew goes on when it may; before that, `entries` has it waiting.
        let record = book[shift.id]
        if record.told.count >= next {
            next = record.told.count
            let until = shift.id.date.flatMap { record.notBefore(on: $0, terms) }
            leaves = max(record.told[next - 1].end, until ?? .min)
        }
        var free = leaves
        for lunch in entries[next...] {
            leaves += lunch.end - lunch.start
            free = lunch.end
        }
        return max(free, leaves + (shift.end.map { problem.travel(of: shift)[place, $0] } ?? 0))
    }
}

extension AreaPlan.Stop.Kind {
    fileprivate init(_ stop: Stop) {
        switch stop {
        case .lunch: self = .lunch
        case .visit(let id):
            let number = PlanNumbers.number(of: id)
            let held = PlanNumbers.held(of: id)
            self = held == 0 || !PlanNumbers.isAhead(id) ? .visit(number) : .held(number)
        }
    }
}

extension VisitReceipt {
    /// What came of an entry of the journal.
    ///
    /// ```swift
    /// VisitReceipt(area, revision: 7, of: events).offer?.windows.first  // the best window
    /// ```
    public init(_ area: OfficeID, revision: UInt32, of events: [VisitEvent]) {
        var visit: UInt32?
        var state: HomeVisit.State?
        var promise: VisitWindow?
        var offer: OfferList?
        var unkept: [UnkeptPromise] = []
        var replan: ReplanFigures?
        for event in events {
            switch event {
            case .asked(let asked): visit = asked.number
            case .offered(let number, let list):
                visit = number
                offer = list
                // Whatever is held for it meanwhile, what is promised stands.
                promise = list.promise
                let isHeld = list.windows.contains(where: \.isHeld)
                state = promise != nil ? .promised : isHeld ? .held : .requested
            case .promised(let number, let window):
                (visit, promise, state) = (number, window, .promised)
            case .cancelled(let number, _, _): (visit, state) = (number, .cancelled)
            case .reported(let number, let report):
                visit = number
                state =
                    switch report {
                    case .underWay, .arrived: .underWay
                    case .done: .done
                    case .nobodyHome: .failed
                    case .longer: state
                    }
            case .unkept(let promise): unkept.append(promise)
            case .replanned(let figures): replan = figures
            default: continue
            }
        }
        self.init(
            area: area, revision: revision,
            visit: visit.flatMap { HomeVisitID(area: area, number: $0) }, state: state,
            promise: promise, offer: offer, unkept: unkept, replan: replan)
    }
}
