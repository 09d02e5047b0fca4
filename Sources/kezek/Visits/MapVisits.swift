// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import KezekVisitFiles
import KezekVisitPapers
import Texts
import VisitChecking
import Visits

struct MapVisits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw a plan: routes by crew, stops with their times.",
        discussion: """
            An .svg has a panel for each day; an .html has boxes for days and crews, and needs no
            network. Stops say when they are, their windows, and whether they are late, to the
            mouse. Lines are straight: no roads are drawn.

            Examples:
              kezek visits map week.json plan.json --origin 2026-03-16 --output map.svg
              kezek visits map week.json plan.json --output map.html
              kezek visits map C101.txt C101.sol --output map.svg
            """)

    @Argument(
        help: "The problem: VROOM-shaped JSON, Solomon's text or VRPLIB's.", completion: .file())
    var problem: String

    @Argument(help: "The plan: VROOM-shaped JSON or, of an instance, .sol.", completion: .file())
    var plan: String

    @Option(
        help: ArgumentHelp(
            "Where it goes; its ending says what it is.", valueName: ".svg|.html"),
        completion: .file())
    var output: String

    @Option(
        help: ArgumentHelp(
            "The date whose midnight is second 0; without, days are counted.", valueName: "date"))
    var origin: CivilDate?

    @Option(help: "Of the dates: kk, ru or en.")
    var language = Language.en

    @OptionGroup var travel: TravelOptions

    func validate() throws {
        guard output.hasSuffix(".svg") || output.hasSuffix(".html") else {
            throw Wrong.ending("--output", ".svg", ".html")
        }
    }

    func run() async throws {
        let input = try await VisitInput.read(problem, travel)
        let words = SheetWords(language)
        let units: MapUnits =
            if let instance = input.instance {
                .units(scale: instance.scale)
            } else if let origin {
                .dated(Origin(origin), words)
            } else { .counted(words) }
        let points: MapPoints =
            input.instance.map { .plane($0.points) } ?? .earth(input.coordinates)
        let map: RouteMap
        do {
            map = try RouteMap(
                try input.plan(plan), input.problem, points: points, notes: input.notes,
                units: units, after: input.soFar)
        } catch let fault as MapFault {
            throw CommandFailure("\(plan): \(Phrase(sentence: fault.description))")
        }
        let text = output.hasSuffix(".svg") ? MapPicture(map).svg : MapPage(map).html
        try WholeFile.write(Data(text.utf8), to: output)
    }
}
