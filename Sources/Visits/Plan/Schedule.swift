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
        /// Where it is; nil for a lunch.
        public let place: Place?
        /// Whether the crew was there and could not pay the visit.
        public let isInVain: Bool

        /// When the crew is free again.
        public var free: Int { start + setup + service }

        fileprivate init(
            _ kind: Kind, _ arrival: Int, _ start: Int, setup: Int = 0, service: Int = 0,
            at place: Place?, isInVain: Bool = false
        ) {
            self.kind = kind
            self.arrival = arrival
            self.start = start
            self.setup = setup
            self.service = service
            self.place = place
            self.isInVain = isInVain
        }
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
    /// windows starts on arrival. Of what its crew has `begun` the tries in vain stand in it as well, with their
    /// times, if it begins with the rest of that.
    public init?(
        _ route: Route, _ problem: RoutingProblem, stated: StatedTimes? = nil,
        begun: [DaySoFar.Begun] = []
    ) {
        guard let shift = problem.shift(route.shift) else { return nil }
        let known = begun.filter { !$0.isInVain }.map(\.done.stop)
        guard known.count < begun.count, Array(route.stops.prefix(known.count)) == known else {
            self.init(route.stops[...], shift, problem, stated: stated)
            return
        }
        let ahead = known.count..<route.stops.count
        self.init(
            (begun.map(\.done.stop) + route.stops[ahead])[...], shift, problem,
            stated: StatedTimes(
                arrivals: begun.map(\.done.arrival) + ahead.map { stated?.arrival(of: $0) },
                starts: begun.map(\.done.start) + ahead.map { stated?.start(of: $0) },
                ends: begun.map(\.done.end) + ahead.map { stated?.end(of: $0) },
                leaves: stated?.leaves, returns: stated?.returns),
            begun: begun)
    }

    /// The times of some stops on a shift, which may begin elsewhere and later than the problem's.
    init?(
        _ stops: ArraySlice<Stop>, _ shift: Shift, _ problem: RoutingProblem,
        stated: StatedTimes? = nil, begun: [DaySoFar.Begun] = []
    ) {
        var steps: [Step] = []
        let matrix = problem.travel(of: shift)
        var here = shift.start
        // The crew is free from `free` on; the next way counts from `base`.
        let leaves = stated?.leaves ?? shift.hours.start
        var (free, base) = (leaves, leaves - shift.driven)
        var (travel, waiting) = (0, 0)
        func way(_ place: Place?) -> Int {
            guard let here, let place else { return 0 }
            return matrix[here, place]
        }
        // Who has been where there is no way to, or from, came and goes as nobody knows.
        func counted(_ way: Int) -> Int { way < TravelMatrix.longest ? way : 0 }
        if shift.start != nil {
            var out = free
            if let first = stops.first, stated?.end(of: 0) != nil,
                let there = stated?.arrival(of: 0) ?? stated?.start(of: 0)
            {
                // Whoever was somewhere before its hours had set out by then.
                let place = begun.first?.place ?? first.visit.flatMap { problem.visit($0)?.place }
                out = min(out, there - counted(way(place)))
            }
            steps.append(Step(.start, out, out, at: shift.start))
        }
        for (number, stop) in stops.enumerated() {
            let (said, there) = (stated?.start(of: number), stated?.arrival(of: number))
            let over = stated?.end(of: number)
            switch stop {
            case .visit(let id) where number < begun.count && begun[number].isInVain:
                guard let place = begun[number].place ?? problem.visit(id)?.place else {
                    return nil
                }
                let done = begun[number].done
                travel += counted(way(place))
                waiting += done.start - done.arrival
                steps.append(
                    Step(
                        .visit(id), done.arrival, done.start, service: done.end - done.start,
                        at: place, isInVain: true))
                (free, base) = (done.end, done.end)
                here = place
            case .visit(let id):
                guard let visit = problem.visit(id) else { return nil }
                var arrival = there ?? max(free, base + way(visit.place))
                travel += counted(way(visit.place))
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
                        .visit(id), arrival, start, setup: setup, service: service,
                        at: visit.place))
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
                    Step(.lunch(number), start, start, service: length, at: nil))
                free = start + length
                base += length
            }
        }
        if shift.end != nil {
            // Whoever pays nobody a visit stays where it is.
            let goes = shift.isOut || stops.contains { $0.visit != nil }
            let way = goes ? way(shift.end) : 0
            travel += counted(way)
            let back = stated?.returns ?? (way < TravelMatrix.longest ? max(free, base + way) : nil)
            if let back { steps.append(Step(.end, back, back, at: shift.end)) }
        }
        self.steps = steps
        self.travel = travel
        self.waiting = waiting
    }

    private static func first(_ windows: [TimeWindow], _ moment: Int) -> Int {
        windows.filter { $0.end >= moment }.map { max($0.start, moment) }.min() ?? moment
    }
}
