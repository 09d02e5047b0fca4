// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Deadlines
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekEngine
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// Alarms fire in the situations that they are for: what their expressions compare is brought about.
///
/// The expressions are those of Examples/prometheus/alarms.yaml; `AlarmTests` looks after their names.
@Suite(.waits) struct AlarmSituationTests {
    private static let local = Endpoint.tcp(host: "127.0.0.1", port: 0)

    private func hasAlarm(_ expression: String) throws -> Bool {
        try Repository.text("Examples/prometheus/alarms.yaml").contains("expr: " + expression)
    }

    /// KezekYearsNotPublished: questions reach into a year that nobody has published.
    @Test func questionsIntoAnUnknownYearAreCounted() async throws {
        #expect(
            try hasAlarm(#"increase(kezek_refusals_total{reason="year_not_published"}[1h]) > 10"#))
        let server = try await LiveServer.start(metrics: .patient(Self.local))
        let client = server.client
        func count() async throws -> Double? {
            try await server.metricsPage().value(
                "kezek_refusals_total", ["reason": "year_not_published"])
        }
        // There from the start, so that the first rise is one.
        #expect(try await count() == 0)
        for _ in 0..<11 {
            await #expect(throws: ClientError.self) {
                _ = try await client.ask(
                    .dueDate(
                        DueDateQuestion(
                            clock: ClockName(standard: "std-7", channel: "corporation"),
                            start: moment("2090-03-20T10:00"))), in: .en)
            }
        }
        #expect(try await count() == 11)
        await client.close()
        try await server.stop()
    }

