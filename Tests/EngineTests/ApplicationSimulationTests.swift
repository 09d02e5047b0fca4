// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekFiles
import KezekSimulator
import TestKit
import Testing

@Suite struct ApplicationSimulationTests {
    /// What a seed has found once is tried for ever.
    @Test(arguments: Array(UInt64(1)...12))
    func whateverHappensNoApplicationIsLostAndEveryClockIsRight(seed: UInt64) async throws {
        let calendars = try Decrees.calendars()
        let summary = try await offThePool {
            var simulation = ApplicationSimulation(seed: seed, calendars: calendars)
            return try simulation.run(steps: 500)
        }
        #expect(summary.acknowledged > 25)
        #expect(summary.repeated > 10)
        #expect(summary.decrees > 0)
    }
}

/// The calendar of the repository, and two that decrees might bring.
enum Decrees {
    /// Thursday 19 March 2026 becomes a holiday.
    static func resting() throws -> String { try text(holidays: ["03-19"]) }

    /// The repository's calendar file with holidays more, known since 10 March 2026.
    static func text(holidays: [String]) throws -> String {
        HolidayText.adding(holidays, to: try Repository.text("Calendars/kz.yaml"))
    }

    static func calendars() throws -> [Library] {
        let library = try Repository.library()
        return try ([[]] + HolidayText.variants).map {
            try library.replacing(calendar: try text(holidays: $0)).library
        }
    }
}
