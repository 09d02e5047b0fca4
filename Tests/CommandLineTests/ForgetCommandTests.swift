// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import TestKit
import Testing

/// What is written about people, and how it is forgotten.
@Suite(.waits) struct ForgetCommandTests {
    private static let iin = "900101300017"
    private static let words = "просит звонить соседке"

    /// Books for the IIN and cancels for a reason.
    private func cancelled(_ queue: RunningQueue) async throws {
        let slot = try #require(try await queue.laterSlots().first)
        let booked = try await queue(
            "book", "astana-1", "--service", "acceptance", "--at", slot, "--iin", "-", "--json",
            input: Self.iin + "\n")
        let id = try #require(booked.booking?["id"] as? String, "\(booked.errors)")
        let early = try await queue("forget", "--iin", "-", "--json", input: Self.iin + "\n")
        #expect(early.reason == "stillUnderWay")
        #expect(early.errors.contains(id) || early.output.contains(id))
        let run = try await queue("cancel", id, "--by", "office", "--reason", Self.words)
        #expect(run.status == 0, "\(run.errors)")
    }

    /// The files that have a text somewhere.
    private func files(with text: String, in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { name in
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            return data.range(of: Data(text.utf8)) != nil
        }
    }

    @Test func whatWasTypedIsSealedAndForgotten() async throws {
        let queue = try await RunningQueue(serving: ["--log-level", "debug"])
        try await cancelled(queue)
        let forgotten = try await queue("forget", "--iin", "-", input: Self.iin + "\n")
        #expect(forgotten.output == "forgotten\n", "\(forgotten.errors)")
        let again = try await queue("forget", "--iin", "-", "--json", input: Self.iin + "\n")
        #expect(again.object["keys"] as? Int == 0)
        let copy = queue.folder.appendingPathComponent("copy.sqlite").path
        #expect(try await kezek("journal", "backup", queue.journal.path, copy).status == 0)
        #expect(try await kezek("journal", "verify", queue.journal.path).status == 0)
        let export = try await kezek("journal", "export", queue.journal.path)
        #expect(export.output.contains("\"event\":\"forgotten\""))
        #expect(export.output.contains("\"reason\":\"—\""))
        #expect(try files(with: Self.iin, in: queue.folder).isEmpty)
        #expect(try files(with: Self.words, in: queue.folder).isEmpty)
        // The search finds what is there.
        #expect(try files(with: "journal loaded", in: queue.folder) == ["log"])
    }

    private func execute(_ sql: String, _ journal: String) throws {
        let rows = try DatabaseQueue(path: journal)
        try rows.write { db in try db.execute(sql: sql) }
        try rows.close()
    }

    /// `verify` names a key that was removed from the journal's file.
    ///
    /// One that was destroyed lawfully is not missed, also not in a journal that was restored from before that.
    @Test func aKeyThatWasRemovedBehindTheJournalsBackIsFound() async throws {
        let queue = try await RunningQueue()
        try await cancelled(queue)
        func verify(_ file: String) async throws -> Run {
            try await kezek("journal", "verify", file)
        }
        let before = try await kezek("journal", "verify", queue.journal.path, "--json")
        let position = try #require(before.object["lastPosition"] as? Int)
        func copy(_ name: String) -> String { queue.folder.appendingPathComponent(name).path }
        let harmed = copy("harmed.sqlite")
        #expect(try await kezek("journal", "backup", queue.journal.path, harmed).status == 0)
        try execute("DELETE FROM person_keys", harmed)
        let told = try await verify(harmed)
        #expect(
            told.status == 1
                && told.errors.contains("keys of people that its entries name are gone"))
        try execute("DELETE FROM key_check", harmed)
        #expect(try await verify(harmed).errors.contains("knows of its key was removed"))

