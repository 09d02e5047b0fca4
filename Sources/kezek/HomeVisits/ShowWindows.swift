// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeVisits
import KezekWire
import Parties
import Texts

struct ShowWindows: AsyncParsableCommand, VisitAsker {
    static let configuration = CommandConfiguration(
        commandName: "windows",
        abstract: "Which windows could be promised now at a place? Holds none (R10.1).",
        discussion: """
            Answers at once, and tells the windows in which a crew has the time as its
            day is planned. 'kezek visits offer' holds the best, and looks for more by
            having others make room.

            Example:
              kezek visits windows --area astana-1 --place 71.4597,51.1642 \\
                        --need sign-language
            """)

    @OptionGroup var area: AreaOption

    @Option(
        help: ArgumentHelp(
            "Where it is, in degrees, as 71.4597,51.1642.", valueName: "longitude,latitude"))
    var place: HomePoint

    @OptionGroup var wishes: VisitWishes

    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try await options.run { desk in
            let free = try await desk.ask(
                .windows(
                    WindowsQuestion(
                        area: area.area, place: place, needs: wishes.needs,
                        avoided: wishes.avoided, minutes: wishes.minutes)))
            let clock = try await desk.clock(of: area.area)
            if options.json {
                return try JSONText.print(.visits(.windows(free)), clock: clock.stamp)
            }
            let lines =
                [clock.pick("мерзімі", "срок", "due") + " \(clock.moment(free.due))", ""]
                + WindowsText(windows: free.windows, refused: free.refused, clock: clock).lines
                + free.ways.notes(clock)
            try Terminal.lines(lines)
        }
    }
}
