// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import KezekFiles
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

extension TravelEstimate {
    /// How long ways are of those who travel so, where nobody says otherwise.
    init(usual profile: TravelProfile) {
        self.init(WaysFile.Section(usual: profile))
    }

    /// What a file of ways says; its numbers lie within the bounds of an estimate.
    init(_ section: WaysFile.Section) {
        self.init(
            section.speedKmh, detour: section.detour, extraMinutes: section.extraMinutes)!
    }
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
