// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Visits
import WorkingDays

/// The windows of an area's days that may be offered.
struct OfferWindows {
    private let rules: VisitRules
    private let terms: AreaTerms

    /// No window is shorter, in seconds; and those that begin today begin at such a step.
    static let shortest = 1_800
    static let step = 900

    init(_ rules: VisitRules, _ terms: AreaTerms) {
        self.rules = rules
        self.terms = terms
    }

    /// The windows of some dates that can still be offered, in order.
    func windows(_ dates: [CivilDate], now: Int) -> [TimeWindow] {
        dates.flatMap { windows($0, now: now) }
    }

    /// Those of a date: from the opening on, one after the other; what is left at the closing belongs to
    /// the last if it is too short for one of its own.
    private func windows(_ date: CivilDate, now: Int) -> [TimeWindow] {
        let open = terms.open(on: date)
        let closing = open.end
        var start = open.start
        let first = now + rules.leadMinutes * 60
        let earliest = (first + Self.step - 1) / Self.step * Self.step
        var windows: [TimeWindow] = []
        while start < closing {
            var end = min(start + rules.windowMinutes * 60, closing)
            if closing - end < Self.shortest { end = closing }
            let from = first > start ? earliest : start
            if end - from >= Self.shortest, let window = TimeWindow(from, end) {
                windows.append(window)
            }
            start = end
        }
        return windows
    }
}
