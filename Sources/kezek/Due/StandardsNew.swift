// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekFiles
import Texts

struct StandardsNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a standard's file that passes the check.",
        discussion: """
            Asks what is not given as an option, one question a line; an empty answer takes
            what stands in brackets. The file has one office and one channel; what else a
            standard can say is told in Standards/README.md. Nothing is written over.

            Examples:
              kezek standards new access --output Standards/access.yaml
              kezek standards new access --term '15 calendar-days' --first-day not-counted \\
                        --roll forward --around-the-clock next-opening
            """)

    @Argument(help: ArgumentHelp("The standard's name, such as std-9.", valueName: "name"))
    var name: String

    @Option(
        help: ArgumentHelp(
            "The service: its name in Kazakh, Russian and English with '|' between.",
            valueName: "kk|ru|en"))
    var title: String?

    @Option(help: ArgumentHelp("Who renders it, in the same way.", valueName: "kk|ru|en"))
    var provider: String?

    @Option(help: ArgumentHelp("The act in full, in the same way.", valueName: "kk|ru|en"))
    var act: String?

    @Option(help: ArgumentHelp("The act as it is cited.", valueName: "kk|ru|en"))
    var actShort: String?

    @Option(help: ArgumentHelp("The day of the wording that is followed.", valueName: "date"))
    var actDate: CivilDate?

    @Option(help: ArgumentHelp("The office's week: five or six.", valueName: "week"))
    var week: String?

    @Option(
        help: ArgumentHelp(
            "The office's hours, as 09:00-13:00,14:30-18:30.", valueName: "hours"))
    var hours: String?

    @Option(
        help: ArgumentHelp(
            "How long it may take: a number and a unit, as '15 calendar-days'.",
            valueName: "length unit"))
    var term: String?

    @Option(help: ArgumentHelp("Whether the day of acceptance counts.", valueName: "word"))
    var firstDay: String?

    @Option(
        help: ArgumentHelp(
            "Where an end goes that is no working day: forward, back or none.",
            valueName: "word"))
    var roll: String?

    @Option(
        help: ArgumentHelp(
            "no, or around the clock from: next-opening or moment.", valueName: "word"))
    var aroundTheClock: String?

    @Option(
        help: ArgumentHelp(
            "At which shares of the term to warn, in per cent, as 50,75.", valueName: "shares"))
    var warnings: String?

    @Option(
        help: ArgumentHelp("The file to make; by default the text is printed.", valueName: "file"))
    var output: String?

    @OptionGroup var data: DataOption

    @Option(help: "The language of questions: kk, ru or en; by default that of the terminal.")
    var language: Language?

    func run() async throws {
        let language = Language.chosen(language)
        let folder = try data.folder()
        let draft = try answers(Interview(language: language))
        let file = output.map { URL(fileURLWithPath: $0) }
        let named = file?.lastPathComponent ?? "\(name).yaml"
        do { _ = try folder.library(standard: draft.text, named: named) } catch {
            // Nothing is written that the check would refuse.
            throw CommandFailure(
                LocalizedText(
                    kk: error.text(in: .kk), ru: error.text(in: .ru), en: error.text(in: .en)))
        }
        guard let output else { return try Terminal.write(draft.text) }
        try NewFile.make(output, draft.text.utf8, for: .everybody)
        try Terminal.line("\(Terminal.styled("✓", .green)) \(output)")
    }

    private func answers(_ ask: Interview) throws -> StandardDraft {
        let words = InterviewWords(language: ask.language)
        let title = try ask.texts(title, "--title", words.title)
        let provider = try ask.texts(provider, "--provider", words.provider)
        let act = try ask.texts(act, "--act", words.act)
        let short = try ask.texts(actShort, "--act-short", words.actShort, otherwise: act)
        let date = try ask.value(actDate?.description, "--act-date", words.actDate) {
            CivilDate($0)?.description
        }
        let week = try ask.word(week, "--week", words.week, ["five", "six"])
        let hours = try ask.value(
            hours, "--hours", words.hours, otherwise: "09:00-13:00,14:30-18:30"
        ) { StandardDraft.hours($0) }
        let term = try ask.value(term, "--term", words.term) { StandardDraft.Length($0) }
        let firstDay =
            term.endsWithADay
            ? try ask.word(
                firstDay, "--first-day", words.firstDay, ["not-counted", "counted"]) : nil
        let roll =
            term.runsOnRestDays
            ? try ask.word(roll, "--roll", words.roll, ["forward", "none", "back"]) : nil
        let aroundTheClock = try ask.word(
            aroundTheClock, "--around-the-clock", words.aroundTheClock,
            ["next-opening", "moment", "no"])
        let warnings = try ask.value(
            warnings, "--warnings", words.warnings, otherwise: "50,75"
        ) { StandardDraft.shares($0) }
        return StandardDraft(
            name: name, title: title, provider: provider, act: act, actShort: short,
            actDate: date, week: week, hours: hours, term: term, firstDay: firstDay, roll: roll,
            aroundTheClock: aroundTheClock == "no" ? nil : aroundTheClock, warnings: warnings)
    }
}

