// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import HomeVisits
import KezekWire
import Texts

struct PromiseVisit: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "promise",
        abstract: "Promise a window of an offer, or another one than was promised.",
        discussion: """
            The window is named by its start on the area's clocks, or with an offset from UTC
            as 'offer --json' tells it.

            Examples:
              kezek visits promise astana-1/17 2026-12-01T11:00
              kezek visits promise astana-1/17 2026-12-01T11:00:00+05:00
            """)

    @OptionGroup var visit: ProvenVisitArgument

    @Argument(help: ArgumentHelp("When the window starts.", valueName: "date-time"))
    var start: MomentArgument

    @Flag(help: "Even if what was promised to others cannot be kept then.")
    var breakPromises = false

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try await sending.send(to: visit.visit.area, showing: visit.proof()) { _, clock in
            guard let second = clock.second(start) else {
                throw CommandFailure("the clocks of \(visit.visit.area) never show that time")
            }
            return .promise(visit.visit, start: second, breaking: breakPromises)
        }
    }
}

struct CancelVisit: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Call a visit off, whatever is held or promised.",
        discussion: """
            Examples:
              kezek visits cancel astana-1/17/8c0f2a5be3d14796a1b0c4d7e2f35968
              kezek visits cancel astana-1/17 --iin - < iin
              kezek visits cancel astana-1/17 --by office --reason "The applicant has moved"
            """)

    @OptionGroup var visit: ProvenVisitArgument

    @Option(help: "Who calls it off.")
    var by = CancellerName.applicant

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason = ""

    @Flag(help: "Even if what was promised to others cannot be kept then.")
    var breakPromises = false

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func validate() throws {
        try Wrong.unless(reason, within: CallLimit.reasonBytes, "--reason")
    }

    func run() async throws {
        try await sending.send(to: visit.visit.area, showing: visit.proof()) { _, _ in
            .cancel(
                visit.visit, by: by.visitCanceller, reason: reason, breaking: breakPromises)
        }
    }
}

struct ReportVisit: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "How it goes with a visit, as its crew tells.",
        discussion: """
            What this leaves without a place is told with its ways out. Whichever crew the plan had, the visit is
            with the one that tells of it.

            Examples:
              kezek visits report astana-1/17 under-way
              kezek visits report astana-1/17 arrived
              kezek visits report astana-1/17 longer --minutes 15
              kezek visits report astana-1/17 nobody-home
              kezek visits report astana-1/17 done
              kezek visits report astana-1/17 done --crew crew-2
            """)

    @OptionGroup var visit: VisitArgument

    @Argument(help: "under-way, arrived, done, nobody-home or longer.")
    var what: VisitReportName

    @Option(help: "With longer: how many minutes more it takes.")
    var minutes: Int?

    @Option(
        help: ArgumentHelp(
            "The crew that tells it; the one that has the visit in the plan when it is not given.",
            valueName: "crew"))
    var crew: CrewID?

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func validate() throws {
        if what == .longer, minutes == nil { throw Wrong.needs("longer", "--minutes") }
        if what != .longer, minutes != nil { throw Wrong.needs("--minutes", "longer") }
        try Wrong.unless(minutes, in: CallLimit.visitMinutes, "--minutes")
    }

    func run() async throws {
        let report: VisitReport =
            switch what {
            case .underWay: .underWay
            case .arrived: .arrived
            case .done: .done
            case .nobodyHome: .nobodyHome
            case .longer: .longer(minutes: minutes ?? 0)
            }
        try await sending.send(to: visit.visit.area) { _, _ in
            .report(visit.visit, report, by: crew)
        }
    }
}

struct ShowVisit: AsyncParsableCommand, VisitAsker {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "How does a visit stand, and whose is it?",
        discussion: """
            Example:
              kezek visits show astana-1/17
            """)

    @OptionGroup var visit: ProvenVisitArgument
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try await options.run { desk in
            let view = try await desk.ask(.visit(visit.visit), showing: visit.proof())
            let clock = try await desk.clock(of: visit.visit.area)
            if options.json {
                return try JSONText.print(.visits(.visit(view)), clock: clock.stamp)
            }
            try Terminal.lines(HomeVisitText(visit: view, clock: clock).lines)
        }
    }
}

struct ExplainVisit: AsyncParsableCommand, VisitAsker {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why does a visit stand where it stands, and what else was possible?",
        discussion: """
            Example:
              kezek visits explain astana-1/17
            """)

    @OptionGroup var visit: ProvenVisitArgument
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try await options.run { desk in
            let found = try await desk.ask(.explain(visit.visit), showing: visit.proof())
            let clock = try await desk.clock(of: visit.visit.area)
            if options.json {
                return try JSONText.print(.visits(.explanation(found)), clock: clock.stamp)
            }
            try Terminal.lines(ExplainedText(visit: found, clock: clock).lines)
        }
    }
}
