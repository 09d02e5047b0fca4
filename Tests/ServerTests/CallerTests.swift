// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekEngine
import KezekSQLite
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// Each entry of the journal names who had it written.
@Suite(.waits) struct CallerTests {
    private static let now = Timestamp("2026-03-19T04:00Z")!

    private static func entry(_ role: Role, id: String) -> AccessEntry {
        AccessEntry(
            id: id, role: role, offices: .all,
            credential: .token(AccessToken.digest("kezek_" + id)), issuedAt: now,
            expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: "")
    }

    private func callers(in folder: URL) throws -> [String] {
        let reader = try SQLiteReader(path: folder.appendingPathComponent("kezek.sqlite").path)
        defer { reader.close() }
        var callers: [String] = []
        try reader.scan(after: 0) { placed in
            callers.append(placed.entry.caller?.name ?? "unknown")
            return true
        }
        return callers
    }

    /// The token of whoever asked, nobody for what time brings about; a repeat by another adds nothing.
    @Test func tokensAndTimeAreNamed() async throws {
        let access = AccessGuard(
            AccessList(entries: [
                Self.entry(.office, id: "boss"), Self.entry(.portal, id: "web"),
            ]))
        try await withFolder { folder in
            let queue = try await QueueServer.start(folder, access: access)
            func client(_ id: String) -> Client {
                var settings = ClientSettings.patient(queue.server.endpoint)
                settings.token = "kezek_" + id
                return Client(settings)
            }
            let (boss, web) = (client("boss"), client("web"))
            try await TestOffice.register(boss)
            #expect(try callers(in: folder) == ["boss"])
            let id = RequestID(high: 5, low: 6)
            let held = try await web.send(TestOffice.hold("x"), request: id, in: .en)
            #expect(try await boss.send(TestOffice.hold("x"), request: id, in: .en) == held)
            #expect(try callers(in: folder) == ["boss", "web"])
            let day = TestOffice.date
            let told = try await boss.ask(
                .statistics(TestOffice.id, from: day, to: day), in: .en)
            #expect(told.callers == [.init(caller: "web", entries: 1)])
            // An office that changes its plan moves what is booked: that is the same caller's.
            try await TestOffice.register(boss, windows: 1)
            let after = try callers(in: folder)
            #expect(Set(after.dropFirst(2)) == ["boss"])
            // The hold ends by itself.
            queue.clock.set("2026-03-19T06:00Z")
            queue.engine.tick(now: queue.clock.now)
            #expect(try await eventually { try callers(in: folder).last == "-" })
            for client in [boss, web] { await client.close() }
            try await queue.stop()
        }
    }

    @Test func withoutAListTheCallerIsLocal() async throws {
        try await withFolder { folder in
            let queue = try await QueueServer.start(folder)
            let client = queue.server.client
            try await TestOffice.register(client)
            _ = try await client.send(TestOffice.hold("x"), in: .en)
            #expect(try callers(in: folder) == ["local", "local"])
            await client.close()
            try await queue.stop()
        }
    }
}
