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

    /// The times of a route, as they are stated where they are; nil if the problem lacks its shift, a
    /// visit or a lunch of it.
    ///
    /// A route without a visit has no way, wherever the shift ends. What comes too late for all its
    /// windows starts on arrival.
    public init?(_ route: Route, _ problem: RoutingProblem, stated: StatedTimes? = nil) {
        guard let shift = problem.shift(route.shift) else { return nil }
        self.init(route.stops[...], shift, problem, stated: stated)
    }

    /// The times of some stops on a shift, which may begin elsewhere and later than the problem's.
    init?(
        _ stops: ArraySlice<Stop>, _ shift: Shift, _ problem: RoutingProblem,
        stated: StatedTimes? = nil
    ) {
        var steps: [Step] = []
        let matrix = problem.travel(of: shift)
        var here = shift.start
        // The crew is free from `free` on; the next way counts from `base`.
        let leaves = stated?.leaves ?? shift.hours.start
        var (free, base) = (leaves, leaves)
        var (travel, waiting) = (0, 0)
        func way(_ place: Place?) -> Int {
            guard let here, let place else { return 0 }
            return matrix[here, place]
        }
        if shift.start != nil {
            steps.append(Step(kind: .start, arrival: free, start: free, setup: 0, service: 0))
        }
        for (number, stop) in stops.enumerated() {
            let (said, there) = (stated?.start(of: number), stated?.arrival(of: number))
            let over = stated?.end(of: number)
            switch stop {
            case .visit(let id):
                guard let visit = problem.visit(id) else { return nil }
                var arrival = there ?? max(free, base + way(visit.place))
                travel += way(visit.place)
                let start = said ?? Self.first(visit.startWindows, arrival)
                arrival = min(arrival, start)
                waiting += start - arrival
                var setup = here == visit.place ? 0 : visit.setup
                var service = visit.service
                if let over {
                    setup = min(setup, max(0, over - start))
                    service = max(0, over - start - setup)
                }
                steps.append(
                    Step(
                        kind: .visit(id), arrival: arrival, start: start, setup: setup,
                        service: service))
                free = start + setup + service
                base = free
                here = visit.place
            case .lunch(let number):
                guard let lunch = shift.lunches.first(where: { $0.number == number }) else {
                    return nil
                }
                let start = said ?? Self.first(lunch.windows, free)
                let length = over.map { max(0, $0 - start) } ?? lunch.length
                steps.append(
                    Step(
                        kind: .lunch(number), arrival: start, start: start, setup: 0,
                        service: length))
                free = start + length
                base += length
            }
        }
        if shift.end != nil {
            // Whoever pays nobody a visit stays where it is.
            let goes = shift.isOut || stops.contains { $0.visit != nil }
            let way = goes ? way(shift.end) : 0
            let back = stated?.returns ?? max(free, base + way)
            travel += way
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
