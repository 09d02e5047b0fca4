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
        let more = holidays.map { day in
            """
              - id: extra-\(day)
                name: {kk: Қосымша, ru: Дополнительный, en: Extra}
                date: "\(day)"
                substituted: false
                versions:
                  - {known: 2026-03-10, years: 2026-, act: decree-888-2018}

            """
        }.joined()
        return try Repository.text("Calendars/kz.yaml")
            .replacing("\nholidays:\n", with: "\nholidays:\n\(more)")
    }

    static func calendars() throws -> [Library] {
        let library = try Repository.library()
        return try [
            [], ["03-19", "03-27", "04-15", "06-03"],
            ["03-20", "03-26", "04-22", "06-10", "09-02"],
        ].map { try library.replacing(calendar: try text(holidays: $0)).library }
    }
}
