// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekRoads
import TestKit
import Testing
import VisitChecking
import Visits

@testable import Texts
@testable import kezek

/// Every sentence that tells what is wrong is there in three languages.
@Suite struct FailureWordsTests {
    /// Who takes a sentence in English, to tell it in the reader's language; and where they are.
    private static let takers = [
        ("CommandFailure", "kezek"), ("Wrong.told", "kezek"), ("Terminal.note", "kezek"),
        ("Terminal.tell", "kezek"), ("StoreFailure", ""), ("VisitFileFault", "KezekVisitFiles"),
        ("keys.remark", "KezekVisitFiles"), ("ChainFault", "KezekSQLite"),
    ]

    @Test(arguments: takers)
    func everySentenceIsTranslated(taker: String, module: String) throws {
        let folder = Repository.root.appendingPathComponent("Sources/" + module)
        let files = try #require(
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        ).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        var found = 0
        for file in files {
            let source = try String(contentsOf: file, encoding: .utf8)
            for words in Self.sentences(of: taker, in: source) {
                found += 1
                guard words.replacing("{}", with: "").contains(where: \.isLetter) else { continue }
                #expect(Phrase.words[words] != nil, "\(file.lastPathComponent): \(words)")
            }
        }
        #expect(found > 0)
    }

    /// The sentences that are given to something, with `{}` for each value.
    private static func sentences(of taker: String, in source: String) -> [String] {
        source.ranges(of: taker + "(").compactMap { range in
            var reader = LiteralReader(source[range.upperBound...])
            // A line or a field of a file may stand before the words.
            reader.skip { $0.isWhitespace }
            for label in ["line: ", "field: ", "position: "] where reader.takes(label) {
                guard reader.skipValue() else { return nil }
            }
            _ = reader.takes("problem: ")
            return reader.sentence()
        }
    }

    /// The words are Kazakh in one column and Russian in the other, and values are as many in each.
    @Test func translationsHaveAllValues() {
        func values(_ text: String) -> Int { text.ranges(of: "{}").count }
        for (english, told) in Phrase.words {
            #expect(values(english) == values(told.kk), "\(english)")
            #expect(values(english) == values(told.ru), "\(english)")
            #expect(!told.ru.contains(/[әғқңөұүһі]/), "\(told.ru)")
        }
    }

    /// What a planner, a checker and the system say in English alone is translated by its words.
    @Test func wordsOfOtherPartsAreTranslated() throws {
        // A checker's sentences stand in one list, a line each.
        let source = try Repository.text("Sources/VisitChecking/PlanFault.swift")
        let sentences = source.matches(of: /case \.(\w+): "(.*)"/)
        #expect(sentences.count == PlanFault.Kind.allCases.count)
        for sentence in sentences {
            let kind = try #require(PlanFault.Kind.allCases.first { "\($0)" == sentence.1 })
            // An instance has neither promises nor due times, lunches, or crews with several shifts.
            let isOfInstances = ![.promisedTime, .afterDue, .lunchTime, .twoPlaces].contains(kind)
            let units = kind.measure == .seconds ? [" s"] + (isOfInstances ? [""] : []) : [""]
            for number in ["9", "-9"] where number == "9" || sentence.2.contains("off by") {
                for unit in units {
                    let text = String(sentence.2).replacing("\\(amount)", with: number + unit)
                        .replacing("\\(item)", with: number)
                    #expect(Phrase(sentence: text).isTranslated, "\(text)")
                }
            }
        }
        let faults: [RoadFault] = [
            .unreachable("Connection refused"), .slow(seconds: 3), .tooLarge(9),
            .refused(status: 404, "x"), .unreadable("x"),
        ]
        for fault in faults { #expect(fault.words.isTranslated, "\(fault)") }
        for code in [
            EADDRINUSE, EADDRNOTAVAIL, EACCES, EPERM, ENOENT, ENOTDIR, EISDIR, ENOSPC, EDQUOT,
            EROFS, EEXIST, ENAMETOOLONG, EFBIG, EMFILE, ENFILE, EIO, ECONNREFUSED, ECONNRESET,
            ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, EAFNOSUPPORT, ETXTBSY, EBUSY, EINVAL, ENOMEM,
            ELOOP, EPIPE,
        ] {
            #expect(ErrorWords.system(code).isTranslated, "\(ErrorWords.system(code))")
        }
        let problems: [ProblemError] = [
            .tooMany("shifts", limit: 1), .repeatedVisit(VisitID(7)), .repeatedShift(ShiftID(7)),
            .repeatedLunch(ShiftID(7), number: 2), .unknownPlace("visit 7", row: 2),
            .unknownShift(VisitID(7), ShiftID(2)), .number("the service of visit 7", 2),
            .matrixShape(size: 2, numbers: 3), .travelTime(from: 1, to: 2, seconds: 3), .span(9),
        ]
        for problem in problems {
            #expect(Phrase(sentence: "\(problem)").isTranslated, "\(problem)")
        }
    }
}

/// Reads a literal of Swift, and what stands before it.
private struct LiteralReader {
    private var rest: Substring

    init(_ rest: Substring) { self.rest = rest }

    mutating func skip(_ isSkipped: (Character) -> Bool) { rest = rest.drop(while: isSkipped) }

    mutating func takes(_ label: String) -> Bool {
        guard rest.hasPrefix(label) else { return false }
        rest = rest.dropFirst(label.count)
        return true
    }

    /// Passes over a value up to the comma behind it.
    mutating func skipValue() -> Bool {
        var depth = 0
        while let next = rest.first {
            if next == "\"" {
                guard string() != nil else { return false }
                continue
            }
            rest = rest.dropFirst()
            if next == "(" { depth += 1 }
            if next == ")" { depth -= 1 }
            if depth < 0 { return false }
            if next == ",", depth == 0 {
                skip { $0.isWhitespace }
                return true
            }
        }
        return false
    }

    /// Literals with `+` between them; nil if something else stands here.
    mutating func sentence() -> String? {
        guard var sentence = string() else { return nil }
        while true {
            let before = rest
            skip { $0.isWhitespace }
            guard takes("+") else { return sentence }
            skip { $0.isWhitespace }
            guard let more = string() else {
                rest = before
                return sentence
            }
            sentence += more
        }
    }

    private mutating func string() -> String? {
        guard takes("\"") else { return nil }
        var text = ""
        while let next = rest.first {
            rest = rest.dropFirst()
            switch next {
            case "\"": return text
            case "\\":
                if takes("(") {
                    skipParentheses()
                    text += "{}"
                } else {
                    text.append(rest.first == "n" ? "\n" : rest.first ?? " ")
                    rest = rest.dropFirst()
                }
            default: text.append(next)
            }
        }
        return nil
    }

    private mutating func skipParentheses() {
        var depth = 1
        while depth > 0, let next = rest.first {
            if next == "\"" {
                _ = string()
                continue
            }
            rest = rest.dropFirst()
            if next == "(" { depth += 1 }
            if next == ")" { depth -= 1 }
        }
    }
}
