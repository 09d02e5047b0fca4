// SPDX-License-Identifier: Apache-2.0

/// A route with its times: every crew goes on as early as it may.
public struct Schedule: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case start
            case visit(VisitID)
            case lunch(Int)
            case end
        }

        public let kind: Kind
        /// Seconds, like the problem's: when the crew is there, and when it begins.
        public let arrival: Int
        public let start: Int
        public let setup: Int
        public let service: Int

        /// When the crew is free again.
        public var free: Int { start + setup + service }
    }

    public let steps: [Step]
    /// Seconds on the way.
    public let travel: Int
    /// Seconds of waiting before visits.
    public let waiting: Int

    /// The times of a route; nil if the problem lacks its shift, a visit or a lunch of it.
    ///
    /// What comes too late for all its windows starts on arrival.
    public init?(_ route: Route, _ problem: RoutingProblem) {
        guard let shift = problem.shift(route.shift) else { return nil }
        self.init(route.stops[...], shift, problem)
    }

    /// The times of some stops on a shift, which may begin elsewhere and later than the problem's.
    init?(_ stops: ArraySlice<Stop>, _ shift: Shift, _ problem: RoutingProblem) {
        var steps: [Step] = []
        var here = shift.start
        // The crew is free from `free` on; the next way counts from `base`.
        var (free, base) = (shift.hours.start, shift.hours.start)
        var (travel, waiting) = (0, 0)
        func way(_ place: Place?) -> Int {
            guard let here, let place else { return 0 }
            return problem.travel[here, place]
        }
        if shift.start != nil {
            steps.append(Step(kind: .start, arrival: free, start: free, setup: 0, service: 0))
        }
        for stop in stops {
            switch stop {
            case .visit(let id):
                guard let visit = problem.visit(id) else { return nil }
                let arrival = max(free, base + way(visit.place))
                travel += way(visit.place)
                let start = Self.first(visit.startWindows, arrival)
                waiting += start - arrival
                let setup = here == visit.place ? 0 : visit.setup
                steps.append(
                    Step(
                        kind: .visit(id), arrival: arrival, start: start, setup: setup,
                        service: visit.service))
                free = start + setup + visit.service
                base = free
                here = visit.place
            case .lunch(let number):
                guard let lunch = shift.lunches.first(where: { $0.number == number }) else {
                    return nil
                }
                let start = Self.first(lunch.windows, free)
                steps.append(
                    Step(
                        kind: .lunch(number), arrival: start, start: start, setup: 0,
                        service: lunch.length))
                free = start + lunch.length
                base += lunch.length
            }
        }
        if shift.end != nil {
            let back = max(free, base + way(shift.end))
            travel += way(shift.end)
            steps.append(Step(kind: .end, arrival: back, start: back, setup: 0, service: 0))
        }
        self.steps = steps
        self.travel = travel
        self.waiting = waiting
    }

    private static func first(_ windows: [TimeWindow], _ moment: Int) -> Int {
        windows.filter { $0.end >= moment }.map { max($0.start, moment) }.min() ?? moment
    }
}
