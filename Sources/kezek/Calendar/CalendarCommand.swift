// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekFiles
import KezekWire
import Texts
import WorkingDays

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "The working calendar: look at it, count on it, check it, compare it, export it.",
        subcommands: [
            CalendarShow.self, CalendarAdd.self, CalendarCount.self, CalendarBalance.self,
            CalendarDiff.self, CalendarCheck.self, CalendarCompare.self, CalendarExport.self,
        ])
}

/// Which calendar and week, and as known when.
struct CalendarOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The calendar.", valueName: "name"))
    var calendar = "kz"

    @Option(help: ArgumentHelp("The week: five or six.", valueName: "name"))
    var week = "five"

    @Option(
        help: ArgumentHelp(
            "Answer with what was known on this day; by default today.", valueName: "date"))
    var asKnownOn: CivilDate?

    var name: CalendarName {
        CalendarName(calendar: calendar, week: week, asKnownOn: asKnownOn)
    }
}

struct CalendarAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Which date is N working days after another?",
        discussion: """
            The N-th working day strictly after the date; before it for a negative N; the
            date itself for 0.

            Examples:
              kezek calendar add 2026-03-19 7 --week five
              kezek calendar add 2026-03-19 -1 --week six --json
            """)

    @Argument(help: "The date to count from.")
    var date: CivilDate

    @Argument(help: ArgumentHelp("How many working days.", valueName: "n"))
    var count: Int

    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            let question = AddWorkingDaysQuestion(
                calendar: calendar.name, date: date, count: count)
            let answer = try await source.ask(.addWorkingDays(question))
            if source.json {
                try JSONText.print(.addWorkingDays(answer))
            } else {
                let language = source.chosenLanguage
                try Terminal.lines(
                    ["\(answer.date)  \(language.weekdayName(answer.date.weekday))"]
                        + answer.basis.footnotes(in: language))
            }
        }
    }
}

struct CalendarCount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "How many working days lie between two dates?",
        discussion: """
            From the first date up to but not including the second.

            Example:
              kezek calendar count 2026-03-01 2026-04-01 --week six
            """)

    @Argument(help: "The first date, which counts.")
    var from: CivilDate

    @Argument(help: "The second date, which does not.")
    var to: CivilDate

    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.run {
            let question = CountWorkingDaysQuestion(calendar: calendar.name, from: from, to: to)
            let answer = try await source.ask(.countWorkingDays(question))
            if source.json {
                try JSONText.print(.countWorkingDays(answer))
            } else {
                let language = source.chosenLanguage
                try Terminal.lines(
                    [language.workingDays(answer.workingDays)]
                        + answer.basis.footnotes(in: language))
            }
        }
    }
}

struct CalendarCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check calendar files.",
        discussion: """
            The argument is a folder of calendar files with its zones.yaml, one of its files,
            or a data folder. Which folder it is is told first. Each fault is told with its
            file, line and field, and with what was expected there.

            Examples:
              kezek calendar check Calendars
              kezek calendar check Calendars/kz.yaml
            """)

    @Argument(
        help: "The folder, or one file of it; by default Calendars of the data folder.",
        completion: .file())
    var path: String?

    @OptionGroup var data: DataOption

    @Option(
        help: ArgumentHelp(
            "Tell the years that were known on this day; by default today.", valueName: "date"))
    var asKnownOn: CivilDate?

    @Option(help: CheckReport.languageHelp)
    var language: Language?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let target = try CheckTarget(path, data, "Calendars")
        try await CheckReport(json: json, folder: target.folder.path).run {
            let now = Clock.now()
            return try DataFolder.calendars(in: target.folder, only: target.file).views.map {
                views in
                let book = views.book
                let known = asKnownOn ?? views.today(now)
                let versions = views.book.knownDates.count
                let covered = try? book.compile(week: book.weeks[0].id, asKnownOn: known).covered
                let years = covered.map { "\($0.lowerBound.year)–\($0.upperBound.year)" }
                let span = years ?? said(kk: "белгілі жыл жоқ", ru: "лет нет", en: "no year known")
                let weeks = book.weeks.map(\.id).joined(separator: ", ")
                let transfers = book.transfers.count
                return "\(book.id): \(span)"
                    + said(
                        kk:
                            ", апталар: \(weeks), ауыстырулар — \(transfers), жаңа мәлімет күндері — "
                            + "\(versions)",
                        ru: ", недели: \(weeks), переносов — \(transfers), дней новых сведений — "
                            + "\(versions)",
                        en:
                            ", weeks \(weeks), \(transfers) transfers, \(versions) days of new knowledge"
                    )
            }
        }
    }
}
