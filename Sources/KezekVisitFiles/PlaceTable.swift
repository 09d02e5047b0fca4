// SPDX-License-Identifier: Apache-2.0

import Texts
import Visits

/// The places of a file while it is read: by their row in its matrix, or by where they lie.
struct PlaceTable {
    /// The rows of the matrix; nil for a file that has none.
    let rows: Int?
    private(set) var coordinates: [Coordinate?]
    private var rowOf: [Coordinate: Int] = [:]
    /// Whether places are named by their rows; nil as long as there was none.
    private var isByRow: Bool?

    init(rows: Int?) {
        self.rows = rows
        coordinates = [Coordinate?](repeating: nil, count: rows ?? 0)
        isByRow = rows == nil ? nil : true
    }

    /// The place that a job or vehicle names; nil if it names none.
    mutating func place(
        in field: JSONField, row rowName: String, location locationName: String
    ) throws(VisitFileFault) -> Place? {
        let located = try field.optional(locationName)
        let coordinate = try located.map(Self.coordinate)
        if let rowField = try field.optional(rowName) {
            let row = try rowField.integer
            guard isByRow != false else {
                throw VisitFileFault(
                    field: rowField.path, "places are named by \(locationName) above, not by rows")
            }
            isByRow = true
            guard (0..<(rows ?? TravelMatrix.placeLimit)).contains(row) else {
                throw VisitFileFault(
                    field: rowField.path,
                    rows.map { "the matrix has \($0) places, from 0" as Phrase }
                        ?? "more than \(TravelMatrix.placeLimit) places")
            }
            try put(coordinate, at: row, located ?? rowField)
            return Place(row)
        }
        guard let coordinate, let located else { return nil }
        guard isByRow != true else {
            throw VisitFileFault(
                field: located.path, "\(rowName) is missing: the place's row in the matrix")
        }
        isByRow = false
        if let row = rowOf[coordinate] { return Place(row) }
        guard coordinates.count < TravelMatrix.placeLimit else {
            throw VisitFileFault(
                field: located.path, "more than \(TravelMatrix.placeLimit) places")
        }
        rowOf[coordinate] = coordinates.count
        coordinates.append(coordinate)
        return Place(coordinates.count - 1)
    }

    private mutating func put(
        _ coordinate: Coordinate?, at row: Int, _ field: JSONField
    ) throws(VisitFileFault) {
        while coordinates.count <= row { coordinates.append(nil) }
        guard let coordinate else { return }
        // A matrix says what counts, so that a drawing's rounded point does no harm.
        guard rows != nil || coordinates[row] == nil || coordinates[row] == coordinate else {
            throw VisitFileFault(field: field.path, "place \(row) lies elsewhere above")
        }
        if coordinates[row] == nil { coordinates[row] = coordinate }
    }

    static func coordinate(_ field: JSONField) throws(VisitFileFault) -> Coordinate {
        let parts = try field.elements
        guard parts.count == 2,
            let coordinate = Coordinate(
                longitude: try parts[0].number, latitude: try parts[1].number)
        else {
            throw VisitFileFault(
                field: field.path,
                "a longitude of -180 to 180 and a latitude of -90 to 90 are expected, in this order"
            )
        }
        return coordinate
    }
}
