// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekClient
import KezekServer
import KezekWire
import NIOSSL
import TestKit
import Testing
import Texts

/// Where a server listens, and whom it lets in.
@Suite(.waits) struct ListeningTests {
    @Test func aUnixSocketServesToo() async throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-\(UUID().uuidString.prefix(8)).sock").path
        let server = try await LiveServer.start(.unix(path: path))
        let client = server.client
        #expect(try await client.ask(.health, in: .en).isServing)
        await client.close()
        try await server.stop()
    }

    @Test func aUnixSocketInUseIsNotTaken() async throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-\(UUID().uuidString.prefix(8)).sock").path
        let server = try await LiveServer.start(.unix(path: path))
        await #expect(throws: Server.StartError.cannotListen(.unix(path: path), "it is in use")) {
            _ = try await LiveServer.start(.unix(path: path))
        }
        let client = server.client
        let health = try await client.ask(.health, in: .en)
        #expect(health.isServing)
        await client.close()
        try await server.stop()
    }

    @Test func plainTCPOnAnAddressOfOthersIsRefused() async throws {
        for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:7447"] {
            let endpoint = try #require(Endpoint(address))
            await #expect(throws: Server.StartError.plainTCP(endpoint)) {
                _ = try await LiveServer.start(endpoint)
            }
        }
    }

    @Test func twoServersOnOneAddressAreToldApart() async throws {
        try await withServer { server in
            let second = await #expect(throws: Server.StartError.self) {
                _ = try await LiveServer.start(server.endpoint)
            }
            guard case .cannotListen(server.endpoint, _)? = second else {
                Issue.record("\(String(describing: second))")
                return
            }
        }
    }

    @Test func overTLSOnlyTheRightAuthorityIsTrusted() async throws {
        let server = try await LiveServer.start(tls: TestTLS.server())
        func client(trusting authority: String) throws -> Client {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(TestTLS.file(authority))
            return Client(
                .patient(server.endpoint, tls: try NIOSSLContext(configuration: tls)))
        }
        let good = try client(trusting: "ca.pem")
        #expect(try await good.ask(.health, in: .en).isServing)
        await good.close()
        let stranger = try client(trusting: "stranger.pem")
        let distrust = await #expect(throws: ClientError.self) {
            _ = try await stranger.ask(.health, in: .en)
        }
        if case .notTrusted(server.endpoint, _)? = distrust {
        } else {
            Issue.record("\(String(describing: distrust))")
        }
        await stranger.close()
        var plainSettings = ClientSettings.patient(server.endpoint)
        plainSettings.attempts = 1
        let plain = Client(plainSettings)
        await #expect(throws: ClientError.self) { _ = try await plain.ask(.health, in: .en) }
        await plain.close()
        try await server.stop()
    }
}

extension ListeningTests {
    /// A certificate that is renewed is shown from the next connection on; open ones go on.
    @Test func aRenewedCertificateNeedsNoRestart() async throws {
        let identity = try TestTLS.server()
        let server = try await LiveServer.start(tls: identity)
        func client() throws -> Client {
            Client(.patient(server.endpoint, tls: try TestTLS.client(showing: nil)))
        }
        let before = try client()
        #expect(try await before.ask(.health, in: .en).isServing)
        // The old key and the new certificate, as in the midst of a renewal, are no pair to show.
        #expect(throws: TLSFiles.Fault.self) {
            _ = try TLSFiles.context(
                certificate: TestTLS.file("client.pem"), key: TestTLS.file("server.key"),
                clientAuthority: nil)
        }
        // Another certificate, which the tests' authority has not signed.
        identity.replace(
            try TLSFiles.context(
                certificate: TestTLS.file("client.pem"), key: TestTLS.file("client.key"),
                clientAuthority: nil))
        let after = try client()
        await #expect(throws: ClientError.self) { _ = try await after.ask(.health, in: .en) }
        #expect(try await before.ask(.health, in: .en).isServing)
        for client in [before, after] { await client.close() }
        try await server.stop()
    }

    /// Of TLS 1.2 nothing is taken without forward secrecy and authenticated encryption.
    @Test func onlyGoodCiphersAreTaken() async throws {
        let identity = TLSIdentity(
            try TLSFiles.context(
                certificate: TestTLS.file("server.pem"), key: TestTLS.file("server.key"),
                clientAuthority: nil))
        let server = try await LiveServer.start(tls: identity)
        func isTaken(_ cipher: NIOTLSCipher) async throws -> Bool {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(TestTLS.file("ca.pem"))
            tls.maximumTLSVersion = .tlsv12
            tls.cipherSuiteValues = [cipher]
            var settings = ClientSettings.patient(
                server.endpoint, tls: try NIOSSLContext(configuration: tls))
            settings.attempts = 1
            let client = Client(settings)
            do {
                let health = try await client.ask(.health, in: .en)
                await client.close()
                return health.isServing
            } catch {
                await client.close()
                return false
            }
        }
        // The certificate of the tests goes with one of the two kinds.
        var taken: [NIOTLSCipher] = []
        for cipher in TLSFiles.cipherSuites where try await isTaken(cipher) { taken.append(cipher) }
        #expect(taken.count == 3, "\(taken)")
        for cipher: NIOTLSCipher in [
            .TLS_RSA_WITH_AES_128_CBC_SHA, .TLS_RSA_WITH_AES_256_CBC_SHA,
            .TLS_RSA_WITH_AES_128_GCM_SHA256, .TLS_RSA_WITH_AES_256_GCM_SHA384,
            .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
            .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        ] {
            #expect(try await !isTaken(cipher), "\(cipher.rawValue)")
        }
        try await server.stop()
    }

    @Test func aHandshakeMustBeDoneInTime() async throws {
        var limits = ServerLimits.patient
        limits.handshakeSeconds = 1
        let server = try await LiveServer.start(tls: try TestTLS.server(), limits: limits)
        let silent = try RawConnection(server.endpoint)
        #expect(await silent.readToEnd().isEmpty)
        #expect(server.log.contains("the TLS handshake was not finished in time"))
        try await server.stop()
    }
}

/// The certificates of the tests.
enum TestTLS {
    static func file(_ name: String) -> String {
        Repository.root.appendingPathComponent("Tests/Fixtures/tls/\(name)").path
    }

    static func server() throws -> TLSIdentity {
        TLSIdentity(try context())
    }

    /// Asks for certificates of the clients' authority, and takes those who show none.
    static func mutual() throws -> TLSIdentity {
        TLSIdentity(
            try TLSFiles.context(
                certificate: file("server.pem"), key: file("server.key"),
                clientAuthority: file("client-ca.pem")))
    }

    /// A client that trusts the tests' authority, and shows a certificate if one is named.
    static func client(showing name: String?) throws -> NIOSSLContext {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(file("ca.pem"))
        if let name {
            tls.certificateChain = try NIOSSLCertificate.fromPEMFile(file("\(name).pem"))
                .map { .certificate($0) }
            tls.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: file("\(name).key"), format: .pem))
        }
        return try NIOSSLContext(configuration: tls)
    }

    static func context() throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: NIOSSLCertificate.fromPEMFile(file("server.pem")).map {
                    .certificate($0)
                },
                privateKey: .privateKey(NIOSSLPrivateKey(file: file("server.key"), format: .pem))))
    }
}
