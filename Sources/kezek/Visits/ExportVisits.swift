// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekVisitFiles
import Texts
import Visits

struct ExportVisits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a problem as VROOM-shaped JSON, with its travel times.",
        discussion: """
            Read again it is the same problem. With --plain, what only Kezek knows is said in
            words that VROOM knows too: promises and due times as narrower time windows, crews that may or
            must not pay a visit as skills. A due time then counts the set-up even where none is needed,
            and that a crew works one shift a day cannot be said.

            Examples:
              kezek visits export week.json --output x.json
              kezek visits export week.json --osrm http://127.0.0.1:5000 --output x.json
              kezek visits export X-n101-k25.vrp --output x.json
              kezek visits export week.json --plain --output vroom.json
            """)

    @Argument(
        help: "The problem: VROOM-shaped JSON, Solomon's text or VRPLIB's.", completion: .file())
    var problem: String

    @Option(
        help: ArgumentHelp("Where it goes; by default to standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Say it in VROOM's own words alone, for another solver.")
    var plain = false

    @Option(help: "Of an instance: 'vehicles' takes distances as they are.")
    var objective = ObjectiveName.distance

    @OptionGroup var travel: TravelOptions

    func run() async throws {
        let input = try await VisitInput.read(
            problem, travel, isPlain: objective == .vehicles)
        let data = VisitJSON.write(
            plain ? try self.plain(input) : input.problem, coordinates: input.coordinates,
            notes: input.notes, after: plain ? DaySoFar() : input.soFar,
            unbounded: try unbounded(input))
        input.tellParts(of: output ?? problem)
        if let output {
            try WholeFile.write(data, to: output)
        } else {
            try Terminal.write(String(decoding: data, as: UTF8.self))
        }
    }

    /// Shifts of which nothing is said of their hours; one that has begun goes on from where it is.
    private func unbounded(_ input: VisitInput) throws -> Set<ShiftID> {
        guard plain, let rest = try input.rest else { return input.unbounded }
        let whole = Dictionary(
            uniqueKeysWithValues: input.problem.shifts.map { ($0.id, $0.hours) })
        return input.unbounded.filter { rest.problem.shift($0)?.hours == whole[$0] }
    }

    /// The problem in VROOM's words, which has none for what has begun: only the rest of the day.
    private func plain(_ input: VisitInput) throws -> RoutingProblem {
        let unbounded = try unbounded(input)
        guard let rest = try input.rest else {
            return try PlainProblem.make(input.problem, unbounded: unbounded)
        }
        let begun = input.problem.visits.count - rest.problem.visits.count
        Terminal.note("\(problem): visits that have begun are left out: \(begun)")
        return try PlainProblem.make(rest.problem, unbounded: unbounded)
    }
}
