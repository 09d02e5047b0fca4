// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Who did it, as 'kezek audit' tells.
@Suite(.waits) struct AuditCommandTests {
    @Test func theAuditNamesCallersAndWhatTheyDid() async throws {
        let folder = try TemporaryDirectory()
        let list = folder.url.appendingPathComponent("access.json")
        let issued = try await kezek(
            "access", "issue", "--file", list.path, "--role", "office",
            "--all-offices")
        let token = issued.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let id = try #require(issued.errors.split(separator: " ").first.map(String.init))
        let queue = try await RunningQueue(access: list, token: token)
        let journal = queue.journal.path
        let ticket = try await queue("ticket", "astana-1", "--service", "acceptance")
        try #require(ticket.status == 0, "\(ticket.errors)")
        let all = try await kezek("audit", journal)
        #expect(all.status == 0 && all.output.contains(id), "\(all.output) \(all.errors)")
        let one = try await kezek("audit", journal, "--who", id)
        #expect(one.output.contains("ticket_taken") && one.output.contains("queue/astana-1/"))
        #expect(one.output.contains("office_put"))
        let none = try await kezek("audit", journal, "--who", "somebody")
        #expect(none.output.isEmpty && none.errors.contains("somebody"))
        let late = try await kezek(
            "audit", journal, "--who", id, "--from", "2030-01-01T00:00:00Z")
        #expect(late.output.isEmpty)
        let json = try await kezek("audit", journal, "--who", id, "--json")
        for line in json.output.split(separator: "\n") {
            #expect(
                (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?[
                    "events"]
                    != nil)
        }
        let exported = try await kezek("journal", "export", journal, "--format", "csv")
        #expect(
            exported.output.hasPrefix("position,stream,revision,at,request,caller,event,fields"))
        #expect(exported.output.contains(",\(id),ticket_taken,"))
        await queue.stop()
    }

    /// A journal from before entries named their callers is told as it was, but for a column that is empty.
    @Test func anEarlierJournalIsExportedAsItWas() async throws {
        let directory = try TemporaryDirectory()
        let fixture = Repository.root.appendingPathComponent("Tests/Fixtures/journals/version-2")
        let journal = directory.url.appendingPathComponent("kezek.sqlite")
        try FileManager.default.copyItem(
            at: fixture.appendingPathComponent("kezek.sqlite"), to: journal)
        let expected = try String(
            contentsOf: fixture.appendingPathComponent("export.jsonl"), encoding: .utf8)
        #expect(try await kezek("journal", "export", journal.path).output == expected)
        #expect(try await kezek("journal", "verify", journal.path).status == 0)
        let audit = try await kezek("audit", journal.path)
        #expect(audit.output.contains(/unknown +12/), "\(audit.output)")
    }
}
