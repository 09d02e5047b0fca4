// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure a server, the calendar's tables, or plans of visits.",
        discussion: "Benchmarks/README.md has the commands that compare with other programs.",
        subcommands: [
            BenchQueue.self, BenchJournal.self, BenchDecree.self, BenchWire.self,
            BenchCalendar.self, BenchVisits.self, BenchCalls.self,
        ])
}
