// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekWire
import Texts

/// Which office of which standard, and as known when.
struct OfficeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The service standard.", valueName: "name"))
    var standard = "std-7"

    @Option(help: ArgumentHelp("The office: provider or corporation.", valueName: "name"))
    var office: String?

    @Option(
        help: ArgumentHelp(
            "The calendar of the office, which extends the standard's; by default the standard's.",
            valueName: "name"))
    var calendar = ""

    @Option(
        help: ArgumentHelp(
            "Answer with what was known on this day; by default today.", valueName: "date"))
    var asKnownOn: CivilDate?

    /// The office that the command line names.
    ///
    /// - Throws: if it names none.
    func name() throws -> OfficeName {
        guard let office else { throw Wrong.missing("--office") }
        return OfficeName(standard: standard, office: office)
    }
}

struct WorkingTimeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "working-time",
        abstract: "How many working days and minutes lie between two moments?",
        discussion: """
            Days are counted from the first date up to but not including the second,
            minutes by the office's hours of work.

            Example:
              kezek working-time --office provider 2026-03-19T16:05 2026-03-26T10:00

            In bulk, from standard input: CSV with a head line, or JSON lines, with 'from' and
            'to'; 'standard' and 'office' may stand in each row. Tables are read and written
            as by 'kezek due --bulk'.
              kezek working-time --office provider --bulk < visits.csv > times.csv
            """)

    @Argument(help: ArgumentHelp("The earlier moment.", valueName: "from-time"))
    var from: CivilDateTime?

    @Argument(help: ArgumentHelp("The later moment.", valueName: "to-time"))
    var to: CivilDateTime?

    @OptionGroup var office: OfficeOptions
    @OptionGroup var table: BulkOptions
    @OptionGroup var source: SourceOptions

    func validate() throws {
        try table.check(json: source.json)
        if table.bulk {
            if from != nil { throw Wrong.exclusive("<from-time>", "--bulk") }
            return
        }
        _ = try office.name()
        if from == nil { throw Wrong.missing("<from-time>") }
        if to == nil { throw Wrong.missing("<to-time>") }
    }

    func run() async throws {
        try await source.run {
            if table.bulk {
                return try await BulkRun(options: table, source: source) {
                    WorkingTimeAnswers(office: office, asking: RowAsking($0, source))
                }.run()
            }
            guard let from, let to else { return }
            let question = WorkingTimeQuestion(
                office: try office.name(), from: from, to: to, asKnownOn: office.asKnownOn,
                calendar: office.calendar)
            let answer = try await source.ask(.workingTime(question))
            if source.json {
                try JSONText.print(.workingTime(answer))
            } else {
                let language = source.chosenLanguage
                let minutes = language.workingMinutes(Int(answer.workingSeconds / 60))
                try Terminal.lines(
                    ["\(language.workingDays(answer.workingDays)), \(minutes)"]
                        + answer.basis.footnotes(in: language))
            }
        }
    }
}

struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Is the office open, and when does it open or close next?",
        discussion: """
            Examples:
              kezek open --office corporation
              kezek open --office provider --at 2026-03-19T13:15
              kezek open --office provider --calendar kz-almaty
            """)

    @OptionGroup var office: OfficeOptions

    @Option(help: ArgumentHelp("The moment asked about; by default now.", valueName: "date-time"))
    var at: CivilDateTime?

    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            let question = OfficeHoursQuestion(
                office: try office.name(), at: at, asKnownOn: office.asKnownOn,
                calendar: office.calendar)
            let answer = try await source.ask(.officeHours(question))
            if source.json {
                try JSONText.print(.officeHours(answer))
                return
            }
            let language = source.chosenLanguage
            let words = AnswerWords(language: language)
            let work =
                answer.isWorking
                ? "\(Terminal.styled(words.open, .green, .bold)), \(words.closes(answer.nextClosing))"
                : "\(Terminal.styled(words.closed, .red, .bold)), \(words.opens(answer.nextOpening))"
            let reception =
                answer.isReceiving
                ? words.receiving(until: answer.nextReceptionEnd)
                : words.notReceiving(until: answer.nextReception)
            let unknown = answer.unknown.map { [$0] } ?? []
            try Terminal.lines(
                ["\(answer.at): \(work)", reception] + ground(answer, language) + unknown
                    + answer.basis.footnotes(in: language))
        }
    }

    /// The hours of the day and what gives it them, where that is not the schedule of every day.
    private func ground(_ answer: OfficeHoursAnswer, _ language: Language) -> [String] {
        guard let ground = answer.ground else { return [] }
        let hours = HoursText(language: language).times(answer.receptionHours)
        let act = answer.act.map { " (\($0))" } ?? ""
        return ["\(hours.isEmpty ? "–" : hours): \(ground)\(act)"]
    }
}
