// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// The built program on a disk whose syncs fail or are slow.
@Suite(.waits, .enabled(if: ProcessInfo.processInfo.environment["LD_PRELOAD"] == nil))
struct FailedSyncTests {
    private let folder: TemporaryDirectory
    private let data: URL
    private var store: String { data.appendingPathComponent("kezek.sqlite").path }
    /// While one of these files is there, syncs fail or are slow.
    private var failing: URL { folder.url.appendingPathComponent("failing") }
    private var slow: URL { folder.url.appendingPathComponent("slow") }

    init() throws {
        folder = try TemporaryDirectory()
        data = folder.url.appendingPathComponent("data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    }

    private func started(_ log: String, onSuchADisk: Bool = true) async throws -> StartedServer {
        let library = try Repository.program.deletingLastPathComponent()
            .appendingPathComponent("libSuddenEnd.so").path
        return try await StartedServer(
            [
                "--store", store, "--rehearse", "2026-03-19T05:00:00Z", "--metrics", "127.0.0.1:0",
            ], log: folder.url.appendingPathComponent(log),
            within: onSuchADisk
                ? [
                    "/usr/bin/env", "LD_PRELOAD=\(library)", "SUDDEN_END_FOLDER=\(data.path)",
                    "SUDDEN_END_FAILING=\(failing.path)", "SUDDEN_END_SLOW=\(slow.path)",
                ] : [])
    }

    private func ask(_ server: StartedServer, _ words: String...) async throws -> Run {
        try await ask(server, words)
    }

    private func ask(_ server: StartedServer, _ words: [String]) async throws -> Run {
        try await kezek(words + ["--server", server.address])
    }

    private func expectAlarm(_ expression: String) throws {
        #expect(
            try Repository.text("Examples/prometheus/alarms.yaml").contains("expr: " + expression))
    }

    /// It is told as not known, with the id under which to ask again; the server is killed, and whatever became of
    /// the command, its repeat gets one booking and no second.
    ///
    /// KezekCommitsFail and KezekJournalRefusesWrites are for the time between.
    @Test func whatAFailedSyncLeftIsNotKnownAndARepeatTells() async throws {
        try expectAlarm("increase(kezek_journal_commit_failures_total[10m]) > 0")
        try expectAlarm("kezek_journal_writable == 0")
        let server = try await started("log")
        let office = try await ask(
            server, "office", "import", "Examples/offices/astana-corporation.yaml")
        try #require(office.status == 0, "\(office.errors)")
        let slots = try await ask(
            server, "slots", "astana-1", "--service", "acceptance", "--first", "50", "--json")
        let slot = try #require((slots.object["slots"] as? [String])?.last, "\(slots.errors)")
        let id = "0000000000000000000000000000c0de"
        let book = [
            "book", "astana-1", "--service", "acceptance", "--at", slot, "--reference", "a",
            "--request-id", id, "--json",
        ]
        let before = try await metricsPage(server)
        #expect(before.contains("\nkezek_journal_commit_failures_total 0\n"))
        #expect(before.contains("\nkezek_journal_writable 1\n"))
        try Data().write(to: failing)
        let lost = try await kezek(
            book + ["--server", server.address], environment: ["KEZEK_PATIENCE": "3"])
        #expect(lost.status != 0)
        #expect(lost.errors.contains("may have been carried out"), "\(lost.errors)")
        #expect(lost.errors.contains(id), "\(lost.errors)")
        #expect(!lost.errors.contains("nothing has changed"), "\(lost.errors)")
        #expect(try await ask(server, "health").status == 1)
        #expect(server.lines.contains("the journal cannot be written"))
        let after = try await metricsPage(server)
        #expect(after.contains(/\nkezek_journal_commit_failures_total [1-9]/))
        #expect(after.contains("\nkezek_journal_writable 0\n"))
        await server.kill()
        try FileManager.default.removeItem(at: failing)

        let again = try await started("again", onSuchADisk: false)
        let (first, second) = (try await ask(again, book), try await ask(again, book))
        #expect(first.status == 0 && second.status == 0, "\(first.errors) \(second.errors)")
        #expect(first.booking?["id"] as? String == second.booking?["id"] as? String)
        let export = try await kezek("journal", "export", store)
        #expect(export.output.components(separatedBy: "\"event\":\"held\"").count == 2)
        #expect(try await kezek("journal", "verify", store).status == 0)
        await again.stop()
    }

    /// KezekCommitsSlow: of a disk that takes long, one commit in a hundred and more are beyond a quarter of a
    /// second, where a quick one has hardly any.
    @Test func aDiskThatIsSlowIsTold() async throws {
        let name = "kezek_journal_commit_duration_seconds"
        try expectAlarm("histogram_quantile(0.99, rate(\(name)_bucket[5m])) > 0.25")
        try Data().write(to: slow)
        let server = try await started("log")
        for office in ["astana-corporation", "almaty-provider"] {
            let run = try await ask(server, "office", "import", "Examples/offices/\(office).yaml")
            #expect(run.status == 0, "\(run.errors)")
        }
        let page = try await metricsPage(server)
        func figure(_ series: String) throws -> Double {
            let line = page.split(whereSeparator: \.isNewline).first { $0.hasPrefix(series + " ") }
            let value = line?.split(separator: " ").last
            return try #require(value.flatMap { Double($0) }, "\(series)")
        }
        let (all, quick) = (
            try figure(name + "_count"), try figure(name + "_bucket{le=\"0.25\"}")
        )
        #expect(all >= 2 && quick < 0.99 * all, "\(quick) of \(all)")
        await server.stop()
    }
}
