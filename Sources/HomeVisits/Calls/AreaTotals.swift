// SPDX-License-Identifier: Apache-2.0

/// What the plan of an area adds up to, over the days that it has.
///
/// Places that are held for callers count by their time, as in the crews' days, and not as visits.
///
/// ```swift
/// let totals = AreaTotals(plan)
/// totals.usedShifts  // 4
/// totals.spread  // 4_800: the busiest crew works eighty minutes longer than the idlest
/// ```
public struct AreaTotals: Hashable, Sendable {
    /// Visits that a crew pays; where it was in vain it pays none.
    public let visits: Int
    /// Places that are held for callers.
    public let held: Int
    /// Days of crews that pay a visit, or were somewhere in vain.
    public let usedShifts: Int
    /// Seconds on the way, of waiting before visits, and of set-ups and services.
    public let travel: Int64
    public let waiting: Int64
    public let service: Int64
    /// Seconds by which crews are back after their hours.
    public let overtime: Int64
    /// Every crew that has a day, by name; one that is absent and did nothing has none.
    public let crews: [CrewLoad]

    /// What one crew has to do.
    public struct CrewLoad: Hashable, Sendable {
        public let crew: CrewID
        public let visits: Int
        /// Seconds on the way and with applicants.
        public let work: Int64
    }

    /// Seconds of work between the busiest crew and the idlest; 0 without crews.
    public var spread: Int64 {
        (crews.map(\.work).max() ?? 0) - (crews.map(\.work).min() ?? 0)
    }

    public init(_ plan: AreaPlan) {
        var (travel, waiting, service, overtime) = (0 as Int64, 0 as Int64, 0 as Int64, 0 as Int64)
        var (used, held) = (0, 0)
        var paid: Set<UInt32> = []
        var loads: [CrewID: (visits: Set<UInt32>, work: Int64)] = [:]
        for day in plan.crewDays where !day.isAbsent || !day.stops.isEmpty {
            var own: Set<UInt32> = []
            var isOut = false
            var work = Int64(day.travel)
            for stop in day.stops {
                switch stop.kind {
                case .lunch: continue
                case .held: held += 1
                case .visit(let number):
                    isOut = true
                    if stop.outcome == nil { own.insert(number) }
                }
                service += stop.end - stop.start
                work += stop.end - stop.start
            }
            travel += Int64(day.travel)
            waiting += Int64(day.waiting)
            overtime += day.overtime
            used += isOut ? 1 : 0
            paid.formUnion(own)
            loads[day.crew, default: ([], 0)].visits.formUnion(own)
            loads[day.crew, default: ([], 0)].work += work
        }
        visits = paid.count
        self.held = held
        usedShifts = used
        self.travel = travel
        self.waiting = waiting
        self.service = service
        self.overtime = overtime
        crews = loads.sorted { $0.key < $1.key }.map {
            CrewLoad(crew: $0.key, visits: $0.value.visits.count, work: $0.value.work)
        }
    }
}
