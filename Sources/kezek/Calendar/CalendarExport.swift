// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekTables
import KezekWire
import Texts

struct CalendarExport: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case ics, csv
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "A year for other programs: iCalendar or CSV.",
        discussion: """
            iCalendar has the days that are not as the week has them: holidays,
            substitutes, moved days. CSV has every day. A day that rests by an estimate
            alone is tentative in iCalendar and 'estimated' in CSV and JSON, and its text
            says so.

            Examples:
              kezek calendar export 2026 --week five --format ics > 2026.ics
              kezek calendar export 2026 --week six --format csv --language ru
            """)

    @Argument(help: "The year.")
    var year: Int

    @Option(help: "ics or csv; by default ics.")
    var format: Format?

    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var source: SourceOptions

    func validate() throws {
        guard format == nil || !source.json else {
            throw Wrong.exclusive("--format \(format?.rawValue ?? "")", "--json")
        }
    }

    func run() async throws {
        try await source.run {
            guard let first = CivilDate(year: year, month: 1, day: 1),
                let last = CivilDate(year: year, month: 12, day: 31)
            else { throw CommandFailure("the year must be 1 to 9999") }
            let question = CalendarDaysQuestion(calendar: calendar.name, first: first, last: last)
            let answer = try await source.ask(.calendarDays(question))
            if source.json {
                try JSONText.print(answer.json(week: calendar.week))
                return
            }
            switch format ?? .ics {
            case .csv: try Terminal.write(csv(answer))
            case .ics: try Terminal.write(YearCalendar(answer: answer, name: calendar).text)
            }
        }
    }

    private func csv(_ answer: CalendarDaysAnswer) -> String {
        var text = CSVForm.plain.line([
            "date", "weekday", "working", "kind", "reason", "act", "calendarVersion", "estimated",
        ])
        for (date, reason) in answer.dated {
            text += CSVForm.plain.line([
                date.description, date.weekday.name, "\(reason.kind.isWorkingDay)",
                "\(reason.kind)", reason.text, reason.act, answer.basis.version,
                "\(reason.isEstimate)",
            ])
        }
        return text
    }
}
