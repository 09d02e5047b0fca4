// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekWire
import Texts

struct CalendarDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Which days of a year did new acts change?",
        discussion: """
            Compares what was known on two days, in every week. A holiday that was an
            estimate and is announced for the same day is told as well.

            Example:
              kezek calendar diff --year 2026 --known-from 2025-12-31 \\
                        --known-to 2026-06-12
            """)

    @Option(help: "The year.")
    var year: Int

    @Option(help: ArgumentHelp("The earlier state of knowledge.", valueName: "date"))
    var knownFrom: CivilDate

    @Option(
        name: [.customLong("known-to"), .customLong("as-known-on")],
        help: ArgumentHelp("The later state of knowledge.", valueName: "date"))
    var knownTo: CivilDate

    @Option(help: ArgumentHelp("The calendar.", valueName: "name"))
    var calendar = "kz"

    @Option(help: ArgumentHelp("Only this week; by default every one.", valueName: "name"))
    var week: String?

    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            let question = CalendarChangesQuestion(
                calendar: calendar, year: year, knownFrom: knownFrom, knownTo: knownTo)
            let answer = try await source.ask(.calendarChanges(question))
            let changes = answer.changes.filter { week == nil || $0.week == week }
            if let week, changes.isEmpty { try await requireWeek(week) }
            if source.json {
                try JSONText.print(
                    .calendarChanges(
                        CalendarChangesAnswer(
                            changes: changes, before: answer.before, after: answer.after)))
            } else {
                try Terminal.write(text(answer, changes))
            }
        }
    }

    /// Fails for a week that the calendar does not have: of it nothing could have changed.
    private func requireWeek(_ week: String) async throws {
        guard let day = CivilDate(year: year, month: 1, day: 1) else { return }
        let name = CalendarName(calendar: calendar, week: week, asKnownOn: knownTo)
        _ = try await source.ask(
            .calendarDays(CalendarDaysQuestion(calendar: name, first: day, last: day)))
    }

    private func text(
        _ answer: CalendarChangesAnswer, _ changes: [CalendarChangesAnswer.Change]
    ) -> String {
        let language = source.chosenLanguage
        let words = AnswerWords(language: language)
        var lines = changes.map { change in
            "\(change.date) \(language.weekdayAbbreviation(change.date.weekday))  "
                + "\(change.week.padded(5))  \(change.before.text) → "
                + Terminal.styled(change.after.text, .bold)
                + Terminal.styled("  [\(change.act)]", .dim)
        }
        let isSame = answer.before.version == answer.after.version
        if changes.isEmpty {
            lines.append(words.unchanged(year) + (isSame ? "" : elsewhere))
        }
        lines.append(
            Terminal.styled(
                "\(words.known(answer.before)) → \(words.known(answer.after))", .dim))
        return lines.joined(separator: "\n") + "\n"
    }

    /// Why the versions differ all the same.
    private var elsewhere: String {
        LocalizedText(
            kk: "; жаңа мәлімет басқа жылдарға немесе тек актілер мен атауларға қатысты",
            ru: "; новые сведения касаются других лет или только актов и названий",
            en: "; what became known concerns other years, or only acts and names"
        )[source.chosenLanguage]
    }
}
