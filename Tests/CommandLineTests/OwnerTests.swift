// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

/// Files that another user of the machine could change are not taken, whatever their mode.
@Suite(.waits) struct OwnerTests {
    private static let another: uid_t = 54_321

    @Test func aUserTakesItsOwnFilesAndRoots() {
        #expect(SecretFile.isTaken(1_000, by: 1_000))
        #expect(SecretFile.isTaken(0, by: 1_000))
        #expect(!SecretFile.isTaken(1_000, by: 0))
        #expect(!SecretFile.isTaken(1_001, by: 1_000))
    }

    /// The journal and what lies beside it, the list and the private key; only root gives files away.
    @Test(.enabled(if: geteuid() == 0)) func anothersFilesAreRefused() async throws {
        let folder = try TemporaryDirectory()
        let store = folder.url.appendingPathComponent("k.sqlite").path
        let list = folder.url.appendingPathComponent("access.json").path
        let made = try await kezek("cert", "dev", "--folder", folder.url.path)
        try #require(made.status == 0, "\(made.errors)")
        let issued = try await kezek(
            "access", "issue", "--file", list, "--role", "operator", "--all-offices")
        try #require(issued.status == 0)
        let key = folder.url.appendingPathComponent("server.key").path
        let arguments = [
            "--store", store, "--create", "--access", list, "--tls-certificate",
            folder.url.appendingPathComponent("server.pem").path, "--tls-key", key,
        ]
        let log = folder.url.appendingPathComponent("log")
        await (try StartedServer(arguments, log: log)).stop()
        for file in [store, store + "-head", store + "-lock", store + ".key", list, key] {
            try #require(chown(file, Self.another, 0) == 0)
            let run = try await kezek(["serve", "--listen", "127.0.0.1:0"] + arguments)
            #expect(run.status == 1, "\(file)")
            #expect(
                run.errors.contains("belongs to the user \(Self.another)")
                    && run.errors.contains("chown 0 \(file)"), "\(run.errors)")
            try #require(chown(file, 0, 0) == 0)
        }
        await (try StartedServer(arguments, log: log)).stop()
    }
}
