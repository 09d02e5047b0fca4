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

extension Coordinate {
    /// Degrees with six decimals, a tenth of a metre, and never with an exponent.
    public static func decimal(_ degrees: Double) -> String {
        let millionths = Int((degrees * 1e6).rounded())
        let (whole, part) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        let digits = String(part)
        return (millionths < 0 ? "-" : "") + "\(whole)."
            + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Latitude and longitude as people write them, latitude first.
    public var text: String {
        [latitude, longitude].map { degrees in
            var digits = Self.decimal(degrees)
            while digits.hasSuffix("0"), !digits.hasSuffix(".0") { digits.removeLast() }
            return digits
        }.joined(separator: ", ")
    }
}

extension Coordinate {
    /// Whether all of some places lie outside Kazakhstan as they are read, and inside with their degrees
    /// the other way round.
    static func seemSwapped(_ places: [Coordinate]) -> Bool {
        let (longitudes, latitudes) = (46.0...88.0, 40.0...56.0)
        return !places.isEmpty
            && places.allSatisfy { place in
                let isInside =
                    longitudes.contains(place.longitude) && latitudes.contains(place.latitude)
                return !isInside && longitudes.contains(place.latitude)
                    && latitudes.contains(place.longitude)
            }
    }
}
