// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts
public import Visits

/// Travel times for want of a road network.
///
/// The great circle times a factor for detours, by the speed, and some minutes for getting out and in:
/// `seconds = distance × detour ÷ speed + extra`, to the nearest second; from a place to itself
/// it is none.
public struct TravelEstimate: Hashable, Sendable {
    public let kilometresPerHour: Double
    /// How much longer the roads are than the great circle; at least 1.
    public let detour: Double
    public let extraMinutes: Double

    /// In a city by car: 30 km/h, roads 1.4 times as long, 3 minutes to park and to start.
    public static let usual = TravelEstimate(30, detour: 1.4, extraMinutes: 3)!
    /// The mean radius of the Earth in metres (IUGG).
    static let radius = 6_371_008.8

    /// An estimate; nil unless the speed is 1 to 200, the detour 1 to 10, the extra 0 to 120.
    public init?(_ kilometresPerHour: Double, detour: Double, extraMinutes: Double) {
        guard (1...200).contains(kilometresPerHour), (1...10).contains(detour),
            (0...120).contains(extraMinutes)
        else { return nil }
        self.kilometresPerHour = kilometresPerHour
        self.detour = detour
        self.extraMinutes = extraMinutes
    }

    /// Metres along the great circle.
    static func metres(_ from: Coordinate, _ to: Coordinate) -> Double {
        Self.metres(Direction(from), Direction(to))
    }

    /// Seconds from one place to another.
    public func seconds(from: Coordinate, to: Coordinate) -> Int {
        from == to ? 0 : seconds(metres: Self.metres(from, to))
    }

    /// Times between all places, in their order.
    ///
    /// - Throws: a fault if there are more places than a matrix may have, or they are too far.
    public func matrix(_ places: [Coordinate]) throws(VisitFileFault) -> TravelMatrix {
        let size = places.count
        guard size <= TravelMatrix.placeLimit else {
            throw VisitFileFault("more than \(TravelMatrix.placeLimit) places")
        }
        let directions = places.map { Direction($0) }
        var times = [Int32](repeating: 0, count: size * size)
        for from in 0..<size {
            for to in 0..<from where places[from] != places[to] {
                let time = seconds(metres: Self.metres(directions[from], directions[to]))
                times[from * size + to] = Int32(time)
                times[to * size + from] = Int32(time)
            }
        }
        do { return try TravelMatrix(size: size, seconds: times) } catch {
            throw VisitFileFault(Phrase(sentence: "\(error)"))
        }
    }

    fileprivate func seconds(metres: Double) -> Int {
        Int((metres * detour * 3.6 / kilometresPerHour + extraMinutes * 60).rounded())
    }

    fileprivate static func metres(_ a: Direction, _ b: Direction) -> Double {
        let (x, y, z) = (a.x - b.x, a.y - b.y, a.z - b.z)
        // The chord keeps small distances exact, unlike the cosine of the angle.
        return 2 * radius * asin(min(1, (x * x + y * y + z * z).squareRoot() / 2))
    }

    /// A place as a point of the unit sphere.
    fileprivate struct Direction: Hashable {
        let x: Double
        let y: Double
        let z: Double

        init(_ place: Coordinate) {
            let (longitude, latitude) = (
                place.longitude * .pi / 180, place.latitude * .pi / 180
            )
            x = cos(latitude) * cos(longitude)
            y = cos(latitude) * sin(longitude)
            z = sin(latitude)
        }
    }
}

/// Places made ready, so that the ways between one more place and all of them are soon worked out.
///
/// ```swift
/// let rows = TravelRows(places, by: .usual)
/// let row = rows.row(from: home)
/// let caller = Caller(visit, from: row, to: row)
/// ```
public struct TravelRows: Hashable, Sendable {
    public private(set) var places: [Coordinate]
    public let estimate: TravelEstimate
    private var directions: [TravelEstimate.Direction]

    public init(_ places: [Coordinate], by estimate: TravelEstimate) {
        self.places = places
        self.estimate = estimate
        directions = places.map { TravelEstimate.Direction($0) }
    }

    /// Makes one more place ready; it comes last.
    public mutating func add(_ place: Coordinate) {
        places.append(place)
        directions.append(TravelEstimate.Direction(place))
    }

    /// Keeps only the places that have these numbers, in this order.
    public mutating func keep(_ numbers: [Int]) {
        places = numbers.map { places[$0] }
        directions = numbers.map { directions[$0] }
    }

    /// Seconds between a place and each of the places, in their order; there and back are equal.
    ///
    /// They are those of `TravelEstimate.matrix`.
    ///
    /// - Complexity: linear in the places, with an arc sine for each.
    public func row(from place: Coordinate) -> [Int32] {
        let here = TravelEstimate.Direction(place)
        var row: [Int32] = []
        row.reserveCapacity(directions.count)
        for (index, there) in directions.enumerated() {
            // The very place is no way; another so near that it is none either still takes the extra.
            let isHere = there == here && places[index] == place
            let metres = TravelEstimate.metres(here, there)
            row.append(isHere ? 0 : Int32(clamping: estimate.seconds(metres: metres)))
        }
        return row
    }
}
