// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekVisitFiles
import Texts
import Visits

struct BenchVisits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visits",
        abstract: "Measure offers to callers, and repairs of days, on a plan of home visits.",
        discussion: """
            The ways from and to a caller are worked out from where places lie, anew for each
            question. Callers and windows come from a file of the shape
            {"candidates": [[start, end], …], "requests": [{"id", "location", "service",
            "skills", "due"}, …]}. Build for release first.

            A delay, an absence and a cancellation are each repaired alone, from the plan as it
            was: every shift of the plan late by half an hour and by an hour and a half, every
            shift absent, and every visit cancelled, at moments spread over the day.

            Example:
              kezek bench visits week.json week.plan.json --requests week.requests.json --repairs
            """)

    @Argument(help: "The problem: VROOM-shaped JSON with locations.", completion: .file())
    var problem: String

    @Argument(help: "Its plan: VROOM-shaped JSON.", completion: .file())
    var plan: String

    @Option(help: "The file of callers and windows.", completion: .file())
    var requests: String

    @Option(help: "How often each caller asks for direct offers.")
    var rounds = 50

    @Flag(help: "Make room in the windows that have no direct offer, too.")
    var rooms = false

    @Flag(help: "Repair the days, too.")
    var repairs = false

    @Option(
        help: ArgumentHelp("A folder for what was answered.", valueName: "folder"),
        completion: .directory)
    var answers: String?

    @OptionGroup var travel: TravelOptions

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...100_000).contains(rounds) else {
            throw Wrong.told("--rounds must be 1 to 100000.")
        }
        guard travel.osrm == nil else {
            throw Wrong.told("--osrm: a caller's ways are estimated here.")
        }
    }

    func run() throws {
        guard let estimate = travel.estimate else {
            throw CommandFailure("the estimate is out of range")
        }
        let week = try VisitQuestions(
            problem: problem, plan: plan, requests: requests, estimate: estimate)
        let bench = VisitBench(week)
        var report = VisitBenchReport(
            visits: week.problem.visits.count, shifts: week.problem.shifts.count,
            callers: week.callers.count, windows: week.windows.count,
            differentWays: week.differentWays, making: try bench.making(rounds: 9))
        report.offers = try bench.offers(rounds: rounds)
        if rooms { report.rooms = try bench.rooms() }
        if repairs { report.repairs = try bench.repairs() }
        if let answers { try bench.write(to: URL(fileURLWithPath: answers), rooms: rooms) }
        if json { return try JSONText.print(report) }
        for line in report.lines(.here) { try Terminal.line(line) }
    }
}
