// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import HomeVisits
import KezekClient
import KezekJSON
import KezekWire
import Texts

struct PlanVisits: AsyncParsableCommand, VisitAsker {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What each crew does on its days, and what waits for somebody.",
        discussion: """
            First what it adds up to, the promises that cannot be kept and the visits without a
            promise. With --watch it goes on telling what changes; a lost connection is made
            again, and nothing that changed meanwhile is missed.

            With --since it ends with what is otherwise than in a plan that was printed before
            with --json: another crew, day or time, on the dates that are in both.

            With --problem and --output it writes VROOM-shaped files, for 'check', 'sheet',
            'map' and other solvers: second 0 is the midnight of the first date, ways are
            estimated, and what is held for callers is left out.

            Examples:
              kezek visits plan --area astana-1
              kezek visits plan --area astana-1 --from 2026-12-01 --days 3 --json
              kezek visits plan --area astana-1 --watch
              kezek visits plan --area astana-1 --json > morning.json
              kezek visits plan --area astana-1 --since morning.json
              kezek visits plan --area astana-1 --days 3 --problem problem.json --output plan.json
            """)

    @OptionGroup var area: AreaOption

    @Option(help: "The first date; today where the area is when it is not given.")
    var from: CivilDate?

    @Option(help: "How many days, 1 to 14.")
    var days = 1

    @Flag(help: "Go on telling what changes.")
    var watch = false

    @Option(
        help: ArgumentHelp(
            "A plan printed with --json, to tell what has changed since.", valueName: "file"),
        completion: .file())
    var since: String?

    @Option(
        help: ArgumentHelp("Where the problem is written.", valueName: "file"), completion: .file())
    var problem: String?

    @Option(
        help: ArgumentHelp("Where the plan is written.", valueName: "file"), completion: .file())
    var output: String?

    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func validate() throws {
        guard (problem == nil) == (output == nil) else {
            throw Wrong.together("--problem", "--output")
        }
        guard !(watch && problem != nil) else {
            throw Wrong.exclusive("--problem", "--watch")
        }
        guard since == nil || !(watch || problem != nil) else {
            throw Wrong.exclusive("--since", watch ? "--watch" : "--problem")
        }
        try Wrong.unless(days, in: CallLimit.visitPlanDays, "--days")
    }

    func run() async throws {
        try await options.run { desk in
            let published = try since.map { try PlannedVisits.read($0, of: area.area) }
            let description = try await desk.ask(.area(area.area)).area
            let clock = try await desk.clock(of: description)
            guard !watch else { return try await follow(desk, clock) }
            let plan = try await desk.ask(.plan(area.area, from: from, days: days))
            if let problem, let output {
                return try write(
                    try PlanFiles(plan, description, clock), problem, output, from: plan.from)
            }
            let changes = try published.map { try ChangesSince($0, to: plan) }
            if options.json {
                return try JSONText.print(Self.json(plan, of: plan, clock, changes))
            }
            try write(PlanText(plan: plan, clock: clock, changes: changes).lines)
        }
    }

    /// Shows changes until the program is stopped.
    private func follow(_ desk: AreaDesk, _ clock: AreaClock) async throws {
        var picture = PlanPicture()
        var isLost = false
        while true {
            do {
                let seen = picture.plan?.revision ?? 0
                for try await change in desk.watch(.watchVisitPlan(area.area, since: seen)) {
                    picture.apply(change)
                    if isLost {
                        isLost = false
                        Terminal.note("connected again, from revision \(change.revision)")
                    }
                    guard let plan = picture.plan else { continue }
                    try show(change, plan, clock)
                }
            } catch let error as ClientError where error.mayPass(isFirst: picture.plan == nil) {}
            // It ended because the server stopped, or the connection was lost.
            if !isLost {
                isLost = true
                Terminal.note("the connection is lost; it is tried again each second")
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func show(_ change: AreaPlan, _ plan: AreaPlan, _ clock: AreaClock) throws {
        if options.json {
            let (change, whole) = (
                change.cut(from: from, days: days), plan.cut(from: from, days: days)
            )
            return try JSONText.line(try Self.json(change, of: whole, clock))
        }
        guard Terminal.isScreen else {
            let told = PlanText(plan: change.cut(from: from, days: days), clock: clock)
            return try Terminal.write(told.log.map { $0 + "\n" }.joined())
        }
        let text = PlanText(plan: plan.cut(from: from, days: days), clock: clock)
        try Terminal.write("\u{1B}[2J\u{1B}[H")
        try write(text.lines)
    }

    /// A plan, or what of it has changed, with what the whole adds up to.
    static func json(
        _ told: AreaPlan, of plan: AreaPlan, _ clock: AreaClock, _ changes: ChangesSince? = nil
    ) throws -> JSONValue {
        var more: [JSONValue.Member] = [.init("totals", AreaTotals(plan).json)]
        if let changes { more.append(.init("changes", changes.json(clock))) }
        return try JSONText.value(.visits(.plan(told)), clock: clock.stamp).adding(more)
    }

    private func write(
        _ files: PlanFiles, _ problem: String, _ output: String, from date: CivilDate
    ) throws {
        let plan = try files.planData()
        try WholeFile.write(files.problemData, to: problem)
        try WholeFile.write(plan, to: output)
        if !files.leftOut.isEmpty {
            let names = files.leftOut.map(\.description).joined(separator: ", ")
            Terminal.note("left out, as nobody knows where they are: \(names)")
        }
        let command = "kezek visits sheet \(problem) \(output) --origin \(date)"
        if options.json {
            try JSONText.print(["problem": problem, "plan": output, "origin": "\(date)"])
        } else {
            let summary = files.summary(in: Manner.current.language)
            try Terminal.line(
                summary
                    + said(
                        kk: "; күндік жоспарлар үшін: \(command)",
                        ru: "; листы на день: \(command)",
                        en: "; for day sheets: \(command)"))
        }
    }

    private func write(_ lines: [String]) throws {
        try Terminal.lines(lines)
    }
}
