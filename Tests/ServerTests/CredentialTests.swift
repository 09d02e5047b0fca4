// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import KezekClient
import KezekEngine
import KezekWire
import NIOCore
import NIOSSL
import TestKit
import Testing
import Texts

@testable import KezekServer

/// By what a caller is known, and how often it may call.
@Suite(.waits) struct CredentialTests {
    private static let now = Timestamp("2026-03-19T04:00Z")!
    private static let later = Timestamp("2027-01-01T00:00Z")!

    /// A bucket of a second's calls, filled as time passes; beyond it the wait is told.
    @Test func aRateIsHeldOverAllConnectionsOfAnEntry() async throws {
        for rate in [1, 3, 50, 5_000] {
            var meter = RateMeter()
            var now = NIODeadline.uptimeNanoseconds(7_000_000_000)
            for _ in 0..<rate { #expect(meter.count(perSecond: rate, at: now) == 0) }
            let wait = meter.count(perSecond: rate, at: now)
            #expect(wait == Int64((1_000 / Double(rate)).rounded(.up)))
            // A clock that stands still or steps back gives nothing.
            #expect(meter.count(perSecond: rate, at: now - .seconds(5)) > 0)
            now = now + .milliseconds(wait)
            #expect(meter.count(perSecond: rate, at: now) == 0)
            // However long it was quiet, no more than a second's calls are kept.
            now = now + .seconds(3_600)
            let burst = (0..<2 * rate + 1).count { _ in meter.count(perSecond: rate, at: now) == 0 }
            #expect(burst == rate)
        }
        let entry = AccessEntry(
            id: "abc", role: .clerk, offices: .all,
            credential: .token(AccessToken.digest("kezek_t")), callsPerSecond: 2,
            issuedAt: Self.now, expiresAt: Self.later, revokedAt: nil, note: "")
        let watching = AccessEntry(
            id: "op", role: .operator, offices: .all,
            credential: .token(AccessToken.digest("kezek_o")), issuedAt: Self.now,
            expiresAt: Self.later, revokedAt: nil, note: "")
        let access = AccessGuard(AccessList(entries: [entry, watching]))
        let server = try await LiveServer.start(access: access, now: { Self.now })
        let connections = try (0..<4).map { _ in try RawConnection(server.endpoint) }
        for connection in connections {
            connection.send(frame(.authenticate(token: "kezek_t"), id: 1))
            #expect(await connection.response()?.refusal == nil)
        }
        // No connection asks more often than the rate, but all of them do.
        for connection in connections {
            connection.send(
                frame(.standards, id: 2) + frame(.standards, id: 3))
        }
        var refusals: [Refusal] = []
        for connection in connections {
            for _ in 0..<2 {
                let response = try #require(await connection.response())
                if let refusal = response.refusal { refusals.append(refusal) }
            }
        }
        #expect((1...6).contains(refusals.count))
        for refusal in refusals {
            #expect(refusal.reason == .tooManyCalls && refusal.code == .resourceExhausted)
            #expect((1...500).contains(refusal.retryAfterMilliseconds))
        }
        // The client waits as long as it is told, so each of its calls is refused once at most.
        var settings = ClientSettings.patient(server.endpoint)
        settings.token = "kezek_t"
        let client = Client(settings)
        for _ in 0..<4 { _ = try await client.ask(.standards, in: .en) }
        settings.token = "kezek_o"
        let watcher = Client(settings)
        let calls = try await watcher.ask(.stats, in: .en).calls
        let standards = try #require(calls.first { $0.name == "standards" })
        let refused = Int(standards.refused) - refusals.count
        #expect(Int(standards.answered) == 8 - refusals.count + 4)
        // Without the hint it would be refused five times a call before half a second has passed.
        #expect((0...5).contains(refused))
        await watcher.close()
        await client.close()
        try await server.stop()
    }

    /// Mutual TLS: a certificate that the list names lets in, another of the same authority does not,
    /// and one of a stranger's is refused by the handshake.
    @Test func aClientCertificateNamesWhoCalls() async throws {
        let certificate = try #require(
            try NIOSSLCertificate.fromPEMFile(TestTLS.file("client.pem")).first)
        let digest = AccessToken.digest(try certificate.toDERBytes())
        func entry(_ credential: Credential, revoked: Timestamp? = nil) -> AccessList {
            AccessList(entries: [
                AccessEntry(
                    id: "office", role: .clerk, offices: .all, credential: credential,
                    issuedAt: Self.now, expiresAt: Self.later,
                    revokedAt: revoked, note: "")
            ])
        }
        func outcome(_ list: AccessList, chain: String?) async throws -> String {
            let server = try await LiveServer.start(
                tls: try TestTLS.mutual(), access: AccessGuard(list), now: { Self.now })
            var settings = ClientSettings.patient(
                server.endpoint, tls: try TestTLS.client(showing: chain))
            // A handshake that is refused is refused again.
            settings.attempts = 1
            let client = Client(settings)
            var outcome = "answered"
            do { _ = try await client.ask(.standards, in: .en) } catch {
                if case .refused(let refusal) = error {
                    outcome = "\(refusal.reason)"
                } else {
                    outcome = "no handshake"
                }
            }
            await client.close()
            try await server.stop()
            return outcome
        }
        let named = entry(.certificate(digest))
        #expect(try await outcome(named, chain: "client") == "answered")
        #expect(try await outcome(named, chain: nil) == "notAuthenticated")
        #expect(try await outcome(named, chain: "server") == "no handshake")
        #expect(
            try await outcome(entry(.certificate(digest), revoked: Self.now), chain: "client")
                == "notAuthenticated")
        // The digest of a certificate, which is no secret, is not that of a token.
        #expect(
            try await outcome(entry(.token(digest)), chain: "client") == "notAuthenticated")
    }

    /// What KezekFailedAuthenticationsRise watches.
    @Test func wrongTokensAreCounted() async throws {
        let access = AccessGuard(
            AccessList(entries: [
                AccessEntry(
                    id: "abc", role: .operator, offices: .all,
                    credential: .token(AccessToken.digest("kezek_right")), issuedAt: Self.now,
                    expiresAt: Self.later, revokedAt: nil, note: "")
            ]))
        let server = try await LiveServer.start(access: access, now: { Self.now })
        let connection = try RawConnection(server.endpoint)
        connection.send(frame(.authenticate(token: "kezek_wrong"), id: 1))
        #expect(await connection.response()?.refusal?.reason == .notAuthenticated)
        connection.send(frame(.authenticate(token: "kezek_right"), id: 2))
        #expect(await connection.response()?.refusal == nil)
        var settings = ClientSettings.patient(server.endpoint)
        settings.token = "kezek_right"
        let client = Client(settings)
        #expect(try await client.ask(.stats, in: .en).failedAuthentications == 1)
        await client.close()
        try await server.stop()
    }

    /// As many connections as an entry may have; when one is closed, another finds room.
    @Test func anEntryHasSoManyConnections() async throws {
        let entry = AccessEntry(
            id: "abc", role: .clerk, offices: .all,
            credential: .token(AccessToken.digest("kezek_t")), connections: 2,
            issuedAt: Self.now, expiresAt: Self.later, revokedAt: nil, note: "")
        let access = AccessGuard(AccessList(entries: [entry]))
        let server = try await LiveServer.start(access: access, now: { Self.now })
        func authenticate(_ connection: RawConnection) async throws -> Refusal? {
            connection.send(frame(.authenticate(token: "kezek_t"), id: 1))
            return try #require(await connection.response()).refusal
        }
        var first: RawConnection? = try RawConnection(server.endpoint)
        let (second, third) = (
            try RawConnection(server.endpoint), try RawConnection(server.endpoint)
        )
        // The same connection counts once, however often it says who it is.
        for _ in 0..<5 { #expect(try await authenticate(try #require(first)) == nil) }
        #expect(try await authenticate(second) == nil)
        for _ in 0..<5 {
            let refusal = try #require(try await authenticate(third))
            #expect(refusal.reason == .tooManyConnections && refusal.code == .resourceExhausted)
            #expect(refusal.retryAfterMilliseconds > 0)
        }
        third.send(frame(.standards, id: 2))
        #expect(await third.response()?.refusal?.reason == .notAuthenticated)
        // Those that are open go on.
        second.send(frame(.standards, id: 2))
        #expect(try #require(await second.response()).refusal == nil)
        first = nil
        #expect(try await eventually { try await authenticate(third) == nil })
        // A wrong token leaves the place that a right one had taken.
        second.send(frame(.authenticate(token: "kezek_wrong"), id: 3))
        #expect(await second.response()?.refusal?.reason == .notAuthenticated)
        #expect(try await authenticate(try RawConnection(server.endpoint)) == nil)
        try await server.stop()
    }

    /// A certificate has its connections too; whoever comes after them is told so and let go.
    @Test func aCertificateHasSoManyConnections() async throws {
        let certificate = try #require(
            try NIOSSLCertificate.fromPEMFile(TestTLS.file("client.pem")).first)
        let digest = AccessToken.digest(try certificate.toDERBytes())
        let list = AccessList(entries: [
            AccessEntry(
                id: "office", role: .clerk, offices: .all, credential: .certificate(digest),
                connections: 1, issuedAt: Self.now, expiresAt: Self.later, revokedAt: nil, note: "")
        ])
        let server = try await LiveServer.start(
            tls: try TestTLS.mutual(), access: AccessGuard(list), now: { Self.now })
        func client() throws -> Client {
            var settings = ClientSettings.patient(
                server.endpoint, tls: try TestTLS.client(showing: "client"))
            // The first refusal is told instead of being waited out.
            settings.attempts = 1
            return Client(settings)
        }
        let (first, second) = (try client(), try client())
        _ = try await first.ask(.standards, in: .en)
        let failure = await #expect(throws: ClientError.self) {
            _ = try await second.ask(.standards, in: .en)
        }
        guard case .refused(let refusal) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(refusal.reason == .tooManyConnections && refusal.retryAfterMilliseconds > 0)
        #expect(server.log.contains("all the connections it may have"))
        await first.close()
        #expect(
            try await eventually { (try? await second.ask(.standards, in: .en)) != nil })
        await second.close()
        try await server.stop()
    }
}
