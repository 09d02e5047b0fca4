// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import Queue
import TestKit
import Testing
import Texts

@testable import KezekTables

@Suite struct TablesTests {
    /// The lines of a text that comes in chunks; a bad one as its problem.
    private func lines(_ bytes: [UInt8], chunk: Int) throws -> [String] {
        var left = Data(bytes)
        var reader = LineReader(
            ByteInput {
                defer { left = left.dropFirst(chunk) }
                return left.prefix(chunk)
            })
        var lines: [String] = []
        while let line = try reader.next() {
            switch line {
            case .success(let (number, text)): lines.append("\(number) \(text)")
            case .failure(let bad): lines.append("\(bad.line)! \(bad.problem.en)")
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
                "1 ә,1", "2 ", "3! not UTF-8 text; save the file as 'CSV UTF-8'",
                "4! longer than 65536 bytes", "5 last",
            ])
        for chunk in [1, 2, 3, 7, 4_096, LineReader.limit, LineReader.limit + 1] {
            #expect(try lines(text, chunk: chunk) == whole)
        }
        #expect(try lines([], chunk: 1) == [])
        #expect(try lines(Array("a\n".utf8), chunk: 1) == ["1 a"])
    }

    private func record(_ text: String, line: Int) throws -> CSVRecord {
        var reader = try CSVReader(ByteInput(bytes: Array(text.utf8)), separator: .comma) { _ in
            false
        }
        let read = try #require(try reader.next()).get()
        return CSVRecord(line: line, fields: read.fields, text: read.text)
    }

    /// What is told of a record, in English.
    private func problem(_ read: () throws -> Void) throws -> String {
        do { try read() } catch let bad as BadLine { return bad.text(in: .en) }
        return "nothing"
    }

    @Test func bookingsNameWhatIsWrong() throws {
        var parser = BookingParser()
        for (head, told) in [
            ("start", "the head line names no column 'service': start"),
            ("start,service,reference,start", "the column 'start' stands twice"),
        ] {
            #expect(
                try problem { _ = try parser.row(record(head, line: 1)) } == "line 1: \(told)")
        }
        #expect(parser.lacksHead)
        #expect(BookingParser.isHead(["reference", "start", "x", "service"]))
        #expect(!BookingParser.isHead(["reference", "start"]))
        #expect(try parser.row(record("reference,start,service", line: 2)) == nil)
        #expect(!parser.lacksHead)
        let row = try #require(try parser.row(record("case-1,10:20,acceptance", line: 4)))
        #expect(row.start == TimeOfDay("10:20"))
        #expect(row.service == ServiceID("acceptance"))
        #expect(row.reference == "case-1" && row.line == 4)
        let wrong = [
            ("a,10:20", "expected 3 columns, found 2"),
            ("a,25:00,acceptance", "start: expected a time as 10:00, found '25:00'"),
            ("a,10:20,Ж", "service: expected a service's name, found 'Ж'"),
            (",10:20,acceptance", "reference: expected 1 to 64 bytes"),
            (
                String(repeating: "a", count: 65) + ",10:20,acceptance",
                "reference: expected 1 to 64 bytes"
            ),
        ]
        for (text, told) in wrong {
            #expect(
                try problem { _ = try parser.row(record(text, line: 5)) } == "line 5: \(told)")
        }
        let longest = String(repeating: "a", count: 64) + ",10:20,acceptance"
        #expect(try parser.row(record(longest, line: 6))?.reference.count == 64)
    }

    @Test func ticketsAreWithinTheirNumbers() throws {
        var parser = TicketParser()
        #expect(try parser.ticket(record("number,service,time", line: 1)) == nil)
        let ticket = ReportedTicket(
            number: 17, service: ServiceID("acceptance")!, takenAt: 36_300)
        #expect(try parser.ticket(record("17, acceptance ,10:05", line: 2)) == ticket)
        for text in [
            "number,service,time", "0,acceptance,10:05", "10000,acceptance,10:05",
            "17,acceptance", "17,acceptance,10:05,,", "17,acceptance,10:05,Old age", "17,,10:05",
            "-1,acceptance,10:05",
        ] {
            #expect(throws: BadLine.self, "\(text)") {
                try parser.ticket(record(text, line: 3))
            }
        }
        #expect(try parser.ticket(record("9999,acceptance,10:05", line: 4))?.number == 9_999)
    }

    /// A bad line is told in each language, with its number.
    @Test func problemsAreToldInThreeLanguages() {
        let bad = BadLine.columns(21, found: 1, expected: 3)
        #expect(bad.text(in: .kk) == "21-жол: 3 баған күтілді, 1 табылды")
        #expect(bad.text(in: .ru) == "строка 21: ожидалось столбцов: 3, найдено: 1")
        #expect(bad.text(in: .en) == "line 21: expected 3 columns, found 1")
        #expect(BadLine.tooLong(1, limit: 65_536).problem.ru == "длиннее 65536 байт")
        #expect(BadLine.tooLong(1, limit: 2).problem.ru == "длиннее 2 байт")
        #expect(BadLine.tooLong(1, limit: 21).problem.ru == "длиннее 21 байта")
    }
}
