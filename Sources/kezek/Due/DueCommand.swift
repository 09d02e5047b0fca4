// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekJSON
import KezekTables
import KezekWire
import Texts
import WorkingDays

struct DueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: "When is it due, and why?",
        discussion: """
            Examples:
              kezek due --standard std-7 --channel corporation-elsewhere \\
                        --accepted 2026-03-19T16:05
              kezek due --channel provider --accepted 2026-03-19T12:50 --json
              kezek due --channel storage --accepted 2026-01-31T10:00 --language ru
              kezek due --channel corporation --accepted 2024-06-12T10:00 \\
                        --as-known-on 2024-06-01
              kezek due --channel corporation --accepted 2026-03-19T16:05 \\
                        --suspend 2026-03-20T10:00/2026-03-27T10:00

            In bulk, from standard input: CSV with a head line, or JSON lines. 'accepted'
            is needed; 'standard' and 'channel' may stand in each line instead of on the
            command line, and 'suspend' has FROM/UNTIL, with ';' between several. Further
            columns are kept as they are. A bad line is told on
            standard error by its number and left out; the status is then 2.
              printf 'id,accepted\\n1,2026-03-19T16:05\\n' | \\
                        kezek due --bulk --channel corporation

            CSV may be as a spreadsheet saves it: with commas, semicolons, tabs or bars,
            found from the head line or named with --separator, and in UTF-8. 'accepted'
            may be 2026-03-19T16:05, 2026-03-19 16:05:00 or 19.03.2026 16:05; with an
            offset, as 2026-03-19T16:05+05:00, it is taken to the standard's zone. A date
            alone will do for a term in days or months: then no hours of reception are
            checked. Due dates are written in the form in which the row has its own.
              kezek due --bulk --channel corporation < applications.csv > due.csv
            """)

    @Option(help: ArgumentHelp("The service standard.", valueName: "name"))
    var standard = "std-7"

    @Option(
        help: ArgumentHelp(
            "The channel (provider, corporation, corporation-elsewhere) or another clock of the "
                + "standard (storage, redelivery, …); see 'kezek standards'.",
            valueName: "name"))
    var channel: String?

    @Option(
        help: ArgumentHelp(
            "When it was accepted (or the clock's other event happened), as 2026-03-19T16:05.",
            valueName: "date-time"))
    var accepted: CivilDateTime?

    @OptionGroup var rules: StartRules

    @Option(
        help: ArgumentHelp(
            "The calendar of the office, which extends the standard's; by default the standard's.",
            valueName: "name"))
    var calendar = ""

    @Option(
        help: ArgumentHelp(
            "Answer with what was known on this day; by default today.", valueName: "date"))
    var asKnownOn: CivilDate?

    @OptionGroup var table: BulkOptions

    @OptionGroup var source: SourceOptions

    func validate() throws {
        try table.check(json: source.json)
        if table.bulk {
            if accepted != nil { throw Wrong.exclusive("--accepted", "--bulk") }
            if !rules.suspensions.isEmpty {
                throw Wrong.exclusive("--suspend", "--bulk")
            }
        } else if channel == nil || accepted == nil {
            throw Wrong.say(
                kk: "--channel мен --accepted керек, мысалы: kezek due --channel corporation "
                    + "--accepted 2026-03-19T16:05",
                ru: "Нужны --channel и --accepted, как: kezek due --channel corporation "
                    + "--accepted 2026-03-19T16:05",
                en: "--channel and --accepted are needed, as in: kezek due --channel corporation "
                    + "--accepted 2026-03-19T16:05")
        }
        _ = try rules.parsed()
    }

    func run() async throws {
        try await source.run {
            if table.bulk {
                try await BulkRun(options: table, source: source) {
                    DueAnswers(command: self, source: $0)
                }.run()
            } else if let channel, let accepted {
                try await answer(channel, accepted)
            }
        }
    }

    private func answer(_ channel: String, _ accepted: CivilDateTime) async throws {
        let question = DueDateQuestion(
            clock: ClockName(standard: standard, channel: channel), start: accepted,
            suspensions: try rules.parsed(), outsideReception: rules.outsideReception,
            asKnownOn: asKnownOn, calendar: calendar)
        let answer = try await source.ask(.dueDate(question))
        if source.json {
            try JSONText.print(
                .dueDate(answer),
                with: [.init("standard", standard), .init("channel", channel)])
        } else {
            try Terminal.write(
                DueText(answer: answer, question: question, language: source.chosenLanguage).text)
        }
    }
}

/// A due date with its proof, for a person at a terminal.
struct DueText {
    let answer: DueDateAnswer
    let question: DueDateQuestion
    let language: Language

    var text: String {
        var lines = [
            Terminal.styled(
                "\(answer.dueAt.date)  \(answer.dueAt.time)  "
                    + language.weekdayName(answer.dueAt.date.weekday), .bold, .green)
                + "   \(question.clock.standard) · \(question.clock.channel)",
            "",
        ]
        if let proof = answer.proof { lines += table(proof) + ["", proof.sentence, ""] }
        lines += answer.basis.footnotes(in: language)
        return lines.joined(separator: "\n") + "\n"
    }

    /// A row for each line, and below them the acts that the rows cite by number.
    private func table(_ proof: Proof) -> [String] {
        var count = 0
        var acts = Citations()
        let rows = proof.lines.enumerated().flatMap { place, line in
            let reason = proof.reason(line)
            let isWholeDay = line.part == nil
            let headings = headings(proof, at: place)
            if !headings.isEmpty { count = 0 }
            if line.counted, isWholeDay { count += 1 }
            let mark = line.counted ? (isWholeDay ? "\(count)" : "+") : "–"
            let part = line.part.map { "\($0.start)–\(end(of: $0, reason))".padded(13) } ?? ""
            let row =
                "  \(line.date) \(language.weekdayAbbreviation(line.date.weekday))  \(part)"
                + "\(mark.leftPadded(3))  \(reason.text)"
            let act = line.counted ? "" : acts.mark(reason.act)
            return headings + [(line.counted ? row : Terminal.styled(row, .yellow)) + act]
        }
        return rows + [""] + acts.lines
    }

    /// The stages that begin with a line.
    private func headings(_ proof: Proof, at line: Int) -> [String] {
        proof.stages.enumerated().compactMap { place, stage in
            guard stage.firstLine == line, let title = stage.title else { return nil }
            let term = stage.terms.first?.term ?? ""
            return Terminal.styled(
                "  \(place + 1). \(title): \(term) → \(stage.dueAt)", .bold)
        }
    }

    /// The end of a part of a day: midnight, of what runs day and night to the last second of it.
    private func end(of part: DayInterval, _ reason: Proof.Reason) -> String {
        let isNight = reason.kind == .clockTime && part.end.second == TimeOfDay.secondsPerDay - 1
        return isNight ? "24:00" : "\(part.end)"
    }
}
