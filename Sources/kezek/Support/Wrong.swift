// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Texts

/// What can be wrong with options that are each well written, in the language of the command.
enum Wrong {
    static func say(kk: String, ru: String, en: String) -> ValidationError {
        ValidationError(said(kk: kk, ru: ru, en: en))
    }

    /// What `Phrase` has the other languages of.
    static func told(_ words: Phrase) -> ValidationError {
        ValidationError(words[Manner.current.language])
    }

    /// Refuses a number, where one is given, that is out of its range.
    static func unless(_ value: Int?, in range: ClosedRange<Int>, _ option: String) throws {
        if let value, !range.contains(value) { throw Wrong.range(option, range) }
    }

    /// Refuses a text of more than so many bytes.
    static func unless(_ text: String, within bytes: Int, _ option: String) throws {
        if text.utf8.count > bytes { throw tooLong(option, bytes) }
    }

    /// A number that is out of its range.
    static func range(_ option: String, _ range: ClosedRange<Int>) -> ValidationError {
        let (low, high) = (range.lowerBound, range.upperBound)
        return say(
            kk: "\(option) мәні \(low)–\(high) аралығында болуы керек.",
            ru: "\(option): ожидается число от \(low) до \(high).",
            en: "\(option) must be \(low) to \(high).")
    }

    /// A value that is none of a few.
    static func choice(_ option: String, _ value: String, _ choices: [String]) -> ValidationError {
        let list = choices.joined(separator: ", ")
        return say(
            kk: "\(option): «\(value)» түсініксіз; мыналардың бірі күтілді: \(list)",
            ru: "\(option): «\(value)» непонятно; ожидается одно из: \(list)",
            en: "\(option): '\(value)' is not understood; expected one of: \(list)")
    }

    static func tooLong(_ option: String, _ bytes: Int) -> ValidationError {
        say(
            kk: "\(option) мәтіні \(bytes) байттан аспауы керек.",
            ru: "\(option): текст не длиннее \(bytes) байт.",
            en: "\(option) must be at most \(bytes) bytes.")
    }

    static func lines(_ option: String) -> ValidationError {
        say(
            kk:
                "\(option): жол ауыстыру, басқару және көрінбейтін таңба болмауы керек; қайта теріңіз.",
            ru: "\(option): без переводов строк, управляющих и невидимых знаков; наберите заново.",
            en:
                "\(option) must not have a line break, a control character or one that nobody sees in it; "
                + "type it anew.")
    }

    /// Of several options one is to be given, and no more.
    static func oneOf(_ options: String...) -> ValidationError {
        let (last, first) = (options.last ?? "", options.dropLast().joined(separator: ", "))
        return say(
            kk: "\(first) немесе \(last): біреуін ғана көрсетіңіз.",
            ru: "Укажите \(first) или \(last): что-то одно.",
            en: "Give \(first) or \(last), one of them.")
    }

    /// One of two times must be before the other.
    static func order(_ earlier: String, _ later: String) -> ValidationError {
        say(
            kk: "\(earlier) мәні \(later) мәнінен ерте болуы керек.",
            ru: "\(earlier) должно быть раньше, чем \(later).",
            en: "\(earlier) must be earlier than \(later).")
    }

    static func exclusive(_ one: String, _ other: String) -> ValidationError {
        say(
            kk: "\(one) және \(other) бірге берілмейді; біреуін қалдырыңыз.",
            ru: "\(one) и \(other) вместе не бывают; оставьте что-то одно.",
            en: "\(one) and \(other) exclude each other; leave one out.")
    }

    static func together(_ one: String, _ other: String) -> ValidationError {
        say(
            kk: "\(one) мен \(other) бірге беріледі.",
            ru: "\(one) и \(other) указываются вместе.", en: "\(one) and \(other) go together.")
    }

    static func needs(_ option: String, _ others: String...) -> ValidationError {
        let list = others.joined(separator: ", ")
        return say(
            kk: "\(option) үшін \(list) керек.", ru: "Для \(option) нужно \(list).",
            en: "\(option) needs \(list).")
    }

    /// What a command needs where it does not read rows.
    static func missing(_ option: String) -> ValidationError {
        say(
            kk: "\(option) керек (немесе жолдар үшін --bulk).",
            ru: "Нужно \(option) (или --bulk для строк).",
            en: "\(option) is needed (or --bulk for rows).")
    }

    /// Dates from `--from` to `--to` that run backwards, or are too many.
    static func dates(_ limit: Int) -> ValidationError {
        say(
            kk: "--to күні --from күнінен ерте болмауы керек, ал күндер \(limit)-тен аспауы керек.",
            ru: "--to не раньше --from, и дней не больше \(limit).",
            en: "--to must not be before --from, and at most \(limit) days.")
    }

    static func ending(_ option: String, _ ends: String...) -> ValidationError {
        let list = ends.joined(separator: ", ")
        return say(
            kk: "\(option): файл аты мыналардың бірімен аяқталуы керек: \(list).",
            ru: "\(option): имя файла должно кончаться на одно из: \(list).",
            en: "\(option) must end in one of: \(list).")
    }
}
