// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct VisitsGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visits",
        abstract: "Visits at home: which crew pays which, and in which order.",
        discussion: """
            Examples:
              kezek visits solve Examples/visits/week.json --seconds 2 --output plan.json
              kezek visits check Examples/visits/week.json plan.json
            """,
        subcommands: [SolveVisits.self, CheckVisits.self, ExportVisits.self])
}
