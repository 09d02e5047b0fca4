// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekFiles
import KezekSimulator
import Texts

/// Which seeds are tried, and how.
struct SeedOptions: ParsableArguments {
    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Option(help: "How many seeds.")
    var count = 1_000

    @Option(help: "Steps of each simulation.")
    var steps = 500

    @OptionGroup var data: DataOption

    func validate() throws {
        guard count > 0, steps > 0, first <= UInt64.max - UInt64(count) else {
            throw Wrong.told("--count and --steps must be 1 or more.")
        }
    }

    func folder() throws -> DataFolder { try data.folder() }

    /// Tries one seed after the other; the first that fails ends the program, and says how to try it
    /// again.
    func run(
        _ command: String, _ simulate: (UInt64) throws(SimulationFailure) -> Void
    ) throws {
        var progress = Progress(said(kk: "сынақтар", ru: "прогоны", en: "seeds"))
        for (done, seed) in (first..<first + UInt64(count)).enumerated() {
            do throws(SimulationFailure) { try simulate(seed) } catch {
                progress.end()
                Terminal.complain("\(error)")
                let again = "kezek soak \(command) --first \(seed) --count 1 --steps \(steps)"
                Terminal.writeError(SoakWords.here.again(again) + "\n")
                throw ExitCode.failure
            }
            progress.show(UInt64(done + 1), of: UInt64(count))
        }
        progress.end()
    }
}
