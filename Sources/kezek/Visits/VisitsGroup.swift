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
              kezek visits sheet Examples/visits/week.json plan.json --origin 2026-03-16
              kezek visits map Examples/visits/week.json plan.json --output map.html
            """,
        subcommands: [
            SolveVisits.self, CheckVisits.self, SheetVisits.self, MapVisits.self, ExportVisits.self,
        ])
}
