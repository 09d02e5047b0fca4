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

            In bulk, from standard input: CSV with a head line, or JSON lines, with 'due';
            'standard' and 'channel' may stand in each row. Tables are read and written as by
            'kezek due --bulk'.
              kezek latest-start --channel corporation --bulk < due.csv > starts.csv
            """)

    @OptionGroup var clock: ClockOptions

    @Option(help: ArgumentHelp("The moment or day to be done by.", valueName: "date-time"))
    var due: MomentOrDate?

    @OptionGroup var table: BulkOptions
    @OptionGroup var source: SourceOptions

    func validate() throws {
        try table.check(json: source.json)
        if table.bulk {
            if due != nil { throw Wrong.exclusive("--due", "--bulk") }
            return
        }
        _ = try clock.clock()
        if due == nil { throw Wrong.missing("--due") }
    }

    func run() async throws {
        try await source.run {
            if table.bulk {
                return try await BulkRun(options: table, source: source) {
                    LatestStartAnswers(clock: clock, asking: RowAsking($0, source))
                }.run()
            }
            guard let due else { return }
            let question = LatestStartQuestion(
                clock: try clock.clock(), dueBy: due.endOfDay, asKnownOn: clock.asKnownOn,
                calendar: clock.calendar)
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

            In bulk, from standard input: CSV with a head line, or JSON lines, with
            'accepted'; 'at', 'suspend', 'standard' and 'channel' may stand in each row. Tables
            are read and written as by 'kezek due --bulk'.
              kezek time-left --channel corporation --bulk < applications.csv > left.csv
            """)

    @OptionGroup var clock: ClockOptions

    @Option(help: ArgumentHelp("When it was accepted.", valueName: "date-time"))
    var accepted: CivilDateTime?

    @OptionGroup var rules: StartRules

    @Option(help: ArgumentHelp("The moment asked about; by default now.", valueName: "date-time"))
    var at: CivilDateTime?

    @OptionGroup var table: BulkOptions
    @OptionGroup var source: SourceOptions

    func validate() throws {
        try table.check(json: source.json)
        _ = try rules.parsed()
        if table.bulk {
            if accepted != nil { throw Wrong.exclusive("--accepted", "--bulk") }
            if !rules.suspensions.isEmpty { throw Wrong.exclusive("--suspend", "--bulk") }
            return
        }
        _ = try clock.clock()
        if accepted == nil { throw Wrong.missing("--accepted") }
    }

    func run() async throws {
        try await source.run {
            if table.bulk {
                return try await BulkRun(options: table, source: source) {
                    TimeLeftAnswers(
                        clock: clock, rules: rules, at: at, asking: RowAsking($0, source))
                }.run()
            }
            guard let accepted else { return }
            let question = TimeLeftQuestion(
                due: DueDateQuestion(
                    clock: try clock.clock(), start: accepted, suspensions: try rules.parsed(),
                    outsideReception: rules.outsideReception, asKnownOn: clock.asKnownOn,
                    proof: false, calendar: clock.calendar), at: at)
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
