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
        }.filter { !$0.isIdle }
    }

    /// Whether it asks for the way from one place to itself, which takes no time and a server refuses.
    private var isIdle: Bool { sources == destinations && sources.count == 1 }

    /// The calls for so many new places, which come after the known ones: from each of them to all, and
    /// from the known ones to each of them.
    static func all(new: Int, known: Int, batch: Int) -> [TableCall] {
        let size = max(1, min(new, batch / 2))
        let rest = max(1, batch - size)
        func blocks(_ range: Range<Int>, _ size: Int) -> [Range<Int>] {
            stride(from: range.lowerBound, to: range.upperBound, by: size).map {
                $0..<min($0 + size, range.upperBound)
            }
        }
        guard new + known > 1 else { return [] }
        return blocks(known..<known + new, size).flatMap { own -> [TableCall] in
            blocks(0..<known, rest).flatMap {
                [
                    TableCall(sources: own, destinations: $0),
                    TableCall(sources: $0, destinations: own),
                ]
            }
                + (new == 1
                    ? []
                    : blocks(known..<known + new, size).map {
                        TableCall(sources: own, destinations: $0)
                    })
        }.filter { !$0.isIdle }
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

    /// A place that is farther from each road than so many metres is off the server's map: the road
    /// nearest to it says nothing about it.
    static let farthest = 5_000.0

    /// The durations of an answer, a row for each source; nil where there is no road.
    func durations(_ answer: Answer) throws(RoadFault) -> [[Int32?]] {
        let content = try? JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        let code = content?["code"] as? String
        guard answer.status == 200, code == "Ok" else {
            let message = content?["message"] as? String ?? code ?? "no reason is given"
            throw .refused(status: answer.status, String(message.prefix(200)))
        }
        guard let rows = content?["durations"] as? [Any], rows.count == sources.count else {
            throw .unreadable("\(sources.count) rows of durations are expected")
        }
        let isOff = (
            from: Self.off(content?["sources"], sources.count),
            to: Self.off(content?["destinations"], destinations.count)
        )
        var table: [[Int32?]] = []
        for (row, values) in rows.enumerated() {
            guard let values = values as? [Any], values.count == destinations.count else {
                throw .unreadable("rows of \(destinations.count) durations are expected")
            }
            var line: [Int32?] = []
            for (column, value) in values.enumerated() {
                let duration = try Self.duration(value)
                line.append(isOff.from[row] || isOff.to[column] ? nil : duration)
            }
            table.append(line)
        }
        return table
    }

    /// Which places are off the map; none if the answer does not tell where it found them.
    private static func off(_ told: Any?, _ count: Int) -> [Bool] {
        guard let told = told as? [Any], told.count == count else {
            return [Bool](repeating: false, count: count)
        }
        return told.map { place in
            let distance = (place as? [String: Any])?["distance"] as? NSNumber
            return (distance?.doubleValue ?? 0) > farthest
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
