// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Bulk input as spreadsheets and other programs write it, and the output that they can read.
@Suite struct BulkFormTests {
    private func bulk(_ input: String, _ more: String...) async throws -> Run {
        try await bulk(Array(input.utf8), more)
    }

    private func bulk(_ bytes: [UInt8], _ more: [String]) async throws -> Run {
        try await kezek(["due", "--bulk", "--as-known-on", "2026-11-22"] + more, bytes: bytes)
    }

    /// The output with the version of the calendar as `V`.
    private func text(_ run: Run) -> String { run.output.replacing(/kz-[0-9a-f]+/, with: "V") }

    @Test func aSpreadsheetOfKazakhstanIsAnsweredAsItIsWritten() async throws {
        let rows = [
            "\u{FEFF}№;Аты;accepted;channel", "1;ТОО \"Рога\";19.03.2026 16:05;corporation",
            "2;\"Бір;\nекі\";19.3.2026 9:05;corporation-elsewhere", "3;ә;31.01.2026;storage",
            "4;=1+1;19.03.2026;corporation", "5;x;19.03.2026;provider",
            "6;x;32.03.2026;provider", ";;;",
        ]
        let run = try await bulk(rows.map { $0 + "\r\n" }.joined())
        #expect(run.status == 2)
        let answers = [
            "dueDate;dueAt;provisional;calendarVersion", "27.03.2026;27.03.2026 20:00;false;V",
            "02.04.2026;02.04.2026 20:00;false;V", "28.02.2026;28.02.2026 20:00;false;V",
            "27.03.2026;27.03.2026 20:00;false;V",
        ]
        let expected = zip(rows, answers).map { "\($0);\($1)\r\n" }.joined()
        #expect(text(run) == expected)
        // The second record takes two lines, so the fifth is on the seventh.
        #expect(
            run.errors == """
                line 8: accepted: expected a date and time as 2026-03-19T16:05, 19.03.2026 16:05, \
                found '32.03.2026'
                line 7: accepted: the term runs in minutes or hours, so the time is needed too, as \
                2026-03-19T16:05

                """)
    }

    @Test func anOffsetIsTakenToTheZoneOfTheStandard() async throws {
        let input = """
            accepted,channel
            2026-03-19T16:05+05:00,provider
            2026-03-19T11:05Z,provider
            2026-03-19 08:05:00-03:00,provider
            2024-02-01T16:05+06:00,provider
            2024-02-28T16:05:00.5+06:00,corporation
            2026-03-19T18:40+05:00,provider
            """
        let here = try await bulk(input)
        #expect(
            text(here) == """
                accepted,channel,dueDate,dueAt,provisional,calendarVersion
                2026-03-19T16:05+05:00,provider,2026-03-19,2026-03-19T16:25+05:00,false,V
                2026-03-19T11:05Z,provider,2026-03-19,2026-03-19T16:25+05:00,false,V
                2026-03-19 08:05:00-03:00,provider,2026-03-19,2026-03-19 16:25:00+05:00,false,V
                2024-02-01T16:05+06:00,provider,2024-02-01,2024-02-01T16:25+06:00,false,V
                2024-02-28T16:05:00.5+06:00,corporation,2024-03-04,2024-03-04T20:00:00+05:00,false,V

                """)
        #expect(here.errors.contains("line 7: accepted: 2026-03-19T18:40 is outside the hours"))
        let server = try await RunningServer()
        let there = try await bulk(Array(input.utf8), ["--server", server.address])
        #expect(there.output == here.output)
        #expect(there.errors == here.errors)
    }

    @Test func formsAreTurnedIntoOneAnotherWithAllThatStoodThere() async throws {
        let objects = """
            {"id": 7.10, "accepted": "2026-03-19T16:05", "who": "ТОО \\"Рога\\""}
            {"id": 8, "accepted": "19.03.2026 16:05", "tags": ["a", {"b": 1e3}], "who": null}
            """
        let table = try await bulk(objects, "--channel", "corporation", "--format", "csv")
        #expect(table.status == 0)
        #expect(
            text(table) == """
                id,accepted,who,tags,dueDate,dueAt,provisional,calendarVersion
                7.10,2026-03-19T16:05,"ТОО ""Рога""\",,2026-03-27,2026-03-27T20:00,false,V
                8,19.03.2026 16:05,,"[""a"", {""b"": 1e3}]",27.03.2026,27.03.2026 20:00,false,V

                """)
        // Back again: what is added would stand there twice, and is told of.
        let twice = try await bulk(table.output, "--channel", "corporation", "--format", "jsonl")
        #expect(twice.status == 2 && twice.output == "")
        #expect(twice.errors.contains("line 1: 'dueDate' is added here"))
        let plain = try await bulk(
            "z;accepted;a\n007;2026-03-19 16:05;\"x\ny\"\n", "--channel", "corporation", "--json")
        #expect(
            text(plain)
                == #"{"z":"007","accepted":"2026-03-19 16:05","a":"x\ny","dueDate":"2026-03-27","#
                + #""dueAt":"2026-03-27 20:00","provisional":false,"calendarVersion":"V"}"# + "\n")
    }

    @Test func moreObjectsThanABatchBecomeATable() async throws {
        let rows = (0..<21_000).map {
            "{\"id\":\($0),\"accepted\":\"2026-04-02T10:00\"\($0 == 20_999 ? ",\"last\":true" : "")}"
        }
        let run = try await bulk(
            rows.joined(separator: "\n"), "--channel", "corporation", "--format", "csv")
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 21_001, "\(run.errors)")
        #expect(lines[0].hasPrefix("id,accepted,last,dueDate,"))
        #expect(lines[1].hasPrefix("0,2026-04-02T10:00,,2026-04-07,"))
        #expect(lines[21_000].hasPrefix("20999,2026-04-02T10:00,true,2026-04-07,"))
    }

    @Test func theHeadIsPrintedThoughNothingElseIs() async throws {
        let head = "id,accepted,dueDate,dueAt,provisional,calendarVersion\n"
        let alone = try await bulk("id,accepted\n", "--channel", "corporation")
        #expect(alone.status == 0 && alone.output == head && alone.errors == "")
        let bad = try await bulk("id,accepted\n1,x\n2,\n", "--channel", "corporation")
        #expect(bad.status == 2 && bad.output == head)
        let objects = try await bulk("{\"id\":1,\"accepted\":5}\n", "--format", "csv")
        #expect(objects.status == 2 && objects.output == head)
        let nothing = try await bulk("\n", "--channel", "corporation")
        #expect(nothing.status == 2 && nothing.output == "")
        #expect(nothing.errors.contains("there is nothing"))
        #expect(try await bulk("", "--channel", "corporation", "--json").status == 0)
        let open = try await bulk("id,accepted\n1,\"2026-03-19\n2,2026-03-19\n")
        #expect(open.output == head)
        #expect(open.errors.contains("line 2: a quote is opened here and not closed"))
    }

    @Test func whatCannotBeReadIsNamedInTheReadersLanguage() async throws {
        let utf16 = try await bulk([0xFF, 0xFE, 0x61, 0x00], [])
        #expect(utf16.status == 2 && utf16.output == "")
        #expect(utf16.errors == "line 1: the file is in UTF-16; save it as 'CSV UTF-8'\n")
        let input = "id,accepted\n1,2026-03-19T16:05,x\n"
        for (language, told) in [
            ("kk", "2-жол: 2 баған күтілді, 3 табылды\n"),
            ("ru", "строка 2: ожидалось столбцов: 2, найдено: 3\n"),
            ("en", "line 2: expected 2 columns, found 3\n"),
        ] {
            #expect(try await bulk(input, "--language", language).errors == told)
        }
        let given = try await bulk("id;accepted\n", "--separator", ",")
        #expect(given.errors.contains("no column 'accepted': id;accepted"))
        let tab = try await bulk("a\taccepted\n", "--separator", "tab")
        #expect(tab.output.hasPrefix("a\taccepted\tdueDate\t"))
        let alone = try await kezek("due", "--separator", ";")
        #expect(alone.errors.contains("--separator needs --bulk"))
    }
}
