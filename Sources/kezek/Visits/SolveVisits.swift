// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekVisitFiles
import Visits

/// What is made small first, as an argument.
enum ObjectiveName: String, CaseIterable, ExpressibleByArgument {
    case distance, vehicles

    var objective: Objective {
        switch self {
        case .distance: .distance
        case .vehicles: .vehicles
        }
    }
}

struct SolveVisits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Plan the visits of a file.",
        discussion: """
            The file is VROOM-shaped JSON (jobs, vehicles, matrices; besides them due, promised,
            skills and breaks), or an instance in Solomon's text. The plan goes to a file that
            ends in .json or, of an instance, in .sol. An instance's distances are cut to one decimal
            for the objective 'distance', and taken as they are for 'vehicles'.

            The same file, seed and number of steps give the same plan; by time, a faster machine
            takes more steps. A visit that no crew can pay is left unassigned and listed, and the
            status is 0.

            Examples:
              kezek visits solve Examples/visits/week.json --seconds 2 --output plan.json
              kezek visits solve Examples/visits/week.json --steps 5000 --json
              kezek visits solve week.json --start plan.json --max-moved 20 --output new.json
            """)

    @Argument(help: "The problem: VROOM-shaped JSON, or Solomon's text.")
    var file: String

    @Option(help: "Seconds to search.")
    var seconds = 10.0

    @Option(help: "Stop after so many steps instead, however long they take.")
    var steps: Int?

    @Option(help: "The seed of the search.")
    var seed: UInt64 = 1

    @Option(help: "What is made small first, once every visit that can be paid is.")
    var objective = ObjectiveName.distance

    @Option(
        help: ArgumentHelp(
            "Where the plan goes; its ending says how it is written.", valueName: ".json|.sol"))
    var output: String?

    @Option(help: ArgumentHelp("The plan to start from, as published.", valueName: "json-file"))
    var start: String?

    @Option(help: "The most visits on another crew or day than in that plan, in percent.")
    var maxMoved: Double?

    @Flag(help: "Print the totals as JSON.")
    var json = false

    func validate() throws {
        guard seconds.isFinite, (0...86_400).contains(seconds) else {
            throw ValidationError("--seconds must be 0 to 86400.")
        }
        if let steps, !(0...1_000_000_000).contains(steps) {
            throw ValidationError("--steps must be 0 to 1000000000.")
        }
        if let maxMoved, !(maxMoved.isFinite && (0...100).contains(maxMoved)) {
            throw ValidationError("--max-moved must be 0 to 100.")
        }
        guard maxMoved == nil || start != nil else {
            throw ValidationError("--max-moved needs --start, the plan that they are moved from.")
        }
        guard output.map({ $0.hasSuffix(".json") || $0.hasSuffix(".sol") }) ?? true else {
            throw ValidationError("--output must end in .json or .sol.")
        }
    }

    func run() async throws {
        try telling {
            let source = try read()
            if output?.hasSuffix(".sol") == true, source.instance == nil {
                throw CommandFailure("--output: only the plan of an instance is written as .sol")
            }
            var planner = Planner(source.problem, objective: objective.objective, seed: seed)
            if let start {
                let plan = try PlanJSON.read(try Self.data(start))
                planner.start = plan
                planner.published = plan
                planner.movedLimit = maxMoved.map {
                    Int(Double(source.problem.visits.count) * $0 / 100)
                }
                planner.movePrice = maxMoved == nil ? 0 : Planner.usualMovePrice
            }
            let outcome = search(planner)
            if let output { try write(outcome.plan, source, to: output) }
            try tell(outcome, source)
        }
    }

    /// What is planned, and the instance that it comes from; nil for a week of visits.
    private struct Source {
        let problem: RoutingProblem
        let instance: Instance?
    }

    private static func data(_ path: String) throws -> Data {
        do { return try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
            throw CommandFailure("\(path) cannot be read; is it there?")
        }
    }

    private func read() throws -> Source {
        let data = try Self.data(file)
        do {
            guard data.first(where: { !" \n\r\t".utf8.contains($0) }) != UInt8(ascii: "{") else {
                return Source(problem: try VisitJSON.readProblem(data), instance: nil)
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw CommandFailure("it is no text")
            }
            let instance = try InstanceFile.readSolomon(
                text, objective == .distance ? .truncated : .double)
            return Source(problem: instance.problem, instance: instance)
        } catch { throw CommandFailure("\(file): \(error)") }
    }

    private func search(_ planner: Planner) -> SearchOutcome {
        let clock = ContinuousClock()
        let began = clock.now
        let showsProgress = isatty(STDERR_FILENO) == 1 && !json
        var told = 0.0
        return planner.search { progress in
            let passed = (clock.now - began) / .seconds(1)
            if showsProgress, passed - told >= 1 {
                told = passed.rounded(.down)
                Terminal.writeError(
                    "\(Int(told)) s: \(progress.travel) on the way, \(progress.shiftsUsed) shifts, "
                        + "\(progress.unassigned) unassigned\n")
            }
            if let steps { return steps == 0 ? 1 : Double(progress.steps) / Double(steps) }
            return seconds == 0 ? 1 : passed / seconds
        }
    }

    private func write(_ plan: Plan, _ source: Source, to output: String) throws {
        let data: Data
        if output.hasSuffix(".sol"), let instance = source.instance {
            data = Data(SolutionText.write(plan, of: instance).utf8)
        } else {
            data = try PlanJSON.write(plan, of: source.problem)
        }
        do { try data.write(to: URL(fileURLWithPath: output), options: .atomic) } catch {
            throw CommandFailure("\(output) cannot be written; is its folder there?")
        }
    }

    private struct Totals: Encodable {
        let distance: Double
        let shiftsUsed: Int
        let visits: Int
        let unassigned: [Int]
        let moved: Int?
        let steps: Int
        let notTakenOver: [String]
    }

    private func tell(_ outcome: SearchOutcome, _ source: Source) throws {
        let (plan, progress) = (outcome.plan, outcome.progress)
        let totals = Totals(
            distance: source.instance?.distance(of: plan) ?? Double(progress.travel),
            shiftsUsed: plan.routes.count, visits: source.problem.visits.count,
            unassigned: plan.unassigned.map(\.number).sorted(),
            moved: start == nil ? nil : progress.moved, steps: progress.steps,
            notTakenOver: outcome.refusals.map { "\($0)" })
        if json { return try JSONText.print(totals) }
        let unit = source.instance == nil ? "s on the way" : "distance"
        let amount = source.instance == nil ? "\(progress.travel)" : "\(totals.distance)"
        var lines = [
            "\(totals.visits - totals.unassigned.count) of \(totals.visits) visits in "
                + "\(totals.shiftsUsed) shifts, \(amount) \(unit)"
        ]
        if let moved = totals.moved { lines.append("\(moved) moved to another crew or day") }
        if !totals.unassigned.isEmpty {
            lines.append(
                "unassigned: " + totals.unassigned.map(String.init).joined(separator: ", "))
        }
        lines += totals.notTakenOver.map { "not taken over: \($0)" }
        try Terminal.write(lines.joined(separator: "\n") + "\n")
    }
}
