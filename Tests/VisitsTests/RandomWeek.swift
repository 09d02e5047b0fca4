// SPDX-License-Identifier: Apache-2.0

import Visits

/// Random numbers, problems and slow answers that the tests of this folder share.
struct RandomWeek {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 7_919 &+ 1 }

    mutating func roll(_ below: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(below))
    }

    /// Ways between points; in some problems it is longer uphill, and no way is shorter by a detour.
    mutating func travel(_ size: Int) throws -> TravelMatrix {
        let points = (0..<size).map { _ in (roll(600), roll(600)) }
        let hills = roll(3) == 0 ? 60 : 1
        let heights = (0..<size).map { _ in roll(hills) }
        var seconds: [Int32] = []
        for (a, up) in zip(points, heights) {
            for (b, top) in zip(points, heights) {
                seconds.append(Int32(abs(a.0 - b.0) + abs(a.1 - b.1) + max(0, top - up)))
            }
        }
        return try TravelMatrix(size: size, seconds: seconds)
    }

    /// Shifts of two days with lunches, skills, capacities and starts of their own.
    mutating func shifts(_ count: Int, places: Int) -> [Shift] {
        (0..<count).map { number in
            let day = number % 2
            let start = day * 20_000 + roll(500)
            var lunches: [LunchBreak] = []
            for lunch in 1...2 where roll(lunch + 1) == 0 {
                let from = start + 500 + roll(2_000)
                var windows = [TimeWindow(from, from + 1_200)!]
                if roll(2) == 0 { windows.append(TimeWindow(from + 1_800, from + 2_400)!) }
                lunches.append(LunchBreak(number: lunch, length: 200, windows: windows))
            }
            return Shift(
                id: ShiftID(number + 1), crew: "crew \(number / 2 + 1)",
                // Some crews have two shifts on one day, of which a plan may use one.
                day: roll(4) == 0 ? 0 : day,
                start: roll(5) == 0 ? nil : Place(roll(places)),
                end: roll(4) == 0 ? nil : Place(roll(places)),
                hours: TimeWindow(start, start + 3_000 + roll(3_000))!,
                capacity: roll(2) == 0 ? [] : [2 + roll(4)],
                skills: roll(3) == 0 ? [] : [Skill(1)], lunches: lunches,
                visitLimit: roll(3) == 0 ? 3 + roll(3) : nil)
        }
    }

    mutating func visit(_ number: Int, place: Int, shifts: [Shift], setups: Bool) -> Visit {
        var visit = Visit(
            id: VisitID(number), place: Place(place), service: 50 + roll(400),
            setup: setups ? roll(80) : 0)
        let day = roll(2) * 20_000
        if roll(2) == 0 {
            let from = day + roll(4_000)
            visit.windows = [TimeWindow(from, from + 400 + roll(2_000))!]
            if roll(3) == 0 { visit.windows.append(TimeWindow(from + 3_000, from + 3_600)!) }
        }
        if roll(3) == 0 { visit.skills = [Skill(1)] }
        if roll(3) == 0 { visit.demand = [1 + roll(2)] }
        if roll(4) == 0 { visit.due = day + 3_000 + roll(3_000) }
        if roll(5) == 0 { visit.avoided = [shifts[roll(shifts.count)].id] }
        if roll(6) == 0 { visit.allowed = shifts.filter { _ in roll(2) == 0 }.map(\.id) }
        return visit
    }

    mutating func problem(visits: Int, shifts count: Int) throws -> RoutingProblem {
        // Fewer places than visits: some live in one house.
        let places = max(3, visits * 3 / 4)
        let travel = try travel(places)
        let shifts = shifts(count, places: places)
        let setups = roll(2) == 0
        return try RoutingProblem(
            visits: (0..<visits).map {
                visit($0 + 1, place: roll(places), shifts: shifts, setups: setups)
            }, shifts: shifts, travel: travel)
    }

    /// Ways from and to a place more.
    mutating func ways(_ size: Int, below limit: Int) -> TravelMatrix.Ways {
        let from = (0..<size).map { _ in Int32(roll(limit)) }
        return TravelMatrix.Ways(from: from, to: (0..<size).map { _ in Int32(roll(limit)) })
    }

    /// Windows of both days, some of them in the night.
    mutating func windows(_ count: Int) -> [TimeWindow] {
        (0..<count).map { _ in
            let from = roll(2) * 20_000 + roll(7_000)
            return TimeWindow(from, from + 300 + roll(1_500))!
        }
    }
}

