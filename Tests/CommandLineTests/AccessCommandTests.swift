// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

@testable import kezek

/// Who may call, from the shell.
@Suite(.waits) struct AccessCommandTests {
    private func withList(_ body: (URL) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-access-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(url)
    }

    private func issue(_ list: URL, _ arguments: String...) async throws -> (
        id: String, token: String
    ) {
        let wide = arguments.contains("--office") ? [] : ["--all-offices"]
        let run = try await kezek(["access", "issue", "--file", list.path] + arguments + wide)
        try #require(run.status == 0, "\(run.errors)")
        let id = try #require(run.errors.split(separator: " ").first)
        return (String(id), run.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// A certificate lets in without a token, and the server's own is renewed while it runs.
    @Test func aCertificateLetsInAndTheServersIsRenewed() async throws {
        let tls = Repository.root.appendingPathComponent("Tests/Fixtures/tls")
        func path(_ name: String) -> String { tls.appendingPathComponent(name).path }
        try await withList { list in
            let issued = try await kezek(
                "access", "issue", "--file", list.path, "--role", "clerk", "--rate", "50",
                "--connections", "7", "--holds", "40", "--all-offices",
                "--certificate", path("client.pem"))
            #expect(issued.status == 0 && issued.output.isEmpty, "\(issued.errors)")
            let again = try await kezek(
                "access", "issue", "--file", list.path, "--role", "operator",
                "--all-offices", "--certificate", path("client.pem"))
            #expect(again.status == 1 && again.errors.contains("already"))
            let listed = try await kezek("access", "list", "--file", list.path)
            #expect(listed.output.contains("certificate") && listed.output.contains("50"))
            let json = try await kezek("access", "list", "--file", list.path, "--json").output
            #expect(json.contains(/"connections" ?: 7\b/), "\(json)")
            #expect(json.contains(/"holdPercent" ?: 40\b/), "\(json)")

            let shown = FileManager.default.temporaryDirectory
                .appendingPathComponent("kezek-tls-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: shown) }
            try FileManager.default.createDirectory(at: shown, withIntermediateDirectories: true)
            for end in ["pem", "key"] {
                try FileManager.default.copyItem(
                    at: tls.appendingPathComponent("server.\(end)"),
                    to: shown.appendingPathComponent("shown.\(end)"))
            }
            func restrict() throws {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600],
                    ofItemAtPath: shown.appendingPathComponent("shown.key").path)
            }
            try restrict()
            let queue = try await RunningQueue(
                withOffices: false, access: list,
                serving: [
                    "--tls-certificate", shown.appendingPathComponent("shown.pem").path,
                    "--tls-key", shown.appendingPathComponent("shown.key").path,
                    "--tls-client-ca", path("client-ca.pem"),
                ])
            let host = "localhost:" + queue.address.split(separator: ":")[1]
            func ask(_ command: [String], _ arguments: String...) async throws -> Run {
                try await kezek(
                    command + ["--server", host, "--tls-ca", path("ca.pem")] + arguments, input: "")
            }
            let offices = ["office", "list"]
            let inside = try await ask(offices, "--tls-client", path("client.pem"))
            #expect(inside.status == 0, "\(inside.errors)")
            #expect(try await ask(offices).errors.contains("KEZEK_TOKEN"))
            // Renewed by one that the authority of the tests has not signed: nobody trusts it.
            for end in ["key", "pem"] {
                try Data(contentsOf: tls.appendingPathComponent("client.\(end)")).write(
                    to: shown.appendingPathComponent("shown.\(end)"), options: .atomic)
                try restrict()
            }
            #expect(try await eventually { try await ask(["health"]).status != 0 })
        }
    }

    /// A change keeps who may read the list: the server goes on reading it.
    @Test func theListStaysReadableToWhomItWas() async throws {
        try await withList { list in
            let boss = try await issue(list, "--role", "office")
            try #require(chmod(list.path, 0o640) == 0)
            for change in [
                ["revoke", boss.id], ["issue", "--role", "clerk", "--office", "astana-1"],
            ] {
                let run = try await kezek(
                    ["access", change[0], "--file", list.path] + change.dropFirst())
                #expect(run.status == 0, "\(run.errors)")
                var found = stat()
                #expect(stat(list.path, &found) == 0 && found.st_mode & 0o777 == 0o640)
            }
        }
    }

    /// A token may go into a file of its own, which nobody else can read and nothing replaces.
    @Test func aTokenIsWrittenIntoItsFile() async throws {
        try await withList { list in
            let token = list.path + ".token"
            defer { try? FileManager.default.removeItem(atPath: token) }
            let arguments = [
                "access", "issue", "--file", list.path, "--role", "office", "--all-offices",
                "--token", token,
            ]
            let first = try await kezek(arguments)
            #expect(first.status == 0 && first.output.isEmpty, "\(first.errors)")
            var found = stat()
            #expect(stat(token, &found) == 0 && found.st_mode & 0o777 == 0o600)
            // A second one does not take its place, and lets nobody in.
            let second = try await kezek(arguments)
            #expect(second.status == 1 && second.errors.contains(token), "\(second.errors)")
            let listed = try await kezek("access", "list", "--file", list.path, "--json").output
            #expect(listed.matches(of: /"role"/).count == 1)
            let text = try String(contentsOfFile: token, encoding: .utf8)
            let queue = try await RunningQueue(
                access: list, token: text.trimmingCharacters(in: .whitespacesAndNewlines))
            func ask(_ file: String) async throws -> Run {
                try await kezek(
                    ["office", "list", "--server", queue.address],
                    environment: ["KEZEK_TOKEN": "", "KEZEK_TOKEN_FILE": file])
            }
            let inside = try await ask(token)
            #expect(inside.status == 0, "\(inside.errors)")
            try #require(chmod(token, 0o644) == 0)
            #expect(try await ask(token).errors.contains("chmod 600"))
            try Data("\n".utf8).write(to: URL(fileURLWithPath: token))
            try #require(chmod(token, 0o600) == 0)
            #expect(try await ask(token).errors.contains("is empty"))
        }
    }

    /// What a role may ask it may ask without naming a date, too.
    @Test func todayIsAskedByCallsThatTheRoleMayMake() async throws {
        try await withList { list in
            let boss = try await issue(list, "--role", "office")
            let queue = try await RunningQueue(access: list, token: boss.token)
            let slots = ["slots", "astana-1", "--service", "acceptance"]
            for (role, commands) in [
                ("portal", [slots, slots + ["--first", "3"]]),
                ("contact-centre", [slots, slots + ["--first", "3"]]),
                (
                    "operator",
                    [["stats", "astana-1"], ["stats", "astana-1", "--from", "2026-03-01"]]
                ),
                ("kiosk", [slots]), ("clerk", [slots, ["day", "astana-1"]]),
            ] {
                queue.token = try await issue(list, "--role", role).token
                for command in commands {
                    // The server reads the list again within a second.
                    let isLetIn = try await eventually { try await queue(command).status == 0 }
                    #expect(isLetIn, "\(role) \(command)")
                }
            }
            let nowhere = try await queue("slots", "nowhere", "--service", "acceptance")
            #expect(nowhere.errors.contains("nowhere"), "\(nowhere.errors)")
        }
    }

    @Test func aTokenIsIssuedListedUsedAndRevoked() async throws {
        try await withList { list in
            let boss = try await issue(list, "--role", "office", "--note", "manager")
            let hall = try await issue(
                list, "--role", "kiosk", "--office", "astana-1", "--days", "3000")
            #expect(boss.token.hasPrefix("kezek_") && boss.token.count == 49)
            #expect(boss.token != hall.token)
            let queue = try await RunningQueue(access: list, token: boss.token)
            #expect(try await queue("office", "list").output.contains("astana-1"))

            queue.token = hall.token
            let ticket = ["ticket", "astana-1", "--service", "acceptance", "--json"]
            #expect(try await queue(ticket).status == 0)
            let elsewhere = try await queue(
                "ticket", "almaty-edu", "--service", "acceptance", "--json")
            #expect(elsewhere.reason == "permissionDenied")
            let window = try await queue("window", "open", "astana-1", "1", "--json")
            #expect(window.reason == "permissionDenied")

            queue.token = nil
            let nobody = try await queue("office", "list")
            #expect(nobody.status == CommandStatus.notLetIn.rawValue)
            #expect(nobody.errors.contains("KEZEK_TOKEN"))
            #expect(try await queue("health").status == 0)

            // Revoked, it lets nobody in as soon as the server has read the list again.
            queue.token = hall.token
            #expect(try await queue("office", "list").status == 0)
            #expect(try await kezek("access", "revoke", "--file", list.path, hall.id).status == 0)
            #expect(
                try await eventually {
                    try await queue("office", "list").errors.contains("revoked")
                })
            queue.token = boss.token
            #expect(try await queue("office", "list").status == 0)

            let table = try await kezek("access", "list", "--file", list.path)
            for part in [boss.id, hall.id, "manager", "revoked", "valid", "astana-1", "all"] {
                #expect(table.output.contains(part), "\(part)")
            }
            let json = try await kezek("access", "list", "--file", list.path, "--json").output
            #expect(!json.contains(boss.token) && !json.contains("digest"))
        }
    }

    @Test func whatIsWrongIsSaid() async throws {
        try await withList { list in
            for (arguments, expected) in [
                (["revoke", "--file", list.path, "abc"], "there is no token 'abc'"),
                (["issue", "--file", list.path, "--role", "caesar", "--all-offices"], "--role"),
                (
                    [
                        "issue", "--file", list.path, "--role", "clerk", "--days", "0",
                        "--all-offices",
                    ], "--days"
                ),
                (["issue", "--file", list.path, "--role", "clerk", "--office", "A"], "--office"),
                (
                    [
                        "issue", "--file", list.path, "--role", "clerk", "--connections", "0",
                        "--all-offices",
                    ],
                    "--connections"
                ),
                (
                    ["issue", "--file", "/nowhere/list", "--role", "clerk", "--all-offices"],
                    "/nowhere/list"
                ),
            ] {
                let run = try await kezek(["access"] + arguments)
                #expect(run.status != 0)
                #expect(run.errors.contains(expected), "\(arguments): \(run.errors)")
            }
            let missing = try await kezek("serve", "--listen", "127.0.0.1:0", "--access", list.path)
            #expect(missing.status != 0)
            #expect(missing.errors.contains("kezek access issue"))
        }
    }
}
