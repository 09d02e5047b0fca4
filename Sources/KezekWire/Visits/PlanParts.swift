// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import HomeVisits

/// Stops of a plan, in columns.
extension WireWriter {
    func stops(
        _ stops: [AreaPlan.Stop], _ message: inout Kezek__V1__VisitPlanReply__CrewDay
    ) throws(Full) {
        try column(stops.map(\.kind.wire.stop), &message.n_stop, &message.stop)
        try column(stops.map(\.kind.wire.visit), &message.n_visit, &message.visit)
        try column(stops.map(\.arrival), &message.n_arrival, &message.arrival)
        try column(stops.map(\.start), &message.n_start, &message.start)
        try column(stops.map(\.end), &message.n_end, &message.end)
        try column(stops.map { $0.isBegun ? 1 : 0 }, &message.n_begun, &message.begun)
        try column(stops.map(\.way), &message.n_way, &message.way)
        guard stops.contains(where: { $0.outcome != nil }) else { return }
        try column(
            stops.map { Kezek__V1__VisitStopOutcome(UInt32($0.outcome?.rawValue ?? 0)) },
            &message.n_outcome, &message.outcome)
    }
}

extension AreaPlan.Stop.Kind {
    /// What it is on the wire, and the number of the visit.
    fileprivate var wire: (stop: Kezek__V1__VisitStop, visit: UInt32) {
        switch self {
        case .visit(let number): (KEZEK__V1__VISIT_STOP__VISIT_STOP_VISIT, number)
        case .held(let number): (KEZEK__V1__VISIT_STOP__VISIT_STOP_HELD, number)
        case .lunch: (KEZEK__V1__VISIT_STOP__VISIT_STOP_LUNCH, 0)
        }
    }
}

extension WireReader {
    func stops(_ message: Kezek__V1__VisitPlanReply__CrewDay) throws(Refusal) -> [AreaPlan.Stop] {
        try same(
            [
                message.n_visit, message.n_arrival, message.n_start, message.n_end,
                message.n_begun,
            ], as: message.n_stop, "stop")
        // A server of before tells of no ways.
        if message.n_way > 0 { try same([message.n_way], as: message.n_stop, "way") }
        if message.n_outcome > 0 { try same([message.n_outcome], as: message.n_stop, "outcome") }
        var stops: [AreaPlan.Stop] = []
        for index in 0..<message.n_stop {
            let outcome = message.n_outcome > 0 ? message.outcome[index].rawValue : 0
            stops.append(
                AreaPlan.Stop(
                    kind: try kind(message.stop[index], message.visit[index]),
                    arrival: try second(message.arrival[index], "arrival"),
                    start: try second(message.start[index], "start"),
                    end: try second(message.end[index], "end"),
                    isBegun: message.begun[index] != 0,
                    way: message.n_way > 0 ? message.way[index] : 0,
                    outcome: outcome == 0 ? nil : try choice(outcome, "outcome")))
        }
        return stops
    }

    private func kind(
        _ stop: Kezek__V1__VisitStop, _ visit: UInt32
    ) throws(Refusal) -> AreaPlan.Stop.Kind {
        switch stop {
        case KEZEK__V1__VISIT_STOP__VISIT_STOP_VISIT: return .visit(visit)
        case KEZEK__V1__VISIT_STOP__VISIT_STOP_HELD: return .held(visit)
        case KEZEK__V1__VISIT_STOP__VISIT_STOP_LUNCH: return .lunch
        default: throw unknownValue("stop")
        }
    }
}
