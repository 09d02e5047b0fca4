// SPDX-License-Identifier: Apache-2.0

/// A point of the Earth in degrees; like VROOM and OSRM, longitude stands first.
public struct Coordinate: Hashable, Sendable {
    public let longitude: Double
    public let latitude: Double

    /// A point; nil unless the longitude is -180 to 180 and the latitude -90 to 90.
    public init?(longitude: Double, latitude: Double) {
        guard (-180...180).contains(longitude), (-90...90).contains(latitude) else { return nil }
        self.longitude = longitude
        self.latitude = latitude
    }
}
