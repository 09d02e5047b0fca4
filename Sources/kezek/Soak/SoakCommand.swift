// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekFiles
import KezekSimulator

struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Try for long what must never go wrong.",
        discussion: """
            The tests try a little of it each time; this tries as much as you have time for.

            Examples:
              kezek soak seeds --count 5000
              kezek soak applications --count 1000
              kezek soak kill --times 100
              kezek soak connections --count 5000 --minutes 10
            """,
        subcommands: [
            SoakSeeds.self, SoakApplications.self, SoakKill.self, SoakConnections.self,
        ])
}

struct SoakSeeds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seeds",
        abstract: "Simulate applicants, kiosks, clerks, crashes and a failing store, seed by seed.",
        discussion: """
            Whatever they do: no slot is overbooked, nobody is overtaken, no number is given
            twice, equal requests get equal receipts, and the journal tells what memory
            holds. A seed that fails fails again.

            Examples:
              kezek soak seeds --count 5000
              kezek soak seeds --first 4711 --count 1
              kezek soak seeds --receptions --count 1000
            """)

    @OptionGroup var seeds: SeedOptions

    @Flag(
        help: ArgumentHelp(
            "Offices receive by booking alone, limit what one person may book, have codes, and take "
                + "bookings for several services."))
    var receptions = false

    func run() async throws {
        let library = try seeds.folder().library()
        var sum = QueueSimulation.Summary()
        try seeds.run("seeds") { (seed) throws(SimulationFailure) in
            var simulation = QueueSimulation(
                seed: seed, library: library, hasReceptions: receptions)
            sum.add(try simulation.run(steps: seeds.steps))
        }
        try Terminal.line(SoakWords.here.seeds(seeds.count, sum))
    }
}
