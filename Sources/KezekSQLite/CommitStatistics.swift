// SPDX-License-Identifier: Apache-2.0

/// How the commits of a journal went since it was opened.
///
/// Counted once a commit, which waits for the disk anyway.
public struct CommitStatistics: Hashable, Sendable {
    /// How many values there were, by bounds that they are not above.
    public struct Distribution: Hashable, Sendable {
        /// Rising.
        public let bounds: [Double]
        /// Of each bound, the values that are not above it and above the one before.
        public private(set) var counts: [UInt64]
        public private(set) var count: UInt64 = 0
        public private(set) var sum = 0.0

        init(bounds: [Double]) {
            self.bounds = bounds
            counts = Array(repeating: 0, count: bounds.count)
        }

        mutating func add(_ value: Double) {
            count += 1
            sum += value
            if let place = bounds.firstIndex(where: { value <= $0 }) { counts[place] += 1 }
        }
    }

    /// Of each commit that succeeded, from its begin to the end of its sync.
    public private(set) var seconds = Distribution(bounds: [
        0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5,
    ])
    /// Of each commit that succeeded.
    public private(set) var entries = Distribution(bounds: [
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000,
    ])
    /// Commits that the disk did not take.
    public private(set) var failures: UInt64 = 0

    public init() {}

    mutating func succeeded(entries count: Int, seconds time: Double) {
        entries.add(Double(count))
        seconds.add(time)
    }

    mutating func failed() { failures += 1 }
}
