// SPDX-License-Identifier: Apache-2.0

/// The times of a route that somebody states, in seconds like the problem's; nil where nothing is stated.
public struct StatedTimes: Hashable, Sendable {
    /// Per stop when the crew is there, and when it begins.
    public let arrivals: [Int?]
    public let starts: [Int?]
    /// Per stop when it is over.
    public let ends: [Int?]
    /// When it sets out, and when it is back.
    public let leaves: Int?
    public let returns: Int?

    public init(
        arrivals: [Int?], starts: [Int?], ends: [Int?] = [], leaves: Int?, returns: Int?
    ) {
        self.arrivals = arrivals
        self.starts = starts
        self.ends = ends
        self.leaves = leaves
        self.returns = returns
    }

    func arrival(of stop: Int) -> Int? { stop < arrivals.count ? arrivals[stop] : nil }

    func start(of stop: Int) -> Int? { stop < starts.count ? starts[stop] : nil }

    func end(of stop: Int) -> Int? { stop < ends.count ? ends[stop] : nil }
}
