// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Texts
import Visits

/// A file of places with the travel times between them, as JSON.
///
/// `places` is a list of longitude and latitude in degrees, and `seconds` a row for each place with whole
/// seconds to each place, null where there is no road:
///
/// ```json
/// {"places": [[71.4306, 51.1282], [71.4597, 51.1642]], "seconds": [[0, 612], [640, null]]}
/// ```
public struct PlaceWays: Hashable, Sendable {
    public let places: [Coordinate]
    /// Row by row.
    public let seconds: [Int32?]

    /// The most places of a file.
    public static let placeLimit = 3_000

    /// Reads the bytes of a file.
    ///
    /// - Throws: a fault that names the field.
    public static func read(_ text: Data) throws(VisitFileFault) -> PlaceWays {
        let file = try JSONField(text)
        for name in try file.names where !["places", "seconds"].contains(name) {
            throw VisitFileFault(
                field: String(name.prefix(40)), "'places' and 'seconds' are expected alone")
        }
        var places: [Coordinate] = []
        var seen: Set<Coordinate> = []
        for field in try file.member("places").elements {
            let place = try PlaceTable.coordinate(field).rounded
            guard seen.insert(place).inserted else {
                throw VisitFileFault(field: field.path, "the place is there already")
            }
            places.append(place)
            guard places.count <= placeLimit else {
                throw VisitFileFault(field: field.path, "more than \(placeLimit) places")
            }
        }
        let rows = try file.member("seconds").elements
        guard rows.count == places.count else {
            throw VisitFileFault(
                field: "seconds",
                "\(places.count) rows are expected, one for each place; found \(rows.count)")
        }
        var seconds: [Int32?] = []
        seconds.reserveCapacity(places.count * places.count)
        for row in rows {
            let values = try row.elements
            guard values.count == places.count else {
                throw VisitFileFault(
                    field: row.path,
                    "\(places.count) numbers are expected, one for each place; found "
                        + "\(values.count)")
            }
            for value in values { seconds.append(try way(value)) }
        }
        return PlaceWays(places: places, seconds: seconds)
    }

    private static func way(_ field: JSONField) throws(VisitFileFault) -> Int32? {
        if field.value is NSNull { return nil }
        let seconds = try field.integer
        guard (0...86_400).contains(seconds) else {
            throw VisitFileFault(field: field.path, "0 to 86400 seconds are expected, or null")
        }
        return Int32(seconds)
    }
}

extension Coordinate {
    /// The place to a millionth of a degree, a tenth of a metre, as places are compared.
    fileprivate var rounded: Coordinate {
        // Rounding never leaves the bounds, which are whole degrees.
        Coordinate(
            longitude: (longitude * 1e6).rounded() / 1e6,
            latitude: (latitude * 1e6).rounded() / 1e6)!
    }
}
