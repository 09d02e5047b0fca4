// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
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

    /// KezekCalendarEnds: fewer than ninety days are left of the calendar, by the clock of the server.
    @Test(arguments: [(89, true), (91, false)])
    func aCalendarThatEndsSoonIsTold(days: Int64, fires: Bool) async throws {
        #expect(
            try hasAlarm(
                #"kezek_calendar_end_timestamp_seconds{calendar="kz"} - time() < 90 * 86400"#))
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
        #expect((told - time < 90 * 86_400) == fires)
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
}
