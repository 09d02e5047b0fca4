// SPDX-License-Identifier: Apache-2.0

/// A stop that is behind a crew, or that it cannot be called away from any more.
///
/// ```swift
/// DoneStop(.visit(VisitID(4)), arrival: 33_000, start: 33_000, end: 34_200)
/// ```
public struct DoneStop: Hashable, Sendable {
    public let stop: Stop
    /// Seconds like the problem's; what lies after the log's `now` is expected.
    public let arrival: Int
    public let start: Int
    /// When the crew was, or will be, free again.
    public let end: Int

    public init(_ stop: Stop, arrival: Int, start: Int, end: Int) {
        self.stop = stop
        self.arrival = arrival
        self.start = start
        self.end = end
    }
}

/// What has happened by a moment: the beginning of each route, with the times as they were.
///
/// ```swift
/// let log = DayLog(asPlanned: plan, problem, now: 34_500)
/// log.done[ShiftID(1)]?.count  // 2: a visit, and the one that the crew drives to
/// ```
public struct DayLog: Hashable, Sendable {
    public let now: Int
    /// Per shift the first stops of its route, in order.
    ///
    /// A crew that is free drives on, so the visit that it drives to is the last of them.
    public var done: [ShiftID: [DoneStop]]
    /// Whether a crew without visits stays where it is, rather than on its way back.
    var crewsStay = false

    public init(now: Int, done: [ShiftID: [DoneStop]]) {
        self.now = now
        self.done = done
    }

    /// What has happened if all went as planned.
    ///
    /// Routes with something that the problem lacks count as not begun.
    public init(asPlanned plan: Plan, _ problem: RoutingProblem, now: Int) {
        self.now = now
        done = [:]
        for route in plan.routes {
            guard let shift = problem.shift(route.shift), let times = Schedule(route, problem)
            else { continue }
            let begun = Self.begun(times, from: shift.hours.start, now)
            if !begun.isEmpty { done[route.shift] = begun }
        }
    }

    /// What has happened if all went as planned after what was told of it.
    ///
    /// `told` has the first stops of routes, with their times as they were or are expected; from the
    /// last of them on, and not before its second of `notBefore`, the crew goes on as planned, and sets
    /// out for a visit when it has to, to be there when it can begin; without visits it stays where it
    /// is. What is told of a route that begins
    /// otherwise is not believed.
    public init(
        told: [ShiftID: [DoneStop]], notBefore: [ShiftID: Int], _ plan: Plan,
        _ problem: RoutingProblem, now: Int
    ) {
        self.now = now
        done = [:]
        crewsStay = true
        for route in plan.routes {
            guard var shift = problem.shift(route.shift) else { continue }
            let known = told[route.shift] ?? []
            guard route.stops.count >= known.count,
                zip(route.stops, known).allSatisfy({ $0 == $1.stop })
            else { continue }
            if let last = known.last {
                shift.hours = TimeWindow(last.end, max(last.end, shift.hours.end))!
                if let id = known.last(where: { $0.stop.visit != nil })?.stop.visit {
                    guard let visit = problem.visit(id) else { continue }
                    shift.start = visit.place
                }
            }
            let free = max(shift.hours.start, notBefore[route.shift] ?? .min)
            shift.hours = TimeWindow(free, max(free, shift.hours.end))!
            guard let times = Schedule(route.stops.dropFirst(known.count), shift, problem) else {
                continue
            }
            let travel = problem.travel(of: shift)
            let begun = known + Self.begun(times, from: free, now, waitingBy: travel)
            if !begun.isEmpty { done[route.shift] = begun }
        }
    }

    /// With ways a crew waits where it is, and sets out when it has to; without, it waits where it goes.
    private static func begun(
        _ times: Schedule, from start: Int, _ now: Int, waitingBy travel: TravelMatrix? = nil
    ) -> [DoneStop] {
        var (begun, pending): ([DoneStop], [DoneStop]) = ([], [])
        var (leaves, here) = (start, Place?.none)
        // Since the visit before.
        var lunches: [Schedule.Step] = []
        for step in times.steps {
            switch step.kind {
            case .start: here = step.place
            case .end: continue
            case .lunch(let number):
                pending.append(
                    DoneStop(
                        .lunch(number), arrival: step.arrival, start: step.start, end: step.free))
                lunches.append(step)
                guard step.start <= now else { continue }
            case .visit(let id):
                // The way to it can begin when the visit before is over, whatever lunch lies between.
                var out = leaves
                if let travel, let place = step.place {
                    let way = here.map { travel[$0, place] } ?? 0
                    out = max(out, latest(for: way, by: step.start, lunches))
                }
                guard out <= now else { return begun }
                pending.append(
                    DoneStop(.visit(id), arrival: step.arrival, start: step.start, end: step.free))
                (leaves, here, lunches) = (step.free, step.place, [])
            }
            begun += pending
            pending = []
        }
        return begun
    }

    /// When a crew has to set out at the latest to be somewhere by a moment, with these lunches on the way or before.
    private static func latest(
        for way: Int, by moment: Int, _ lunches: [Schedule.Step]
    ) -> Int {
        var (moment, rest) = (moment, way)
        for lunch in lunches.reversed() where moment - lunch.free < rest {
            rest -= max(0, moment - lunch.free)
            moment = min(moment, lunch.start)
        }
        return moment - rest
    }
}
