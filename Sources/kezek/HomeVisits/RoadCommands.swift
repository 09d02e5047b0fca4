// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeVisits
import Parties

struct RoadGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "road",
        abstract: "Places that ways lead round: close, open.",
        discussion: "Each straight line through the circle takes so many minutes longer.",
        subcommands: [CloseRoad.self, OpenRoad.self])
}

/// What a closed road is called.
struct RoadArgument: ParsableArguments {
    @Option(help: AreaOption.help)
    var area: OfficeID

    @Argument(help: "Its name: up to 24 lower-case letters, digits and hyphens.")
    var name: NeedID
}

struct CloseRoad: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Ways through a circle take longer.",
        discussion: """
            Promises that cannot be kept then are told with their ways out.

            Example:
              kezek visits road close --area astana-1 bridge --place 71.4187,51.1538 \\
                        --radius 400 --minutes 20
            """)

    @OptionGroup var road: RoadArgument

    @Option(
        help: ArgumentHelp(
            "The middle of the circle, in degrees.", valueName: "longitude,latitude"))
    var place: HomePoint

    @Option(help: ArgumentHelp("The circle's radius, 1 to 20000.", valueName: "metres"))
    var radius: Int

    @Option(help: "How many minutes longer a way through it takes, 1 to 240.")
    var minutes: Int

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    private var closure: RoadClosure? {
        guard (1...240).contains(minutes) else { return nil }
        return RoadClosure(name: road.name, centre: place, radius: radius, extra: minutes * 60)
    }

    func validate() throws {
        guard closure != nil else {
            throw Wrong.say(
                kk: "--radius 1–20000, --minutes 1–240 болуы керек.",
                ru: "--radius: от 1 до 20000, --minutes: от 1 до 240.",
                en: "--radius must be 1 to 20000 and --minutes 1 to 240.")
        }
    }

    func run() async throws {
        guard let closure else { return }
        try await sending.send(to: road.area) { _, _ in .closeRoad(road.area, closure) }
    }
}

struct OpenRoad: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Ways through the circle are as before.",
        discussion: """
            Example:
              kezek visits road open --area astana-1 bridge
            """)

    @OptionGroup var road: RoadArgument
    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try await sending.send(to: road.area) { _, _ in .openRoad(road.area, road.name) }
    }
}
