// SPDX-License-Identifier: Apache-2.0

import Visits

/// The breaks of a shift as VROOM takes them: one after the other, by the first windows of each.
///
/// It refuses a whole file in which they cannot be taken so.
struct PlainBreaks {
    /// More breaks than these are taken in the order of their windows alone.
    private static let orderLimit = 5

    /// The breaks with windows in which they can be taken one after the other; nil if there is no such
    /// order.
    let breaks: [LunchBreak]?

    init(_ breaks: [LunchBreak], within hours: TimeWindow) {
        var fitting: [LunchBreak] = []
        for pause in breaks {
            guard let starts = TimeWindow(hours.start, hours.end - pause.length) else { break }
            let within =
                pause.windows.isEmpty ? [starts] : pause.windows.compactMap(starts.intersection)
            guard !within.isEmpty else { break }
            fitting.append(
                LunchBreak(
                    number: pause.number, length: pause.length, windows: PlainFleet.apart(within)))
        }
        guard fitting.count == breaks.count else {
            self.breaks = nil
            return
        }
        let usual = Self.sorted(fitting)
        if Self.ends(usual, from: hours.start) != nil {
            self.breaks = usual
        } else {
            self.breaks =
                breaks.count > Self.orderLimit
                ? nil : Self.ordered([], usual, from: hours.start)
        }
    }

    private static func sorted(_ breaks: [LunchBreak]) -> [LunchBreak] {
        breaks.sorted {
            ($0.windows[0].start, $0.windows[0].end, $0.number)
                < ($1.windows[0].start, $1.windows[0].end, $1.number)
        }
    }

    /// When the last of them is over if each begins as early as it may; nil if one cannot begin.
    private static func ends(_ breaks: [LunchBreak], from start: Int) -> Int? {
        var free: Int? = start
        for pause in breaks {
            free = free.flatMap { free in
                pause.windows.first { free <= $0.end }.map { max(free, $0.start) + pause.length }
            }
        }
        return free
    }

    /// Some breaks and then the others, in an order in which all can be taken; each begins after those before
    /// it, so that its windows come later, too.
    private static func ordered(
        _ taken: [LunchBreak], _ rest: [LunchBreak], from free: Int
    ) -> [LunchBreak]? {
        guard !rest.isEmpty else { return taken }
        for index in rest.indices {
            var (next, others) = (rest[index], rest)
            others.remove(at: index)
            next.windows = next.windows.compactMap { TimeWindow(max($0.start, free), $0.end) }
            guard let first = next.windows.first else { continue }
            if let found = ordered(taken + [next], others, from: first.start + next.length) {
                return found
            }
        }
        return nil
    }
}
