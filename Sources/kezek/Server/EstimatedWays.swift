// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import KezekVisitFiles

/// The ways of an area by the great circle, for want of a road network.
struct EstimatedWays: WaySource {
    private var rows = TravelRows([], by: .usual)

    mutating func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
        // Every home point lies within a coordinate's bounds.
        let here = Coordinate(
            longitude: Double(place.longitude) / 1e6, latitude: Double(place.latitude) / 1e6)!
        let row = rows.row(from: here)
        rows.add(here)
        return (row, row)
    }
}
