// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Clocks
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekEngine
import KezekServer
import KezekSQLite
import KezekSimulator
import KezekWire
import Queue
import TestKit
import Testing
import Texts

/// A clock that was set while the server runs, or stands far from its journal when it starts.
@Suite(.waits) struct ClockDoubtTests {
    /// A server whose clocks a test sets, and a client that hears the first refusal.
    private func with(
        _ folder: URL, at time: String = QueueServer.morning,
        _ body: (QueueServer, TestBoot, Client) async throws -> Void
    ) async throws {
        let boot = TestBoot()
        let server = try await QueueServer.start(
            folder, at: time, metrics: .patient(.tcp(host: "127.0.0.1", port: 0)), boot: boot)
        var settings = ClientSettings.patient(server.server.endpoint)
        settings.attempts = 1
        let client = Client(settings)
        do { try await body(server, boot, client) } catch {
            await client.close()
            try? await server.stop()
            throw error
        }
        await client.close()
        try await server.stop()
    }

    private func isInDoubt(_ client: Client) async throws -> Bool {
        let part = try await client.ask(.health, in: .en).parts.first { $0.name == "clock" }
        return try !#require(part).isServing
    }

    private func refusal(_ client: Client, _ command: QueueCommand) async -> Refusal.Reason? {
        do throws(ClientError) {
            _ = try await client.send(command, in: .en)
            return nil
        } catch {
            guard case .refused(let refusal) = error else { return .malformedRequest }
            return refusal.reason
        }
    }

    /// A hold is open, the clock goes 400 days ahead and comes back: nothing has expired, nothing was
    /// written, and everything goes on.
    ///
    /// KezekClockInDoubt is for the time between.
    @Test func whatAStepMakesDueIsNotWritten() async throws {
        try await withFolder { folder in
            try await with(folder) { server, _, client in
                try await TestOffice.register(client)
                let held = try await client.send(TestOffice.hold("a"), in: .en)
                let id = try #require(held.booking?.id)
                let before = try server.lastPosition()
                #expect(try await !isInDoubt(client))
                server.clock.set("2027-04-23T04:00Z")
                #expect(await refusal(client, TestOffice.hold("b")) == .clockInDoubt)
                // Nobody needs to send a command for it to be noticed.
                for _ in 1...3 {
                    server.engine.tick(now: server.clock.now)
                    server.applications.tick(now: server.clock.now)
                }
                #expect(try await isInDoubt(client))
                let page = try await server.server.metricsPage()
                #expect(page.value("kezek_clock_in_doubt") == 1)
                #expect(try server.lastPosition() == before)
                server.clock.set(QueueServer.morning)
                #expect(try await !isInDoubtAfterLooking(server, client))
                let confirmed = try await client.send(.booking(id, .confirm), in: .en)
                #expect(confirmed.booking?.state == .confirmed)
                #expect(try server.lastPosition() == before + 1)
            }
        }
    }

    private func isInDoubtAfterLooking(
        _ server: QueueServer, _ client: Client
    ) async throws -> Bool {
        server.engine.lookAtClock()
        return try await isInDoubt(client)
    }

    /// The clock is right and the kernel does not know it: somebody says so, and an entry has it.
    @Test func whoLooksAcceptsAndIsRecorded() async throws {
        try await withFolder { folder in
            try await with(folder) { server, _, client in
                try await TestOffice.register(client)
                #expect(try await !client.acceptClock(in: .en))
                server.clock.set("2026-03-20T04:00Z")
                #expect(await refusal(client, TestOffice.hold("a", at: "15:00")) == .clockInDoubt)
                let before = try server.lastPosition()
                #expect(try await client.acceptClock(in: .en))
                #expect(try server.lastPosition() == before + 1)
                #expect(await refusal(client, TestOffice.hold("a", at: "15:00")) == nil)
                #expect(try await !isInDoubt(client))
                #expect(try await !client.acceptClock(in: .en))
            }
            let reader = try SQLiteReader(
                path: folder.appendingPathComponent("kezek.sqlite").path)
            defer { reader.close() }
            let entries = try reader.entries(of: .clock, after: 0)
            #expect(entries.count == 1)
            #expect(entries.first?.caller == .local)
            #expect(entries.first?.at.description == "2026-03-20T04:00Z")
            #expect(try reader.verifyChain().fault == nil)
        }
    }

