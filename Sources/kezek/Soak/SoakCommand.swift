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
            """,
        subcommands: [SoakSeeds.self, SoakApplications.self, SoakKill.self])
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
            """)

    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Option(help: "How many seeds.")
    var count = 1_000

    @Option(help: "Steps of each simulation.")
    var steps = 600

    @Option(
        help: ArgumentHelp(
            "The folder with Calendars and Standards; found by itself when it is not given.",
            valueName: "folder"))
    var data: String?

    func validate() throws {
        guard count > 0, steps > 0, first <= UInt64.max - UInt64(count) else {
            throw ValidationError("--count and --steps must be 1 or more.")
        }
    }

    func run() async throws {
        let library = try DataFolder.located(data).library()
        var sum = QueueSimulation.Summary()
        var progress = Progress("seeds")
        for (done, seed) in (first..<first + UInt64(count)).enumerated() {
            var simulation = QueueSimulation(seed: seed, library: library)
            do throws(SimulationFailure) {
                sum.add(try simulation.run(steps: steps))
            } catch {
                progress.end()
                Terminal.complain("\(error)")
                Terminal.writeError(
                    "Again: kezek soak seeds --first \(seed) --count 1 --steps \(steps)\n")
                throw ExitCode.failure
            }
            progress.show(UInt64(done + 1), of: UInt64(count))
        }
        progress.end()
        print(
            "\(count) seeds held: \(sum.commands) commands, \(sum.acknowledged) acknowledged, "
                + "\(sum.refused) refused or lost, \(sum.repeated) repeated, \(sum.crashes) crashes, "
                + "\(sum.lostCommits) failed commits, \(sum.entries) entries checked")
    }
}
