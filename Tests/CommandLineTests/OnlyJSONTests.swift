// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// With `--json` whatever is told is JSON, on both streams.
@Suite(.waits) struct OnlyJSONTests {
    private let folder: ShellFolder

    init() throws { folder = try ShellFolder() }

    /// The objects of a text, one after the other; nil if something else stands between them.
    private func objects(_ text: String) -> [[String: Any]]? {
        var (found, part) = ([[String: Any]](), "")
        for line in text.split(separator: "\n") {
            part += line
            if let one = try? JSONSerialization.jsonObject(with: Data(part.utf8)) {
                found += (one as? [[String: Any]]) ?? [one as? [String: Any] ?? [:]]
                part = ""
            }
        }
        return part.isEmpty ? found : nil
    }

    @Test func badLinesAreObjects() async throws {
        let input = """
            id,accepted
            1,2026-03-19T16:05
            2,2026-03-32T16:05
            3
            """
        let run = try await kezek(
            "due", "--bulk", "--channel", "corporation", "--json", "--as-known-on", "2026-11-22",
            input: input)
        #expect(run.status == 2)
        #expect(objects(run.output)?.count == 1)
        let bad = try #require(objects(run.errors)?.map { $0["error"] as? [String: Any] ?? [:] })
        #expect(bad.map { $0["line"] as? Int } == [3, 4], "\(run.errors)")
        #expect(bad.first?["field"] as? String == "accepted")
        let message = bad.first?["message"] as? String
        #expect(message?.hasPrefix("expected a date and time") == true, "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 2)
    }

    @Test func aReportsBadLinesAreObjects() async throws {
        let queue = try await RunningQueue()
        let run = try await queue(
            "report", "astana-1", "1", "-", "--json", input: "x\n17,acceptance,y\n")
        #expect(run.status == 2 && run.output == "")
        let lines = objects(run.errors)?.compactMap {
            ($0["error"] as? [String: Any])?["line"] as? Int
        }
        #expect(lines == [1, 2], "\(run.errors)")
    }

    /// Every command on a journal, with what it has to say beside its answer.
    @Test func commandsOnAJournalTellJSON() async throws {
        let queue = try await RunningQueue()
        _ = try await queue.book(try await queue.laterSlots()[0], for: "a")
        await queue.stop()
        let journal = queue.journal.path
        let copy = folder.path("copy.sqlite")
        // Where a mark cannot be written, that is a note: something else has its name.
        for mark in ["verify", "backup"] {
            try FileManager.default.createDirectory(
                atPath: journal + ".last-\(mark)", withIntermediateDirectories: true)
        }
        for (line, notes) in [
            (["journal", "verify", journal], 1), (["journal", "backup", journal, copy], 2),
            (["journal", "stats", journal], 0), (["journal", "export", journal], 0),
            (["journal", "snapshot", journal], 0), (["audit", journal], 0),
            (["audit", journal, "--who", "nobody"], 1),
            (["journal", "restore", copy, folder.path("new.sqlite")], 1),
            (["key", "list", journal], 0),
        ] {
            let run = try await kezek(line + ["--json"])
            #expect(run.status == 0, "\(line) \(run.errors)")
            let told = try #require(objects(run.output), "\(line) \(run.output)")
            #expect(told.isEmpty == line.contains("nobody"), "\(line)")
            let beside = try #require(objects(run.errors), "\(line) \(run.errors)")
            #expect(beside.compactMap { $0["note"] as? String }.count == notes, "\(run.errors)")
        }
    }

    /// Notes about a file of visits.
    @Test func notesAreObjects() async throws {
        let file = try folder.file(
            "places.json",
            """
            {"vehicles":[{"id":7,"start":[71.4,51.1]}],"speed":3,
             "jobs":[{"id":3,"location":[71.5,51.2],"description":"900101300017"}]}
            """)
        let run = try await kezek("visits", "solve", file, "--steps", "0", "--json")
        let notes = try #require(objects(run.errors)?.map { $0["note"] as? String })
        #expect(notes.count == 3 && !notes.contains(nil), "\(run.errors)")
        #expect(objects(run.output)?.count == 1)
    }
}
