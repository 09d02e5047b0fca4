// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import Queue
import TestKit
import Testing

@testable import KezekTables

@Suite struct TablesTests {
    /// The lines of a text that comes in chunks; a bad one as its problem.
    private func lines(_ bytes: [UInt8], chunk: Int) throws -> [String] {
        var left = Data(bytes)
        var reader = LineReader {
            defer { left = left.dropFirst(chunk) }
            return left.prefix(chunk)
        }
        var lines: [String] = []
        while let line = try reader.next() {
            switch line {
            case .success(let (number, text)): lines.append("\(number) \(text)")
            case .failure(let bad): lines.append("\(bad.line)! \(bad.problem)")
            }
        }
        return lines
    }

    @Test func linesAreTheSameHoweverTheyArrive() throws {
        let long = Array(repeating: UInt8(ascii: "x"), count: LineReader.limit + 1)
        let text: [UInt8] =
            [0xEF, 0xBB, 0xBF] + Array("ә,1\r\n\r\n".utf8) + [0xC3, 0x28, 10] + long
            + Array("\nlast".utf8)
        let whole = try lines(text, chunk: text.count)
        #expect(
            whole == [
                "1 ә,1", "2 ", "3! not UTF-8 text", "4! longer than 65536 bytes", "5 last",
            ])
        for chunk in [1, 2, 3, 7, 4_096, LineReader.limit, LineReader.limit + 1] {
            #expect(try lines(text, chunk: chunk) == whole)
        }
        #expect(try lines([], chunk: 1) == [])
        #expect(try lines(Array("a\n".utf8), chunk: 1) == ["1 a"])
    }

    @Test func fieldsAreReadAndWritten() {
        let cases: [(String, [String]?)] = [
            ("", [""]), ("a,b", ["a", "b"]), (",", ["", ""]), ("\"a,b\",c", ["a,b", "c"]),
            ("\"a\"\"b\"", ["a\"b"]), ("\"a", nil), ("a\u{301},b", ["a\u{301}", "b"]),
            (",\u{301}", ["", "\u{301}"]), ("\"a\"\"\u{35F}\"", ["a\"\u{35F}"]),
            ("\"\"\"\u{301}\"\"\"", ["\"\u{301}\""]),
        ]
        for (text, fields) in cases {
            #expect(CSVLine.fields(of: text) == fields, "\(text)")
            guard let fields else { continue }
            let written = fields.map { CSVLine.text(of: $0) }.joined(separator: ",")
            #expect(CSVLine.fields(of: written) == fields, "\(text)")
        }
    }

    @Test func bookingsNameWhatIsWrong() throws {
        var parser = BookingParser()
        #expect(throws: BadLine(line: 1, problem: "the head line names no column 'service': start"))
        { try parser.row("start", line: 1) }
        #expect(parser.lacksHead)
        #expect(try parser.row("reference,start,service", line: 2) == nil)
        #expect(!parser.lacksHead)
        #expect(try parser.row(" \t", line: 3) == nil)
        let row = try #require(try parser.row("case-1,10:20,acceptance", line: 4))
        #expect(row.start == TimeOfDay("10:20"))
        #expect(row.service == ServiceID("acceptance"))
        #expect(row.reference == "case-1")
        let wrong = [
            ("a,10:20", "expected 3 columns, found 2"),
            ("a,25:00,acceptance", "start: expected a time as 10:00, found '25:00'"),
            ("a,10:20,Ж", "service: expected a service's name, found 'Ж'"),
            (",10:20,acceptance", "reference: expected 1 to 64 bytes"),
            (
                String(repeating: "a", count: 65) + ",10:20,acceptance",
                "reference: expected 1 to 64 bytes"
            ),
            ("\"a,10:20,acceptance", "a quote is opened and not closed"),
        ]
        for (text, problem) in wrong {
            #expect(throws: BadLine(line: 5, problem: problem)) { try parser.row(text, line: 5) }
        }
    }

    @Test func ticketsAreWithinTheirNumbers() throws {
        var parser = TicketParser()
        #expect(try parser.ticket("number,service,time", line: 1) == nil)
        let ticket = ReportedTicket(
            number: 17, service: ServiceID("acceptance")!, takenAt: 36_300)
        #expect(try parser.ticket("17, acceptance ,10:05", line: 2) == ticket)
        for text in [
            "number,service,time", "0,acceptance,10:05", "10000,acceptance,10:05",
            "17,acceptance", "17,acceptance,10:05,", "17,,10:05", "-1,acceptance,10:05",
        ] {
            #expect(throws: BadLine.self, "\(text)") { try parser.ticket(text, line: 3) }
        }
    }
}
