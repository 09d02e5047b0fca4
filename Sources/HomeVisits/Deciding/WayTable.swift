// SPDX-License-Identifier: Apache-2.0

import Visits

/// Measures ways: seconds between a place and all those that were asked about before it.
public protocol WaySource: Sendable {
    /// Seconds from a new place to each of the earlier ones, in the order in which they were asked
    /// about, and from each of them to it.
    mutating func ways(of place: HomePoint) -> (from: [Int32], to: [Int32])
}

/// The ways between places, each measured once.
///
/// ```swift
/// table.learn(home)
/// table.seconds(home, home)  // 0
/// ```
public struct WayTable: Sendable {
    /// So many places beyond twice those of a plan are kept: callers who are promised nothing, and visits
    /// that are over.
    static let spare = 500

    /// The source as it was before anything was asked of it.
    private let blank: any WaySource
    private var source: any WaySource
    private var rows: [HomePoint: Int] = [:]
    private var places: [HomePoint] = []
    /// For each place the ways to, and from, those before it.
    private var from: [[Int32]] = []
    private var to: [[Int32]] = []

    /// A table without places, for a source that nothing was asked of.
    public init(_ source: any WaySource) {
        blank = source
        self.source = source
    }

    public var count: Int { places.count }

    /// The number of a place, which is measured if it is new.
    @discardableResult
    mutating func learn(_ place: HomePoint) -> Int {
        if let row = rows[place] { return row }
        let ways = source.ways(of: place)
        let row = places.count
        rows[place] = row
        places.append(place)
        from.append(ways.from)
        to.append(ways.to)
        return row
    }

    /// Seconds from one known row to another.
    private func seconds(_ a: Int, _ b: Int) -> Int32 {
        a == b ? 0 : a > b ? from[a][b] : to[b][a]
    }

    /// The ways between some places, in their order, through the closures.
    mutating func matrix(
        _ wanted: [HomePoint], _ closures: [RoadClosure]
    ) throws(ProblemError) -> TravelMatrix {
        // What grows with all who ever called would grow with their square.
        if places.count > 2 * wanted.count + Self.spare { self = WayTable(blank) }
        let rows = wanted.map { learn($0) }
        var all: [Int32] = []
        all.reserveCapacity(rows.count * rows.count)
        for (a, start) in zip(rows, wanted) {
            for (b, end) in zip(rows, wanted) {
                all.append(seconds(a, b) + Self.extra(start, end, closures))
            }
        }
        return try TravelMatrix(size: rows.count, seconds: all)
    }

    /// The ways from a place to some others, and back, through the closures.
    mutating func row(
        of place: HomePoint, _ others: [HomePoint], _ closures: [RoadClosure]
    ) -> (from: [Int32], to: [Int32]) {
        let own = learn(place)
        var (there, back): ([Int32], [Int32]) = ([], [])
        there.reserveCapacity(others.count)
        back.reserveCapacity(others.count)
        for other in others {
            let row = learn(other)
            let extra = Self.extra(place, other, closures)
            there.append(seconds(own, row) + extra)
            back.append(seconds(row, own) + extra)
        }
        return (there, back)
    }

    private static func extra(
        _ from: HomePoint, _ to: HomePoint, _ closures: [RoadClosure]
    ) -> Int32 {
        guard !closures.isEmpty, from != to else { return 0 }
        return closures.reduce(0) { $1.isCrossed(from, to) ? $0 + Int32($1.extra) : $0 }
    }
}
