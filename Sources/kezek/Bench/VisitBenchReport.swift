// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts

/// How long something took that was done many times.
struct Spread: Encodable {
    let count: Int
    let p50: Double
    let p99: Double
    let max: Double

    /// Seconds, told in a unit of so many.
    init(_ seconds: [Double], unit: Double) {
        let sorted = seconds.sorted().map { $0 / unit }
        func at(_ part: Double) -> Double {
            sorted.isEmpty
                ? 0 : sorted[Swift.min(sorted.count - 1, Int(part * Double(sorted.count)))]
        }
        count = sorted.count
        p50 = at(0.5)
        p99 = at(0.99)
        max = sorted.last ?? 0
    }

    /// Its cells in a table.
    fileprivate var cells: [String] {
        ["\(count)"] + [p50, p99, max].map { String(format: "%.2f", $0) }
    }
}

/// How long things took, for people: a table with a row for each.
enum SpreadTable {
    static func lines(
        _ rows: [(name: String, spread: Spread, unit: String)], _ words: BenchWords
    ) -> [String] {
        var table = QueueTable(words.timesHead, figures: [1, 2, 3, 4])
        for row in rows { table.add([row.name] + row.spread.cells + [row.unit]) }
        return table.lines
    }
}

/// What was measured on a week of visits.
struct VisitBenchReport: Encodable {
    struct Making: Encodable {
        let problemMilliseconds: Spread
        let addingMilliseconds: Spread
        let boardMilliseconds: Spread
    }

    struct Offers: Encodable {
        /// Windows that can be promised, over all callers.
        let offered: Int
        /// The ways from a caller alone; they are counted in `microseconds` too.
        let rowMicroseconds: Spread
        let microseconds: Spread
    }

    struct Rooms: Encodable {
        /// Windows that can be promised, direct offers among them.
        let offered: Int
        /// All windows of one caller.
        let milliseconds: Spread
        /// One window in which room was made, and in which none was found.
        let foundMilliseconds: Spread
        let inVainMilliseconds: Spread
    }

    /// What goes otherwise than planned.
    enum Mishap: String, CaseIterable, Encodable {
        case halfAnHourLate = "delay of 30 minutes"
        case longLate = "delay of 90 minutes"
        case absence
        case cancellation

        func words(_ words: BenchWords) -> String {
            switch self {
            case .halfAnHourLate:
                words.pick("30 минутқа кешігу", "опоздание на 30 минут", "delay of 30 minutes")
            case .longLate:
                words.pick("90 минутқа кешігу", "опоздание на 90 минут", "delay of 90 minutes")
            case .absence: words.pick("бригаданың болмауы", "бригады нет", "absence")
            case .cancellation: words.pick("бас тарту", "отмена", "cancellation")
            }
        }
    }

    struct Repairs: Encodable {
        let incident: Mishap
        private(set) var milliseconds = Spread([], unit: 1e-3)
        /// Visits that no crew can pay as promised, over all repairs.
        private(set) var unkept = 0
        private var times: [Double] = []

        private enum CodingKeys: CodingKey { case incident, milliseconds, unkept }

        init(_ incident: Mishap) { self.incident = incident }

        mutating func add(_ seconds: Double, unkept: Int) {
            times.append(seconds)
            self.unkept += unkept
            milliseconds = Spread(times, unit: 1e-3)
        }
    }

    let visits: Int
    let shifts: Int
    let callers: Int
    let windows: Int
    let differentWays: Int?
    let making: Making
    var offers: Offers?
    var rooms: Rooms?
    var repairs: [Repairs]?

    /// The report for people.
    func lines(_ words: BenchWords) -> [String] {
        var rows = [
            (words.problem, making.problemMilliseconds, words.milli),
            (words.problemWithOneMore, making.addingMilliseconds, words.milli),
            (words.board, making.boardMilliseconds, words.milli),
        ]
        var below: [String] = []
        if let offers {
            rows.append((words.waysFromACaller, offers.rowMicroseconds, words.micro))
            rows.append((words.directOffers, offers.microseconds, words.micro))
            below.append(
                words.offers(words.directOffers, offers.offered, of: callers * windows))
        }
        if let rooms {
            rows.append((words.fullOffers, rooms.milliseconds, words.milli))
            rows.append((words.windowWithRoom, rooms.foundMilliseconds, words.milli))
            rows.append((words.windowWithout, rooms.inVainMilliseconds, words.milli))
            below.append(words.offers(words.fullOffers, rooms.offered, of: callers * windows))
        }
        for entry in repairs ?? [] {
            let name = entry.incident.words(words)
            rows.append((name, entry.milliseconds, words.milli))
            below.append(words.unkept(entry.unkept, name))
        }
        return [words.week(visits: visits, shifts: shifts, callers: callers, windows: windows)]
            + (differentWays.map { [words.differentWays($0)] } ?? [])
            + SpreadTable.lines(rows, words) + below
    }
}
