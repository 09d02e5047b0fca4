// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import GRDB
import KezekClient
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

    private func page(of server: LiveServer) async throws -> Exposition {
        let connection = try RawConnection(try #require(server.metrics))
        connection.send(Array("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        let text = String(decoding: await connection.readToEnd(), as: UTF8.self)
        let body = try #require(text.range(of: "\r\n\r\n"))
        return try Exposition(String(text[body.upperBound...]))
    }

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
            try await page(of: server).value(
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
            try await page(of: server).value(
                "kezek_calendar_end_timestamp_seconds", ["calendar": "kz"]))
        try await server.stop()
        let now = try #require(Timestamp(second: Int64(end) - days * 86_400))
        let late = try await LiveServer.start(
            metrics: .patient(Self.local), now: { now })
        let page = try await page(of: late)
        let told = try #require(
            page.value("kezek_calendar_end_timestamp_seconds", ["calendar": "kz"]))
        let time = try #require(page.value("kezek_clock_seconds"))
        #expect((told - time < 90 * 86_400) == fires)
        try await late.stop()
    }

    /// KezekOverloaded: the disk does not take what is sent to it, and more comes than may wait.
    @Test func commandsBeyondWhatMayWaitAreCounted() async throws {
        #expect(try hasAlarm(#"increase(kezek_refusals_total{reason="overloaded"}[5m]) > 0"#))
        try await withFolder { folder in
            let queue = try await QueueServer.start(
                folder, metrics: .patient(Self.local))
            let client = queue.server.client
            try await TestOffice.register(client)
            // Whoever holds the file's lock keeps every commit waiting.
            let path = folder.appendingPathComponent("kezek.sqlite").path
            var settings = Configuration()
            settings.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: path, configuration: settings)
            try await other.writeWithoutTransaction { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
            }
            let ticket = QueueCommand.today(
                TestOffice.id, .takeTicket(service: TestOffice.acceptance))
            let peers = try (0..<10).map { _ in try RawConnection(queue.server.endpoint) }
            for (number, peer) in peers.enumerated() {
                let frames = (1...1_000).flatMap { frame(.command(.random(), ticket), id: $0) }
                #expect(peer.send(frames), "\(number)")
            }
            let isRefused = try await eventually {
                let page = try await page(of: queue.server)
                return page.value("kezek_refusals_total", ["reason": "overloaded"]) ?? 0 > 0
            }
            #expect(isRefused)
            try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
            try other.close()
            await client.close()
            try await queue.stop()
        }
    }
}
