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
