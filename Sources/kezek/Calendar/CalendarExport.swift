// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekTables
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
            substitutes, moved days. CSV has every day.

            Examples:
              kezek calendar export 2026 --week five --format ics > 2026.ics
              kezek calendar export 2026 --week six --format csv --language ru
            """)

    @Argument(help: "The year.")
    var year: Int

    @Option(help: "ics or csv.")
    var format: Format = .ics

    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            guard let first = CivilDate(year: year, month: 1, day: 1),
                let last = CivilDate(year: year, month: 12, day: 31)
            else { throw CommandFailure("the year must be 1 to 9999") }
            let question = CalendarDaysQuestion(calendar: calendar.name, first: first, last: last)
            guard case .calendarDays(let answer) = try await source.ask(.calendarDays(question))
            else { return }
            if source.json {
                try JSONText.print(WithBasis(ExportJSON(answer), answer.basis))
                return
            }
            switch format {
            case .csv: try Terminal.write(csv(answer))
            case .ics: try Terminal.write(ICalendar(answer: answer, name: calendar).text)
            }
        }
    }

    private func csv(_ answer: CalendarDaysAnswer) -> String {
        var text = CSVForm.plain.line([
            "date", "weekday", "working", "kind", "reason", "act", "calendarVersion",
        ])
        for (date, reason) in answer.dated {
            text += CSVForm.plain.line([
                date.description, date.weekday.name, "\(reason.kind.isWorkingDay)",
                "\(reason.kind)", reason.text, reason.act, answer.basis.version,
            ])
        }
        return text
    }
}

private struct ExportJSON: Encodable {
    struct Day: Encodable {
        let date: String
        let working: Bool
        let kind: String
        let reason: String
        let act: String
    }

    let days: [Day]

    init(_ answer: CalendarDaysAnswer) {
        days = answer.dated.map { date, reason in
            Day(
                date: date.description, working: reason.kind.isWorkingDay,
                kind: "\(reason.kind)", reason: reason.text, act: reason.act)
        }
    }
}

/// The days of a year that are not as the week has them, as iCalendar (RFC 5545).
struct ICalendar {
    let answer: CalendarDaysAnswer
    let name: CalendarOptions

    var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kezek//Working calendar//EN",
            "X-WR-CALNAME:\(Self.escaped("\(name.calendar) \(name.week)"))",
        ]
        for (date, reason) in answer.dated
        where reason.kind != .working && reason.kind != .weeklyRest {
            guard let next = date.adding(days: 1) else { continue }
            lines += [
                "BEGIN:VEVENT", "UID:\(name.calendar)-\(name.week)-\(date)@kezek",
                // The stamp is the day whose knowledge this is, so the same knowledge gives the
                // same file.
                "DTSTAMP:\(Self.digits(answer.basis.asKnownOn))T000000Z",
                "DTSTART;VALUE=DATE:\(Self.digits(date))", "DTEND;VALUE=DATE:\(Self.digits(next))",
                "SUMMARY:\(Self.escaped(reason.text))", "DESCRIPTION:\(Self.escaped(reason.act))",
                "CATEGORIES:\("\(reason.kind)".uppercased())", "TRANSP:TRANSPARENT", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined(separator: "\r\n") + "\r\n"
    }

    private static func digits(_ date: CivilDate) -> String {
        date.description.filter { $0 != "-" }
    }

    /// RFC 5545, 3.3.11: backslash, semicolon, comma and line break are escaped.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\", ";", ",": result += "\\\(character)"
            case _ where character.isNewline: result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }

    /// RFC 5545, 3.1: a line has at most 75 octets; it goes on after a line break and a space.
    private static func folded(_ line: String) -> String {
        var result = ""
        var octets = 0
        for character in line {
            let size = String(character).utf8.count
            if octets + size > 75 {
                result += "\r\n "
                octets = 1
            }
            result.append(character)
            octets += size
        }
        return result
    }
}
