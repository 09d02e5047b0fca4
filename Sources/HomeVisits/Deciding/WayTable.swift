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
    private var rows: [HomePoint: Int] = [:]
    private var places: [HomePoint] = []
    /// For each place the ways between it and those before it, as they are without closures.
    private var ways: [TravelMatrix.Ways] = []
    /// The matrix of the first places through the closures that it was made with.
    private var made: (matrix: TravelMatrix, closures: [RoadClosure])?

    /// A table without places, for a source that knows none.
    public init(_ source: any WaySource) { self.source = source }

    var count: Int { places.count }

    /// The number of a place, which is measured if it is new.
    mutating func learn(_ place: HomePoint) -> Int {
        if let row = rows[place] { return row }
        let measured = source.ways(of: place)
        source.add(place)
        rows[place] = places.count
        places.append(place)
        ways.append(TravelMatrix.Ways(from: measured.from, to: measured.to))
        return places.count - 1
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
        let (from, to) = rows[place].map { (ways[$0].from, ways[$0].to) } ?? source.ways(of: place)
        return through(
            closures,
            TravelMatrix.Ways(from: Array(from.prefix(count)), to: Array(to.prefix(count))),
            of: place)
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
