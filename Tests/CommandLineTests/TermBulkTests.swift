// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Questions about terms in bulk, beside the same question for one row.
@Suite(.waits) struct TermBulkTests {
    private let known = ["--as-known-on", "2026-11-22"]

    @Test func whatIsLeftIsToldForEachRow() async throws {
        let csv = """
            id;accepted;at;suspend
            1;19.03.2026 16:05;26.03.2026 10:00;
            2;19.03.2026 16:05;26.03.2026 10:00;20.03.2026 10:00/
            3;19.03.2026 16:05;x;
            4;19.03.2026 16:05;26.03.2026 10:00;20.03.2026

            """
        let run = try await kezek(
            ["time-left", "--bulk", "--channel", "corporation"] + known, input: csv)
        #expect(run.status == 2)
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(
            lines.first
                == "id;accepted;at;suspend;dueAt;workingDays;workingMinutes;calendarDays;usedPercent;"
                + "overdue;suspendedSince;provisional;calendarVersion")
        try #require(lines.count == 3)
        #expect(
            lines[1].hasPrefix("1;19.03.2026 16:05;26.03.2026 10:00;;27.03.2026 20:00;1;1260;1;33;")
        )
        #expect(
            lines[2].hasPrefix(
                "2;19.03.2026 16:05;26.03.2026 10:00;20.03.2026 10:00/;;3;"))
        #expect(lines[2].contains(";false;20.03.2026 10:00;false;"))
        let errors = run.errors.split(separator: "\n")
        #expect(errors.count == 2)
        #expect(run.errors.contains("line 4: at: expected a date and time"))
        #expect(run.errors.contains("line 5: suspend: expected"))
    }

    @Test func dueDatesTakeSuspensionsToo() async throws {
        let csv = """
            accepted,suspend
            2026-03-19T16:05,
            2026-03-19T16:05,2026-03-20T10:00/2026-03-27T10:00
            2026-03-19T16:05,2026-03-20T10:00/

            """
        let run = try await kezek(
            ["due", "--bulk", "--channel", "corporation"] + known, input: csv)
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        #expect(lines.last?.contains(",2026-03-31,2026-03-31T20:00,false,") == true, "\(lines)")
        #expect(run.errors.contains("line 4: The term stands still since"))
    }

    @Test func startsAndWorkingTimesComeInBulk() async throws {
        let starts = try await kezek(
            ["latest-start", "--bulk", "--channel", "corporation"] + known,
            input: "due,id\n2026-04-02,1\n2026-03-27T20:00,2\n")
        #expect(starts.status == 0, "\(starts.errors)")
        let lines = starts.output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "due,id,latestStart,dueAt,provisional,calendarVersion")
        #expect(
            lines[2].hasPrefix("2026-03-27T20:00,2,2026-03-19T19:59:59,2026-03-27T20:00,false,"))
        let times = try await kezek(
            ["working-time", "--bulk"] + known,
            input:
                "{\"from\":\"2026-03-19T16:05\",\"to\":\"2026-03-26T10:00\",\"office\":\"provider\"}\n"
        )
        #expect(times.status == 0, "\(times.errors)")
        #expect(times.output.contains("\"workingDays\":2,\"workingMinutes\":"))
    }

    @Test func aCommandWithoutRowsSaysWhatItNeeds() async throws {
        for (arguments, option) in [
            (["time-left", "--channel", "corporation"], "--accepted"),
            (["time-left", "--accepted", "2026-03-19T16:05"], "--channel"),
            (["latest-start", "--channel", "corporation"], "--due"),
            (["working-time", "2026-03-19T16:05", "2026-03-26T10:00"], "--office"),
        ] {
            let run = try await kezek(arguments)
            #expect(run.status == 64)
            #expect(run.errors.contains("\(option) is needed"), "\(run.errors)")
        }
    }
}
