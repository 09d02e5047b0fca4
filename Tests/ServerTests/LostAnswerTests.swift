// SPDX-License-Identifier: Apache-2.0

import Applications
import Enquiries
import Journal
import KezekClient
import KezekEngine
import KezekServer
import KezekWire
import NIOSSL
import Queue
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
                var settings = hasty(proxy.endpoint, milliseconds: 1_000)
                settings.attempts = 2
                if case .connectionLost = cause {
                    settings.deadlineMilliseconds = Patience.milliseconds
                }
                let client = Client(settings)
                let id = RequestID(high: 1, low: 2)
                // On a busy machine the time may be over before the command could be sent.
                let isTold = try await eventually {
                    do {
                        _ = try await client.acceptClock(request: id, in: .en)
                        return false
                    } catch { return error as? ClientError == .mayBeDone(id, cause) }
                }
                #expect(isTold, "\(cause)")
                let isTheIDToldThatWasChosen = try await eventually {
                    do {
                        _ = try await client.acceptClock(in: .en)
                        return false
                    } catch let error as ClientError {
                        guard let chosen = error.requestID else { return false }
                        return error.cause == cause && error.description.contains(chosen.hex)
                    }
                }
                #expect(isTheIDToldThatWasChosen, "\(cause)")
                // Neither a question nor a dry run changes anything.
                await #expect(throws: cause) { try await client.ask(.health, in: .en) }
                await #expect(throws: cause) {
                    try await client.send(
                        DecreeCommand(calendar: "", dryRun: true, office: nil), in: .en)
                }
                await client.close()
            }
            // What was never sent was not carried out.
            let nowhere = Endpoint.tcp(host: "127.0.0.1", port: 1)
            // One attempt, for as long as a busy machine takes to refuse it.
            var settings = hasty(nowhere, milliseconds: Patience.milliseconds)
            settings.attempts = 1
            let client = Client(settings)
            await #expect(throws: ClientError.cannotConnect(nowhere, .refused)) {
                try await client.acceptClock(in: .en)
            }
            await client.close()
        }
    }

    /// A sync has failed: the server says that it does not know what came of the command, and the error has the
    /// id under which it is repeated; a journal that took nothing changes nothing.
    @Test func aCommandWhoseSyncFailsTellsItsID() async throws {
        for (failure, isUnknown) in [
            (AppendFailure.unconfirmed("the sync failed"), true),
            (.unavailable("the disk is full"), false),
        ] {
            let store = MemoryStore(commitsByItself: false)
            let queue = try await QueueServer.start(on: store)
            let id = RequestID(high: 3, low: 4)
            var settings = ClientSettings.patient(queue.server.endpoint)
            settings.attempts = 2
            let client = Client(settings)
            async let told: ClientError? = {
                do {
                    _ = try await client.send(
                        .changeOffice(
                            OfficeChangeCommand(
                                change: .put(TestOffice.described(windows: 2)), dryRun: false)),
                        request: id, in: .en)
                    return nil
                } catch { return error as? ClientError }
            }()
            // The first attempt is the one of which nobody knows; the second one finds the disk as bad.
            var attempts = 0
            #expect(
                try await eventually {
                    if store.queued > 0 {
                        store.commit(failing: attempts == 0 ? failure : .unavailable("no disk"))
                        attempts += 1
                    }
                    return attempts == 2
                })
            let error = try #require(await told)
            #expect(error.requestID == (isUnknown ? id : nil), "\(error)")
            guard case .refused(let refusal) = error.cause else {
                Issue.record("\(error)")
                return
            }
            #expect(refusal.reason == .storeUnavailable && refusal.isOutcomeUnknown == isUnknown)
            await client.close()
            try await queue.stop()
        }
    }

    /// A watch whose first answer never comes ends when a call would.
    @Test func theFirstAnswerOfAWatchComesInTime() async throws {
        try await withProxy { _, proxy in
            proxy.set(.silent)
            var settings = hasty(proxy.endpoint, milliseconds: 1_000)
            settings.watchSilenceMilliseconds = Patience.milliseconds
            let client = Client(settings)
            // It is told for the watch; on a busy machine it may not be connected in time.
            let isTold = try await eventually {
                do {
                    for try await _ in client.watch(.watchHealth) { Issue.record("answered") }
                    return false
                } catch { return error as? ClientError == .timedOut(proxy.endpoint) }
            }
            #expect(isTold)
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
        _ = try await first.ask(.health, in: .en)
        settings.attempts = 2
        let second = Client(settings)
        for _ in 0..<5 {
            await #expect(throws: ClientError.notTrusted(server.endpoint, .endedEarly)) {
                try await second.ask(.health, in: .en)
            }
            await #expect(throws: ClientError.notTrusted(server.endpoint, .endedEarly)) {
                for try await _ in second.watch(.watchHealth) { Issue.record("answered") }
            }
            await #expect(throws: ClientError.notTrusted(server.endpoint, .endedEarly)) {
                try await second.acceptClock(in: .en)
            }
        }
        await first.close()
        // As soon as there is room, a call that is repeated is answered.
        let third = Client(
            .patient(server.endpoint, tls: try NIOSSLContext(configuration: tls)))
        let health = try await third.ask(.health, in: .en)
        #expect(health.isServing)
        await second.close()
        await third.close()
        try await server.stop()
    }
}
