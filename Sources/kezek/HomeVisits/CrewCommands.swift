// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import HomeVisits
import Parties

/// Which crew a command is about.
struct CrewOptions: ParsableArguments {
    @Option(help: AreaOption.help)
    var area: OfficeID

    @Option(help: ArgumentHelp("The crew.", valueName: "crew"))
    var crew: CrewID
}

/// On which date; the server's today when none is given.
struct CrewDateOption: ParsableArguments {
    @Option(help: "The date; today where the area is when it is not given.")
    var date: CivilDate?

    func date(_ area: OfficeID, _ desk: AreaDesk) async throws -> CivilDate {
        if let date { return date }
        return try await desk.today(area)
    }
}

struct DelayCrew: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "delay",
        abstract: "A crew goes on so many minutes later.",
        discussion: """
            Promises that cannot be kept then are told with their ways out.

            Example:
              kezek visits delay --area astana-1 --crew crew-1 --minutes 30
            """)

    @OptionGroup var crew: CrewOptions

    @Option(help: "By how many minutes.")
    var minutes: Int

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func validate() throws {
        try Wrong.unless(minutes, in: CallLimit.crewDelayMinutes, "--minutes")
    }

    func run() async throws {
        try await sending.send(to: crew.area) { _, _ in
            .crew(crew.area, crew.crew, .delayed(minutes: minutes))
        }
    }
}

struct AbsentCrew: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "absent",
        abstract: "A crew pays no more visits on a date.",
        discussion: """
            Others take its visits over as far as they can.

            Examples:
              kezek visits absent --area astana-1 --crew crew-1
              kezek visits absent --area astana-1 --crew crew-1 --date 2026-12-02
            """)

    @OptionGroup var crew: CrewOptions
    @OptionGroup var date: CrewDateOption
    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try await sending.send(to: crew.area) { desk, _ in
            .crew(crew.area, crew.crew, .absent(try await date.date(crew.area, desk)))
        }
    }
}

struct PresentCrew: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "present",
        abstract: "A crew is back on a date after all.",
        discussion: """
            Example:
              kezek visits present --area astana-1 --crew crew-1 --date 2026-12-02
            """)

    @OptionGroup var crew: CrewOptions
    @OptionGroup var date: CrewDateOption
    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try await sending.send(to: crew.area) { desk, _ in
            .crew(crew.area, crew.crew, .present(try await date.date(crew.area, desk)))
        }
    }
}
