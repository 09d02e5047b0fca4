// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct VisitsGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visits",
        abstract: "Visits at home: which crew pays which, and in which order.",
        discussion: """
            Example:
              kezek visits solve Examples/visits/week.json --seconds 2 --output plan.json
            """,
        subcommands: [SolveVisits.self])
}
