// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Visits
import WorkingDays

/// Some days of an area as a problem: the crews' shifts, their visits, and what has happened by now.
struct Situation {
    let problem: RoutingProblem
    /// How crews travel, in the order of the problem's matrices.
    let profiles: [TravelProfile]
    /// The problem in which each visit has a set-up of its own, whoever is visited before it in the same
    /// building.
    ///
    /// What is promised in it is kept whichever of the others is called off.
    let apart: RoutingProblem
    let plan: Plan
    let log: DayLog
    /// What holds on from earlier: crews that are absent, or delayed.
    let incidents: [Incident]
}

/// Puts a situation together.
struct SituationDraft {
    let book: VisitBook
    let terms: AreaTerms
    let now: Int
    private var shifts: [Shift] = []
    private var known: Set<ShiftID> = []
    private var visits: [Visit] = []
    private var numbers: Set<VisitID> = []
    private var home = Place(0)
    private var incidents: [Incident] = []

    init(_ book: VisitBook, _ terms: AreaTerms, now: Int) {
        self.book = book
        self.terms = terms
        self.now = now
    }

    /// The situation of some dates; `frozen` are days whose visits keep their order or their crew.
    mutating func situation(
        _ dates: [CivilDate], _ ways: inout WayTable, freezing isFrozen: Bool = false
    ) throws(ProblemError) -> Situation {
        home = Place(ways.learn(book.area.home))
        for date in dates { addShifts(date) }
        var routes: [Route] = []
        for shift in shifts {
            let stops = book[shift.id].stops
            guard !stops.isEmpty else { continue }
            routes.append(Route(shift: shift.id, stops: stops))
            for case .visit(let id) in stops { add(id, &ways) }
        }
        let unkept = Dictionary(grouping: book.unkept) { terms.date(Int($0.promise.start)) }
        for date in dates {
            guard let stops = unkept[date]?.map({ Stop.visit(PlanNumbers.visit($0.number)) })
            else { continue }
            routes.append(Route(shift: addNobody(date), stops: stops))
            for case .visit(let id) in stops { add(id, &ways) }
        }
        if isFrozen { freeze() }
        let profiles = travelling()
        var matrices: [TravelMatrix] = []
        for profile in profiles { matrices.append(try ways.matrix(book.closures, for: profile)) }
        let problem = try RoutingProblem(
            visits: visits.sorted { $0.id < $1.id }, shifts: shifts, travel: matrices[0],
            others: Array(matrices.dropFirst()))
        let plan = Plan(routes: routes)
        var log = DayLog(book, plan, problem, now: now)
        // Who is not there does nothing but what was told; on a day that is over everybody was.
        let today = Int(terms.date(now).dayNumber)
        for case .ends(let id) in incidents
        where PlanNumbers.dayNumber(of: id) >= today
            || PlanNumbers.crew(of: id) == PlanNumbers.nobody
        {
            let told = book[id].told
            log.done[id] = told.isEmpty ? nil : told
        }
        return Situation(
            problem: problem, profiles: profiles, apart: try problem.apart, plan: plan, log: log,
            incidents: incidents)
    }

    // MARK: Shifts

    /// How the crews of the shifts travel, each way once; the shifts get their places in it.
    private mutating func travelling() -> [TravelProfile] {
        let used = Set(shifts.compactMap { book.profile(of: $0.id) }).sorted()
        for index in shifts.indices {
            // What is nobody's goes by no ways.
            let profile = book.profile(of: shifts[index].id)
            shifts[index].profile = profile.flatMap { used.firstIndex(of: $0) } ?? 0
        }
        return used.isEmpty ? [.car] : used
    }

    private mutating func addShifts(_ date: CivilDate) {
        for crew in book.area.crews {
            let id = PlanNumbers.shift(date, crew: book.index(of: crew.id)!)
            guard let hours = book.hours(of: crew, date, terms) else { continue }
            add(id, hours, crew)
        }
        // What is left of crews that work no more on that date has to go to others.
        for (id, record) in book.shifts.on(date)
        where !record.stops.isEmpty && !known.contains(id) {
            add(id, terms.open(on: date), nil)
            incidents.append(.ends(id))
        }
    }

    /// A shift of nobody's, from which others take over what has no place.
    private mutating func addNobody(_ date: CivilDate) -> ShiftID {
        let id = PlanNumbers.shift(date, crew: PlanNumbers.nobody)
        shifts.append(
            Shift(
                id: id, day: PlanNumbers.dayNumber(of: id), start: home, end: home,
                hours: terms.open(on: date)))
        incidents.append(.ends(id))
        return id
    }

