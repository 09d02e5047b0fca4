// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing
import Texts

@testable import KezekTables

/// Random tables, read and written here and by Python's `csv`.
@Suite struct CSVAgainstPythonTests {
    private struct Asked: Encodable {
        let separator: String
        let texts: [String]
        let tables: [[[String]]]
    }

    private struct Told: Decodable {
        struct Read: Decodable {
            let records: [[String]]
            let fault: Bool
        }

        let read: [Read]
        let written: [String]
    }

    /// What Python makes of it.
    private static func python(_ asked: Asked) async throws -> Told {
        let input = try JSONEncoder().encode(asked)
        let run = try await Run.of("python3", "Tests/Referee/csv_twin.py", input: [UInt8](input))
        #expect(run.status == 0, "\(run.errors)")
        return try JSONDecoder().decode(Told.self, from: Data(run.output.utf8))
    }

    /// The records before the first fault, and whether there is one.
    private static func read(
        _ text: String, _ separator: CSVSeparator, chunk: Int
    ) throws -> (records: [CSVRecord], bad: BadLine?) {
        var left = Data(text.utf8)
        let input = ByteInput {
            defer { left = left.dropFirst(chunk) }
            return left.prefix(chunk)
        }
        var reader = try CSVReader(input, separator: separator) { _ in false }
        var records: [CSVRecord] = []
        while let next = try reader.next() {
            switch next {
            case .success(let record): records.append(record)
            case .failure(let bad): return (records, bad)
            }
        }
        return (records, nil)
    }

    private static let pieces = [
        "a", "b", "ә", "Рога", " ", "\"", "\"", "\"\"", "\n", "\r\n", "\r", "\u{301}", "=1", "'",
    ]

    private static func text(
        _ generator: inout SeededGenerator, _ separator: CSVSeparator
    ) -> String {
        let pieces = pieces + Array(repeating: separator.rawValue, count: 3)
        return (0..<Int.random(in: 0...24, using: &generator))
            .map { _ in pieces.randomElement(using: &generator)! }.joined()
    }

    /// A record that is not passed over here: more than spaces on a line.
    private static func isSomething(_ fields: [String]) -> Bool {
        !fields.isEmpty && !(fields.count == 1 && fields[0].allSatisfy { $0 == " " })
    }

    @Test(arguments: CSVSeparator.allCases)
    func textsAreReadAsByPython(separator: CSVSeparator) async throws {
        var generator = SeededGenerator(seed: 14)
        let texts = (0..<1_500).map { _ in Self.text(&generator, separator) }
            // A first line of this kind is no record here, and spaces are no tab-separated fields.
            .filter { !$0.hasPrefix("sep=") }
        let told = try await Self.python(
            Asked(separator: separator.rawValue, texts: texts, tables: []))
        #expect(told.read.count == texts.count)
        var faults = 0
        for (text, theirs) in zip(texts, told.read) {
            for chunk in [1, 7, 1 << 16] {
                let ours = try Self.read(text, separator, chunk: chunk)
                let records = ours.records.map(\.fields).filter(Self.isSomething)
                #expect(
                    records == theirs.records.filter(Self.isSomething),
                    "\(text.debugDescription)")
                #expect((ours.bad != nil) == theirs.fault, "\(text.debugDescription)")
            }
            if theirs.fault { faults += 1 }
        }
        // Both kinds are among them.
        #expect((100...1_400).contains(faults))
    }

    @Test(arguments: CSVSeparator.allCases)
    func tablesAreWrittenAndReadAsByPython(separator: CSVSeparator) async throws {
        var generator = SeededGenerator(seed: 26)
        let tables = (0..<300).map { _ in
            let width = Int.random(in: 1...5, using: &generator)
            return (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                (0..<width).map { _ in Self.text(&generator, separator) }
            }
        }
        let forms = ["\n", "\r\n", "\r"].map { CSVForm(separator: separator, lineEnd: $0) }
        let ours = tables.enumerated().map { number, table in
            table.map(forms[number % 3].line).joined()
        }
        let told = try await Self.python(
            Asked(separator: separator.rawValue, texts: ours, tables: tables))
        for (number, table) in tables.enumerated() {
            #expect(!told.read[number].fault)
            #expect(told.read[number].records == table, "\(ours[number].debugDescription)")
            let theirs = try Self.read(told.written[number], separator, chunk: 1 << 16)
            #expect(theirs.bad == nil)
            #expect(
                theirs.records.map(\.fields).filter(Self.isSomething)
                    == table.filter(Self.isSomething))
            // A record is copied as it stands, and is the same again.
            let copied = theirs.records.map { forms[0].line($0, adding: ["x"]) }.joined()
            #expect(
                try Self.read(copied, separator, chunk: 1 << 16).records.map(\.fields)
                    == theirs.records.map { $0.fields + ["x"] })
        }
    }
}
