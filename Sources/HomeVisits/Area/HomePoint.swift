// SPDX-License-Identifier: Apache-2.0

/// A place on the Earth in millionths of a degree, the longitude first as in GeoJSON (RFC 7946).
///
/// ```swift
/// HomePoint(longitude: 71_430_600, latitude: 51_128_200)  // a house in Astana
/// ```
public struct HomePoint: Hashable, Sendable {
    public let longitude: Int32
    public let latitude: Int32

    /// Nil unless the longitude is −180 to 180 degrees and the latitude −90 to 90.
    public init?(longitude: Int32, latitude: Int32) {
        guard (-180_000_000...180_000_000).contains(longitude),
            (-90_000_000...90_000_000).contains(latitude)
        else { return nil }
        self.longitude = longitude
        self.latitude = latitude
    }
}

extension HomePoint {
    /// Metres east and north of another place, on a plane that touches the Earth there: good enough for a
    /// city, and within a fifth for a country.
    func metres(from centre: HomePoint) -> (x: Double, y: Double) {
        let angle = Double(centre.latitude) * 3.141_592_653_589_793 / 180e6
        let square = angle * angle
        // The series of the cosine, whose next term is less than a hundred-thousandth.
        let shrink =
            1 - square / 2 + square * square / 24 - square * square * square / 720
            + square * square * square * square / 40_320
        return (
            Double(Int64(longitude) - Int64(centre.longitude)) * 0.111_195 * shrink,
            Double(Int64(latitude) - Int64(centre.latitude)) * 0.111_195
        )
    }

    /// About how many kilometres it is from another place, as the crow flies.
    func kilometres(from place: HomePoint) -> Int {
        let (x, y) = metres(from: place)
        return Int(((x * x + y * y).squareRoot() / 1_000).rounded())
    }

    /// The place with its two numbers the other way round; nil if there is none.
    var swapped: HomePoint? { HomePoint(longitude: latitude, latitude: longitude) }
}
