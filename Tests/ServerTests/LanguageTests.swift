// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import KezekClient
import KezekEngine
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// Who is not let in is told so in the language of the call, also before the server knows who it is.
@Suite(.waits) struct LanguageTests {
    private static let now = Timestamp("2026-03-19T04:00Z")!
    private static let office = OfficeID("astana-1")!

    private static let words: [Language: String] = [
        .kk: "токен жарамсыз", .ru: "Токен недействителен", .en: "lets nobody in",
    ]

    private func withAccess(
        connections: Int = 9, _ body: (LiveServer) async throws -> Void
    ) async throws {
        let entry = AccessEntry(
            id: "hall", role: .kiosk, offices: .all,
            credential: .token(AccessToken.digest("kezek_right")), connections: connections,
            issuedAt: Self.now, expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: ""
        )
        let server = try await LiveServer.start(
            access: AccessGuard(AccessList(entries: [entry])), now: { Self.now })
        do { try await body(server) } catch {
            try? await server.stop()
            throw error
        }
        try await server.stop()
    }

    private func client(_ server: LiveServer, _ token: String?) -> Client {
        var settings = ClientSettings.patient(server.endpoint)
        settings.token = token
        // The first refusal is told instead of being waited out.
        settings.attempts = 1
        return Client(settings)
    }

    private func refusal(_ work: () async throws -> Void) async throws -> Refusal {
        do { try await work() } catch ClientError.refused(let refusal) { return refusal }
        Issue.record("it was not refused")
        throw CancellationError()
    }

    /// On the wire: the language of `authenticate` itself.
    @Test func authenticateIsAnsweredInItsLanguage() async throws {
        try await withAccess { server in
            let connection = try RawConnection(server.endpoint)
            for (place, language) in Language.allCases.enumerated() {
                let id = UInt64(place + 1)
                let wrong = Call.authenticate(token: "kezek_wrong")
                connection.send(frame(wrong, id: id, in: language))
                let told = try #require(await connection.response()).refusal
                #expect(told?.reason == .notAuthenticated && told?.field == "token")
                #expect(told?.message.contains(Self.words[language]!) == true, "\(language)")
            }
        }
    }

    /// By the client: whoever asks first says who calls in the same language, and a watch does.
    @Test(arguments: Language.allCases)
    func aWrongTokenIsToldInTheLanguageOfTheCall(language: Language) async throws {
        try await withAccess { server in
            let words = try #require(Self.words[language])
            let (wrong, nobody) = (client(server, "kezek_wrong"), client(server, nil))
            for told in [
                try await refusal { _ = try await wrong.ask(.standards, in: language) },
                try await refusal { _ = try await wrong.ask(.health, in: language) },
                try await refusal {
                    for try await _ in wrong.watch(.watchBoard(Self.office, .nothing), in: language)
                    {}
                },
            ] {
                #expect(told.reason == .notAuthenticated && told.message.contains(words))
            }
            let told = try await refusal { _ = try await nobody.ask(.describe, in: language) }
            #expect(told.message.contains("KEZEK_TOKEN"))
            #expect((language == .en) == told.message.hasPrefix("The server"))
            await wrong.close()
            await nobody.close()
        }
    }

    /// What a role may not call, and what a watch is refused.
    @Test func refusalsOfCallsWithoutALanguageOfTheirOwnHaveThatOfTheCaller() async throws {
        try await withAccess { server in
            let hall = client(server, "kezek_right")
            let stats = try await refusal { _ = try await hall.ask(.stats, in: .ru) }
            #expect(stats.reason == .permissionDenied && stats.message.hasPrefix("Роли «kiosk»"))
            // And who may.
            #expect(stats.message.hasSuffix("разрешён он: operator."), "\(stats)")
            let board = try await refusal {
                for try await _ in hall.watch(.watchBoard(Self.office, .nothing), in: .kk) {}
            }
            #expect(board.reason == .noQueue && board.message.contains(/[әғқңөұүһі]/), "\(board)")
            await hall.close()
        }
    }

    /// A token that has all its connections, too.
    @Test func aTokenWithAllItsConnectionsIsToldInTheLanguageOfTheCall() async throws {
        try await withAccess(connections: 1) { server in
            let (first, second) = (client(server, "kezek_right"), client(server, "kezek_right"))
            _ = try await first.ask(.standards, in: .en)
            let told = try await refusal { _ = try await second.ask(.standards, in: .ru) }
            #expect(told.reason == .tooManyConnections)
            #expect(told.message.hasPrefix("С этим доступом открыто"), "\(told)")
            await first.close()
            await second.close()
        }
    }
}
