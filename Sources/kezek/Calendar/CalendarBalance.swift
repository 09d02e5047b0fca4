// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Enquiries
import KezekJSON
import KezekWire
import Texts
import WorkingDays

struct CalendarBalance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance",
        abstract: "The balance of working time of a year: days and hours per month.",
        discussion: """
            Example:
              kezek calendar balance 2026 --week six --json
            """)

    @Argument(help: "The year.")
    var year: Int

    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            let question = BalanceQuestion(calendar: calendar.name, year: year)
            let answer = try await source.ask(.balance(question))
            if source.json {
                try JSONText.print(.balance(answer), with: Self.totals(answer))
                return
            }
            let language = source.chosenLanguage
            let words = AnswerWords(language: language)
            let head =
                "\(year)".padded(14) + words.days.leftPadded(6) + words.hours.leftPadded(9)
            var lines = [Terminal.styled(head, .bold)]
            for month in answer.months {
                lines.append(
                    language.monthName(month.month).padded(14)
                        + "\(month.workingDays)".leftPadded(6)
                        + hours(month.workingMinutes).leftPadded(9))
            }
            lines.append(
                Terminal.styled(
                    "".padded(14)
                        + "\(answer.months.reduce(0) { $0 + $1.workingDays })".leftPadded(6)
                        + hours(answer.months.reduce(0) { $0 + $1.workingMinutes }).leftPadded(9),
                    .bold))
            lines += answer.basis.footnotes(in: language)
            try Terminal.lines(lines)
        }
    }

    /// What the months come to.
    private static func totals(_ answer: BalanceAnswer) -> [JSONValue.Member] {
        [
            .init("workingDays", answer.months.reduce(0) { $0 + $1.workingDays }),
            .init("workingMinutes", answer.months.reduce(0) { $0 + $1.workingMinutes }),
        ]
    }

    private func hours(_ minutes: Int) -> String {
        minutes % 60 == 0 ? "\(minutes / 60)" : "\(Double(minutes) / 60)"
    }
}
