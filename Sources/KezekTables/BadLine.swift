// SPDX-License-Identifier: Apache-2.0

public import Texts

/// A line of an input that cannot be taken, and why.
public struct BadLine: Error, Hashable, Sendable {
    /// The line as an editor counts it, from 1.
    public let line: Int
    public let problem: LocalizedText

    public init(line: Int, problem: LocalizedText) {
        self.line = line
        self.problem = problem
    }

    init(_ line: Int, kk: String, ru: String, en: String) {
        self.init(line: line, problem: LocalizedText(kk: kk, ru: ru, en: en))
    }

    /// The problem with its line in front, for a person.
    public func text(in language: Language) -> String {
        let place =
            switch language {
            case .kk: "\(line)-жол"
            case .ru: "строка \(line)"
            case .en: "line \(line)"
            }
        return "\(place): \(problem[language])"
    }
}

// What is wrong with a line whatever stands in it.
extension BadLine {
    static func notUTF8(_ line: Int) -> BadLine {
        BadLine(
            line, kk: "UTF-8 мәтіні емес; файлды «CSV UTF-8» түрінде сақтаңыз",
            ru: "это не текст в UTF-8; сохраните файл как «CSV UTF-8»",
            en: "not UTF-8 text; save the file as 'CSV UTF-8'")
    }

    static func utf16() -> BadLine {
        BadLine(
            1, kk: "файл UTF-16 түрінде; оны «CSV UTF-8» түрінде сақтаңыз",
            ru: "файл в UTF-16; сохраните его как «CSV UTF-8»",
            en: "the file is in UTF-16; save it as 'CSV UTF-8'")
    }

    static func tooLong(_ line: Int, limit: Int) -> BadLine {
        BadLine(
            line, kk: "\(limit) байттан ұзын",
            ru: "длиннее \(limit) \(CountedNoun.RussianForms("байта", "байт", "байт").form(limit))",
            en: "longer than \(limit) bytes")
    }

    static func columns(_ line: Int, found: Int, expected: Int) -> BadLine {
        BadLine(
            line, kk: "\(expected) баған күтілді, \(found) табылды",
            ru: "ожидалось столбцов: \(expected), найдено: \(found)",
            en: "expected \(expected) \(expected == 1 ? "column" : "columns"), found \(found)")
    }

    static func lacks(_ column: String, in head: String, _ line: Int) -> BadLine {
        BadLine(
            line, kk: "бірінші жолда «\(column)» бағаны жоқ: \(head)",
            ru: "в первой строке нет столбца «\(column)»: \(head)",
            en: "the head line names no column '\(column)': \(head)")
    }
}
