// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Enquiries
import KezekFiles
import ServiceStandards
import Texts
import WorkingDays

struct StandardsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A standard whole: terms, offices, documents, refusals.",
        discussion: """
            As an office would print it, from the data folder. With --group the documents
            are those of that group of applicants alone.

            Examples:
              kezek standards show std-7
              kezek standards show std-7 --group methodologist --language kk
              kezek standards show std-8 --json
            """)

    @Argument(help: ArgumentHelp("The service standard.", valueName: "name"))
    var standard: String

    @Option(
        help: ArgumentHelp("Only the documents of this group of applicants.", valueName: "name"))
    var group: String?

    @OptionGroup var data: DataOption

    @Option(help: "The language of texts: kk, ru or en; by default that of the terminal.")
    var language: Language?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let language = Language.chosen(language)
        let library = try data.folder().library()
        guard let found = library.standards[standard] else {
            throw library.unknownStandard(standard, in: language)
        }
        let group = try group.map { try self.group($0, of: found, language) }
        let weeks = library.calendars[found.calendar].map(Self.weeks) ?? []
        if json {
            try JSONText.print(
                StandardSheetJSON(standard: found, weeks: weeks, group: group, language: language)
                    .json)
        } else {
            let sheet = StandardSheet(
                standard: found, weeks: weeks, group: group, language: language,
                width: Terminal.width)
            try Terminal.write(sheet.text)
        }
    }

    /// The weeks of a calendar by the rules that hold today.
    private static func weeks(_ views: CalendarViews) -> [WeekPattern] {
        let today = views.today(Clock.now())
        return views.book.weeks.map { (week: WeekPattern) -> WeekPattern in
            let rule = week.rule(on: today, asKnownOn: today)
            return WeekPattern(
                id: week.id, title: week.title, restDays: rule.restDays, act: rule.act,
                balanceMinutes: rule.balanceMinutes)
        }
    }

    private func group(
        _ name: String, of standard: ServiceStandard, _ language: Language
    ) throws -> ApplicantGroup {
        if let group = standard.groups.first(where: { $0.id == name }) { return group }
        let known = standard.groups.map(\.id).joined(separator: ", ")
        let message = LocalizedText(
            kk: "group: «\(name)» (\(standard.id)) белгісіз; барлары: \(known).",
            ru: "group: «\(name)» (\(standard.id)) не найдено; есть: \(known).",
            en: "group: '\(name)' (\(standard.id)) is not known; there are: \(known).")
        throw Refusal(.unknownGroup, message[language], field: "group")
    }
}
