// SPDX-License-Identifier: Apache-2.0

import TestKit
import Testing

@Suite(.waits) struct BulkCommandTests {
    private let csv = #"""
        id,accepted,channel,note
        1,2026-03-19T16:05,corporation,"a, ""b"""
        2,2026-03-32T16:05,corporation,x
        3,2026-03-19T12:50,provider,y

        4,2026-03-19T12:50,post,z
        5,2026-03-19T17:35,provider,late
        6,2026-03-19T12:50
        7,2027-05-13T10:00,corporation,ait
        8,2028-05-13T10:00,corporation,far
        9,2026-03-19T12:50,provider,"open
        """#

    @Test func goodLinesAreAnsweredInOrderAndBadOnesToldByNumber() async throws {
        let run = try await kezek("due", "--bulk", "--as-known-on", "2026-11-22", input: csv)
        #expect(run.status == 2)
        let lines = run.output.split(separator: "\n").map(String.init)
        let version = try #require(lines.last?.split(separator: ",").last)
        #expect(
            lines == [
                "id,accepted,channel,note,dueDate,dueAt,provisional,calendarVersion",
                "1,2026-03-19T16:05,corporation,\"a, \"\"b\"\"\",2026-03-27,2026-03-27T20:00,false,\(version)",
                "3,2026-03-19T12:50,provider,y,2026-03-19,2026-03-19T14:40,false,\(version)",
                "7,2027-05-13T10:00,corporation,ait,2027-05-18,2027-05-18T20:00,true,\(version)",
            ])
        let bad = Set(
            run.errors.split(separator: "\n").compactMap { $0.split(separator: ":").first })
        #expect(bad == ["line 3", "line 6", "line 7", "line 8", "line 10", "line 11"])
        #expect(run.errors.contains("line 6: channel: 'post' (std-7) is not known"))
    }

    @Test func aServerAnswersInBulkToo() async throws {
        let server = try await RunningServer()
        let arguments = ["due", "--bulk", "--as-known-on", "2026-11-22"]
        let here = try await kezek(arguments, input: csv)
        let there = try await kezek(arguments + ["--server", server.address], input: csv)
        #expect(here.output == there.output)
        #expect(
            Set(here.errors.split(separator: "\n")) == Set(there.errors.split(separator: "\n")))
    }

    @Test func jsonLinesKeepTheirFields() async throws {
        let input = """
            {"id": 7, "accepted": "2026-03-19T16:05", "nested": {"a": [1, null]}}
            not json
            {"accepted": 5}
            """
        let run = try await kezek(
            "due", "--bulk", "--channel", "corporation", "--as-known-on", "2026-11-22", input: input
        )
        #expect(run.status == 2)
        // What stood there is copied; what is new stands behind it.
        #expect(
            run.output.hasPrefix(
                #"{"id": 7, "accepted": "2026-03-19T16:05", "nested": {"a": [1, null]},"#
                    + #""dueDate":"2026-03-27","dueAt":"2026-03-27T20:00","provisional":false,"#
                    + #""calendarVersion":"kz-"#))
        #expect(run.errors.contains("line 2: not a JSON object"))
        #expect(run.errors.contains("line 3: accepted"))
    }

    @Test func whatOtherProgramsWriteIsRead() async throws {
        func bulk(_ bytes: [UInt8], _ more: String...) async throws -> Run {
            try await kezek(
                ["due", "--bulk", "--channel", "corporation", "--as-known-on", "2026-11-22"] + more,
                bytes: bytes)
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let windows = try await bulk(mark + Array("accepted,channel\r\n2026-03-19T16:05,\r\n".utf8))
        #expect(windows.status == 0)
        #expect(windows.output.contains("2026-03-27"))
        let json = try await bulk(Array("accepted\n2026-03-19T16:05\n".utf8), "--json")
        #expect(json.output.hasPrefix("{\"accepted\""))
        let wrongType = try await bulk(
            Array("{\"accepted\":\"2026-03-19T16:05\",\"channel\":5}\n".utf8))
        #expect(wrongType.status == 2)
        #expect(wrongType.errors.contains("line 1: channel: expected a text"))
        let notUTF8 = try await bulk(Array("accepted,name\n2026-03-19T16:05,".utf8) + [0xFF, 0x0A])
        #expect(notUTF8.status == 2)
        #expect(notUTF8.errors.contains("line 2: not UTF-8"))
        let long = try await bulk(
            Array("accepted\n".utf8) + Array(repeating: 0x61, count: 1 << 20)
                + Array("\n2026-03-19T16:05".utf8))
        #expect(long.errors.contains("line 2: longer than 65536 bytes"))
        #expect(long.output.contains("2026-03-27"))
        let headless = try await bulk(Array("2026-03-19T16:05\n2026-03-19T16:05\n".utf8))
        #expect(headless.status == 2)
        #expect(headless.errors.split(separator: "\n").count == 1)
    }

    @Test func moreLinesThanABatchComeOutInOrder() async throws {
        let rows = (0..<45_000).map { "\($0),2026-\($0 % 2 == 0 ? "04-02" : "04-03")T10:00" }
        let run = try await kezek(
            "due", "--bulk", "--channel", "corporation", "--as-known-on", "2026-11-22",
            input: (["id,accepted"] + rows).joined(separator: "\n"))
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 45_001)
        let wrong = lines.dropFirst().enumerated().filter { index, line in
            !line.hasPrefix("\(index),") || !line.contains(index % 2 == 0 ? "04-07" : "04-08")
        }
        #expect(wrong.isEmpty)
    }
}