    /// The clock is found set back at the start.
    ///
    /// Accepted, it is the time from then on, and the next start believes it.
    @Test func aClockThatWasBehindAtTheStartIsAccepted() async throws {
        try await withFolder { folder in
            try await with(folder) { _, _, client in try await TestOffice.register(client) }
            try await with(folder, at: "2026-03-18T04:00Z") {
                (_, _, client) async throws in
                #expect(try await isInDoubt(client))
                #expect(await refusal(client, TestOffice.hold("a")) == .clockInDoubt)
                #expect(try await client.acceptClock(in: .en))
                #expect(await refusal(client, TestOffice.hold("a")) == nil)
            }
            try await with(folder, at: "2026-03-18T04:10Z") {
                (_, _, client) async throws in
                #expect(try await !isInDoubt(client))
                #expect(await refusal(client, TestOffice.hold("b", at: "11:00")) == nil)
            }
        }
    }

    /// A day has entries of two hours ahead: once the clock is accepted, it goes on as any other.
    @Test func aDayWhoseEntriesAreAheadGoesOn() async throws {
        let ticket = QueueCommand.today(
            TestOffice.id, .takeTicket(service: TestOffice.acceptance))
        let window = WindowID("1")!
        try await withFolder { folder in
            try await with(folder, at: "2026-03-19T06:00Z") { _, _, client in
                try await TestOffice.register(client)
                _ = try await client.send(ticket, in: .en)
                _ = try await client.send(.today(TestOffice.id, .openWindow(window)), in: .en)
            }
            try await with(folder, at: "2026-03-19T04:00Z") { server, boot, client in
                #expect(await refusal(client, ticket) == .clockInDoubt)
                #expect(try await client.acceptClock(in: .en))
                for minute in 1...5 {
                    server.clock.set("2026-03-19T04:0\(minute)Z")
                    boot.pass(seconds: 60)
                    #expect(await refusal(client, ticket) == nil)
                }
                let called = try await client.send(
                    .today(TestOffice.id, .callNext(window)), in: .en)
                #expect(called.ticket?.label.description == "A-001")
                // Who comes while the day stands still has come at its last time.
                #expect(called.ticket?.calledAt == Int32(39_600))
                #expect(try await !client.acceptClock(in: .en))
            }
            // The next start believes the clock, and the day goes on from its own time when that is here.
            try await with(folder, at: "2026-03-19T04:10Z") { server, boot, client in
                #expect(try await !isInDoubt(client))
                #expect(await refusal(client, ticket) == nil)
                server.clock.set("2026-03-19T06:30Z")
                boot.pass(seconds: 140 * 60)
                let late = try await client.send(ticket, in: .en)
                #expect(late.ticket?.label.description == "A-008")
                #expect(late.ticket?.takenAt == Int32(41_400))
            }
            let reader = try SQLiteReader(
                path: folder.appendingPathComponent("kezek.sqlite").path)
            defer { reader.close() }
            let audit = try JournalAudit { each in try reader.scan(after: 0, each) }
            #expect(audit.days.values.map(\.tickets.count) == [8])
        }
    }

    /// A start 32 days after the last entry waits for a minute in which the kernel is sure.
    @Test func aStartAfterALongTimeGoesOnBySynchronisation() async throws {
        try await withFolder { folder in
            try await with(folder) { _, _, client in try await TestOffice.register(client) }
            try await with(folder, at: "2026-04-20T04:00Z") {
                (server, boot, client) async throws in
                #expect(try await isInDoubt(client))
                boot.set(synchronised: true)
                server.engine.lookAtClock()
                #expect(try await isInDoubt(client))
                server.clock.set("2026-04-20T04:01Z")
                boot.pass(seconds: 60)
                #expect(try await !isInDoubtAfterLooking(server, client))
                let ticket = QueueCommand.today(
                    TestOffice.id, .takeTicket(service: TestOffice.acceptance))
                #expect(await refusal(client, ticket) == nil)
            }
        }
    }

    /// A refused command writes nothing, not even what is due by a clock that is believed.
    @Test func aRefusalWritesNothing() async throws {
        try await withQueueServer { server, client in
            try await refuseLate(server, client)
        }
    }

    private func refuseLate(_ server: QueueServer, _ client: Client) async throws {
        try await TestOffice.register(client, windows: 1)
        _ = try await client.send(TestOffice.hold("a"), in: .en)
        let before = try server.lastPosition()
        // A week later, by an engine that nobody ticks meanwhile: the hold is over, and the slot has passed.
        let outcome = await withCheckedContinuation { continuation in
            server.engine.submit(
                TestOffice.hold("b"), request: RequestID(high: 7, low: 7),
                now: Timestamp("2026-03-26T04:00Z")!
            ) { continuation.resume(returning: $0) }
        }
        guard case .failure(.refused) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try server.lastPosition() == before)
    }
}
