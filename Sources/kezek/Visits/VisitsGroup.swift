// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct VisitsGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visits",
        abstract: "Visits at home: which crew pays which, and in which order.",
        discussion: """
            Some work on files. The others ask the server that keeps the visits of an area:
            a caller is offered windows, one is promised, the crews tell how it goes.

            Examples:
              kezek visits solve Examples/visits/week.json --seconds 2 --output plan.json
              kezek visits check Examples/visits/week.json plan.json
              kezek visits sheet Examples/visits/week.json plan.json --origin 2026-03-16
              kezek visits map Examples/visits/week.json plan.json --output map.html
              kezek visits area import Examples/visits/area.yaml
              kezek visits offer --visit astana-1/17
              kezek visits promise astana-1/17 2026-12-01T11:00
              kezek visits plan --area astana-1 --days 3
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "File",
                subcommands: [
                    SolveVisits.self, CheckVisits.self, SheetVisits.self, MapVisits.self,
                    ExportVisits.self,
                ]),
            CommandGroup(
                name: "Server",
                subcommands: [
                    VisitAreaGroup.self, ShowWindows.self, OfferVisit.self, PromiseVisit.self,
                    CancelVisit.self,
                    ReportVisit.self, DelayCrew.self, AbsentCrew.self, PresentCrew.self,
                    RoadGroup.self, ReplanVisits.self, PlanVisits.self, ShowVisit.self,
                    ExplainVisit.self,
                ]),
        ])
}
