// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekJSON
import KezekWire
import Texts

struct CalendarShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A year or a month at a glance, with the names of the holidays.",
        discussion: """
            Rest days are in brackets, holidays have a star, and a working day that was
            moved has a plus. What rests by an estimate alone ends in a question mark.

            Examples:
              kezek calendar show 2026
              kezek calendar show 2026 --month 3 --week six --language kk
              kezek calendar show 2024 --month 6 --as-known-on 2024-06-01
            """)

    @Argument(help: "The year.")
    var year: Int

    @Option(help: "Only this month, 1 to 12.")
    var month: Int?

    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var source: SourceOptions

    func validate() throws {
        try Wrong.unless(year, in: 1...9999, "<year>")
        try Wrong.unless(month, in: 1...12, "--month")
    }

    func run() async throws {
        try await source.run {
            let last = CivilDate.daysIn(month: month ?? 12, year: year)
            guard let first = CivilDate(year: year, month: month ?? 1, day: 1),
                let end = CivilDate(year: year, month: month ?? 12, day: last)
            else { return }
            let question = CalendarDaysQuestion(
                calendar: calendar.name, first: first, last: end)
            let answer = try await source.ask(.calendarDays(question))
            if source.json {
                try JSONText.print(answer.json(week: calendar.week))
            } else {
                let page = CalendarPage(
                    answer: answer, language: source.chosenLanguage, week: calendar.week)
                try Terminal.write(page.text(months: month.map { [$0] } ?? Array(1...12), of: year))
            }
        }
    }
}

extension CalendarDaysAnswer {
    /// As the reply of the call; with the week that was asked about, and of each day what follows from it.
    func json(week: String) throws -> JSONValue {
        let reply = try JSONText.value(
            .calendarDays(self), with: [.init("week", week)])
        var dated = self.dated[...]
        return reply.changing("days") { days in
            days.each { day in
                guard let (date, reason) = dated.popFirst() else { return day }
                return day.adding([
                    .init("weekday", date.weekday.name),
                    .init("working", .bool(reason.kind.isWorkingDay)),
                ])
            }
        }
    }

    /// Each day with its date.
    var dated: [(date: CivilDate, reason: Proof.Reason)] {
        days.enumerated().compactMap { offset, reason in
            first.adding(days: offset).map { ($0, reasons[reason]) }
        }
    }
}

extension Proof.Kind {
    var isWorkingDay: Bool { self == .working || self == .movedWorking }
}

/// Months as a wall calendar shows them, and a list of the days that are not as the week has them.
struct CalendarPage {
    let answer: CalendarDaysAnswer
    let language: Language
    let week: String

    private static let monthWidth = 28
    private static let gap = "    "

    func text(months: [Int], of year: Int) -> String {
        var reasons: [CivilDate: Proof.Reason] = [:]
        for (date, reason) in answer.dated { reasons[date] = reason }
        var lines: [String] = []
        for row in stride(from: 0, to: months.count, by: 3) {
            let blocks = months[row..<min(row + 3, months.count)].map {
                monthLines($0, year, reasons)
            }
            for line in 0..<(blocks.map(\.count).max() ?? 0) {
                let blank = String(repeating: " ", count: Self.monthWidth)
                lines.append(
                    blocks.map { line < $0.count ? $0[line] : blank }.joined(separator: Self.gap))
            }
            lines.append("")
        }
        lines += legend()
        lines += answer.basis.footnotes(in: language)
        return lines.joined(separator: "\n") + "\n"
    }

    private func monthLines(
        _ month: Int, _ year: Int, _ reasons: [CivilDate: Proof.Reason]
    ) -> [String] {
        let count = CivilDate.daysIn(month: month, year: year)
        let dates = (1...count).compactMap { CivilDate(year: year, month: month, day: $0) }
        let working = dates.filter { reasons[$0]?.kind.isWorkingDay == true }.count
        let title = "\(language.monthName(month)) \(year)".padded(Self.monthWidth - 5)
        var lines = [
            Terminal.styled(title, .bold) + Terminal.styled("\(working)".leftPadded(5), .dim),
            Weekday.allCases.map {
                Terminal.styled(" \(language.weekdayAbbreviation($0)) ", .dim)
            }.joined(),
        ]
        let lead = (dates.first?.weekday.rawValue ?? 1) - 1
        var cells = Array(repeating: "    ", count: lead) + dates.map { cell($0, reasons[$0]) }
        cells += Array(repeating: "    ", count: (7 - cells.count % 7) % 7)
        for start in stride(from: 0, to: cells.count, by: 7) {
            lines.append(cells[start..<start + 7].joined())
        }
        return lines
    }

    /// Four characters: what the day is must be seen without colours too.
    private func cell(_ date: CivilDate, _ reason: Proof.Reason?) -> String {
        let day = "\(date.day)".leftPadded(2)
        let end = reason?.isEstimate == true ? "?" : nil
        return switch reason?.kind {
        case .weeklyRest: Terminal.styled("(\(day))", .dim)
        case .holiday: Terminal.styled("*\(day)\(end ?? "*")", .red, .bold)
        case .substitute, .movedRest: Terminal.styled("(\(day)\(end ?? ")")", .magenta)
        case .movedWorking: Terminal.styled("+\(day)+", .yellow)
        default: " \(day) "
        }
    }

    private func legend() -> [String] {
        var acts = Citations()
        let rows = answer.dated.filter {
            $0.reason.kind != .working && $0.reason.kind != .weeklyRest
        }.map {
            let mark =
                switch $0.reason.kind {
                case .holiday: "*"
                case .movedWorking: "+"
                default: "("
                }
            return "\(mark) \($0.date) \(language.weekdayAbbreviation($0.date.weekday))  "
                + $0.reason.text + acts.mark($0.reason.act)
        }
        return rows + [""] + acts.lines
    }
}
