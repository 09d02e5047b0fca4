// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import KezekClient
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// What Prometheus reads.
@Suite(.waits) struct MetricsTests {
    private static let local = Endpoint.tcp(host: "127.0.0.1", port: 0)

    /// Whatever a name, a help text or a number is, a reader finds it again.
    @Test func thePageIsReadBackAsItWasMeant() throws {
        let texts = [
            "plain", "a \"quote\"", "back\\slash", "two\nlines", "\\n", "\\\"", "қазақша",
            "{a=\"b\"}",
            "comma,", "\r\n", "", "ends with \\",
        ]
        let numbers = [0, 1, -1, 0.5, 1e-9, 1e300, Double(1 << 53), 123_456.789, .infinity]
        var family = MetricFamily("kezek_odd", .gauge, "Help with \\ and\nlines, \"quoted\".")
        for (place, text) in texts.enumerated() {
            family.samples.append(
                .init(
                    numbers[place % numbers.count],
                    labels: [.init("text", text), .init("place", "\(place)")]))
        }
        var histogram = MetricFamily("kezek_spread", .histogram, "Spread.")
        histogram.addHistogram(
            labels: [.init("text", "x")], buckets: [(0.000_25, 1), (1, 3), (2.5, 3)], count: 4,
            sum: 0.125)
        let empty = MetricFamily("kezek_nothing", .counter, "Nothing.")
        let page = try Exposition(MetricsText.text([family, empty, histogram]))
        for (place, text) in texts.enumerated() {
            #expect(
                page.value("kezek_odd", ["text": text, "place": "\(place)"])
                    == numbers[place % numbers.count])
        }
        #expect(page.families["kezek_nothing"] == nil)
        for (bound, count) in [("0.00025", 1.0), ("1", 3), ("2.5", 3), ("+Inf", 4)] {
            #expect(page.value("kezek_spread_bucket", ["text": "x", "le": bound]) == count)
        }
        #expect(page.value("kezek_spread_sum", ["text": "x"]) == 0.125)
        // The reader of these tests is strict, or all this says nothing.
        for wrong in [
            "kezek_a 1\n", "# TYPE kezek_a gauge\nkezek_a 1\n",
            "# HELP kezek_a A.\n# TYPE kezek_a gauge\nkezek_b 1\n",
            "# HELP kezek_a A.\n# TYPE kezek_a gauge\nkezek_a one\n",
            "# HELP kezek_a A.\n# TYPE kezek_a gauge\nkezek_a{b=\"\\x\"} 1\n",
            "# HELP kezek_a A.\n# TYPE kezek_a gauge\nkezek_a 1\nkezek_a 2\n",
            "# HELP kezek_a A.\n# TYPE kezek_a gauge\nkezek_a 1",
            "# HELP kezek_a A.\n# TYPE kezek_a counter\nkezek_a 1\n",
        ] {
            #expect(throws: Exposition.Fault.self) { _ = try Exposition(wrong) }
        }
    }

    /// Labels of reasons and codes are the names that the wire has.
    @Test func namesAreThoseOfTheWire() throws {
        let envelope = try Repository.text("Protos/kezek/v1/envelope.proto")
        let onTheWire = Set(
            envelope.matches(of: /REASON_([A-Z0-9_]+) = \d+(?:;| \[)/).map { $0.1.lowercased() })
        let ours = Set(Refusal.Reason.allCases.map { FieldName.of($0) })
        #expect(onTheWire.subtracting(["unspecified"]) == ours)
        #expect(FieldName.of(Refusal.Code.resourceExhausted) == "resource_exhausted")
    }

    /// The page and the `stats` call tell the same of the same calls.
    @Test func whatWasCountedIsTold() async throws {
        try await withFolder { folder in
            let server = try await QueueServer.start(
                folder,
                metrics: .patient(Self.local) {
                    [MetricFamily("kezek_extra", .gauge, "Of the program.", 7)]
                })
            let client = server.server.client
            try await TestOffice.register(client)
            for _ in 0..<3 { _ = try await client.ask(.standards, in: .en) }
            _ = try? await client.ask(.board(OfficeID("nowhere")!, .nothing), in: .en)
            let stats = try await client.ask(.stats, in: .en)
            let page = try await server.server.metricsPage()
            for call in stats.calls where call.name != "stats" {
                let ok = page.value("kezek_calls_total", ["call": call.name, "code": "ok"])
                #expect(ok == Double(call.answered), "\(call.name)")
                let all = page.value("kezek_call_duration_seconds_count", ["call": call.name])
                #expect(all == Double(call.answered + call.refused))
                let sum = try #require(
                    page.value("kezek_call_duration_seconds_sum", ["call": call.name]))
                #expect(sum > 0 && sum < Double(Patience.seconds))
            }
            #expect(
                page.value("kezek_calls_total", ["call": "board", "code": "not_found"]) == 1)
            #expect(page.value("kezek_refusals_total", ["reason": "unknown_office"]) == 1)
            #expect(page.value("kezek_refusals_total", ["reason": "overloaded"]) == 0)
            #expect(page.value("kezek_connections") == 1)
            #expect(page.value("kezek_connections_limit") == 10_000)
            #expect(page.value("kezek_queue_offices") == 1)
            #expect(page.value("kezek_queue_offices_untold") == 0)
            #expect(page.value("kezek_queue_waiting_tickets", ["office": "astana-1"]) == 0)
            #expect(page.value("kezek_queue_late_tickets", ["office": "astana-1"]) == 0)
            #expect(page.value("kezek_journal_writable") == 1)
            #expect(page.value("kezek_clock_behind_seconds") == 0)
            #expect(page.value("kezek_calendar_last_year", ["calendar": "kz"]) == 2027)
            let end = try #require(Timestamp("2027-12-31T19:00Z")).second
            #expect(
                page.value("kezek_calendar_end_timestamp_seconds", ["calendar": "kz"])
                    == Double(end))
            #expect(page.value("kezek_build_info", ["version": "test"]) == 1)
            #expect(page.value("kezek_extra") == 7)
            let files = try #require(page.value("process_open_fds"))
            #expect(files > 5 && files < page.value("process_max_fds") ?? 0)
            #expect(try #require(page.value("process_resident_memory_bytes")) > 1e6)
            server.clock.set("2026-03-19T03:59Z")
            #expect(
                try await server.server.metricsPage().value("kezek_clock_behind_seconds") == 60)
            await client.close()
            try await server.stop()
        }
    }

    /// KezekWaitsTooLong.
    @Test func ticketsThatWillWaitTooLongAreTold() async throws {
        try await withFolder { folder in
            let server = try await QueueServer.start(
                folder, metrics: .patient(Self.local))
            let client = server.server.client
            try await TestOffice.register(client)
            let ticket = QueueCommand.today(
                TestOffice.id, .takeTicket(service: TestOffice.acceptance))
            for _ in 0..<3 { _ = try await client.send(ticket, in: .en) }
            // Nobody calls them: no window is open.
            let page = try await server.server.metricsPage()
            #expect(page.value("kezek_queue_waiting_tickets", ["office": "astana-1"]) == 3)
            #expect(page.value("kezek_queue_late_tickets", ["office": "astana-1"]) == 3)
            #expect(page.value("kezek_queue_open_windows", ["office": "astana-1"]) == 0)
            await client.close()
            try await server.stop()
        }
    }

    /// One answer, then the connection is closed.
    @Test func httpIsAnsweredAsMuchAsIsNeeded() async throws {
        let server = try await LiveServer.start(metrics: .patient(Self.local))
        let address = try #require(server.metrics)
        func ask(_ request: String) async throws -> String {
            let connection = try RawConnection(address)
            connection.send(Array(request.utf8))
            return String(decoding: await connection.readToEnd(), as: UTF8.self)
        }
        let end = " HTTP/1.1\r\nHost: x\r\n\r\n"
        let page = try await ask("GET /metrics?a=b" + end)
        #expect(page.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(page.contains("content-type: text/plain; version=0.0.4; charset=utf-8\r\n"))
        let head = try await ask("HEAD /metrics" + end)
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.hasSuffix("\r\n\r\n"))
        #expect(head.firstMatch(of: /content-length: (\d{4,})/) != nil)
        for (request, expected) in [
            ("GET /" + end, "404"), ("GET /metrics/" + end, "404"),
            ("POST /metrics" + end, "405"), ("DELETE /metrics" + end, "405"),
            ("GET /metrics HTTP/9.9\r\n\r\n", "400"), ("kezek\r\n\r\n", "400"),
        ] {
            let answer = try await ask(request)
            #expect(answer.hasPrefix("HTTP/1.1 \(expected) "), "\(request): \(answer)")
        }
        #expect(try await ask("POST /metrics" + end).contains("allow: GET, HEAD"))
        // What is too long is closed without an answer, whatever it says.
        let long =
            "GET /metrics HTTP/1.1\r\nX: " + String(repeating: "x", count: 9_000) + "\r\n\r\n"
        #expect(try await ask(long) == "")
        // A second request on the connection is not answered.
        let twice = try await ask("GET /" + end + "GET /metrics" + end)
        #expect(twice.matches(of: /HTTP\/1\.1/).count == 1)
        try await server.stop()
    }

    /// So many readers at a time; one that says nothing is let go.
    @Test func readersAreLimitedInNumberAndTime() async throws {
        // However busy the machine is, nobody is let go while they are counted.
        let server = try await LiveServer.start(metrics: .patient(Self.local))
        let address = try #require(server.metrics)
        let ask = Array("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        // More than there may be, and they ask nothing: whoever asks is answered all the same, unless so
        // many of them come to the server after it that it is the one that came first.
        let silent = try (0..<3 * MetricsSettings.connections).map { _ in
            try RawConnection(address)
        }
        for _ in 0..<3 {
            let isAnswered = try await eventually {
                let one = try RawConnection(address)
                one.send(ask)
                return await !one.readToEnd().isEmpty
            }
            #expect(isAnswered)
        }
        // Those that came first gave way.
        #expect(await silent[0].readToEnd().isEmpty)
        try await server.stop()
        // One that begins and does not go on has its time; the reader of these tests has more.
        var settings = MetricsSettings(address: Self.local)
        settings.seconds = 1
        let hasty = try await LiveServer.start(metrics: settings)
        let slow = try RawConnection(try #require(hasty.metrics))
        slow.send(Array("GET /metrics HTTP/1.1\r\n".utf8))
        #expect(await slow.readToEnd().isEmpty)
        #expect(try await eventually { !slow.send(ask) })
        try await hasty.stop()
    }

    /// Whoever has asked is never sent away for another, and an address has its own number of readers.
    @Test func readersThatHaveAskedStayAndEachAddressHasItsOwn() {
        let readers = Readers()
        let closed = SharedLines()
        func enter(_ name: String, _ address: PeerAddress) -> UInt64? {
            readers.enter(address) { closed.add(name) }
        }
        let (one, other) = (PeerAddress.version4(1), PeerAddress.version4(2))
        let first = (0..<MetricsSettings.connectionsOfAddress).map { enter("one \($0)", one)! }
        #expect(Set(first).count == MetricsSettings.connectionsOfAddress)
        readers.asked(first[0])
        #expect(enter("one more", one) != nil)
        #expect(closed.all == ["one 1"])
        for number in first { readers.asked(number) }
        #expect(enter("one again", one) != nil)
        #expect(closed.all == ["one 1", "one more"])
        readers.asked(enter("last", one)!)
        #expect(closed.all.last == "one again")
        // All of the address have asked; another has room, up to the number of all.
        #expect(enter("too many", one) == nil)
        let others = (0..<MetricsSettings.connectionsOfAddress).map {
            enter("other \($0)", other)!
        }
        // All places are taken, and the address takes none of those that the other one leaves idle.
        #expect(enter("greedy", one) == nil && closed.all.last == "one again")
        for number in others { readers.asked(number) }
        #expect(enter("third", .version4(3)) == nil)
        readers.leave(others[0])
        #expect(enter("third", .version4(3)) != nil)
        #expect(enter("fourth", .version4(4)) != nil)
        #expect(closed.all.last == "third")
    }

    @Test func metricsAreNotToldToOtherMachines() async throws {
        for address in ["0.0.0.0:0", "192.0.2.1:9464", "[::]:0"] {
            let endpoint = try #require(Endpoint(address))
            let error = await #expect(throws: Server.StartError.self) {
                _ = try await LiveServer.start(metrics: MetricsSettings(address: endpoint))
            }
            #expect(error == .openMetrics(endpoint))
            #expect(error?.description.contains("127.0.0.1") == true)
        }
    }
}
