// SPDX-License-Identifier: Apache-2.0

/// A stretch of time in seconds, with both of its ends.
///
/// Seconds count from any fixed moment, as long as one problem keeps to it.
public struct TimeWindow: Hashable, Sendable {
    public let start: Int
    public let end: Int

    /// A window; nil if it ends before it starts.
    public init?(_ start: Int, _ end: Int) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// Whether the moment lies in the window; both of its ends do.
    public func contains(_ moment: Int) -> Bool { start <= moment && moment <= end }

    /// What two windows have in common; nil if that is nothing.
    public func intersection(_ other: TimeWindow) -> TimeWindow? {
        TimeWindow(max(start, other.start), min(end, other.end))
    }
}
