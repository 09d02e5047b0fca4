// SPDX-License-Identifier: Apache-2.0

import CallLimits

extension VisitArea {
    /// The most of each in one area.
    public static let crewLimit = CallLimit.areaCrews
    public static let memberLimit = CallLimit.crewMembers
    /// How far from its home a place may be, in kilometres as the crow flies.
    public static let reachKilometres = 500
}

extension VisitRules {
    /// A number of the rules, by the name that it has in files.
    public struct Bound: Sendable {
        public let name: String
        public let value: any WritableKeyPath<VisitRules, Int> & Sendable
        public let range: ClosedRange<Int>

        init(
            _ name: String, _ value: any WritableKeyPath<VisitRules, Int> & Sendable,
            _ range: ClosedRange<Int>
        ) {
            self.name = name
            self.value = value
            self.range = range
        }
    }

    /// What every number must lie within.
    public static let bounds: [Bound] = [
        Bound("visit-minutes", \.visitMinutes, CallLimit.visitMinutes),
        Bound("setup-minutes", \.setupMinutes, 0...120),
        Bound("due-days", \.dueDays, 1...60),
        Bound("horizon-days", \.horizonDays, 1...14),
        Bound("window-minutes", \.windowMinutes, 30...720),
        Bound("lead-minutes", \.leadMinutes, 0...1_440),
        Bound("hold-minutes", \.holdMinutes, 1...60),
        Bound("held-windows", \.heldWindows, 1...8),
        Bound("lunch-minutes", \.lunchMinutes, 0...120),
        Bound("frozen-order-days", \.frozenOrderDays, 0...14),
        Bound("frozen-crew-days", \.frozenCrewDays, 0...14),
        Bound("move-price-seconds", \.movePrice, 0...36_000),
    ]
}