    /// KezekCalendarEnds and KezekCalendarEndsSoon: the calendar covers today and no more than ninety or
    /// thirty days after it, where it is in force: `health` tells it from the same moment.
    @Test(arguments: [(91, 91, true), (92, 91, false), (31, 31, true), (32, 31, false)])
    func aCalendarThatEndsSoonIsTold(days: Int64, limit: Double, fires: Bool) async throws {
        let expression = #"kezek_calendar_end_timestamp_seconds{calendar="kz"} - time() <= "#
        #expect(try hasAlarm(expression + "\(Int(limit)) * 86400"))
        let server = try await LiveServer.start(metrics: .patient(Self.local))
        let end = try #require(
            try await server.metricsPage().value(
                "kezek_calendar_end_timestamp_seconds", ["calendar": "kz"]))
        try await server.stop()
        let now = try #require(Timestamp(second: Int64(end) - days * 86_400))
        let late = try await LiveServer.start(
            metrics: .patient(Self.local), now: { now })
        let page = try await late.metricsPage()
        let told = try #require(
            page.value("kezek_calendar_end_timestamp_seconds", ["calendar": "kz"]))
        let time = try #require(page.value("kezek_clock_seconds"))
        #expect((told - time <= limit * 86_400) == fires)
        if limit == 31 {
            let health = try await late.client.ask(.health, in: .en)
            let part = health.parts.first { $0.name == "calendar kz" }
            #expect(part?.detail.contains("ends on") == fires, "\(part?.detail ?? "")")
        }
        try await late.stop()
    }

    /// KezekOverloaded: the disk does not take what is sent to it, and more comes than may wait.
    @Test func commandsBeyondWhatMayWaitAreCounted() async throws {
        #expect(try hasAlarm(#"increase(kezek_refusals_total{reason="overloaded"}[5m]) > 0"#))
        // A disk that takes nothing until it is told to.
        let store = MemoryStore(commitsByItself: false)
        let queue = try await QueueServer.start(on: store, metrics: .patient(Self.local))
        let client = queue.server.client
        async let registered: Void = TestOffice.register(client)
        #expect(try await eventually { store.queued > 0 })
        store.commit()
        try await registered
        let ticket = QueueCommand.today(
            TestOffice.id, .takeTicket(service: TestOffice.acceptance))
        // More than a disk is given to do, by a connection more than it takes.
        let ofOne: UInt64 = 1_000
        let peers = try (0...QueueEngine.Limits.inFlight / Int(ofOne) + 1).map { _ in
            try RawConnection(queue.server.endpoint)
        }
        for (number, peer) in peers.enumerated() {
            let frames = (1...ofOne).flatMap { frame(.command(.random(), ticket), id: $0) }
            #expect(peer.send(frames), "\(number)")
        }
        let isRefused = try await eventually {
            let page = try await queue.server.metricsPage()
            return page.value("kezek_refusals_total", ["reason": "overloaded"]) ?? 0 > 0
        }
        #expect(isRefused)
        #expect(store.queued > 0)
        store.commit()
        await client.close()
        try await queue.stop()
    }

    /// KezekFiguresAbsent: a server without a store tells nothing of a journal, and one that has ended nothing
    /// at all (KezekDown).
    @Test func withoutAStoreTheFiguresOfTheJournalAreAbsent() async throws {
        #expect(try hasAlarm("absent(kezek_journal_writable)"))
        #expect(try hasAlarm(#"up{job="kezek"} == 0"#))
        let bare = try await LiveServer.start(metrics: .patient(Self.local))
        #expect(try await bare.metricsPage().value("kezek_journal_writable") == nil)
        let address = try #require(bare.metrics)
        try await bare.stop()
        #expect(throws: (any Error).self) { try RawConnection(address) }
        let store = MemoryStore(commitsByItself: false)
        let queue = try await QueueServer.start(on: store, metrics: .patient(Self.local))
        #expect(try await queue.server.metricsPage().value("kezek_journal_writable") == 1)
        try await queue.stop()
    }

    /// KezekCallersLockedOut: the list that is in force does not have those who call.
    @Test func callersWhomTheListHasNoMoreAreCounted() async throws {
        #expect(
            try hasAlarm(#"increase(kezek_refusals_total{reason="not_authenticated"}[15m]) > 20"#))
        let now = LiveServer.now
        let entry = AccessEntry(
            id: "web", role: .portal, offices: .all,
            credential: .token(AccessToken.digest("kezek_web")), issuedAt: now,
            expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: "")
        let access = AccessGuard(AccessList(entries: [entry]))
        let server = try await LiveServer.start(
            access: access, metrics: .patient(Self.local))
        func count() async throws -> Double? {
            try await server.metricsPage().value(
                "kezek_refusals_total", ["reason": "not_authenticated"])
        }
        let connection = try RawConnection(server.endpoint)
        connection.send(frame(.authenticate(token: "kezek_web"), id: 1))
        #expect(await connection.response()?.refusal == nil)
        #expect(try await count() == 0)
        access.replace(AccessList(entries: []))
        for id in 2...22 as ClosedRange<UInt64> {
            connection.send(frame(.standards, id: id))
            #expect(await connection.response()?.refusal?.reason == .notAuthenticated)
        }
        #expect(try await count() == 21)
        try await server.stop()
    }

    /// KezekFailedAuthenticationsRise: somebody tries tokens, each over a connection of its own.
    @Test func tokensThatAreTriedAreCounted() async throws {
        #expect(try hasAlarm("increase(kezek_failed_authentications_total[15m]) > 20"))
        let server = try await LiveServer.start(
            access: AccessGuard(AccessList(entries: [])), metrics: .patient(Self.local))
        func count() async throws -> Double? {
            try await server.metricsPage().value("kezek_failed_authentications_total")
        }
        #expect(try await count() == 0)
        let peers = try (0..<21).map { _ in try RawConnection(server.endpoint) }
        for (number, peer) in peers.enumerated() {
            peer.send(frame(.authenticate(token: Secret("kezek_wrong\(number)")), id: 1))
        }
        #expect(try await eventually { try await count() == 21 })
        withExtendedLifetime(peers) {}
        try await server.stop()
    }

    /// KezekMemoryHigh: what the process uses, against what it may.
    @Test(arguments: [(1.1, true), (2.0, false)])
    func memoryNearItsLimitIsTold(room: Double, fires: Bool) async throws {
        #expect(try hasAlarm("process_resident_memory_bytes > 0.8 * kezek_memory_limit_bytes"))
        let first = try await LiveServer.start(metrics: .patient(Self.local))
        let page = try await first.metricsPage()
        try await first.stop()
        let used = try #require(page.value("process_resident_memory_bytes"))
        // What the machine has is told where nothing else is said.
        #expect(try #require(page.value("kezek_memory_limit_bytes")) > used)
        var settings = MetricsSettings.patient(Self.local)
        settings.memoryLimit = UInt64(used * room)
        let server = try await LiveServer.start(metrics: settings)
        let told = try await server.metricsPage()
        let resident = try #require(told.value("process_resident_memory_bytes"))
        let limit = try #require(told.value("kezek_memory_limit_bytes"))
        #expect((resident > 0.8 * limit) == fires)
        try await server.stop()
    }

    /// KezekConnectionsNearLimit: nine of ten connections are open.
    @Test func connectionsNearTheirLimitAreTold() async throws {
        #expect(try hasAlarm("kezek_connections / kezek_connections_limit > 0.8"))
        var limits = ServerLimits.patient
        limits.connections = 10
        let server = try await LiveServer.start(limits: limits, metrics: .patient(Self.local))
        func share() async throws -> Double {
            let page = try await server.metricsPage()
            let open = try #require(page.value("kezek_connections"))
            return open / (try #require(page.value("kezek_connections_limit")))
        }
        let few = try (0..<8).map { _ in try RawConnection(server.endpoint) }
        #expect(try await eventually { try await share() == 0.8 })
        let one = try RawConnection(server.endpoint)
        #expect(try await eventually { try await share() > 0.8 })
        withExtendedLifetime((few, one)) {}
        try await server.stop()
    }

    /// KezekClockBehind and KezekClockOff: the clock goes back behind the journal; it differs from another.
    @Test func aClockThatIsWrongIsTold() async throws {
        #expect(try hasAlarm("kezek_clock_behind_seconds > 5"))
        #expect(try hasAlarm("abs(kezek_clock_seconds - timestamp(kezek_clock_seconds)) > 5"))
        let store = MemoryStore(commitsByItself: false)
        let disk = Disk(of: store)
        let queue = try await QueueServer.start(on: store, metrics: .patient(Self.local))
        let client = queue.server.client
        try await TestOffice.register(client)
        let right = Double(Timestamp(QueueServer.morning)!.second)
        for (time, fires) in [("2026-03-19T03:59:55Z", false), ("2026-03-19T03:59:54Z", true)] {
            queue.clock.set(time)
            let page = try await queue.server.metricsPage()
            #expect((try #require(page.value("kezek_clock_behind_seconds")) > 5) == fires)
            #expect((abs(try #require(page.value("kezek_clock_seconds")) - right) > 5) == fires)
        }
        await client.close()
        try await queue.stop()
        await disk.stop()
    }

    /// KezekRestartsOften: each start has a time of its own.
    @Test func eachStartIsTold() async throws {
        #expect(try hasAlarm(#"changes(process_start_time_seconds{job="kezek"}[30m]) > 2"#))
        var starts: Set<Double> = []
        for second in 0..<4 {
            let now = Timestamp(second: LiveServer.now.second + Int64(second))!
            let server = try await LiveServer.start(metrics: .patient(Self.local), now: { now })
            starts.insert(
                try #require(
                    try await server.metricsPage().value("process_start_time_seconds")))
            try await server.stop()
        }
        #expect(starts.count == 4)
    }

    /// KezekJournalRefusesWrites: the disk takes nothing, and then takes it again.
    @Test func aJournalThatCannotBeWrittenIsTold() async throws {
        #expect(try hasAlarm("kezek_journal_writable == 0"))
        let store = MemoryStore(commitsByItself: false)
        let queue = try await QueueServer.start(on: store, metrics: .patient(Self.local))
        func isWritable() async throws -> Double? {
            try await queue.server.metricsPage().value("kezek_journal_writable")
        }
        #expect(try await isWritable() == 1)
        let client = queue.server.client
        async let registered: Void = TestOffice.register(client)
        #expect(try await eventually { store.queued > 0 })
        store.commit(failing: .unavailable("no room"))
        #expect(try await isWritable() == 0)
        // The client sends it again.
        #expect(try await eventually { store.queued > 0 })
        store.commit()
        try await registered
        #expect(try await isWritable() == 1)
        await client.close()
        try await queue.stop()
    }

    /// KezekCertificateEnds and KezekCertificateEnded: what is told is when the certificate ends.
    @Test func theEndOfACertificateIsTold() async throws {
        let expression = "kezek_certificate_expiry_timestamp_seconds - time() < "
        #expect(try hasAlarm(expression + "14 * 86400"))
        #expect(try hasAlarm(expression + "86400"))
        let file = TestTLS.file("server.pem")
        let identity = TLSIdentity(
            try TLSFiles.context(
                certificate: file, key: TestTLS.file("server.key"), clientAuthority: nil),
            ends: try TLSFiles.ends(certificate: file, clientAuthority: nil))
        let server = try await LiveServer.start(tls: identity, metrics: .patient(Self.local))
        let end: Double = try #require(
            try await server.metricsPage().value(
                "kezek_certificate_expiry_timestamp_seconds", ["certificate": "server"]))
        for (days, ends, ended) in [(15, false, false), (13, true, false), (0, true, true)] {
            let time = end - Double(days) * 86_400
            #expect((end - time < 14 * 86_400) == ends)
            #expect((end - time < 86_400) == ended)
        }
        #expect(end > Double(LiveServer.now.second))
        try await server.stop()
    }
}
