// SPDX-License-Identifier: Apache-2.0

/// The stops that crews have begun, or cannot be called away from any more, in the plan of the whole day.
struct BegunStops: Sendable {
    let problem: RoutingProblem
    let plan: Plan
    let done: [ShiftID: [DoneStop]]

    /// Why such a visit stands where it stands; nil for another one.
    ///
    /// It stays with its crew, so there is nothing else that was possible.
    func explanation(of id: VisitID) -> VisitExplanation? {
        for (shiftID, entries) in done {
            guard let entry = entries.first(where: { $0.stop == .visit(id) }),
                let shift = problem.shift(shiftID), let visit = problem.visit(id),
                let stops = plan.routes.first(where: { $0.shift == shiftID })?.stops,
                let position = stops.firstIndex(of: entry.stop)
            else { continue }
            let latest = LatestStart(
                problem: problem, shift: shift, stops: stops, position: position, visit: visit,
                setup: entry.end - entry.start - visit.service,
                lengths: Dictionary(entries.map { ($0.stop, $0.end - $0.start) }) { a, _ in a })
            let slack =
                latest.slack(from: entry.start)
                ?? (seconds: 0, bound: latest.broken(entry.start) ?? .promise)
            let others = stops.filter { $0 != entry.stop }
            return VisitExplanation(
                visit: id, shift: shiftID, position: position, arrival: entry.arrival,
                start: entry.start, extraTravel: travel(stops, shiftID) - travel(others, shiftID),
                earlyBound: entry.start > entry.arrival ? .window : .arrival,
                slackAfter: slack.seconds, lateBound: slack.bound, elsewhere: [])
        }
        return nil
    }

    private func travel(_ stops: [Stop], _ shift: ShiftID) -> Int {
        Schedule(Route(shift: shift, stops: stops), problem)?.travel ?? 0
    }
}
