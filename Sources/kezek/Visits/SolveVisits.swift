// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekVisitFiles
import Texts
import VisitChecking
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
            skills and breaks), or an instance in Solomon's text or VRPLIB's. The plan goes to a
            file that ends in .json or, of an instance, in .sol. For the objective 'distance' an
            instance's distances are counted as is usual for its kind, cut to one decimal with windows
            and to the nearest whole number without; for 'vehicles' they are taken as they are.

            A file of places without travel times is planned with times that are made: estimated from
            the great circle, or asked of a server of roads with --osrm.

            The same file, seed and number of steps give the same plan; by time, a faster machine
            takes more steps. A visit that no crew can pay is left unassigned and listed with the
            reason, and the status is 0. What a vehicle has 'begun' stays as it was, and it goes on from
            there.

            Examples:
              kezek visits solve Examples/visits/week.json --seconds 2 --output plan.json
              kezek visits solve Examples/visits/week.json --steps 5000 --json
              kezek visits solve week.json --start plan.json --max-moved 20 --output new.json
              kezek visits solve week.json --fair-seconds 60 --output plan.json
              kezek visits solve places.json --speed-kmh 25 --seconds 5 --output plan.json
              kezek visits solve places.json --osrm http://127.0.0.1:5000 --output plan.json
            """)

    @Argument(
        help: "The problem: VROOM-shaped JSON, Solomon's text or VRPLIB's.", completion: .file())
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
            "Where the plan goes; its ending says how it is written.", valueName: ".json|.sol"),
        completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp("The plan to start from, as published.", valueName: "file"),
        completion: .file())
    var start: String?

    @Option(help: "The most visits on another crew or day than in that plan, in percent.")
    var maxMoved: Double?

    @Option(
        help: ArgumentHelp(
            "What a visit may cost for each other one that its crew has on a day, in seconds on the "
                + "way, so that crews have like shares.", valueName: "seconds"))
    var fairSeconds: Int?

    @OptionGroup var travel: TravelOptions

    @Flag(help: "Print the totals as JSON.")
    var json = false

    func validate() throws {
        guard seconds.isFinite, (0...86_400).contains(seconds) else {
            throw Wrong.range("--seconds", 0...86_400)
        }
        try Wrong.unless(steps, in: 0...1_000_000_000, "--steps")
        if let maxMoved, !(maxMoved.isFinite && (0...100).contains(maxMoved)) {
            throw Wrong.range("--max-moved", 0...100)
        }
        try Wrong.unless(fairSeconds, in: 1...Planner.mostSharePrice, "--fair-seconds")
        guard fairSeconds == nil || objective == .distance else {
            throw Wrong.needs("--fair-seconds", "--objective distance")
        }
        guard maxMoved == nil || start != nil else {
            throw Wrong.needs("--max-moved", "--start")
        }
        guard output.map({ $0.hasSuffix(".json") || $0.hasSuffix(".sol") }) ?? true else {
            throw Wrong.ending("--output", ".json", ".sol")
        }
    }

    func run() async throws {
        let source = try await VisitInput.read(
            file, travel, isPlain: objective == .vehicles)
        if output?.hasSuffix(".sol") == true, source.instance == nil {
            throw CommandFailure("--output: only the plan of an instance is written as .sol")
        }
        if fairSeconds != nil, source.instance != nil {
            throw CommandFailure("--fair-seconds: the vehicles of an instance are no crews")
        }
        let rest = try source.rest
        let problem = rest?.problem ?? source.problem
        var planner = Planner(problem, objective: objective.objective, seed: seed)
        if let start {
            let whole = try source.plan(start).plan
            let plan = rest?.rest(whole) ?? whole
            planner.start = plan
            planner.published = plan
            planner.movedLimit = maxMoved.map { Int(Double(problem.visits.count) * $0 / 100) }
            planner.movePrice = maxMoved == nil ? 0 : Planner.usualMovePrice
        }
        let instance = source.instance
        var outcome = search(planner, of: instance, part: fairSeconds == nil ? 1 : 0.5)
        var fairness: FairnessTold?
        if let fairSeconds {
            let plain = outcome.plan
            planner.sharePrice = fairSeconds
            planner.start = plain
            outcome = search(planner, of: nil, part: 0.5)
            fairness = FairnessTold(problem, outcome.plan, without: plain)
        }
        if let output { try write(outcome.plan, source, rest, to: output) }
        try tell(outcome, source, rest, fairness)
    }

    /// Searches for a part of the time.
    private func search(
        _ planner: Planner, of instance: Instance?, part: Double
    ) -> SearchOutcome {
        let clock = ContinuousClock()
        let began = clock.now
        let showsProgress = isatty(STDERR_FILENO) == 1 && !json
        var told = 0.0
        return planner.search { progress in
            let passed = (clock.now - began) / .seconds(1)
            if showsProgress, passed - told >= 1 {
                told = passed.rounded(.down)
                let words = VisitWords(language: Manner.current.language)
                Terminal.writeError(words.progress(Int(told), progress, of: instance) + "\n")
            }
            if let steps {
                return steps == 0 ? 1 : Double(progress.steps) / (Double(steps) * part)
            }
            return seconds == 0 ? 1 : passed / (seconds * part)
        }
    }

    private func write(
        _ plan: Plan, _ source: VisitInput, _ rest: RestOfDay?, to output: String
    ) throws {
        let data: Data
        if output.hasSuffix(".sol"), let instance = source.instance {
            data = Data(SolutionText.write(plan, of: instance).utf8)
        } else {
            let timed = rest?.timed(plan) ?? TimedPlan(plan)
            data = try PlanJSON.write(timed, of: source.problem, after: source.soFar)
            source.tellParts(of: output)
        }
        try WholeFile.write(data, to: output)
    }

    private struct Totals: Encodable {
        let distance: Double
        let shiftsUsed: Int
        let visits: Int
        let unassigned: [Int]
        /// Why each of those stays out.
        let reasons: [UnpaidReason]
        let moved: Int?
        let fairness: FairnessTold?
        let steps: Int
        let notTakenOver: [String]
        let travelTimes: TravelTold
    }

    private func tell(
        _ outcome: SearchOutcome, _ source: VisitInput, _ rest: RestOfDay?,
        _ fairness: FairnessTold?
    ) throws {
        let (plan, progress) = (outcome.plan, outcome.progress)
        let whole = rest?.whole(plan) ?? plan
        // Of a day that has begun the ways that are behind the crews count, too.
        let behind =
            rest == nil ? nil : PlanTotals(source.problem, whole, after: source.soFar)
        let travel = behind?.travel ?? progress.travel
        let totals = Totals(
            distance: source.instance?.distance(of: plan) ?? Double(travel),
            shiftsUsed: behind?.usedShifts ?? whole.routes.count,
            visits: source.problem.visits.count,
            unassigned: plan.unassigned.map(\.number).sorted(),
            reasons: UnpaidReason.list(
                plan, source.problem, rest, scale: source.instance?.scale ?? 1),
            moved: start == nil ? nil : progress.moved, fairness: fairness, steps: progress.steps,
            notTakenOver: outcome.refusals.map { "\($0)" }, travelTimes: source.travel)
        if json { return try JSONText.print(totals) }
        let words = VisitWords(language: Manner.current.language)
        let way =
            source.instance == nil
            ? words.onTheWay("\(travel)") : words.distance("\(totals.distance)")
        var lines = [
            words.paid(
                totals.visits - totals.unassigned.count, of: totals.visits, in: totals.shiftsUsed)
                + ", " + way
        ]
        if let moved = totals.moved { lines.append(words.moved(moved)) }
        if let fairness { lines.append(words.fairness(fairness)) }
        if !totals.unassigned.isEmpty {
            let list = totals.unassigned.map(String.init).joined(separator: ", ")
            lines.append("\(words.unassigned): \(list)")
            lines += totals.reasons.map {
                "  \($0.visit): \(words.why($0, ofInstance: source.instance != nil))"
            }
        }
        lines += outcome.refusals.map { words.notTakenOver($0) }
        try Terminal.lines(lines)
    }
}
