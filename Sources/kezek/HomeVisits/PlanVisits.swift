// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import HomeVisits
import KezekClient

struct PlanVisits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What each crew does on its days, and what waits for somebody.",
        discussion: """
            First the promises that cannot be kept and the visits without a promise. With
            --watch it goes on telling what changes; a lost connection is made again, and
            nothing that changed meanwhile is missed.

            Examples:
              kezek visits plan --area astana-1
              kezek visits plan --area astana-1 --from 2026-12-01 --days 3 --json
              kezek visits plan --area astana-1 --watch
            """)

    @OptionGroup var area: AreaOption

    @Option(help: "The first date; today where the area is when it is not given.")
    var from: CivilDate?

    @Option(help: "How many days, 1 to 14.")
    var days = 1

    @Flag(help: "Go on telling what changes.")
    var watch = false

    @OptionGroup var options: VisitOptions

    func validate() throws {
        guard VisitQuestion.planDays.contains(days) else {
            throw ValidationError("--days must be 1 to 14.")
        }
    }

    func run() async throws {
        try await options.run { desk in
            let clock = try await desk.clock(of: area.area)
            guard !watch else { return try await follow(desk, clock) }
            let plan = try await desk.plan(area.area, from: from, days: days)
            if options.json { return try JSONText.print(AreaPlanJSON(plan, clock)) }
            try write(PlanText(plan: plan, clock: clock).lines)
        }
    }

    /// Shows changes until the program is stopped.
    private func follow(_ desk: AreaDesk, _ clock: AreaClock) async throws {
        var picture = PlanPicture()
        while true {
            do {
                let seen = picture.plan?.revision ?? 0
                for try await change in desk.client.watchVisitPlan(area.area, since: seen) {
                    picture.apply(change)
                    guard let plan = picture.plan else { continue }
                    try show(change, plan, clock)
                }
            } catch let error as ClientError where error.mayPass(isFirst: picture.plan == nil) {}
            Terminal.complain("the connection is lost; it is tried again each second")
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func show(_ change: AreaPlan, _ plan: AreaPlan, _ clock: AreaClock) throws {
        if options.json {
            let told = AreaPlanJSON(change.cut(from: from, days: days), clock)
            return try Terminal.write(try JSONText.make(told, pretty: false) + "\n")
        }
        guard Terminal.isScreen else {
            let told = PlanText(plan: change.cut(from: from, days: days), clock: clock)
            return try Terminal.write(told.log.map { $0 + "\n" }.joined())
        }
        let text = PlanText(plan: plan.cut(from: from, days: days), clock: clock)
        try Terminal.write("\u{1B}[2J\u{1B}[H")
        try write(text.lines)
    }

    private func write(_ lines: [String]) throws {
        try Terminal.write(lines.joined(separator: "\n") + "\n")
    }
}
