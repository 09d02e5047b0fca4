// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import KezekVisitFiles
import KezekVisitPapers
import Texts
import VisitChecking
import Visits

struct SheetVisits: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, ics, html
    }

    static let configuration = CommandConfiguration(
        commandName: "sheet",
        abstract: "What each crew does on its day, to print or to carry along.",
        discussion: """
            Times, places, what to bring, the promised window, the drive before each visit, and lunch.
            Times are those that the plan states; where it states none, everybody goes on as early
            as possible. The file may call a job and a vehicle
            something in 'description', skills in 'skill_names' and loads in 'amount_names'.

            Examples:
              kezek visits sheet week.json plan.json --origin 2026-03-16
              kezek visits sheet week.json plan.json --origin 2026-03-16 --vehicle 3 --language kk
              kezek visits sheet week.json plan.json --origin 2026-03-16 --format html > sheets.html
              kezek visits sheet week.json plan.json --origin 2026-03-16 --format ics \\
                                 --vehicle 3 --stamp 2026-03-13T17:00 > crew.ics
            """)

    @Argument(help: "The problem: VROOM-shaped JSON.", completion: .file())
    var problem: String

    @Argument(help: "The plan: VROOM-shaped JSON.", completion: .file())
    var plan: String

    @Option(
        help: ArgumentHelp(
            "The date whose midnight is second 0; 1970-01-01 for seconds since then.",
            valueName: "date"))
    var origin: CivilDate

    @Option(
        help: ArgumentHelp("Only this vehicle; may be repeated.", valueName: "number"))
    var vehicle: [Int] = []

    @Option(help: "text, ics (iCalendar) or html.")
    var format = Format.text

    @Option(help: "kk, ru or en.")
    var language = Language.en

    @Option(
        help: ArgumentHelp(
            "Of iCalendar: when the plan was made, in UTC; by default the origin.",
            valueName: "date-time"))
    var stamp: CivilDateTime?

    @OptionGroup var travel: TravelOptions

    func run() async throws {
        let input = try await VisitInput.read(problem, travel)
        guard input.instance == nil else {
            throw CommandFailure(
                "\(problem): the times of an instance are no seconds of a day; 'kezek visits map' draws its plan"
            )
        }
        let timed = try input.plan(plan)
        let faults = input.checker.check(timed).faults.count
        if faults > 0 {
            Terminal.note(
                "the plan has faults, \(faults) of them; 'kezek visits check' names them")
        }
        let pages = SheetPages(try sheets(timed, input), SheetWords(language))
        switch format {
        case .text: try Terminal.write(pages.text)
        case .html: try Terminal.write(pages.html)
        case .ics:
            try Terminal.write(
                SheetCalendar(
                    sheets: pages.sheets, words: pages.words, stamp: stamp, origin: origin,
                    name: input.notes.name
                )
                .text)
        }
    }

    private func sheets(_ plan: TimedPlan, _ input: VisitInput) throws -> [DaySheet] {
        if let lost = vehicle.first(where: { number in
            !plan.courses.contains { $0.shift.number == number }
        }) {
            throw CommandFailure("--vehicle \(lost): the plan has no route of it")
        }
        let courses = plan.courses.filter { vehicle.isEmpty || vehicle.contains($0.shift.number) }
        return try courses.map { course in
            guard
                let sheet = DaySheet(
                    course, input.problem, coordinates: input.coordinates, notes: input.notes,
                    origin: Origin(origin), after: input.soFar)
            else {
                throw CommandFailure(
                    "\(self.plan): the route of \(Phrase(sentence: "\(course.shift)")) is of another problem, or its days are "
                        + "outside the years 1 to 9999")
            }
            return sheet
        }
    }
}