        let forgotten = try await queue("forget", "--iin", "-", input: Self.iin + "\n")
        #expect(forgotten.output == "forgotten\n", "\(forgotten.errors)")
        #expect(try await verify(queue.journal.path).status == 0)
        let whole = copy("whole.sqlite")
        #expect(try await kezek("journal", "backup", queue.journal.path, whole).status == 0)
        // As it was before somebody was forgotten, it says so all the same.
        let restored = copy("restored.sqlite")
        let run = try await kezek("journal", "restore", whole, restored, "--at", "\(position)")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try await verify(restored).status == 0)
        let export = try await kezek("journal", "export", restored)
        #expect(export.output.contains("\"event\":\"forgotten\""))
        let after = try await kezek("journal", "verify", restored, "--json")
        #expect(after.object["lastPosition"] as? Int == position + 1)
    }

    @Test func aKeyFollowsAnotherAndTheEarlierOneIsRetired() async throws {
        let queue = try await RunningQueue()
        try await cancelled(queue)
        let journal = queue.journal.path
        let one = try await kezek("key", "list", journal, "--json")
        #expect((one.object["keys"] as? [[String: Any]])?.count == 1, "\(one.errors)")
        let only = try await kezek("key", "retire", journal)
        #expect(only.status == 1 && only.errors.contains("kezek key add"))
        let added = try await kezek("key", "add", journal, "--links", "14")
        #expect(added.output.split(separator: "\n").count == 2, "\(added.errors)")
        #expect(added.output.contains(/\nearlier +since .* links until 2/), "\(added.output)")
        #expect(added.errors.contains("from its next start"), "\(added.errors)")
        let mode = try FileManager.default.attributesOfItem(atPath: journal + ".key")
        #expect(mode[.posixPermissions] as? Int == 0o600)
        let young = try await kezek("key", "retire", journal)
        #expect(young.status == 1 && young.errors.contains("--early"))
        // The server has not yet taken the new key, so words are sealed by the earlier one.
        let used = try await kezek("key", "retire", journal, "--early")
        #expect(used.status == 1 && used.errors.contains("start the server"))
        await queue.stop()
        do {
            let restarted = try await RunningQueue(withOffices: false, store: queue.journal)
            // The booking's person is known by the earlier key.
            let again = try await restarted(
                "forget", "--iin", "-", "--json", input: Self.iin + "\n")
            #expect(again.object["keys"] as? Int == 1, "\(again.errors)")
        }
        #expect(try await kezek("key", "retire", journal, "--early").status == 0)
        let left = try await kezek("key", "list", journal, "--json")
        #expect((left.object["keys"] as? [[String: Any]])?.count == 1)
    }

    /// With `--links 0` links of the earlier keys are over, which a server that runs does not know yet.
    @Test func linksThatEndAtOnceAreToldSo() async throws {
        let folder = try TemporaryDirectory()
        let journal = folder.url.appendingPathComponent("k.sqlite").path
        let digits = String(repeating: "0f", count: 32)
        try Data("2026-03-19T05:00:00Z \(digits)\n".utf8)
            .write(to: URL(fileURLWithPath: journal + ".key"))
        let run = try await kezek("key", "add", journal, "--links", "0")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("its links are not taken any more"), "\(run.output)")
        #expect(!run.output.contains("links until"), "\(run.output)")
        #expect(run.errors.contains("takes and makes links of the earlier ones until then"))
        let json = try await kezek("key", "list", journal, "--json")
        let keys = json.object["keys"] as? [[String: Any]]
        #expect(keys?.last?["linksUntil"] is String && keys?.first?["linksUntil"] == nil)
    }

    @Test func aKeyFileThatIsNoneIsRefused() async throws {
        let queue = try await RunningQueue()
        await queue.stop()
        let file = URL(fileURLWithPath: queue.journal.path + ".key")
        let text = try String(contentsOf: file, encoding: .utf8)
        let digits = String(repeating: "0f", count: 32)
        for wrong in [
            "", "\n", "x", text + text.dropLast(2), text.replacing(" ", with: "  "),
            "2026-03-19 \(digits)\n",
            "- \(digits) soon\n", "- \(digits) \n", "- \(digits.dropLast())\n",
            "- \(digits.dropLast())g\n",
            text + "retired\n", text + "retired \(digits.prefix(32))\n",
            text + "retired \(digits) 2026-03-19T05:00:00Z\n",
            text + "retired \(digits.prefix(31))g 2026-03-19T05:00:00Z\n",
            text + "retired \(digits.prefix(32)) soon\n",
            "retired \(digits.prefix(32)) 2026-03-19T05:00:00Z\n",
            "retired \(digits.prefix(32)) 2026-03-19T05:00:00Z\n" + text,
            String(repeating: "- \(digits)\n", count: 9),
        ] {
            try wrong.write(to: file, atomically: true, encoding: .utf8)
            let list = try await kezek("key", "list", queue.journal.path)
            #expect(list.status == 1 && list.errors.contains("1 to 8 keys"), "\(wrong)")
        }
        // A key of earlier versions is the 32 bytes alone.
        try Data(repeating: 7, count: 32).write(to: file)
        #expect(
            try await kezek("key", "list", queue.journal.path).output.contains("since it was made"))
    }

    @Test func serversThatAreKilledWriteNothingOfPeople() async throws {
        let run = try await kezek("soak", "kill", "--times", "2", "--clients", "8")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("in none of"))
    }
}
