// SPDX-License-Identifier: Apache-2.0

public import KezekVisitFiles
public import Visits

/// Travel times by road between places, with gaps where there is no road.
public struct RoadTable: Hashable, Sendable {
    public let places: [Coordinate]
    /// Row by row, in whole seconds; nil where the server knows no way.
    public internal(set) var seconds: [Int32?]

    init(_ places: [Coordinate]) {
        self.places = places
        seconds = [Int32?](repeating: nil, count: places.count * places.count)
        for row in places.indices { seconds[row * places.count + row] = 0 }
    }

    /// Pairs of places between which the server knows no way.
    public var gaps: Int { seconds.count { $0 == nil } }

    /// The travel times, with an estimate in the gaps.
    public func matrix(filling estimate: TravelEstimate) throws -> TravelMatrix {
        var times: [Int32] = []
        times.reserveCapacity(seconds.count)
        for (index, time) in seconds.enumerated() {
            let (from, to) = index.quotientAndRemainder(dividingBy: places.count)
            times.append(
                time ?? Int32(estimate.seconds(from: places[from], to: places[to])))
        }
        return try TravelMatrix(size: places.count, seconds: times)
    }
}
