// SPDX-License-Identifier: Apache-2.0

import CivilTime
import TestKit
import Testing
import Texts

@testable import KezekTables

/// Acceptances as they are read and written, each with one due date.
@Suite struct BulkTests {
    private static let due = BulkDueDate(
        at: moment("2026-04-02T20:00"), offset: UTCOffset("+05:00"), isProvisional: false,
        version: "kz-1")

    /// The input with due dates; what is told of bad lines stands behind an exclamation mark.
    private func run(
        _ text: String, _ format: BulkFormat? = nil, _ separator: CSVSeparator? = nil
    ) throws -> String {
        func input() -> ByteInput { ByteInput(bytes: Array(text.utf8)) }
        do {
            var reader = try BulkReader(input(), separator: separator)
            let own: BulkFormat = if case .objects = reader.source { .jsonl } else { .csv }
            let writer = try BulkWriter(
                format ?? own, of: reader.source, columns: BulkWriter.columns(input()),
                separator: separator)
            var output = writer.head
            while let row = try reader.next() {
                switch row {
                case .success(let row): output += writer.line(row, Self.due)
                case .failure(let bad): output += "! \(bad.text(in: .en))\n"
                }
            }
            return output
        } catch let bad as BadLine { return "!! \(bad.text(in: .en))\n" }
    }

