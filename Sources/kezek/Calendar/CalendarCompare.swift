// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekTables
import KezekWire
import Texts

struct CalendarCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Where does a published production calendar differ from ours?",
        discussion: """
            The file is the XML of xmlcalendar.ru, or what isdayoff.ru returns for a year: a
            digit for each day, 0 for a working day, 1 for a rest day, 2 for a shortened
            day, 4 for a day that works in an epidemic. A row of digits needs --year. Nothing
            is taken from the file: each day on which the two differ is told, with what our
            calendar says of it and by which act. Both are of the five-day week.

            The status is 0 if all days agree, 1 if some differ or the file has faults.

            Examples:
              kezek calendar compare calendar.xml
              kezek calendar compare 2026.txt --year 2026 --json
              kezek calendar compare calendar.xml --calendar kz --as-known-on 2026-01-01
            """)

    @Argument(
        help: "The file; - for standard input.", completion: .file(extensions: ["xml", "txt"]))
    var file: String

    @Option(help: ArgumentHelp("The year, where the file does not tell it.", valueName: "year"))
    var year: Int?

    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var source: SourceOptions

    func validate() throws { try Wrong.unless(year, in: 1...9999, "--year") }

    func run() async throws {
        try await source.run {
            let theirs = try read()
            guard let first = CivilDate(year: theirs.year, month: 1, day: 1),
                let last = CivilDate(year: theirs.year, month: 12, day: 31)
            else { return }
            let answer = try await source.ask(
                .calendarDays(
                    CalendarDaysQuestion(calendar: calendar.name, first: first, last: last)))
            let comparison = CalendarComparison(
                theirs: theirs, ours: answer, name: calendar.name, file: file,
                language: source.chosenLanguage)
            if source.json {
                try JSONText.print(comparison.json)
            } else {
                try Terminal.lines(comparison.lines)
            }
            if !comparison.differences.isEmpty { throw CommandStatus.refused.exitCode }
        }
    }

    private func read() throws -> ProductionCalendar {
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle, let data = try? Self.read(handle) else {
            throw CommandFailure.cannotRead(file)
        }
        let found: ProductionCalendar
        do throws(ProductionCalendar.Fault) {
            found = try ProductionCalendar(reading: data, year: year)
        } catch {
            throw CommandFailure("\(file):\(error.line): \(error.problem)")
        }
        let own = String(calendar.calendar.prefix { $0 != "-" })
        guard let country = found.country, country != own else { return found }
        let problem: Phrase = "expected the calendar of \(own), found \(country)"
        throw CommandFailure("\(file):\(1): \(problem)")
    }

    /// No more than one byte beyond what may be.
    private static func read(_ handle: FileHandle) throws -> Data {
        var data = Data()
        while data.count <= ProductionCalendar.sizeLimit,
            let more = try handle.read(upToCount: ProductionCalendar.sizeLimit + 1 - data.count),
            !more.isEmpty
        {
            data += more
        }
        return data
    }
}

/// A published calendar beside ours.
struct CalendarComparison {
    struct Difference {
        let date: CivilDate
        let theirs: ProductionCalendar.Day
        let ours: ProductionCalendar.Day
        let reason: Proof.Reason
    }

    let theirs: ProductionCalendar
    let ours: CalendarDaysAnswer
    let name: CalendarName
    let file: String
    let language: Language

    var differences: [Difference] {
        zip(theirs.days, ours.dated).compactMap { theirs, day in
            let ours = Self.day(day.reason)
            return theirs == ours
                ? nil
                : Difference(date: day.date, theirs: theirs, ours: ours, reason: day.reason)
        }
    }

    private static func day(_ reason: Proof.Reason) -> ProductionCalendar.Day {
        guard reason.kind.isWorkingDay else { return .rest }
        return reason.shortenedMinutes == nil ? .working : .shortened
    }

    var lines: [String] {
        let differences = differences
        let told = differences.map { difference in
            "\(difference.date) \(language.weekdayAbbreviation(difference.date.weekday))  "
                + "\(words(difference.theirs)) → " + Terminal.styled(difference.reason.text, .bold)
                + Terminal.styled("  [\(difference.reason.act)]", .dim)
        }
        return told + [summary(differences.count)] + ours.basis.footnotes(in: language)
    }

    private func summary(_ count: Int) -> String {
        guard count > 0 else {
            return LocalizedText(
                kk: "\(theirs.year): барлық күн сәйкес (\(name.calendar), \(name.week))",
                ru: "\(theirs.year): все дни совпадают (\(name.calendar), \(name.week))",
                en: "\(theirs.year): all days agree (\(name.calendar), \(name.week))")[language]
        }
        let days = language.count(count, .day)
        return LocalizedText(
            kk:
                "\(theirs.year): айырмасы бар күн — \(days) (\(file) → \(name.calendar), \(name.week))",
            ru: "\(theirs.year): расходится \(days) (\(file) → \(name.calendar), \(name.week))",
            en: "\(theirs.year): \(days) of difference (\(file) → \(name.calendar), \(name.week))"
        )[language]
    }

    private func words(_ day: ProductionCalendar.Day) -> String {
        switch day {
        case .working:
            LocalizedText(kk: "жұмыс күні", ru: "рабочий день", en: "working day")[language]
        case .shortened:
            LocalizedText(
                kk: "қысқартылған жұмыс күні", ru: "сокращённый рабочий день",
                en: "shortened working day")[language]
        case .rest: LocalizedText(kk: "демалыс күні", ru: "выходной день", en: "rest day")[language]
        }
    }

    var json: JSONObject {
        [
            "form": theirs.form.rawValue, "year": theirs.year, "country": theirs.country,
            "calendar": name.calendar, "week": name.week, "agrees": differences.isEmpty,
            "differences": differences.map { difference in
                [
                    "date": difference.date.description,
                    "weekday": difference.date.weekday.name,
                    "theirs": difference.theirs.rawValue, "ours": difference.ours.rawValue,
                    "kind": "\(difference.reason.kind)", "reason": difference.reason.text,
                    "act": difference.reason.act, "estimated": difference.reason.isEstimate,
                ] as JSONObject
            }, "calendarVersion": ours.basis.version,
            "asKnownOn": ours.basis.asKnownOn.description,
        ]
    }
}
