// SPDX-License-Identifier: Apache-2.0

public import Visits

/// A plan as somebody states it: an order, and the times that go with it if they were given.
public struct TimedPlan: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public let stop: Stop
        /// When the visit or lunch is said to begin; nil if nothing is said.
        public let start: Int?
        /// When the crew is said to be there; nil if nothing is said.
        public let arrival: Int?
        /// When it is said to be over; nil if nothing is said, and it takes as long as the problem says.
        public let end: Int?

        public init(_ stop: Stop, start: Int? = nil, arrival: Int? = nil, end: Int? = nil) {
            self.stop = stop
            self.start = start
            self.arrival = arrival
            self.end = end
        }

        /// What has begun, with its times.
        public init(_ done: DoneStop) {
            self.init(done.stop, start: done.start, arrival: done.arrival, end: done.end)
        }
    }

    public struct Course: Hashable, Sendable {
        public let shift: ShiftID
        public var steps: [Step]
        /// When the crew is said to set out and to be back; nil if nothing is said.
        public var leaves: Int?
        public var returns: Int?
        /// The seconds that it is said to be on the way; nil if nothing is said.
        public var travel: Int?

        public init(
            shift: ShiftID, steps: [Step], leaves: Int? = nil, returns: Int? = nil,
            travel: Int? = nil
        ) {
            self.shift = shift
            self.steps = steps
            self.leaves = leaves
            self.returns = returns
            self.travel = travel
        }

        /// The order alone.
        public var route: Route { Route(shift: shift, stops: steps.map(\.stop)) }

        /// The times alone.
        public var stated: StatedTimes {
            StatedTimes(
                arrivals: steps.map(\.arrival), starts: steps.map(\.start), ends: steps.map(\.end),
                leaves: leaves, returns: returns)
        }
    }

    public var courses: [Course]
    public var unassigned: [VisitID]

    public init(courses: [Course], unassigned: [VisitID] = []) {
        self.courses = courses
        self.unassigned = unassigned
    }

    /// A plan of which nothing but the order is said.
    public init(_ plan: Plan) {
        courses = plan.routes.map { route in
            Course(shift: route.shift, steps: route.stops.map { Step($0) })
        }
        unassigned = plan.unassigned
    }

    /// The order alone.
    public var plan: Plan {
        Plan(
            routes: courses.map(\.route), unassigned: unassigned)
    }
}
