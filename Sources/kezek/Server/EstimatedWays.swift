// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import KezekVisitFiles

/// The ways of an area by the great circle, for want of a road network.
struct EstimatedWays: WaySource {
    private var rows: TravelRows

    init(_ estimate: TravelEstimate) { rows = TravelRows([], by: estimate) }

    func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
        let row = rows.row(from: Coordinate(place))
        return (row, row)
    }

    mutating func add(_ place: HomePoint) { rows.add(Coordinate(place)) }

    mutating func keep(_ numbers: [Int]) { rows.keep(numbers) }
}

extension Coordinate {
    /// The same place in degrees.
    init(_ place: HomePoint) {
        // Every home point lies within a coordinate's bounds.
        self.init(
            longitude: Double(place.longitude) / 1e6, latitude: Double(place.latitude) / 1e6)!
    }
}

extension HomePoint {
    /// The same place in millionths of a degree.
    init(_ place: Coordinate) {
        // Every coordinate lies within a home point's bounds.
        self.init(
            longitude: Int32((place.longitude * 1e6).rounded()),
            latitude: Int32((place.latitude * 1e6).rounded()))!
    }
}