/// The slow, obvious way: drive the whole route and look at everything.
enum Slow {
    /// Why the shift cannot drive these stops; nil if it can.
    ///
    /// It reads the times of `Schedule` alone.
    static func fault(_ route: Route, _ problem: RoutingProblem) -> String? {
        guard let shift = problem.shift(route.shift), let times = Schedule(route, problem) else {
            return "something unknown"
        }
        var load: [Int] = Array(repeating: 0, count: ProblemLimits.capacities)
        for step in times.steps {
            switch step.kind {
            case .start: break
            case .end:
                if step.arrival > shift.hours.end { return "back too late" }
            case .lunch(let number):
                let lunch = shift.lunches.first { $0.number == number }
                if lunch?.windows.contains(where: { $0.contains(step.start) }) != true {
                    return "lunch outside its windows"
                }
            case .visit(let id):
                let visit = problem.visit(id)!
                if !visit.windows.isEmpty,
                    !visit.windows.contains(where: { $0.contains(step.start) })
                {
                    return "\(id) outside its windows"
                }
                if let promise = visit.promise {
                    if !promise.window.contains(step.start) { return "\(id) not as promised" }
                    if !promise.shifts.isEmpty, !promise.shifts.contains(shift.id) {
                        return "\(id) by another crew than promised"
                    }
                }
                if let due = visit.due, step.free > due { return "\(id) past due" }
                if !Set(visit.skills).isSubset(of: shift.skills) { return "\(id) lacks a skill" }
                if visit.avoided.contains(shift.id) { return "\(id) avoids the shift" }
                if visit.allowed?.contains(shift.id) == false { return "\(id) does not allow it" }
                for (kind, amount) in visit.demand.enumerated() { load[kind] += amount }
            }
        }
        if let last = times.steps.last, last.free > shift.hours.end { return "ends too late" }
        for (kind, limit) in shift.capacity.enumerated() where load[kind] > limit {
            return "too much for the crew"
        }
        if let limit = shift.visitLimit, route.visits.count > limit { return "too many visits" }
        let lunches = route.stops.count - route.visits.count
        return lunches == shift.lunches.count ? nil : "no lunch"
    }

    /// Why the plan cannot be; nil if it can and pays each visit once or says that nobody does.
    static func fault(_ plan: Plan, _ problem: RoutingProblem) -> String? {
        for route in plan.routes {
            if let fault = fault(route, problem) { return "\(route.shift): \(fault)" }
        }
        struct CrewDay: Hashable {
            let crew: String
            let day: Int
        }
        var used: Set<CrewDay> = []
        for shift in plan.routes.compactMap({ problem.shift($0.shift) }) {
            guard let crew = shift.crew, let day = shift.day else { continue }
            if !used.insert(CrewDay(crew: crew, day: day)).inserted { return "\(crew) works twice" }
        }
        let all = (plan.routes.flatMap(\.visits) + plan.unassigned).sorted()
        return all == problem.visits.map(\.id).sorted() ? nil : "not every visit once"
    }

    /// The route with a visit put before a stop.
    static func inserting(_ id: VisitID, _ route: Route, at position: Int) -> Route {
        var stops = route.stops
        stops.insert(.visit(id), at: position)
        return Route(shift: route.shift, stops: stops)
    }

    static func start(of id: VisitID, _ route: Route, _ problem: RoutingProblem) -> Int? {
        Schedule(route, problem)?.steps.first { $0.kind == .visit(id) }?.start
    }
}

extension RoutingProblem {
    /// The problem with other visits.
    func with(_ visits: [Visit]) throws -> RoutingProblem {
        try RoutingProblem(visits: visits, shifts: shifts, travel: travel, others: others)
    }

    /// The problem in which some crews travel otherwise, by ways of their own.
    func travelling(_ random: inout RandomWeek) throws -> RoutingProblem {
        let other = try random.travel(travel.size)
        let shifts = shifts.map { shift in
            var shift = shift
            shift.profile = random.roll(2)
            return shift
        }
        return try RoutingProblem(visits: visits, shifts: shifts, travel: travel, others: [other])
    }

    /// The problem in which half of the visits are promised at the times of a plan.
    func promising(_ plan: Plan, _ random: inout RandomWeek) throws -> RoutingProblem {
        var starts: [VisitID: (Int, ShiftID)] = [:]
        for route in plan.routes {
            for id in route.visits { starts[id] = (Slow.start(of: id, route, self)!, route.shift) }
        }
        return try with(
            visits.map { visit in
                guard let (start, shift) = starts[visit.id], random.roll(3) > 0 else {
                    return visit
                }
                var promised = visit
                promised.promise = Promise(
                    window: TimeWindow(start - random.roll(500), start + random.roll(500))!,
                    shifts: random.roll(4) == 0 ? [shift] : [])
                promised.isRequired = true
                return promised
            })
    }
}
