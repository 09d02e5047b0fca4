// SPDX-License-Identifier: Apache-2.0

/// What is still to be done after a log: a problem of its own, and the rest of each route.
struct RestOfPlan {
    let problem: RoutingProblem
    /// The stops of each shift that are left; they may have become too late.
    let routes: [Route]
    /// Per shift of the problem that was given, its hours there.
    let hours: [ShiftID: TimeWindow]
    /// Visits to be paid by others, with the hours of their crew that pays no more.
    let orphans: [(visit: VisitID, hours: TimeWindow)]
    /// The visits as they were asked for, to be offered anew.
    let asked: [VisitID: Visit]
    /// Crews whose way home ends after their hours, and by how many seconds.
    let overtime: [ShiftID: Int]
    /// Shifts whose lunch is taken after its windows.
    let lateLunches: [ShiftID]

    /// A lunch that is late is taken within so many seconds.
    static let lateLunchWait = 3_600

    init(_ changes: LogChanges, _ plan: Plan) throws(ProblemError) {
        let whole = changes.problem
        let kept = Dictionary(plan.routes.map { ($0.shift, $0.stops) }) { a, _ in a }
        let gone = changes.cancelled.union(changes.givenBack)
        var shifts: [Shift] = []
        var routes: [Route] = []
        var orphans: [(visit: VisitID, hours: TimeWindow)] = []
        var overtime: [ShiftID: Int] = [:]
        var lateLunches: [ShiftID] = []
        let others = Self.others(changes)
        for shift in whole.shifts {
            let done = changes.done[shift.id] ?? []
            let left = (kept[shift.id] ?? []).dropFirst(done.count).filter { stop in
                stop.visit.map { !gone.contains($0) && whole.visitIndex[$0] != nil } ?? true
            }
            let rest = RestOfShift(shift, done, left.contains { $0.visit != nil }, changes)
            if rest.overtime > 0 { overtime[shift.id] = rest.overtime }
            if let remaining = rest.shift, !changes.absent.contains(shift.id),
                !others.contains(shift.id)
            {
                shifts.append(remaining)
                if rest.hasLateLunch { lateLunches.append(shift.id) }
                let lunches = Set(remaining.lunches.map { Stop.lunch($0.number) })
                let stops = left.filter { $0.visit != nil || lunches.contains($0) }
                if !stops.isEmpty { routes.append(Route(shift: shift.id, stops: stops)) }
            } else {
                orphans += left.compactMap(\.visit).map { (visit: $0, hours: shift.hours) }
            }
        }
        let done = Set(changes.done.values.flatMap { $0 }.compactMap(\.stop.visit))
        let names = Set(shifts.map(\.id))
        var asked: [VisitID: Visit] = [:]
        var visits: [Visit] = []
        for visit in whole.visits
        where !changes.cancelled.contains(visit.id)
            && (!done.contains(visit.id) || changes.givenBack.contains(visit.id))
        {
            var visit = visit
            visit.service = min(
                visit.service + (changes.longer[visit.id] ?? 0), ProblemLimits.duration)
            asked[visit.id] = visit.asked.limited(to: names)
            if changes.givenBack.contains(visit.id) {
                visit = visit.asked
                visit.isRequired = false
            }
            visits.append(visit.limited(to: names))
        }
        problem = try RoutingProblem(
            visits: visits, shifts: shifts, travel: changes.travel, others: whole.others)
        self.routes = routes
        hours = Dictionary(whole.shifts.map { ($0.id, $0.hours) }) { a, _ in a }
        self.orphans = orphans
        self.asked = asked
        self.overtime = overtime
        self.lateLunches = lateLunches
    }

    /// Shifts that nobody works, as their crews have begun to pay visits on another one that day.
    private static func others(_ changes: LogChanges) -> Set<ShiftID> {
        let (whole, tables) = (changes.problem, changes.problem.tables)
        let isOut = whole.shifts.map { shift in
            (changes.done[shift.id] ?? []).contains { $0.stop.visit != nil }
        }
        let others = whole.shifts.indices.filter { shift in
            !isOut[shift] && tables.rivals(of: shift).contains { isOut[Int($0)] }
        }
        return Set(others.map { whole.shifts[$0].id })
    }
}

/// What is left of one shift after its log.
struct RestOfShift {
    /// Nil if the crew can pay no more visits.
    let shift: Shift?
    let overtime: Int
    let hasLateLunch: Bool

    init(_ whole: Shift, _ done: [DoneStop], _ hasVisitsLeft: Bool, _ changes: LogChanges) {
        let (problem, now) = (changes.problem, changes.now)
        let visits = done.compactMap { $0.stop.visit.flatMap(problem.visit) }
        var shift = whole
        let place = visits.last?.place ?? whole.start
        func home(_ from: Int) -> Int {
            guard let place, let end = whole.end else { return from }
            return from + changes.travel(of: whole)[place, end]
        }
        var free = max(now, whole.hours.start)
        shift.start = place
        shift.isOut = !visits.isEmpty
        overtime = done.last.map { max(0, home($0.end) - whole.hours.end) } ?? 0
        if let last = done.last {
            free = max(now, last.end)
            if last.end < now, !hasVisitsLeft, !changes.crewsStay, let end = whole.end {
                // It is on its way back, or there.
                free = max(now, home(last.end))
                shift.start = end
            }
        }
        free = max(free, changes.waits[whole.id] ?? free) + (changes.delays[whole.id] ?? 0)
        let idle = max(whole.hours.start, done.last?.end ?? whole.hours.start)
        if changes.countsDriven, free == done.last?.end {
            shift.driven = Self.driven(done, from: whole.hours.start)
        }
        let taken = Set(done.map(\.stop))
        var isLate = false
        shift.lunches = whole.lunches.compactMap { lunch in
            if taken.contains(.lunch(lunch.number)) { return nil }
            let isOver = !lunch.windows.isEmpty && lunch.windows.allSatisfy { $0.end < free }
            // One that was never within the hours cannot have been taken.
            guard isOver, lunch.windows.contains(where: { $0.end >= whole.hours.start }) else {
                return lunch
            }
            // Who had nothing else to do has had lunch.
            if !hasVisitsLeft, lunch.windows.contains(where: { $0.end >= idle }) { return nil }
            isLate = true
            return LunchBreak(
                number: lunch.number, length: lunch.length,
                windows: [TimeWindow(free, free + RestOfPlan.lateLunchWait)!])
        }
        hasLateLunch = isLate
        let paid = changes.paid(whole.id)
        for (kind, limit) in whole.capacity.enumerated() {
            let used = paid.reduce(0) { $0 + ($1.demand.count > kind ? $1.demand[kind] : 0) }
            shift.capacity[kind] = max(0, limit - used)
        }
        shift.visitLimit = whole.visitLimit.map { max(0, $0 - paid.count) }
        // The direct way home may be longer than one over a visit.
        guard let hours = TimeWindow(free, whole.hours.end) else {
            self.shift = nil
            return
        }
        shift.hours = hours
        shift.opened = min(whole.opened ?? whole.hours.start, whole.hours.start)
        self.shift = shift
    }

    /// Seconds that a crew could drive between its last visit and the end of what it has begun.
    private static func driven(_ done: [DoneStop], from opens: Int) -> Int {
        var (driven, free) = (0, opens)
        for entry in done {
            driven = entry.stop.visit == nil ? driven + max(0, entry.start - free) : 0
            free = entry.end
        }
        return driven
    }
}
