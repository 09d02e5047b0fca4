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

/// Where the ways of one way of travelling are from.
public struct ProfileWays: Sendable {
    /// How ways are estimated, of which nothing was asked yet.
    public let estimate: any WaySource
    /// What was measured by road, in place of the estimate; nil where roads are not asked about.
    public let roads: MeasuredWays?

    public init(_ estimate: any WaySource, roads: MeasuredWays? = nil) {
        self.estimate = estimate
        self.roads = roads
    }
}

/// The ways between places, each measured once for each way of travelling that is needed.
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

    private let sources: [TravelProfile: ProfileWays]
    private var layers: [TravelProfile: WayLayer]
    /// How often something was measured by road.
    private(set) var roadChanges = 0
    private var rows: [HomePoint: Int] = [:]
    private var places: [HomePoint] = []

    /// A table without places, for a source that knows none.
    public init(_ source: any WaySource, roads: MeasuredWays? = nil) {
        self.init([.car: ProfileWays(source, roads: roads)])
    }

    /// A table without places; how a crew travels of whose ways nothing is said counts as by car.
    ///
    /// - Precondition: there is a source for cars.
    public init(_ sources: [TravelProfile: ProfileWays]) {
        precondition(sources[.car] != nil, "there are ways by car")
        self.sources = sources
        layers = sources.mapValues { WayLayer($0) }
    }

    var count: Int { places.count }

    /// What was measured by road for a way of travelling; nil where roads are not asked about.
    func roads(_ profile: TravelProfile) -> MeasuredWays? { layer(profile).roads }

    /// The layer of a way of travelling; it may lack places that came last.
    private func layer(_ profile: TravelProfile) -> WayLayer {
        layers[profile] ?? WayLayer(sources[.car]!)
    }

    /// Brings a layer up to the places that are known.
    private mutating func ready(_ profile: TravelProfile) {
        if layers[profile] == nil { layers[profile] = layer(profile) }
        let new = places[layers[profile]!.count...]
        if !new.isEmpty { layers[profile]!.learn(new, after: places) }
    }

    /// The number of a place, which is measured if it is new.
    mutating func learn(_ place: HomePoint) -> Int {
        if let row = rows[place] { return row }
        rows[place] = places.count
        places.append(place)
        return places.count - 1
    }

    /// Takes in what was measured by road.
    ///
    /// - Returns: whether ways between places of the table may be others than before.
    mutating func take(
        _ roads: MeasuredWays, about new: [HomePoint], for profile: TravelProfile = .car
    ) -> Bool {
        ready(profile)
        roadChanges += 1
        let isKnown = new.contains { rows[$0] != nil }
        layers[profile]!.take(roads, places, isKnown: isKnown)
        return isKnown
    }

    /// Forgets all places but some, and numbers these anew.
    mutating func forget(allBut wanted: Set<HomePoint>) {
        let kept = places.indices.filter { wanted.contains(places[$0]) }
        for profile in layers.keys { layers[profile]!.keep(kept) }
        places = kept.map { places[$0] }
        rows = Dictionary(uniqueKeysWithValues: zip(places, places.indices))
    }

    /// The ways between all places, in the order of their numbers, through the closures.
    ///
    /// - Throws: if there are more places than a matrix can have, or a way is longer than one is.
    mutating func matrix(
        _ closures: [RoadClosure], for profile: TravelProfile = .car
    ) throws(ProblemError) -> TravelMatrix {
        ready(profile)
        return try layers[profile]!.matrix(closures, places)
    }

    /// The ways between a place and the first `count` places, of which it is none.
    ///
    /// A new place is not kept.
    func ways(
        of place: HomePoint, toFirst count: Int, _ closures: [RoadClosure],
        for profile: TravelProfile = .car
    ) -> TravelMatrix.Ways {
        var layer = layer(profile)
        // The problem that the place is asked about has its own, if not those that came since.
        if layer.count < count { layer.learn(places[layer.count...], after: places) }
        let row = rows[place].flatMap { $0 < layer.count ? $0 : nil }
        return layer.ways(of: place, row, count, closures, places)
    }

    /// Where the ways are from between a place and those of some numbers.
    func origin(
        of place: HomePoint, to numbers: some Sequence<Int>, for profile: TravelProfile = .car
    ) -> WayOrigin {
        guard let roads = roads(profile) else { return .estimated }
        return numbers.allSatisfy { roads.isWhole(place, places[$0]) } ? .roads : .roadsMissing
    }

    /// The number of a place among the first `count`; nil if it is none of them.
    func number(of place: HomePoint, among count: Int) -> Int? {
        rows[place].flatMap { $0 < count ? $0 : nil }
    }
}
