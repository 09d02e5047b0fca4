// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Counts calls against a rate: a bucket of as many as one second allows, filled as time passes.
struct RateMeter: Sendable {
    /// Calls that may be made after the last one that was counted; nil before the first.
    private(set) var left: Double?
    private var measured = NIODeadline.uptimeNanoseconds(0)

    /// Counts a call if it may be made.
    ///
    /// - Returns: 0 if it was counted, or the milliseconds after which it may be made.
    mutating func count(perSecond rate: Int, at now: NIODeadline) -> Int64 {
        let full = Double(rate)
        let passed = max(0, Double((now - measured).nanoseconds)) / 1e9
        let filled = min(full, (left ?? full) + passed * full)
        measured = max(measured, now)
        guard filled >= 1 else {
            left = filled
            return max(1, Int64(((1 - filled) / full * 1_000).rounded(.up)))
        }
        left = filled - 1
        return 0
    }
}
