// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekWire
import Texts

struct LatestStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latest-start",
        abstract: "What is the latest moment to start, to be done by then?",
        discussion: """
            The last second at which the office accepts and the term still ends by --due.
            A due date alone means the end of that day.

            Example:
              kezek latest-start --channel corporation --due 2026-04-02
            """)

    @OptionGroup var clock: ClockOptions

    @Option(help: ArgumentHelp("The moment or day to be done by.", valueName: "date-time"))
    var due: MomentOrDate

    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            let question = LatestStartQuestion(
                clock: clock.clock, dueBy: due.endOfDay, asKnownOn: clock.asKnownOn)
            let answer = try await source.ask(.latestStart(question))
            if source.json {
                try JSONText.print(.latestStart(answer))
            } else {
                let language = source.chosenLanguage
                let due = AnswerWords(language: language).due(answer.dueAt)
                try Terminal.lines(
                    ["\(answer.latestStart)  \(due)"] + answer.basis.footnotes(in: language))
            }
        }
    }
}

struct TimeLeftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time-left",
        abstract: "How much of a term is left at a moment?",
        discussion: """
            Example:
              kezek time-left --channel corporation --accepted 2026-03-19T16:05 \\
                        --at 2026-03-26T10:00
            """)

    @OptionGroup var clock: ClockOptions

    @Option(help: ArgumentHelp("When it was accepted.", valueName: "date-time"))
    var accepted: CivilDateTime

    @OptionGroup var rules: StartRules

    @Option(help: ArgumentHelp("The moment asked about; by default now.", valueName: "date-time"))
    var at: CivilDateTime?

    @OptionGroup var source: SourceOptions

    func validate() throws { _ = try rules.parsed() }

    func run() async throws {
        try await source.run {
            let question = TimeLeftQuestion(
                due: DueDateQuestion(
                    clock: clock.clock, start: accepted, suspensions: try rules.parsed(),
                    outsideReception: rules.outsideReception, asKnownOn: clock.asKnownOn,
                    proof: false), at: at)
            let answer = try await source.ask(.timeLeft(question))
            if source.json {
                try JSONText.print(.timeLeft(answer))
            } else {
                try Terminal.write(Self.text(answer, source.chosenLanguage))
            }
        }
    }
}

extension TimeLeftCommand {
    fileprivate static func text(_ answer: TimeLeftAnswer, _ language: Language) -> String {
        let words = AnswerWords(language: language)
        let left = language.workingMinutes(Int(answer.workingSeconds / 60))
        var lines = [
            "\(language.workingDays(answer.workingDays)), \(left)  \(words.due(answer.dueAt))"
        ]
        if answer.runsOnRestDays, !answer.isOverdue {
            lines.append(
                words.calendarTime(answer.calendarDays, answer.calendarSeconds, answer.usedPercent))
        }
        if let stage = answer.stage, !answer.isOverdue { lines.append(words.stage(stage)) }
        if answer.warningPercent > 0, !answer.isOverdue {
            lines.append(Terminal.styled(words.warning(answer.warningPercent), .yellow))
        }
        if answer.isOverdue, let due = answer.dueAt {
            lines = [Terminal.styled(words.overdue(since: due), .red, .bold)]
        }
        if let since = answer.suspendedSince { lines.append(words.suspended(since: since)) }
        lines += answer.basis.footnotes(in: language)
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A moment, or a day that stands for its end.
struct MomentOrDate: ExpressibleByArgument {
    let endOfDay: CivilDateTime

    init?(argument: String) {
        if let moment = CivilDateTime(argument) {
            endOfDay = moment
        } else if let date = CivilDate(argument), let last = TimeOfDay("23:59:59") {
            endOfDay = CivilDateTime(date, last)
        } else {
            return nil
        }
    }
}