/// Asks for what no option says, a line each.
private struct Interview {
    let language: Language

    /// A value that an option gives, or a line of input; the option's is refused if it is none.
    func value<Value>(
        _ given: String?, _ option: String, _ question: String, otherwise: String? = nil,
        _ read: (String) -> Value?
    ) throws -> Value {
        if let given {
            guard let value = read(given) else { throw wrong(option, given) }
            return value
        }
        while true {
            let hint = otherwise.map { " [\($0)]" } ?? ""
            Terminal.writeError("\(question)\(hint): ")
            guard let line = readLine() else {
                if let value = otherwise.flatMap(read) { return value }
                throw CommandFailure(
                    kk: "\(option) берілмеген, ал енгізу аяқталды",
                    ru: "\(option) не задано, а ввод закончился",
                    en: "\(option) is not given, and the input is at its end")
            }
            let answer = line.trimmingCharacters(in: .whitespaces)
            if let value = read(answer.isEmpty ? otherwise ?? "" : answer) { return value }
        }
    }

    func word(
        _ given: String?, _ option: String, _ question: String, _ words: [String]
    ) throws -> String {
        let list = words.joined(separator: ", ")
        return try value(given, option, "\(question) (\(list))", otherwise: words[0]) {
            words.contains($0) ? $0 : nil
        }
    }

    /// A text in three languages: of an option with bars between, else a line for each.
    func texts(
        _ given: String?, _ option: String, _ question: String, otherwise: LocalizedText? = nil
    ) throws -> LocalizedText {
        if let given {
            let parts = given.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
                throw wrong(option, given)
            }
            return LocalizedText(kk: parts[0], ru: parts[1], en: parts[2])
        }
        func one(_ language: Language) throws -> String {
            try value(
                nil, option, "\(question), \(language.rawValue)", otherwise: otherwise?[language]
            ) {
                $0.isEmpty ? nil : $0
            }
        }
        return LocalizedText(kk: try one(.kk), ru: try one(.ru), en: try one(.en))
    }

    private func wrong(_ option: String, _ value: String) -> any Error {
        Wrong.say(
            kk: "\(option): «\(value)» түсініксіз; kezek help standards new қараңыз",
            ru: "\(option): «\(value)» непонятно; см. kezek help standards new",
            en: "\(option): '\(value)' is not understood; see kezek help standards new")
    }
}

/// The questions.
private struct InterviewWords: Wording {
    let language: Language

    var title: String { pick("Қызмет", "Услуга", "Service") }
    var provider: String { pick("Көрсетілетін қызметті беруші", "Услугодатель", "Provider") }
    var act: String { pick("Актінің толық атауы", "Акт полностью", "Act in full") }
    var actShort: String {
        pick("Актінің қысқаша атауы", "Акт, как его цитируют", "Act as it is cited")
    }
    var actDate: String {
        pick(
            "Редакция күні (ЖЖЖЖ-АА-КК)", "Дата редакции (ГГГГ-ММ-ДД)",
            "Day of the wording (YYYY-MM-DD)")
    }
    var week: String { pick("Жұмыс аптасы", "Рабочая неделя", "Week") }
    var hours: String { pick("Жұмыс уақыты", "Часы работы", "Hours of work") }
    var term: String {
        pick(
            "Мерзім, мысалы 15 calendar-days", "Срок, например 15 calendar-days",
            "Term, as 15 calendar-days")
    }
    var firstDay: String {
        pick("Қабылдау күні", "День приёма", "The day of acceptance")
    }
    var roll: String {
        pick(
            "Мерзім жұмыс істемейтін күні аяқталса", "Если срок кончается в нерабочий день",
            "If the term ends on a day off")
    }
    var aroundTheClock: String {
        pick("Тәулік бойы қабылдау", "Круглосуточный приём", "Taken around the clock")
    }
    var warnings: String {
        pick(
            "Қай үлесте ескерту, %", "При какой доле срока предупреждать, %",
            "Warn at these shares, %")
    }
}
