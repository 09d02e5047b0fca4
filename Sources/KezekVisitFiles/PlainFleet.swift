// SPDX-License-Identifier: Apache-2.0

import Visits

/// Visits and shifts as other solvers take them: VROOM refuses a whole file for one of these.
struct PlainFleet {
    private let visits: [Visit]
    private let shifts: [Shift]

    /// Loads are told of all kinds by everybody, and breaks begin where they can be taken.
    ///
    /// A shift whose breaks cannot all be taken within its hours pays no visit, and is left out.
    init(_ visits: [Visit], _ shifts: [Shift]) {
        let kinds = max(
            visits.map(\.demand.count).max() ?? 0, shifts.map(\.capacity.count).max() ?? 0)
        let visits = visits.map { visit in
            var visit = visit
            visit.demand += Array(repeating: 0, count: kinds - visit.demand.count)
            return visit
        }
        // What is not limited has room for all there is.
        let all = (0..<kinds).map { kind in visits.reduce(0) { $0 + $1.demand[kind] } }
        self.visits = visits
        self.shifts = shifts.compactMap { shift in
            var shift = shift
            shift.capacity += all[shift.capacity.count...].map { min($0, ProblemLimits.amount) }
            guard let breaks = PlainBreaks(shift.lunches, within: shift.hours).breaks else {
                return nil
            }
            shift.lunches = breaks
            return shift
        }
    }

    /// The problem, in which a crew that sets out nowhere and returns nowhere does so at a place that is no way
    /// from all.
    func problem(
        _ travel: TravelMatrix, _ others: [TravelMatrix]
    ) throws(ProblemError) -> RoutingProblem {
        guard shifts.contains(where: { $0.start == nil && $0.end == nil }) else {
            return try RoutingProblem(
                visits: visits, shifts: shifts, travel: travel, others: others)
        }
        let none = [Int32](repeating: 0, count: travel.size)
        let anywhere = TravelMatrix.Ways(from: none, to: none)
        var wider: [TravelMatrix] = []
        for travel in others { wider.append(try travel.adding([anywhere])) }
        return try RoutingProblem(
            visits: visits,
            shifts: shifts.map { shift in
                var shift = shift
                if shift.start == nil, shift.end == nil { shift.start = Place(travel.size) }
                return shift
            }, travel: try travel.adding([anywhere]), others: wider)
    }

    /// Windows in their order, of which no two overlap or touch.
    static func apart(_ windows: [TimeWindow]) -> [TimeWindow] {
        var apart: [TimeWindow] = []
        for window in windows.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let last = apart.last, window.start <= last.end {
                apart[apart.count - 1] = TimeWindow(last.start, max(last.end, window.end))!
            } else {
                apart.append(window)
            }
        }
        return apart
    }
}
