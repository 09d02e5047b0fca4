// SPDX-License-Identifier: Apache-2.0

import Visits

/// Measures ways between the places that it knows, and from and to others.
public protocol WaySource: Sendable {
    /// Seconds from a place to each of the known ones, in their order, and from each of them to it.
    func ways(of place: HomePoint) -> (from: [Int32], to: [Int32])
    /// Knows one more place.
    mutating func add(_ place: HomePoint)
    /// Knows only some of its places any more: those that had these numbers, in this order.
    mutating func keep(_ numbers: [Int])
}

/// The ways between places, each measured once.
///
/// A place keeps its number until others are forgotten, so the matrix of all places only grows, and
/// what was made with an earlier one fits a later one too.
///
/// ```swift
/// let row = table.learn(home)
/// table.matrix([])[Place(row), Place(row)]  // 0
/// ```
public struct WayTable: Sendable {
    /// So many places beyond those of a plan are kept: callers who were promised nothing, and visits
    /// that are over.
    static let spare = 250

    private var source: any WaySource
    /// What was measured by road, in place of the source's ways; nil where roads are not asked about.
    private(set) var roads: MeasuredWays?
    /// How often something was measured by road.
    private(set) var roadChanges = 0
    private var rows: [HomePoint: Int] = [:]
    private var places: [HomePoint] = []
    /// For each place the ways between it and those before it, as they are without closures.
    private var ways: [TravelMatrix.Ways] = []
    /// The matrix of the first places through the closures that it was made with.
    private var made: (matrix: TravelMatrix, closures: [RoadClosure])?

    /// A table without places, for a source that knows none.
    public init(_ source: any WaySource, roads: MeasuredWays? = nil) {
        self.source = source
        self.roads = roads
    }

    var count: Int { places.count }

    /// The number of a place, which is measured if it is new.
    mutating func learn(_ place: HomePoint) -> Int {
        if let row = rows[place] { return row }
        ways.append(measured(place))
        source.add(place)
        rows[place] = places.count
        places.append(place)
        return places.count - 1
    }

    /// The ways between a place and all that are known, by road as far as that was measured.
    private func measured(_ place: HomePoint) -> TravelMatrix.Ways {
        let (from, to) = source.ways(of: place)
        let estimated = TravelMatrix.Ways(from: from, to: to)
        return roads?.over(estimated, of: place, places[...]) ?? estimated
    }

    /// Takes in what was measured by road.
    ///
    /// - Returns: whether ways between places of the table may be others than before.
    mutating func take(_ roads: MeasuredWays, about new: [HomePoint]) -> Bool {
        self.roads = roads
        roadChanges += 1
        guard new.contains(where: { rows[$0] != nil }) else { return false }
        for row in ways.indices {
            ways[row] = roads.over(ways[row], of: places[row], places[..<row])
        }
        made = nil
        return true
    }

    /// Forgets all places but some, and numbers these anew.
    mutating func forget(allBut wanted: Set<HomePoint>) {
        let kept = places.indices.filter { wanted.contains(places[$0]) }
        ways = kept.enumerated().map { number, row in
            let before = kept[..<number]
            return TravelMatrix.Ways(
                from: before.map { ways[row].from[$0] }, to: before.map { ways[row].to[$0] })
        }
        places = kept.map { places[$0] }
        rows = Dictionary(uniqueKeysWithValues: zip(places, places.indices))
        source.keep(kept)
        made = nil
    }

    /// The ways between all places, in the order of their numbers, through the closures.
    ///
    /// - Throws: if there are more places than a matrix can have, or a way is longer than one is.
    mutating func matrix(_ closures: [RoadClosure]) throws(ProblemError) -> TravelMatrix {
        if let made, made.closures != closures { self.made = nil }
        let old = made?.matrix ?? .empty
        guard old.size < places.count || made == nil else { return old }
        let added = (old.size..<places.count).map { row in
            through(closures, ways[row], of: places[row])
        }
        let matrix = try old.adding(added)
        made = (matrix, closures)
        return matrix
    }

    /// The ways between a place and the first `count` places, of which it is none.
    ///
    /// A new place is not kept.
    func ways(
        of place: HomePoint, toFirst count: Int, _ closures: [RoadClosure]
    ) -> TravelMatrix.Ways {
        let all = rows[place].map { ways[$0] } ?? measured(place)
        return through(
            closures,
            TravelMatrix.Ways(
                from: Array(all.from.prefix(count)), to: Array(all.to.prefix(count))),
            of: place)
    }

    /// Where the ways are from between a place and those of some numbers.
    func origin(of place: HomePoint, to numbers: some Sequence<Int>) -> WayOrigin {
        guard let roads else { return .estimated }
        return numbers.allSatisfy { roads.isWhole(place, places[$0]) } ? .roads : .roadsMissing
    }

    /// The number of a place among the first `count`; nil if it is none of them.
    func number(of place: HomePoint, among count: Int) -> Int? {
        rows[place].flatMap { $0 < count ? $0 : nil }
    }

    /// Ways between a place and the first places, with what the closures add.
    private func through(
        _ closures: [RoadClosure], _ ways: TravelMatrix.Ways, of place: HomePoint
    ) -> TravelMatrix.Ways {
        guard !closures.isEmpty else { return ways }
        func longer(_ seconds: [Int32]) -> [Int32] {
            zip(seconds, places).map { seconds, other in
                closures.reduce(seconds) {
                    place != other && $1.isCrossed(place, other) ? $0 + Int32($1.extra) : $0
                }
            }
        }
        return TravelMatrix.Ways(from: longer(ways.from), to: longer(ways.to))
    }
}
