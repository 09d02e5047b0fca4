// SPDX-License-Identifier: Apache-2.0

/// How much later a visit of a route may start, found by driving the rest of the route again.
struct LatestStart {
    let problem: RoutingProblem
    let shift: Shift
    let stops: [Stop]
    let position: Int
    let visit: Visit
    /// The set-up that it has where it stands.
    let setup: Int
    /// How long stops behind it took that have begun; the others take as long as the problem says.
    var lengths: [Stop: Int] = [:]

    /// The slack, and what one second more would break; nil if the route is broken as it is.
    func slack(from start: Int) -> (seconds: Int, bound: VisitExplanation.LateBound)? {
        guard broken(start) == nil else { return nil }
        let own = visit.windows.filter { $0.contains(start) }.map(\.end).max()
        let ends = [own, visit.promise?.window.end, start + ProblemLimits.span].compactMap { $0 }
        var (good, bad) = (0, ends.min()! - start + 1)
        // Up to there later is never better.
        while bad - good > 1 {
            let middle = (good + bad) / 2
            if broken(start + middle) == nil { good = middle } else { bad = middle }
        }
        return (good, broken(start + bad) ?? .window)
    }

    /// What is broken first if the visit starts then; nil if nothing is.
    func broken(_ start: Int) -> VisitExplanation.LateBound? {
        if let promise = visit.promise, !promise.window.contains(start) { return .promise }
        if !visit.windows.isEmpty, !visit.windows.contains(where: { $0.contains(start) }) {
            return .window
        }
        var free = start + setup + visit.service
        if let due = visit.due, free > due { return .due }
        var (here, base) = (visit.place, free)
        for stop in stops[(position + 1)...] {
            switch stop {
            case .lunch(let number):
                guard let lunch = shift.lunches.first(where: { $0.number == number }),
                    let begin = Self.first(lunch.windows.isEmpty ? nil : lunch.windows, free)
                else { return .lunch(number) }
                let length = lengths[stop] ?? lunch.length
                free = begin + length
                base += length
            case .visit(let id):
                guard let next = problem.visit(id) else { return .visit(id) }
                let arrival = max(free, base + problem.travel(of: shift)[here, next.place])
                let isFree = next.windows.isEmpty && next.promise == nil
                guard let begin = Self.first(isFree ? nil : next.startWindows, arrival) else {
                    return .visit(id)
                }
                free =
                    begin
                    + (lengths[stop] ?? (here == next.place ? 0 : next.setup) + next.service)
                if let due = next.due, free > due { return .visit(id) }
                (here, base) = (next.place, free)
            }
        }
        if let end = shift.end { free = max(free, base + problem.travel(of: shift)[here, end]) }
        return free > shift.hours.end ? .hours : nil
    }

    /// The first moment from `moment` on in one of the windows, or `moment` if any time will do.
    private static func first(_ windows: [TimeWindow]?, _ moment: Int) -> Int? {
        guard let windows else { return moment }
        return windows.filter { $0.end >= moment }.map { max($0.start, moment) }.min()
    }
}