    @Test func aTableIsCopiedAsItStandsWithItsSeparatorAndEnds() throws {
        let spreadsheet =
            "\u{FEFF}№;Аты-жөні;accepted\r\n1;\"ТОО \"\"Рога; копыта\"\"\";19.03.2026 16:05\r\n"
            + "2;\"екі\nжол\";9.3.2026 9:05:00\r\n3;ТОО \"Рога\";2026-03-19\r\n"
        #expect(
            try run(spreadsheet)
                == "\u{FEFF}№;Аты-жөні;accepted;dueDate;dueAt;provisional;calendarVersion\r\n"
                + "1;\"ТОО \"\"Рога; копыта\"\"\";19.03.2026 16:05;02.04.2026;02.04.2026 20:00;"
                + "false;kz-1\r\n2;\"екі\nжол\";9.3.2026 9:05:00;02.04.2026;02.04.2026 20:00:00;"
                + "false;kz-1\r\n3;ТОО \"Рога\";2026-03-19;2026-04-02;2026-04-02T20:00;"
                + "false;kz-1\r\n")
        #expect(
            try run("sep=;\naccepted;a\n2026-03-19T16:05+05:00;=1+1\n")
                == "sep=;\naccepted;a;dueDate;dueAt;provisional;calendarVersion\n"
                + "2026-03-19T16:05+05:00;=1+1;2026-04-02;2026-04-02T20:00+05:00;false;kz-1\n")
    }

    /// Rows of another command, each as the values that were read of it.
    @Test func eachCommandReadsItsOwnColumns() throws {
        let table = """
            from;to;office;accepted
            19.03.2026 16:05;26.03.2026 10:00;provider;x
            19.03.2026;;;
            """
        var reader = try BulkReader(ByteInput(bytes: Array(table.utf8)), shape: .workingTime)
        let first = try #require(try reader.next()).get()
        #expect(first.accepted.time != nil)
        #expect(first.others["to"]?.date == date("2026-03-26"))
        #expect(first.office == "provider")
        #expect(first.suspensions == [])
        let second = try #require(try reader.next())
        #expect(throws: BadLine.self) { try second.get() }
    }

    @Test(arguments: [
        ("2026-03-20T10:00/2026-03-25T09:00", 1), ("2026-03-20 10:00/", 1),
        ("20.03.2026 10:00/25.03.2026 09:00; 27.03.2026 10:00/", 2), ("2026-03-20/2026-03-25", nil),
        ("2026-03-20T10:00", nil), ("a/b", nil), ("2026-03-20T10:00/x", nil),
    ])
    func suspensionsStandInOneColumn(text: String, count: Int?) throws {
        #expect(WrittenSuspension.list(text)?.count == count)
        let table = "accepted,suspend\n2026-03-19T16:05,\"\(text)\"\n"
        var reader = try BulkReader(ByteInput(bytes: Array(table.utf8)))
        let row = try #require(try reader.next())
        #expect((try? row.get())?.suspensions.count == count)
    }

    @Test func objectsKeepWhatStoodInThem() throws {
        let lines = """
            {"id": 7.10, "accepted": "2026-03-19T16:05", "n": {"b": [1, null], "a": 1e3} }
            {"accepted":"19.03.2026","z":"\\u0416","a":null}
            """
        #expect(
            try run(lines) == """
                {"id": 7.10, "accepted": "2026-03-19T16:05", "n": {"b": [1, null], "a": 1e3},\
                "dueDate":"2026-04-02","dueAt":"2026-04-02T20:00","provisional":false,\
                "calendarVersion":"kz-1"}
                {"accepted":"19.03.2026","z":"\\u0416","a":null,"dueDate":"02.04.2026",\
                "dueAt":"02.04.2026 20:00","provisional":false,"calendarVersion":"kz-1"}

                """)
    }

    @Test func objectsBecomeATableOfAllTheirNames() throws {
        let lines = """
            {"id": 7.10, "accepted": "2026-03-19T16:05", "who": "ТОО \\"Рога\\""}
            {"accepted": 5, "bad": 1}
            {"note": "a,b", "accepted": "2026-03-19T16:05", "n": {"b": [1, null]}, "id": null, "t": true}
            """
        #expect(
            try run(lines, .csv) == """
                id,accepted,who,bad,note,n,t,dueDate,dueAt,provisional,calendarVersion
                7.10,2026-03-19T16:05,"ТОО ""Рога""\",,,,,2026-04-02,2026-04-02T20:00,false,kz-1
                ! line 2: accepted: expected a text
                ,2026-03-19T16:05,,,"a,b","{""b"": [1, null]}",true,2026-04-02,2026-04-02T20:00,false,kz-1

                """)
        #expect(
            try run("{\"a\":\"x;y\",\"accepted\":\"2026-03-19\"}", .csv, .semicolon) == """
                a;accepted;dueDate;dueAt;provisional;calendarVersion
                "x;y";2026-03-19;2026-04-02;2026-04-02T20:00;false;kz-1

                """)
    }

    @Test func aTableBecomesObjectsInTheOrderOfItsColumns() throws {
        #expect(
            try run("z,accepted,a\n007,2026-03-19 16:05,\"x\ny \"\"q\"\"\"\n", .jsonl)
                == #"{"z":"007","accepted":"2026-03-19 16:05","a":"x\ny \"q\"","#
                + #""dueDate":"2026-04-02","dueAt":"2026-04-02 20:00","provisional":false,"#
                + #""calendarVersion":"kz-1"}"# + "\n")
        #expect(
            try run("accepted,,b\n", .jsonl)
                == "!! line 1: column 2 has no name, which JSON needs\n")
        #expect(try run("a,accepted,a\n", .jsonl) == "!! line 1: the column 'a' stands twice\n")
        // In a table they may stay.
        #expect(try run("a,accepted,a,\n").hasPrefix("a,accepted,a,,dueDate,"))
    }

    @Test func theHeadIsThereThoughNothingElseIs() throws {
        let added = "dueDate,dueAt,provisional,calendarVersion\n"
        #expect(try run("id,accepted\n") == "id,accepted,\(added)")
        #expect(try run("id,accepted") == "id,accepted,\(added)")
        #expect(
            try run("accepted\nx\n")
                == "accepted,\(added)! line 2: accepted: expected a date and time as "
                + "2026-03-19T16:05, 19.03.2026 16:05, found 'x'\n")
        #expect(try run("{\"id\":1}", .csv).hasPrefix("id,\(added)! line 1: accepted: "))
        #expect(try run("id,accepted\n", .jsonl) == "")
        // Nothing at all is no table, but it is no lines of JSON.
        #expect(
            try run("", .csv)
                == "!! line 1: there is nothing; expected CSV with a head line, or lines of JSON\n")
        #expect(try run("\n \n", .jsonl) == "")
    }

    @Test(arguments: [
        ("id,when\n1,2\n", "the head line names no column 'accepted': id,when"),
        ("accepted;accepted\n", "the column 'accepted' stands twice"),
        ("accepted,channel,channel\n", "the column 'channel' stands twice"),
        ("accepted,dueAt\n", "'dueAt' is added here; leave it out or rename it"),
        (
            "accepted,suspended\n",
            "'suspended' is not read here: ask for it by itself with 'kezek due' (--suspend, "
                + "--as-known-on, --count-from-opening), or rename the column"
        ),
        ("[{\"accepted\":1}]", "a JSON array; write each object on a line of its own"),
        (
            "\"accepted\n1,2",
            "a quote is opened here and not closed; nothing behind it can be read"
        ),
    ])
    func withoutItsHeadNothingIsRead(text: String, told: String) throws {
        #expect(try run(text) == "!! line 1: \(told)\n")
    }

    @Test func aBadRowIsToldAloneWithItsLine() throws {
        let text = "id,accepted\n1\n2,2026-03-19,x\n\"3\n\",2026-03-32\n4,\n5,2026-03-19\n,\n"
        let told = try run(text).split(separator: "\n").filter { $0.hasPrefix("!") }
        let expected = "accepted: expected a date and time as 2026-03-19T16:05, 19.03.2026 16:05"
        #expect(
            told == [
                "! line 2: expected 2 columns, found 1", "! line 3: expected 2 columns, found 3",
                "! line 4: \(expected), found '2026-03-32'",
                "! line 6: \(expected), found nothing",
            ])
        let lines = """
            {"accepted":"2026-03-19","channel":5}
            {"accepted":"2026-03-19","a":1,"a":2}
            {"accepted":"2026-03-19","dueDate":""}

            {"accepted":null}
            x
            {"accepted":"2026-03-19","asKnownOn":"2026-01-01"}
            """
        #expect(
            try run(lines) == """
                ! line 1: channel: expected a text
                ! line 2: the name 'a' stands twice
                ! line 3: 'dueDate' is added here; leave it out or rename it
                ! line 5: \(expected), found nothing
                ! line 6: not a JSON object
                ! line 7: 'asKnownOn' is not read here: ask for it by itself with 'kezek due' (--suspend, \
                --as-known-on, --count-from-opening), or rename the column

                """)
    }

    @Test func aTableHasSoManyColumns() throws {
        func objects(_ count: Int) -> String {
            let own = (1..<count).map { "{\"accepted\":\"2026-03-19\",\"k\($0)\":1}" }
            return own.joined(separator: "\n")
        }
        let limit = BulkWriter.columnLimit
        #expect(try run(objects(limit), .csv).hasPrefix("accepted,k1,"))
        #expect(
            try run(objects(limit + 1), .csv)
                == "!! line \(limit): more than \(limit) names, and a table has no more columns\n")
    }
}
