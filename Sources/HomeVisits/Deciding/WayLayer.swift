// SPDX-License-Identifier: Apache-2.0

import Visits

/// The ways of one way of travelling between the places of a table, the first of which it knows.
struct WayLayer: Sendable {
    private var source: any WaySource
    private(set) var roads: MeasuredWays?
    /// For each place the ways between it and those before it, as they are without closures.
    private var ways: [TravelMatrix.Ways] = []
    /// The matrix of the first places through the closures that it was made with.
    private var made: (matrix: TravelMatrix, closures: [RoadClosure])?

    init(_ ways: ProfileWays) {
        source = ways.estimate
        roads = ways.roads
    }

    /// How many places it knows.
    var count: Int { ways.count }

    /// Measures the places that come next.
    mutating func learn(_ new: ArraySlice<HomePoint>, after places: [HomePoint]) {
        for place in new {
            ways.append(measured(place, places))
            source.add(place)
        }
    }

    /// The ways between a place and all that are known, by road as far as that was measured.
    private func measured(_ place: HomePoint, _ places: [HomePoint]) -> TravelMatrix.Ways {
        let (from, to) = source.ways(of: place)
        let estimated = TravelMatrix.Ways(from: from, to: to)
        return roads?.over(estimated, of: place, places[..<count]) ?? estimated
    }

    /// Takes in what was measured by road; `isKnown` says whether it is about places of the table.
    mutating func take(_ roads: MeasuredWays, _ places: [HomePoint], isKnown: Bool) {
        self.roads = roads
        guard isKnown else { return }
        for row in ways.indices {
            ways[row] = roads.over(ways[row], of: places[row], places[..<row])
        }
        made = nil
    }

    /// Forgets all places but those of some numbers.
    mutating func keep(_ numbers: [Int]) {
        let kept = numbers.filter { $0 < count }
        ways = kept.enumerated().map { number, row in
            let before = kept[..<number]
            return TravelMatrix.Ways(
                from: before.map { ways[row].from[$0] }, to: before.map { ways[row].to[$0] })
        }
        source.keep(kept)
        made = nil
    }

    /// The ways between all places that it knows, through the closures.
    mutating func matrix(
        _ closures: [RoadClosure], _ places: [HomePoint]
    ) throws(ProblemError) -> TravelMatrix {
        if let made, made.closures != closures { self.made = nil }
        let old = made?.matrix ?? .empty
        guard old.size < count || made == nil else { return old }
        let added = (old.size..<count).map { row in
            Self.through(closures, ways[row], of: places[row], places)
        }
        let matrix = try old.adding(added)
        made = (matrix, closures)
        return matrix
    }

    /// The ways between a place, whose number is `row` if it has one, and the first `count` places.
    func ways(
        of place: HomePoint, _ row: Int?, _ count: Int, _ closures: [RoadClosure],
        _ places: [HomePoint]
    ) -> TravelMatrix.Ways {
        let all = row.map { ways[$0] } ?? measured(place, places)
        return Self.through(
            closures,
            TravelMatrix.Ways(
                from: Array(all.from.prefix(count)), to: Array(all.to.prefix(count))),
            of: place, places)
    }

    /// Ways between a place and the first places, with what the closures add.
    private static func through(
        _ closures: [RoadClosure], _ ways: TravelMatrix.Ways, of place: HomePoint,
        _ places: [HomePoint]
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