    private mutating func add(_ id: ShiftID, _ hours: TimeWindow, _ crew: VisitArea.Crew?) {
        let record = book[id]
        if record.isAbsent, record.stops.isEmpty { return }
        known.insert(id)
        let needs = book.area.needs
        shifts.append(
            Shift(
                id: id, crew: book.crew(of: id).description, day: PlanNumbers.dayNumber(of: id),
                start: home, end: home, hours: hours,
                skills: Set(
                    needs.indices.filter { crew?.needs.contains(needs[$0].id) == true }
                        .map { Skill($0) }),
                lunches: lunches(hours, id)))
        // What it has told of since holds.
        if record.isAbsent { incidents.append(.ends(id)) }
        let free = max(now, hours.start)
        if let until = record.notBefore, until > free {
            incidents.append(.waits(id, until: until))
        }
    }

    private func lunches(_ hours: TimeWindow, _ id: ShiftID) -> [LunchBreak] {
        let rules = book.area.rules
        let date = CivilDate(dayNumber: Int32(PlanNumbers.dayNumber(of: id))) ?? .earliest
        guard let start = terms.lunch(rules, on: date, within: hours) else { return [] }
        return [LunchBreak(number: 1, length: rules.lunchMinutes * 60, windows: [start])]
    }

    // MARK: Visits

    private mutating func add(_ id: VisitID, _ ways: inout WayTable) {
        guard !numbers.contains(id), let visit = book[PlanNumbers.number(of: id)] else { return }
        let held = PlanNumbers.held(of: id)
        let window: VisitWindow?
        if held == 0 {
            window = visit.promise
        } else {
            let windows = visit.hold?.windows ?? []
            window = held <= windows.count ? windows[held - 1] : nil
        }
        numbers.insert(id)
        let task = book.task(of: visit)
        var made = book.visit(task, as: id, at: Place(ways.learn(task.place)), on: shifts)
        if let window, let told = TimeWindow(Int(window.start), Int(window.end)) {
            made.promise = Promise(window: told)
            made.isRequired = true
            // Whoever was promised a window past the due time, knowingly, is not refused for it.
            if Int(window.end) + visit.service + visit.setup > Int(visit.due) { made.due = nil }
        }
        visits.append(made)
    }

    /// The visits of the next days keep their crew; those of the first of them their order, too.
    private mutating func freeze() {
        let today = Int(terms.date(now).dayNumber)
        let rules = book.area.rules
        var shiftOf: [VisitID: ShiftID] = [:]
        for shift in shifts {
            for case .visit(let id) in book[shift.id].stops { shiftOf[id] = shift.id }
        }
        for index in visits.indices {
            guard let shift = shiftOf[visits[index].id] else { continue }
            let days = PlanNumbers.dayNumber(of: shift) - today
            if days < rules.frozenOrderDays {
                visits[index].isFixed = true
            } else if days < rules.frozenCrewDays {
                visits[index].allowed = [shift]
            }
        }
    }
}

extension RoutingProblem {
    /// The problem in which each visit has a set-up of its own.
    var apart: RoutingProblem {
        get throws(ProblemError) {
            guard visits.contains(where: { $0.setup > 0 }) else { return self }
            return try apart(but: [])
        }
    }

    /// The problem in which each visit but those has a set-up of its own.
    func apart(but shared: Set<VisitID>) throws(ProblemError) -> RoutingProblem {
        try RoutingProblem(
            visits: visits.map { shared.contains($0.id) ? $0 : $0.apart }, shifts: shifts,
            travel: travel, others: others)
    }
}

extension Visit {
    /// The visit with its set-up as a part of its service.
    var apart: Visit {
        var visit = self
        visit.service += setup
        visit.setup = 0
        return visit
    }
}

extension DayLog {
    /// What has happened to the routes of a plan, by what was told and as planned after it.
    init(_ book: VisitBook, _ plan: Plan, _ problem: RoutingProblem, now: Int) {
        var (told, notBefore): ([ShiftID: [DoneStop]], [ShiftID: Int]) = ([:], [:])
        for route in plan.routes {
            let record = book[route.shift]
            told[route.shift] = record.told
            notBefore[route.shift] = record.notBefore
        }
        self.init(told: told, notBefore: notBefore, plan, problem, now: now)
    }
}

extension VisitBook {
    /// Promises without a place, in the order of their visits.
    var unkept: [(number: UInt32, promise: VisitWindow)] {
        open.sorted().compactMap { number in
            guard let visit = self[number], visit.isUnkept, let promise = visit.promise else {
                return nil
            }
            return (number, promise)
        }
    }

    /// When a crew is on its shift; nil on a day on which it has none.
    func hours(of crew: VisitArea.Crew, _ date: CivilDate, _ terms: AreaTerms) -> TimeWindow? {
        guard terms.isWorking(date),
            crew.weekdays.isEmpty || crew.weekdays.contains(terms.weekday(of: date)),
            !area.duties.contains(where: { $0.date == date && crew.members.contains($0.member) })
        else { return nil }
        let open = terms.open(on: date)
        guard let own = crew.hours else { return open }
        return TimeWindow(terms.second(date, own.start), terms.second(date, own.end))
            .flatMap(open.intersection)
    }
}
