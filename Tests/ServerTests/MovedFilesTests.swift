// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Foundation
import KezekClient
import KezekWire
import Queue
import TestKit
import Testing
import Texts

/// KezekJournalFilesLost: a journal whose file is moved away under a running server.
@Suite(.waits) struct MovedFilesTests {
    @Test func healthTellsAndCommandsAreRefused() async throws {
        #expect(
            try Repository.text("Examples/prometheus/alarms.yaml")
                .contains("expr: kezek_journal_files_lost == 1"))
        try await withFolder { folder in
            let queue = try await QueueServer.start(
                folder, metrics: .patient(.tcp(host: "127.0.0.1", port: 0)))
            let client = queue.server.client
            func isServing() async throws -> Bool {
                let part = try await client.ask(.health, in: .en).parts.first {
                    $0.name == "journal"
                }
                return try #require(part).isServing
            }
            func lost() async throws -> Double? {
                try await queue.server.metricsPage().value("kezek_journal_files_lost")
            }
            try await TestOffice.register(client)
            #expect(try await isServing())
            #expect(try await lost() == 0)
            let journal = folder.appendingPathComponent("kezek.sqlite").path
            try #require(rename(journal, journal + "-away") == 0)
            // Nobody sends a command, and yet it is noticed.
            #expect(try await eventually { try await !isServing() })
            #expect(try await lost() == 1)
            var settings = ClientSettings(endpoint: queue.server.endpoint)
            settings.attempts = 1
            settings.deadlineMilliseconds = Patience.milliseconds
            let once = Client(settings)
            let refusal = await #expect(throws: ClientError.self) {
                _ = try await once.send(TestOffice.hold("a"), in: .en)
            }
            await once.close()
            guard case .refused(let told) = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(told.reason == .storeUnavailable)
            try #require(rename(journal + "-away", journal) == 0)
            #expect(try await eventually { try await isServing() })
            _ = try await client.send(TestOffice.hold("a"), in: .en)
            #expect(try await lost() == 0)
            await client.close()
            try await queue.stop()
        }
    }
}
