// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Foundation
import KezekClient
import KezekServer
import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import TestKit
import Testing
import Texts

/// A client keeps its deadlines whatever the network does, and leaves nothing behind.
@Suite(.waits) struct NetworkTests {
    /// Runs a test with a server behind a proxy.
    func withProxy(
        limits: ServerLimits = .patient, _ body: (LiveServer, Proxy) async throws -> Void
    ) async throws {
        try await withServer(limits: limits) { server in
            let proxy = try await Proxy.start(to: server.endpoint)
            do { try await body(server, proxy) } catch {
                try await proxy.stop()
                throw error
            }
            try await proxy.stop()
        }
    }

    func hasty(_ endpoint: Endpoint, milliseconds: Int = 400) -> ClientSettings {
        var settings = ClientSettings(endpoint: endpoint)
        settings.deadlineMilliseconds = milliseconds
        settings.watchSilenceMilliseconds = 100
        return settings
    }

    /// On a busy machine an answer may take longer than a hasty client waits.
    private func expectAnswers(_ client: Client) async throws {
        let isAnswered = try await eventually { (try? await client.ask(.health, in: .en)) != nil }
        #expect(isAnswered)
    }

    func expectNoneOpen(_ proxy: Proxy) async throws {
        let isEmpty = try await eventually { proxy.open == 0 }
        #expect(isEmpty)
    }

