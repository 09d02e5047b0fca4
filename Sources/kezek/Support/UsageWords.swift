// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import Texts

/// What is wrong with a command line, in three languages.
///
/// The parser speaks English alone and tells its faults in words; a form that is not known here is told as it
/// is. Every form has its row in a test.
struct UsageWords {
    let message: String
    /// How the command is written, and where to read more.
    let below: [String]

    init(_ error: any Error, _ manner: Manner) {
        let language = manner.language
        let whole = Kezek.fullMessage(for: error)
        // A word that is misspelt explains what else is missing or too much.
        let unknown = CommandTree.unknown(in: manner.arguments)
        message =
            unknown?.text[language] ?? Self.message(Kezek.message(for: error), language)[language]
        let command = Self.command(whole)
        let usage = whole.split(separator: "\n").first { $0.hasPrefix("Usage: ") }
        below =
            (usage.map { [String($0.dropFirst("Usage: ".count))] } ?? [])
            + [
                LocalizedText(
                    kk: "«\(command) --help» толығырақ айтады",
                    ru: "подробнее: «\(command) --help»",
                    en: "'\(command) --help' tells more")[language]
            ]
    }

    /// The command as it was found, such as `kezek calendar add`.
    private static func command(_ whole: String) -> String {
        guard let start = whole.range(of: "See '", options: .backwards),
            let end = whole.range(of: " --help'", range: start.upperBound..<whole.endIndex)
        else { return "kezek" }
        return String(whole[start.upperBound..<end.lowerBound])
    }

    // MARK: The forms of the parser

    private static func message(_ text: String, _ language: Language) -> LocalizedText {
        if let match = text.wholeMatch(
            of: /The value '(.*)' is invalid for '([^']*)'(.*)/.dotMatchesNewlines())
        {
            return badValue(
                String(match.1), String(match.2), choices(String(match.3)), language)
        }
        if let match = text.wholeMatch(of: /Missing expected argument '(.*)'/) {
            return LocalizedText(
                kk: "\(match.1) жетіспейді", ru: "не хватает \(match.1)",
                en: "\(match.1) is missing")
        }
        if let match = text.wholeMatch(of: /Missing value for '(.*)'/) {
            return LocalizedText(
                kk: "\(match.1): мәні жетіспейді", ru: "\(match.1): не хватает значения",
                en: "\(match.1): its value is missing")
        }
        if let match = text.wholeMatch(of: /Unknown option '(.*?)'(?:\. Did you mean '(.*)'\?)?/) {
            let meant = match.2.map(String.init)
            // It waits for the command.
            if SharedOptions.contain(String(match.1)) { return noCommand }
            return LocalizedText(
                kk: "\(match.1) деген опция жоқ" + (meant.map { "; мүмкін, \($0)?" } ?? ""),
                ru: "опции \(match.1) нет" + (meant.map { "; может быть, \($0)?" } ?? ""),
                en: "there is no option \(match.1)" + (meant.map { "; did you mean \($0)?" } ?? ""))
        }
        if let match = text.wholeMatch(of: /(?:Unexpected argument|\d+ unexpected arguments:) (.*)/)
        {
            return LocalizedText(
                kk: "\(match.1) артық, немесе мұндай команда жоқ",
                ru: "\(match.1) лишнее, или такой команды нет",
                en: "\(match.1) is too much, or there is no such command")
        }
        if let match = text.wholeMatch(
            of: /The option '(.*)' does not take any value, but '(.*)' was specified\./)
        {
            return LocalizedText(
                kk: "\(match.1) мән қабылдамайды; «\(match.2)» дегенді алып тастаңыз",
                ru: "\(match.1) не принимает значения; уберите «\(match.2)»",
                en: "\(match.1) takes no value; leave '\(match.2)' out")
        }
        if text.hasPrefix("Missing required subcommand") { return noCommand }
        return LocalizedText(kk: text, ru: text, en: text)
    }

    private static let noCommand = LocalizedText(
        kk: "команда жетіспейді", ru: "не хватает команды", en: "a command is missing")

    /// The values that the parser lists.
    private static func choices(_ text: String) -> [String] {
        guard let range = text.range(of: "Please provide one of") else { return [] }
        let rest = text[range.upperBound...]
        let quoted = rest.matches(of: /'([^']*)'/).map { String($0.1) }
        return quoted.isEmpty ? rest.matches(of: /- (\S+)/).map { String($0.1) } : quoted
    }

    private static func badValue(
        _ value: String, _ option: String, _ choices: [String], _ language: Language
    ) -> LocalizedText {
        let expected = ExpectedValue(option, value, choices).text
        let name = option.prefix { $0 != " " }
        return LocalizedText(
            kk: "\(name): «\(value)» түсініксіз; \(expected.kk)",
            ru: "\(name): «\(value)» непонятно; \(expected.ru)",
            en: "\(name): '\(value)' is not understood; \(expected.en)")
    }
}

