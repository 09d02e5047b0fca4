// SPDX-License-Identifier: Apache-2.0

import Foundation

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

    func text(_ name: String, _ unit: String) -> String {
        name.padded(26)
            + String(
                format: "%6d  p50 %8.2f  p99 %8.2f  max %8.2f %@\n", count, p50, p99, max, unit)
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

    struct Repairs: Encodable {
        let incident: String
        private(set) var milliseconds = Spread([], unit: 1e-3)
        /// Visits that no crew can pay as promised, over all repairs.
        private(set) var unkept = 0
        private var times: [Double] = []

        private enum CodingKeys: CodingKey { case incident, milliseconds, unkept }

        init(_ incident: String) { self.incident = incident }

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
    var text: String {
        var text =
            "\(visits) visits, \(shifts) shifts; \(callers) callers ask for \(windows) windows\n"
        if let differentWays {
            text += "ways that the file gives otherwise than estimated: \(differentWays)\n"
        }
        text += making.problemMilliseconds.text("problem", "ms")
        text += making.addingMilliseconds.text("problem with a visit more", "ms")
        text += making.boardMilliseconds.text("board", "ms")
        if let offers {
            text += offers.rowMicroseconds.text("ways from a caller", "µs")
            text += offers.microseconds.text("direct offers", "µs")
            text += "direct offers: \(offers.offered) of \(callers * windows)\n"
        }
        if let rooms {
            text += rooms.milliseconds.text("full offers", "ms")
            text += rooms.foundMilliseconds.text("  a window with room", "ms")
            text += rooms.inVainMilliseconds.text("  a window without", "ms")
            text += "full offers: \(rooms.offered) of \(callers * windows)\n"
        }
        for entry in repairs ?? [] {
            text += entry.milliseconds.text(entry.incident, "ms")
            text += "  visits that cannot be kept: \(entry.unkept)\n"
        }
        return text
    }
}