    @Test func aConnectionThatMissedADeadlineIsUsedNoMore() async throws {
        try await withProxy { _, proxy in
            let client = Client(hasty(proxy.endpoint))
            try await expectAnswers(client)
            proxy.silence()
            let failure = await #expect(throws: ClientError.self) {
                try await client.ask(.health, in: .en)
            }
            #expect(failure == .timedOut(proxy.endpoint))
            // New connections pass, and the next call makes one.
            try await expectAnswers(client)
            await client.close()
            try await expectNoneOpen(proxy)
        }
    }

    @Test func aSlowConnectionIsKept() async throws {
        try await withProxy { _, proxy in
            proxy.set(.slow(.milliseconds(30)))
            let client = Client(.patient(proxy.endpoint))
            for _ in 0..<20 {
                async let one = client.ask(.health, in: .en)
                async let other = client.ask(.describe, in: .en)
                _ = try await (one, other)
                #expect(proxy.open == 1)
            }
            await client.close()
        }
    }

    @Test func aWatchOverASilentNetworkEndsWithAnError() async throws {
        try await withProxy { _, proxy in
            let isTold = try await eventually {
                let client = Client(hasty(proxy.endpoint))
                var health = client.watch(.watchHealth).makeAsyncIterator()
                guard (try? await health.next()) != nil else { return false }
                proxy.silence()
                do {
                    _ = try await health.next()
                    return false
                } catch {
                    await client.close()
                    return error as? ClientError == .timedOut(proxy.endpoint)
                }
            }
            #expect(isTold)
        }
    }

    /// Silence alone ends no watch: the server says that it is there.
    @Test func aWatchOfWhatNeverChangesGoesOn() async throws {
        let server = try await LiveServer.start()
        let proxy = try await Proxy.start(to: server.endpoint)
        var settings = ClientSettings.patient(proxy.endpoint)
        settings.watchSilenceMilliseconds = 20
        let client = Client(settings)
        var health = client.watch(.watchHealth).makeAsyncIterator()
        #expect(try await health.next()?.isServing == true)
        // Time for some questions; were it too short, the test would only say less.
        await pause(milliseconds: 400)
        await server.beginStopping()
        #expect(try await health.next()?.isServing == false)
        #expect(try await health.next() == nil)
        await client.close()
        try await server.stop()
        try await proxy.stop()
    }

    @Test func aConnectionThatIsCutWithinAFrameIsALoss() async throws {
        try await withProxy { _, proxy in
            for bytes in [1, 2, 7, 40] {
                proxy.set(.cutting(after: bytes))
                var settings = ClientSettings.patient(proxy.endpoint)
                settings.attempts = 2
                let client = Client(settings)
                await #expect(throws: ClientError.connectionLost(proxy.endpoint)) {
                    try await client.ask(.health, in: .en)
                }
                await #expect(throws: ClientError.connectionLost(proxy.endpoint)) {
                    for try await _ in client.watch(.watchHealth) {}
                }
                // What is lost is sent again.
                let patient = Client(.patient(proxy.endpoint))
                let call = Task(executorPreference: OwnThreads.shared) {
                    try await patient.ask(.health, in: .en)
                }
                await pause(milliseconds: 50)
                proxy.set(.passing)
                let health = try await call.value
                #expect(health.isServing)
                await client.close()
                await patient.close()
            }
            try await expectNoneOpen(proxy)
        }
    }

    /// The first bytes of a TLS server say so: nothing is repeated until the deadline.
    @Test func aServerThatSpeaksTLSAloneIsToldAsThat() async throws {
        let server = try await LiveServer.start(tls: TestTLS.server())
        let client = Client(.patient(server.endpoint))
        let cause = ClientError.notTrusted(server.endpoint, .onlyTLS)
        for _ in 0..<3 {
            await #expect(throws: cause) { try await client.ask(.health, in: .en) }
            await #expect(throws: cause) {
                for try await _ in client.watch(.watchHealth) { Issue.record("answered") }
            }
        }
        await client.close()
        try await server.stop()
    }

    @Test func aWatchTellsTheCause() async throws {
        // An authority that did not sign the certificate.
        let trusted = try await LiveServer.start(tls: TestTLS.server())
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(TestTLS.file("stranger.pem"))
        let client = Client(
            .patient(trusted.endpoint, tls: try NIOSSLContext(configuration: tls)))
        let error = await #expect(throws: ClientError.self) {
            for try await _ in client.watch(.watchHealth) { Issue.record("answered") }
        }
        if case .notTrusted? = error {} else { Issue.record("\(String(describing: error))") }
        await client.close()
        try await trusted.stop()
        // A server that takes no more connections.
        var limits = ServerLimits.patient
        limits.connections = 1
        try await withServer(limits: limits) { server in
            let first = server.client
            _ = try await first.ask(.health, in: .en)
            let second = server.client
            let full = await #expect(throws: ClientError.self) {
                for try await _ in second.watch(.watchHealth) { Issue.record("answered") }
            }
            if case .refused(let refusal)? = full {
                #expect(refusal.reason == .tooManyConnections)
            } else {
                Issue.record("\(String(describing: full))")
            }
            await first.close()
            await second.close()
        }
    }

    /// A token that is never answered, within one deadline; cancelled and closed at once.
    @Test func aConnectionThatIsBeingMadeIsWaitedForNoLongerThanTheCall() async throws {
        try await withProxy { _, proxy in
            proxy.set(.silent)
            var settings = hasty(proxy.endpoint, milliseconds: 1_000)
            settings.token = "nobody"
            // A busy machine may take longer now and then, and never less.
            let isInTime = try await eventually {
                let client = Client(settings)
                let began = ContinuousClock.now
                await #expect(throws: ClientError.self) { try await client.ask(.health, in: .en) }
                let took = ContinuousClock.now - began
                await client.close()
                #expect(took >= .milliseconds(900))
                return took < .milliseconds(1_700)
            }
            #expect(isInTime)

            var patient = ClientSettings.patient(proxy.endpoint)
            patient.token = "nobody"
            for closes in [false, true] {
                let waiting = Client(patient)
                let calls = (0..<3).map { _ in
                    Task(executorPreference: OwnThreads.shared) {
                        try await waiting.ask(.health, in: .en)
                    }
                }
                let watch = Task(executorPreference: OwnThreads.shared) {
                    for try await _ in waiting.watch(.watchHealth) {}
                }
                let isWaiting = try await eventually { proxy.open >= 2 }
                #expect(isWaiting)
                if closes {
                    await waiting.close()
                } else {
                    for call in calls { call.cancel() }
                    watch.cancel()
                }
                // Only what is told at once is told before the deadline of this client.
                for call in calls {
                    await #expect(throws: ClientError.cancelled) { _ = try await call.value }
                }
                _ = try? await watch.value
                await waiting.close()
                try await expectNoneOpen(proxy)
            }
        }
    }

    /// Whoever lets go of a watch ends its connection, whenever that is.
    @Test func noWatchIsLeftBehind() async throws {
        try await withProxy { _, proxy in
            let client = Client(.patient(proxy.endpoint))
            for round in 0..<60 {
                switch round % 4 {
                case 0:
                    for try await _ in client.watch(.watchHealth) { break }
                case 1: _ = client.watch(.watchHealth)
                case 2:
                    let task = Task(executorPreference: OwnThreads.shared) {
                        for try await _ in client.watch(.watchHealth) {}
                    }
                    if round % 8 == 2 { await pause(milliseconds: 5) }
                    task.cancel()
                    _ = try? await task.value
                default:
                    var health = client.watch(.watchHealth).makeAsyncIterator()
                    _ = try await health.next()
                }
            }
            try await expectNoneOpen(proxy)
            let other = Client(.patient(proxy.endpoint))
            var health = other.watch(.watchHealth).makeAsyncIterator()
            let first = try await health.next()
            #expect(first != nil)
            await other.close()
            await #expect(throws: ClientError.cancelled) { try await health.next() }
            // A closed client makes no connection that stays, however soon it is made.
            for _ in 0..<50 {
                await #expect(throws: ClientError.cancelled) {
                    for try await _ in other.watch(.watchHealth) {}
                }
            }
            await client.close()
            try await expectNoneOpen(proxy)
        }
    }

    /// Ten thousand calls over a network that is now slow, now silent, now cut, some of them cancelled.
    @Test func nothingLeaksOverABadNetwork() async throws {
        try await withProxy { _, proxy in
            let client = Client(hasty(proxy.endpoint, milliseconds: 300))
            let counts = NIOLockedValueBox((answered: 0, failed: 0))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<20 {
                    group.addTask(executorPreference: OwnThreads.shared) {
                        var dice = SeededGenerator(seed: UInt64(worker))
                        for call in 0..<500 {
                            if worker == 0, call % 25 == 0 { Self.disturb(proxy, &dice) }
                            let isAnswered = await Self.ask(client, &dice)
                            counts.withLockedValue {
                                if isAnswered { $0.answered += 1 } else { $0.failed += 1 }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let (answered, failed) = counts.withLockedValue { $0 }
            #expect(answered + failed == 10_000 && failed > 0)
            proxy.set(.passing)
            try await expectAnswers(client)
            await client.close()
            try await expectNoneOpen(proxy)
        }
    }

    private static func disturb(_ proxy: Proxy, _ dice: inout SeededGenerator) {
        switch Int.random(in: 0...4, using: &dice) {
        case 0: proxy.silence()
        case 1: proxy.set(.slow(.milliseconds(5)))
        case 2: proxy.set(.cutting(after: Int.random(in: 1...2_000, using: &dice)))
        default: proxy.set(.passing)
        }
    }

    private static func ask(_ client: Client, _ dice: inout SeededGenerator) async -> Bool {
        switch Int.random(in: 0...19, using: &dice) {
        case 0:
            let call = Task(executorPreference: OwnThreads.shared) {
                try await client.ask(.health, in: .en)
            }
            call.cancel()
            return (try? await call.value) != nil
        case 1:
            var health = client.watch(.watchHealth).makeAsyncIterator()
            return (try? await health.next()) != nil
        default: return (try? await client.ask(.health, in: .en)) != nil
        }
    }
}
