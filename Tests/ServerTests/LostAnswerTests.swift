// SPDX-License-Identifier: Apache-2.0

import Applications
import Journal
import KezekClient
import KezekServer
import KezekWire
import NIOSSL
import TestKit
import Testing
import Texts

/// What is told where an answer never comes.
extension NetworkTests {
    /// A command whose answer never comes may have been carried out: its error has the id under which it
    /// is repeated, also where the client chose it.
    @Test func aCommandWhoseAnswerIsLostTellsItsID() async throws {
        try await withProxy { _, proxy in
            let lost: [(Proxy.Way, ClientError)] = [
                (.silent, .timedOut(proxy.endpoint)),
                (.cutting(after: 1), .connectionLost(proxy.endpoint)),
            ]
            for (way, cause) in lost {
                proxy.set(way)
                var settings = hasty(proxy.endpoint, milliseconds: 4_000)
                settings.attempts = 2
                if case .connectionLost = cause {
                    settings.deadlineMilliseconds = Patience.milliseconds
                }
                let client = Client(settings)
                let id = RequestID(high: 1, low: 2)
                await #expect(throws: ClientError.mayBeDone(id, cause)) {
                    try await client.acceptClock(request: id, in: .en)
                }
                let error = await #expect(throws: ClientError.self) {
                    try await client.acceptClock(in: .en)
                }
                #expect(error?.cause == cause)
                let chosen = try #require(error?.requestID)
                #expect(error?.description.contains(chosen.hex) == true)
                // Neither a question nor a dry run changes anything.
                await #expect(throws: cause) { try await client.health() }
                await #expect(throws: cause) {
                    try await client.send(
                        DecreeCommand(calendar: "", dryRun: true, office: nil), in: .en)
                }
                await client.close()
            }
            // What was never sent was not carried out.
            let nowhere = Endpoint.tcp(host: "127.0.0.1", port: 1)
            let client = Client(hasty(nowhere))
            await #expect(throws: ClientError.cannotConnect(nowhere, .refused)) {
                try await client.acceptClock(in: .en)
            }
            await client.close()
        }
    }

    /// A watch whose first answer never comes ends when a call would.
    @Test func theFirstAnswerOfAWatchComesInTime() async throws {
        try await withProxy { _, proxy in
            proxy.set(.silent)
            var settings = hasty(proxy.endpoint, milliseconds: 4_000)
            settings.watchSilenceMilliseconds = Patience.milliseconds
            let client = Client(settings)
            await #expect(throws: ClientError.timedOut(proxy.endpoint)) {
                for try await _ in client.watchHealth() { Issue.record("answered") }
            }
            await client.close()
            try await expectNoneOpen(proxy)
        }
    }

    /// A server that has all its connections has no time for TLS, and that is what is told.
    @Test func aFullServerOverTLSIsToldAsThat() async throws {
        var limits = ServerLimits.patient
        limits.connections = 1
        let server = try await LiveServer.start(tls: TestTLS.server(), limits: limits)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(TestTLS.file("ca.pem"))
        var settings = ClientSettings.patient(
            server.endpoint, tls: try NIOSSLContext(configuration: tls))
        let first = Client(settings)
        _ = try await first.health()
        settings.attempts = 2
        let second = Client(settings)
        for _ in 0..<5 {
            await #expect(throws: ClientError.notTrusted(server.endpoint, .endedEarly)) {
                try await second.health()
            }
            await #expect(throws: ClientError.notTrusted(server.endpoint, .endedEarly)) {
                for try await _ in second.watchHealth() { Issue.record("answered") }
            }
            await #expect(throws: ClientError.notTrusted(server.endpoint, .endedEarly)) {
                try await second.acceptClock(in: .en)
            }
        }
        await first.close()
        // As soon as there is room, a call that is repeated is answered.
        let third = Client(
            .patient(server.endpoint, tls: try NIOSSLContext(configuration: tls)))
        let health = try await third.health()
        #expect(health.isServing)
        await second.close()
        await third.close()
        try await server.stop()
    }
}