/// What an argument takes, by the name of its value.
private struct ExpectedValue {
    let text: LocalizedText

    init(_ option: String, _ value: String, _ choices: [String]) {
        // `--date <date>`, or `<office>` for what stands without an option.
        let kind = option.split(separator: "<").last.map { String($0.prefix { $0 != ">" }) } ?? ""
        if !choices.isEmpty {
            let list = choices.joined(separator: ", ")
            text = LocalizedText(
                kk: "мыналардың бірі күтілді: \(list)", ru: "ожидается одно из: \(list)",
                en: "expected one of: \(list)")
        } else if Self.names.contains(kind) {
            text = LocalizedText(
                kk: "кіші латын әріптері, цифрлар және сызықша күтілді, мысалы astana-1",
                ru: "ожидаются строчные латинские буквы, цифры и дефисы, как astana-1",
                en: "expected lower-case Latin letters, digits and hyphens, as astana-1")
        } else if let example = Self.example(kind, value) {
            text = LocalizedText(
                kk: "\(example) түрінде жазыңыз", ru: "напишите как \(example)",
                en: "write it as \(example)")
        } else if Self.numbers.contains(kind) {
            text = LocalizedText(
                kk: "сан күтілді", ru: "ожидается число", en: "expected a number")
        } else {
            text = LocalizedText(
                kk: "не күтілетінін --help айтады", ru: "что ожидается, скажет --help",
                en: "--help says what is expected")
        }
    }

    private static let numbers: Set<String> = [
        "number", "n", "count", "days", "seconds", "minutes", "metres", "revision", "position",
        "rate", "connections", "first", "limit", "within", "radius", "steps", "seed", "threads",
        "speed-kmh", "km/h", "factor", "detour", "extra-minutes", "max-moved", "lease", "rounds",
    ]

    private static let dates: Set<String> = ["date", "from", "to"]
    private static let moments: Set<String> = ["date-time", "at", "from-time", "to-time"]

    private static let names: Set<String> = [
        "name", "office", "service", "window", "area", "crew",
    ]

    private static let examples: [String: String] = [
        "date": "2026-11-24", "date-time": "2026-11-24T10:20", "at": "2026-11-24T10:20",
        "utc-time": "2026-11-24T05:20:00Z", "start": "2026-11-24T10:20",
        "host:port": "127.0.0.1:7447",
        "host:port|unix:path": "127.0.0.1:7447, unix:/run/kezek/kezek.sock",
        "longitude,latitude": "71.4597,51.1642", "hh:mm-hh:mm": "15:00-17:00",
        "hours": "15:00-17:00",
        "hex": "00000000000000000000000000000001", "booking": "astana-1/2026-11-23/1",
        "application": "astana-1/2026-11-23/1", "visit": "astana-1/8", "ticket": "A-017",
        "link": "astana-1/2026-11-23/1", "visit-link": "astana-1/17", "A-017": "A-017",
        "from": "2026-11-24", "to": "2026-11-24",
        "from-time": "2026-11-24T10:20", "to-time": "2026-11-24T10:20", "month": "11",
        "year": "2026", "stream": "queue/astana-1/2026-11-23",
        "position:hash": "4712:9f86d081884c7d65",
    ]

    private static func example(_ kind: String, _ value: String) -> String? {
        // What was meant, where that can be seen.
        if let match = value.wholeMatch(
            of: /(\d{1,2})[.\/](\d{1,2})[.\/](\d{4})(?:[ T](\d{2}:\d{2}))?/)
        {
            func two(_ digits: Substring) -> String {
                digits.count < 2 ? "0\(digits)" : "\(digits)"
            }
            let date = "\(match.3)-\(two(match.2))-\(two(match.1))"
            if dates.contains(kind), CivilDate(date) != nil { return date }
            let moment = "\(date)T\(match.4 ?? "10:20")"
            if moments.contains(kind), CivilDateTime(moment) != nil { return moment }
        }
        if moments.contains(kind), CivilDate(value) != nil {
            return "\(value)T10:20"
        }
        if kind.hasPrefix("host:port"), !value.contains(":"), !value.isEmpty {
            return "\(value):7447"
        }
        return examples[kind]
    }
}
