// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Certificates for trying TLS.
@Suite(.waits) struct CertCommandTests {
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-cert-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(url.path)
    }

    private func dev(_ folder: String, _ arguments: String...) async throws -> Run {
        try await kezek(["cert", "dev", "--folder", folder] + arguments)
    }

    private func contents(_ folder: String) throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            contents[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        }
        return contents
    }

    /// The commands that it prints work as they stand: a server, an entry of the list, a call.
    @Test func aServerAndAClientUseWhatWasMade() async throws {
        try await withFolder { folder in
            let run = try await dev(
                folder, "--host", "localhost", "--host", "127.0.0.1", "--client", "hall",
                "--client", "stranger")
            try #require(run.status == 0, "\(run.errors)")
            for part in ["kezek serve", "kezek access issue", "--tls-client \(folder)/hall.pem"] {
                #expect(run.output.contains(part), "\(part)")
            }
            let list = URL(fileURLWithPath: "\(folder)/access.json")
            let issued = try await kezek(
                "access", "issue", "--file", list.path, "--role", "office", "--all-offices",
                "--certificate",
                "\(folder)/hall.pem")
            try #require(issued.status == 0, "\(issued.errors)")
            let queue = try await RunningQueue(
                withOffices: false, access: list,
                serving: [
                    "--tls-certificate", "\(folder)/server.pem", "--tls-key",
                    "\(folder)/server.key", "--tls-client-ca", "\(folder)/ca.pem",
                ])
            let port = try #require(queue.address.split(separator: ":").last)
            for host in ["localhost", "127.0.0.1"] {
                func ask(_ client: String) async throws -> Run {
                    try await kezek(
                        "office", "list", "--server", "\(host):\(port)", "--tls-ca",
                        "\(folder)/ca.pem", "--tls-client", "\(folder)/\(client).pem")
                }
                let inside = try await ask("hall")
                #expect(inside.status == 0, "\(host): \(inside.errors)")
                // Signed by the same authority, and not on the list.
                #expect(try await ask("stranger").errors.contains("KEZEK_TOKEN"))
            }
        }
    }

    @Test func aSecondRunKeepsWhatIsThereAndMakesWhatIsMissing() async throws {
        try await withFolder { folder in
            #expect(try await dev(folder, "--client", "a").status == 0)
            let first = try contents(folder)
            #expect(
                Set(first.keys)
                    == ["ca.pem", "ca.key", "server.pem", "server.key", "a.pem", "a.key"])
            for name in first.keys {
                let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
                let open = try #require(mode[.posixPermissions] as? Int) & 0o077
                #expect((open == 0) == name.hasSuffix(".key"), "\(name)")
            }
            let more = try await dev(folder, "--client", "a", "--client", "b", "--json")
            #expect(more.status == 0 && more.output.contains("b.pem"))
            #expect(!more.output.contains("a.pem") && !more.output.contains("ca.pem"))
            let second = try contents(folder)
            #expect(second.filter { first[$0.key] != nil } == first)
            #expect(Set(second.keys).subtracting(first.keys) == ["b.pem", "b.key"])
            #expect(try await dev(folder).output.contains("there already"))
        }
    }

    @Test func whatDoesNotFitIsRefusedAndNothingIsOverwritten() async throws {
        try await withFolder { folder in
            #expect(try await dev(folder, "--host", "localhost", "--client", "a").status == 0)
            let before = try contents(folder)
            func refused(_ expected: String, _ arguments: String...) async throws {
                let run = try await kezek(["cert", "dev", "--folder", folder] + arguments)
                #expect(run.status == 1, "\(expected)")
                #expect(run.errors.contains(expected), "\(run.errors)")
            }
            try await refused("is for localhost", "--host", "kezek.example")
            // A key of somebody else, and none at all.
            let place = URL(fileURLWithPath: "\(folder)/a.key")
            try #require(before["server.key"]).write(to: place)
            try await refused("do not go together", "--host", "localhost", "--client", "a")
            try FileManager.default.removeItem(at: place)
            try await refused("without its key", "--host", "localhost", "--client", "a")
            // Another authority than the one that signed.
            try #require(before["a.key"]).write(to: place)
            for name in ["ca.pem", "ca.key"] {
                try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
            try await refused("was not signed by", "--host", "localhost")
            let after = try contents(folder)
            for (name, data) in before where !name.hasPrefix("ca.") {
                #expect(after[name] == data, "\(name)")
            }
        }
    }

    @Test func aCertificateIsShownWithItsDigest() async throws {
        try await withFolder { folder in
            #expect(try await dev(folder, "--host", "kezek.example", "--host", "::1").status == 0)
            let shown = try await kezek("cert", "show", "\(folder)/server.pem")
            for part in [
                "CN=server", "Kezek development authority", "kezek.example, ::1",
            ] {
                #expect(shown.output.contains(part), "\(part): \(shown.output)")
            }
            #expect(shown.output.contains(/39[67] days left/))
            let list = "\(folder)/access.json"
            let client = Repository.root.appendingPathComponent("Tests/Fixtures/tls/client.pem")
                .path
            #expect(
                try await kezek(
                    "access", "issue", "--file", list, "--role", "clerk", "--all-offices",
                    "--certificate", client
                ).status == 0)
            let digest = try #require(
                try await kezek("cert", "show", client).output.firstMatch(
                    of: /digest +([0-9a-f]{64})/))
            #expect(try String(contentsOfFile: list, encoding: .utf8).contains(digest.1))
            for (file, expected) in [
                ("\(folder)/server.key", "no certificate"), ("\(folder)/none", "is not there"),
            ] {
                let run = try await kezek("cert", "show", file)
                #expect(run.status == 1 && run.errors.contains(expected), "\(run.errors)")
            }
        }
    }

    @Test func namesAreChecked() async throws {
        try await withFolder { folder in
            for arguments in [
                ["--host", "a..b"], ["--host", "-a"], ["--host", "1.2.3.400"], ["--host", "a b"],
                ["--client", "ca"], ["--client", "../x"], ["--client", "A"],
                ["--client", "a", "--client", "a"],
            ] {
                let run = try await kezek(["cert", "dev", "--folder", folder] + arguments)
                #expect(run.status != 0, "\(arguments)")
                #expect(!FileManager.default.fileExists(atPath: folder))
            }
        }
    }
}
