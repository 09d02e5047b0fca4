// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Who may call, from the shell.
@Suite struct AccessCommandTests {
    private func withList(_ body: (URL) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-access-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url)
    }

    private func issue(_ list: URL, _ arguments: String...) throws -> (id: String, token: String) {
        let run = try kezek(["access", "issue", "--file", list.path] + arguments)
        try #require(run.status == 0, "\(run.errors)")
        let id = try #require(run.errors.split(separator: " ").first)
        return (String(id), run.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// A certificate lets in without a token, and the server's own is renewed while it runs.
    @Test func aCertificateLetsInAndTheServersIsRenewed() throws {
        let tls = Repository.root.appendingPathComponent("Tests/Fixtures/tls")
        func path(_ name: String) -> String { tls.appendingPathComponent(name).path }
        try withList { list in
            let issued = try kezek(
                "access", "issue", "--file", list.path, "--role", "clerk", "--rate", "50",
                "--connections", "7",
                "--certificate", path("client.pem"))
            #expect(issued.status == 0 && issued.output.isEmpty, "\(issued.errors)")
            let again = try kezek(
                "access", "issue", "--file", list.path, "--role", "operator",
                "--certificate", path("client.pem"))
            #expect(again.status == 1 && again.errors.contains("already"))
            let listed = try kezek("access", "list", "--file", list.path)
            #expect(listed.output.contains("certificate") && listed.output.contains("50"))
            let json = try kezek("access", "list", "--file", list.path, "--json").output
            #expect(json.contains(/"connections" ?: 7\b/), "\(json)")

            let shown = FileManager.default.temporaryDirectory
                .appendingPathComponent("kezek-tls-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: shown) }
            try FileManager.default.createDirectory(at: shown, withIntermediateDirectories: true)
            for end in ["pem", "key"] {
                try FileManager.default.copyItem(
                    at: tls.appendingPathComponent("server.\(end)"),
                    to: shown.appendingPathComponent("shown.\(end)"))
            }
            let queue = try RunningQueue(
                withOffices: false, access: list,
                serving: [
                    "--tls-certificate", shown.appendingPathComponent("shown.pem").path,
                    "--tls-key", shown.appendingPathComponent("shown.key").path,
                    "--tls-client-ca", path("client-ca.pem"),
                ])
            let host = "localhost:" + queue.address.split(separator: ":")[1]
            func ask(_ command: [String], _ arguments: String...) throws -> Run {
                try kezek(
                    command + ["--server", host, "--tls-ca", path("ca.pem")] + arguments, input: "")
            }
            let offices = ["office", "list"]
            let inside = try ask(offices, "--tls-client", path("client.pem"))
            #expect(inside.status == 0, "\(inside.errors)")
            #expect(try ask(offices).errors.contains("KEZEK_TOKEN"))
            // Renewed by one that the authority of the tests has not signed: nobody trusts it.
            for end in ["key", "pem"] {
                try Data(contentsOf: tls.appendingPathComponent("client.\(end)")).write(
                    to: shown.appendingPathComponent("shown.\(end)"), options: .atomic)
            }
            var renewed = false
            for _ in 0..<100 where !renewed {
                renewed = try ask(["health"]).status != 0
                usleep(100_000)
            }
            #expect(renewed)
        }
    }

    @Test func aTokenIsIssuedListedUsedAndRevoked() throws {
        try withList { list in
            let boss = try issue(list, "--role", "office", "--note", "manager")
            let hall = try issue(list, "--role", "kiosk", "--office", "astana-1", "--days", "30")
            #expect(boss.token.hasPrefix("kezek_") && boss.token.count == 49)
            #expect(boss.token != hall.token)
            let queue = try RunningQueue(access: list, token: boss.token)
            #expect(try queue("office", "list").output.contains("astana-1"))

            queue.token = hall.token
            let ticket = ["ticket", "astana-1", "--service", "acceptance", "--json"]
            // Whether the office is open now or not, the kiosk of the hall may ask.
            #expect(try queue(ticket).reason != "permissionDenied")
            let elsewhere = try queue(
                "ticket", "almaty-edu", "--service", "acceptance", "--json")
            #expect(elsewhere.reason == "permissionDenied")
            let window = try queue("window", "open", "astana-1", "1", "--json")
            #expect(window.reason == "permissionDenied")

            queue.token = nil
            let nobody = try queue("office", "list")
            #expect(nobody.status == 1)
            #expect(nobody.errors.contains("KEZEK_TOKEN"))
            #expect(try queue("health").status == 0)

            // Revoked, it lets nobody in as soon as the server has read the list again.
            queue.token = hall.token
            #expect(try queue("office", "list").status == 0)
            #expect(try kezek("access", "revoke", "--file", list.path, hall.id).status == 0)
            var refused = false
            for _ in 0..<100 where !refused {
                refused = try queue("office", "list").errors.contains("revoked")
                usleep(100_000)
            }
            #expect(refused)
            queue.token = boss.token
            #expect(try queue("office", "list").status == 0)

            let table = try kezek("access", "list", "--file", list.path)
            for part in [boss.id, hall.id, "manager", "revoked", "valid", "astana-1", "all"] {
                #expect(table.output.contains(part), "\(part)")
            }
            let json = try kezek("access", "list", "--file", list.path, "--json").output
            #expect(!json.contains(boss.token) && !json.contains("digest"))
        }
    }

    @Test func whatIsWrongIsSaid() throws {
        try withList { list in
            for (arguments, expected) in [
                (["revoke", "--file", list.path, "abc"], "there is no token 'abc'"),
                (["issue", "--file", list.path, "--role", "caesar"], "--role"),
                (["issue", "--file", list.path, "--role", "clerk", "--days", "0"], "--days"),
                (["issue", "--file", list.path, "--role", "clerk", "--office", "A"], "--office"),
                (
                    ["issue", "--file", list.path, "--role", "clerk", "--connections", "0"],
                    "--connections"
                ),
                (["issue", "--file", "/nowhere/list", "--role", "clerk"], "/nowhere/list"),
            ] {
                let run = try kezek(["access"] + arguments)
                #expect(run.status != 0)
                #expect(run.errors.contains(expected), "\(arguments): \(run.errors)")
            }
            let missing = try kezek("serve", "--listen", "127.0.0.1:0", "--access", list.path)
            #expect(missing.status != 0)
            #expect(missing.errors.contains("kezek access issue"))
        }
    }
}
