// SPDX-License-Identifier: Apache-2.0

/// Travel times by road between new places and known ones, with gaps where there is no road.
public struct RoadRows: Hashable, Sendable {
    /// From each new place to the known ones and then to the new ones, in whole seconds.
    public private(set) var from: [[Int32?]]
    /// From each known place to each new one: a row for each new place.
    public private(set) var to: [[Int32?]]

    init(new: Int, known: Int) {
        from = Array(repeating: Array(repeating: nil, count: known + new), count: new)
        to = Array(repeating: Array(repeating: nil, count: known), count: new)
        for row in 0..<new { from[row][known + row] = 0 }
    }

    /// Puts what a call has brought in its place; new places are numbered after the known ones.
    mutating func put(_ durations: [[Int32?]], _ call: TableCall, known: Int) {
        for (start, line) in zip(call.sources, durations) {
            for (end, seconds) in zip(call.destinations, line) where start != end {
                if start >= known {
                    from[start - known][end] = seconds
                } else {
                    to[end - known][start] = seconds
                }
            }
        }
    }
}
