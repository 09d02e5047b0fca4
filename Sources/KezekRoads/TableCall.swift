// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Visits

/// One call of OSRM's table service: from some places to some places.
struct TableCall {
    /// Rows and columns of the whole table that this call fills.
    let sources: Range<Int>
    let destinations: Range<Int>

    /// The calls that fill a table of so many places, each of at most `batch` places.
    static func all(_ count: Int, batch: Int) -> [TableCall] {
        guard count > batch else {
            return [TableCall(sources: 0..<count, destinations: 0..<count)]
        }
        let size = max(1, batch / 2)
        let blocks = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
        return blocks.flatMap { sources in
            blocks.map { TableCall(sources: sources, destinations: $0) }
        }
    }

    /// The path of the call.
    func path(_ places: [Coordinate], prefix: String) -> String {
        let isSquare = sources == destinations
        let named = isSquare ? Array(sources) : Array(sources) + Array(destinations)
        let points = named.map {
            Coordinate.decimal(places[$0].longitude) + "," + Coordinate.decimal(places[$0].latitude)
        }
        var path = "\(prefix)/table/v1/driving/\(points.joined(separator: ";"))"
        path += "?annotations=duration"
        if !isSquare {
            let split = sources.count
            path += "&sources=" + (0..<split).map(String.init).joined(separator: ";")
            path +=
                "&destinations="
                + (split..<named.count).map(String.init).joined(separator: ";")
        }
        return path
    }

    /// Puts the durations of an answer in their place in the table.
    func fill(_ table: inout RoadTable, from answer: Answer) throws(RoadFault) {
        let content = try? JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        let code = content?["code"] as? String
        guard answer.status == 200, code == "Ok" else {
            let message = content?["message"] as? String ?? code ?? "no reason is given"
            throw .refused(status: answer.status, String(message.prefix(200)))
        }
        guard let rows = content?["durations"] as? [Any], rows.count == sources.count else {
            throw .unreadable("\(sources.count) rows of durations are expected")
        }
        for (row, values) in zip(sources, rows) {
            guard let values = values as? [Any], values.count == destinations.count else {
                throw .unreadable("rows of \(destinations.count) durations are expected")
            }
            for (column, value) in zip(destinations, values) where row != column {
                table.seconds[row * table.places.count + column] = try Self.duration(value)
            }
        }
    }

    private static func duration(_ value: Any) throws(RoadFault) -> Int32? {
        if value is NSNull { return nil }
        guard let number = value as? NSNumber, number.doubleValue >= 0,
            number.doubleValue <= Double(TravelMatrix.longest)
        else { throw .unreadable("a duration is not a number of seconds") }
        return Int32(number.doubleValue.rounded())
    }
}
