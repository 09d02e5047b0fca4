// SPDX-License-Identifier: Apache-2.0

/// The log and the visits after the incidents, one after the other.
struct LogChanges {
    let problem: RoutingProblem
    let now: Int
    let crewsStay: Bool
    var done: [ShiftID: [DoneStop]]
    /// Seconds by which crews that drive to no visit go on later.
    var delays: [ShiftID: Int] = [:]
    /// The seconds before which crews do not go on.
    var waits: [ShiftID: Int] = [:]
    var longer: [VisitID: Int] = [:]
    var absent: Set<ShiftID> = []
    var cancelled: Set<VisitID> = []
    var givenBack: Set<VisitID> = []
    /// Visits that stand for places at which somebody was tried in vain.
    var vain: Set<VisitID> = []
    /// Whether what a crew could drive before a lunch that it has begun last counts.
    var countsDriven = false
    var travel: TravelMatrix

    /// The visits of a shift that were begun and are, or will be, paid.
    func paid(_ shift: ShiftID) -> [Visit] {
        let gone = vain.union(givenBack).union(cancelled)
        return (done[shift] ?? []).compactMap { entry in
            entry.stop.visit.flatMap { gone.contains($0) ? nil : problem.visit($0) }
        }
    }

    /// The travel times by which the crew of a shift goes now.
    func travel(of shift: Shift) -> TravelMatrix {
        shift.profile == 0 ? travel : problem.travel(of: shift)
    }

    init(
        _ problem: RoutingProblem, _ plan: Plan, _ log: DayLog, _ incidents: [Incident]
    ) throws(RepairError) {
        self.problem = problem
        now = log.now
        crewsStay = log.crewsStay
        done = log.done.filter { !$0.value.isEmpty }
        travel = problem.travel
        try check(plan)
        for incident in incidents { try apply(incident) }
    }

    private func check(_ plan: Plan) throws(RepairError) {
        guard (-ProblemLimits.moment...ProblemLimits.moment).contains(now) else {
            throw .seconds(now)
        }
        let stops = Dictionary(plan.routes.map { ($0.shift, $0.stops) }) { a, _ in a }
        for shift in done.keys.sorted() {
            guard problem.shiftIndex[shift] != nil else { throw .unknownShift(shift) }
            var last = -ProblemLimits.moment
            for (index, entry) in done[shift]!.enumerated() {
                guard let route = stops[shift], index < route.count, route[index] == entry.stop,
                    last <= entry.arrival, entry.arrival <= entry.start, entry.start <= entry.end,
                    entry.end <= ProblemLimits.moment
                else { throw .log(shift) }
                if let id = entry.stop.visit, problem.visitIndex[id] == nil {
                    throw .unknownVisit(id)
                }
                last = entry.end
            }
        }
    }

    private mutating func apply(_ incident: Incident) throws(RepairError) {
        switch incident {
        case .delay(let shift, let seconds):
            try check(shift, seconds)
            delay(shift, seconds)
        case .waits(let shift, let until):
            try check(shift, 0)
            guard (-ProblemLimits.moment...ProblemLimits.moment).contains(until) else {
                throw .seconds(until)
            }
            waits[shift] = max(waits[shift] ?? until, until)
        case .longer(let visit, let seconds):
            try check(visit, seconds)
            lengthen(visit, seconds)
        case .absent(let shift):
            try check(shift, 0)
            absent.insert(shift)
            // What it has not ended is not done.
            done[shift] = done[shift]?.filter { $0.end <= now }
        case .ends(let shift):
            try check(shift, 0)
            absent.insert(shift)
        case .nobodyHome(let visit):
            try check(visit, 0)
            givenBack.insert(visit)
            leave(visit)
        case .cancelled(let visit):
            try check(visit, 0)
            cancelled.insert(visit)
            leave(visit)
        case .travel(let matrix):
            guard matrix.size == travel.size else {
                throw .problem(.matrixShape(size: travel.size, numbers: matrix.size * matrix.size))
            }
            travel = matrix
        }
    }

    private func check(_ shift: ShiftID, _ seconds: Int) throws(RepairError) {
        guard problem.shiftIndex[shift] != nil else { throw .unknownShift(shift) }
        guard (0...ProblemLimits.duration).contains(seconds) else { throw .seconds(seconds) }
    }

    private func check(_ visit: VisitID, _ seconds: Int) throws(RepairError) {
        guard problem.visitIndex[visit] != nil else { throw .unknownVisit(visit) }
        guard (0...ProblemLimits.duration).contains(seconds) else { throw .seconds(seconds) }
    }

    private mutating func delay(_ shift: ShiftID, _ seconds: Int) {
        guard let last = done[shift]?.last, last.end > now else {
            delays[shift, default: 0] += seconds
            return
        }
        let now = now
        change(shift, done[shift]!.count - 1) { last in
            guard last.start > now else {
                return DoneStop(
                    last.stop, arrival: last.arrival, start: last.start, end: last.end + seconds)
            }
            // Not begun: waiting for the window takes up some of the delay.
            let arrival = last.arrival + seconds
            let start = max(last.start, arrival)
            return DoneStop(
                last.stop, arrival: arrival, start: start, end: last.end + start - last.start)
        }
    }

    private mutating func lengthen(_ visit: VisitID, _ seconds: Int) {
        guard let (shift, index) = entry(of: visit) else {
            longer[visit, default: 0] += seconds
            return
        }
        guard index == done[shift]!.count - 1, done[shift]![index].end > now else { return }
        change(shift, index) {
            DoneStop($0.stop, arrival: $0.arrival, start: $0.start, end: $0.end + seconds)
        }
    }

    /// The crew goes on from a visit as soon as it is there.
    private mutating func leave(_ visit: VisitID) {
        guard let (shift, index) = entry(of: visit), done[shift]![index].end > now else { return }
        let now = now
        change(shift, index) {
            let moment = max(now, $0.arrival)
            return DoneStop(
                $0.stop, arrival: $0.arrival, start: min($0.start, moment), end: moment)
        }
    }

    private mutating func change(_ shift: ShiftID, _ index: Int, _ change: (DoneStop) -> DoneStop) {
        done[shift]![index] = change(done[shift]![index])
    }

    private func entry(of visit: VisitID) -> (ShiftID, Int)? {
        for (shift, entries) in done {
            if let index = entries.firstIndex(where: { $0.stop == .visit(visit) }) {
                return (shift, index)
            }
        }
        return nil
    }
}
