// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekFiles
import KezekSimulator

struct SoakApplications: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "applications",
        abstract: "Simulate applications, decrees, crashes and a failing store, seed by seed.",
        discussion: """
            Whatever happens: every clock that was started is stopped once, a decree is there
            as a whole or not at all, equal requests get equal answers, and the journal tells
            what memory holds. A seed that fails fails again.

            Examples:
              kezek soak applications --count 1000
              kezek soak applications --first 4711 --count 1
            """)

    @OptionGroup var seeds: SeedOptions

    func run() async throws {
        let calendars = try Self.calendars(try seeds.folder())
        var sum = ApplicationSummary()
        try seeds.run("applications") { (seed) throws(SimulationFailure) in
            var simulation = ApplicationSimulation(seed: seed, calendars: calendars)
            sum.add(try simulation.run(steps: seeds.steps))
        }
        try Terminal.line(SoakWords.here.applications(seeds.count, sum))
    }

    /// The calendar in force, and two with holidays more.
    private static func calendars(_ folder: DataFolder) throws -> [Library] {
        let library = try folder.library()
        let text = try String(
            contentsOf: folder.root.appendingPathComponent("Calendars/kz.yaml"), encoding: .utf8)
        return try [library]
            + HolidayText.variants.map {
                try library.replacing(calendar: HolidayText.adding($0, to: text)).library
            }
    }
}
