// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekVisitFiles
import Texts
import VisitChecking
import Visits

struct CheckVisits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look whether a plan can be driven and keeps what was promised.",
        discussion: """
            Every route is driven anew by code that shares nothing with the planner: windows, promises,
            due times, skills, loads, hours, lunch, crews. Times that the plan states are
            taken at their word where the crew can be there; without them, everybody goes on as
            early as possible. What a vehicle has 'begun' is as it was, and no fault. The status is 1 if
            anything is wrong.

            Examples:
              kezek visits check Examples/visits/week.json plan.json
              kezek visits check week.json new.json --start published.json --max-moved 20 --json
              kezek visits check C101.txt C101.sol
            """)

    @Argument(
        help: "The problem: VROOM-shaped JSON, Solomon's text or VRPLIB's.", completion: .file())
    var problem: String

    @Argument(help: "The plan: VROOM-shaped JSON or, of an instance, .sol.", completion: .file())
    var plan: String

    @Option(
        help: ArgumentHelp(
            "The plan as published: what is on another shift now is counted.", valueName: "file"),
        completion: .file())
    var start: String?

    @Option(help: "The most visits on another crew or day than in that plan, in percent.")
    var maxMoved: Double?

    @Option(help: "Of an instance: 'vehicles' takes distances as they are.")
    var objective = ObjectiveName.distance

    @OptionGroup var travel: TravelOptions

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let maxMoved, !(maxMoved.isFinite && (0...100).contains(maxMoved)) {
            throw Wrong.range("--max-moved", 0...100)
        }
        guard maxMoved == nil || start != nil else {
            throw Wrong.needs("--max-moved", "--start")
        }
    }

    func run() async throws {
        let input = try await VisitInput.read(
            problem, travel, isPlain: objective == .vehicles)
        let published = try start.map { try input.plan($0).plan }
        let limit = maxMoved.map { Int(Double(input.problem.visits.count) * $0 / 100) }
        let report = input.checker.check(
            try input.plan(plan), published: published, movedLimit: limit)
        if json {
            try JSONText.print(Self.json(report, input))
        } else {
            try Terminal.write(text(report, input.instance))
        }
        guard report.faults.isEmpty else {
            func count(_ language: Language) -> String {
                language.count(report.faults.count, .fault)
            }
            throw CommandFailure(
                "\(plan) cannot stand: \(LocalizedText(kk: count(.kk), ru: count(.ru), en: count(.en)))"
            )
        }
    }

    /// Amounts are seconds or, of an instance, its unit.
    private static func json(_ report: PlanReport, _ input: VisitInput) -> JSONObject {
        let scale = Double(input.instance?.scale ?? 1)
        let faults = report.faults.map { fault -> JSONObject in
            [
                "kind": fault.kind.rawValue, "visit": fault.visit?.number,
                "shift": fault.shift?.number, "item": fault.item,
                "amount": fault.amount(of: input.instance),
                "message": fault.words(of: input.instance)[Manner.current.language],
            ]
        }
        return [
            "faults": faults, "travel": Double(report.travel) / scale,
            "waiting": Double(report.waiting) / scale,
            "service": Double(report.service) / scale, "shiftsUsed": report.shiftsUsed,
            "paid": report.paid, "unpaid": report.unpaid, "moved": report.moved,
            "dropped": report.dropped.map(\.number), "travelTimes": input.travel,
        ]
    }

    private func text(_ report: PlanReport, _ instance: Instance?) -> String {
        let words = VisitWords(language: Manner.current.language)
        var lines = report.faults.map {
            "\(words.fault): \($0.words(of: instance)[words.language])"
        }
        let amounts = [
            (words.ofTheWay, report.travel), (words.ofWaiting, report.waiting),
            (words.ofVisits, report.service),
        ].map { name, amount in
            // An instance counts in parts of its unit.
            name(instance?.told(amount) ?? words.seconds(amount))
        }
        let paid = words.paid(
            report.paid, of: report.paid + report.unpaid, in: report.shiftsUsed)
        lines.append(paid + ", " + amounts.joined(separator: ", "))
        if let moved = report.moved {
            lines.append(words.moved(moved) + ", " + words.dropped(report.dropped.count))
        }
        if report.faults.isEmpty { lines.append(words.noFault) }
        return lines.joined(separator: "\n") + "\n"
    }
}
