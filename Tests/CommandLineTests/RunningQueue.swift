// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// A server of the built program that keeps a queue in a folder of its own.
final class RunningQueue {
    let folder: URL
    let address: String
    private let process = Process()

    /// The token that its callers send; nil for none.
    var token: String?

    /// Starts with the offices of the examples, unless none are wanted.
    ///
    /// In a rehearsal it is ten o'clock of a Thursday, whenever the tests run.
    ///
    /// `access` has the list of tokens to hold callers to, and `token` the one that they send;
    /// `store` is a journal that is there already, nil for a new one; `arguments` are further ones of
    /// the server.
    init(
        withOffices: Bool = true, access: URL? = nil, token: String? = nil, store: URL? = nil,
        rehearsing: Bool = true, serving arguments: [String] = []
    ) throws {
        self.token = token
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let log = folder.appendingPathComponent("log")
        try Data().write(to: log)
        process.executableURL = try Repository.program
        process.arguments =
            [
                "serve", "--listen", "127.0.0.1:0", "--store",
                (store ?? folder.appendingPathComponent("queue.sqlite")).path,
            ] + (access.map { ["--access", $0.path] } ?? [])
            + (rehearsing && store == nil ? ["--rehearse", "2026-03-19T05:00:00Z"] : []) + arguments
        process.currentDirectoryURL = Repository.root
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        var found: String?
        for _ in 0..<500 where found == nil {
            let text = try String(contentsOf: log, encoding: .utf8)
            found = text.firstMatch(of: /address=(127\.0\.0\.1:\d+)/).map { String($0.1) }
            usleep(20_000)
        }
        let text = try String(contentsOf: log, encoding: .utf8)
        address = try #require(found, "\(text)")
        if withOffices {
            let run = try self(
                "office", "import", "Examples/offices/astana-corporation.yaml",
                "Examples/offices/almaty-provider.yaml")
            try #require(run.status == 0, "\(run.errors)")
        }
    }

    var journal: URL { folder.appendingPathComponent("queue.sqlite") }

    /// Runs a command that asks this server.
    func callAsFunction(_ arguments: String..., input: String = "") throws -> Run {
        try self(arguments, input: input)
    }

    func callAsFunction(_ arguments: [String], input: String = "") throws -> Run {
        try kezek(
            arguments + ["--server", address], input: input,
            environment: token.map { ["KEZEK_TOKEN": $0] } ?? [:])
    }

    /// Free slots of acceptance at `astana-1`, none of them within the next hours.
    ///
    /// A day has 33 slots, so of fifty the last lie on another day than the first.
    func laterSlots() throws -> [String] {
        let run = try self(
            "slots", "astana-1", "--service", "acceptance", "--first", "50", "--json")
        let slots = try #require(run.object["slots"] as? [String], "\(run.errors)")
        try #require(slots.count == 50)
        return Array(slots[40...])
    }

    /// Books a slot of acceptance at `astana-1`, and tells the booking's number.
    func book(_ slot: String, for reference: String) throws -> String {
        let run = try self(
            "book", "astana-1", "--service", "acceptance", "--at", slot, "--reference", reference,
            "--json")
        return try #require(run.booking?["booking"] as? String, "\(run.errors)")
    }

    /// Ends the server; its files stay.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Ends the server without a word, as a failure of the power would.
    func kill() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }
}

extension Run {
    /// The booking of a receipt, or the booking itself.
    var booking: [String: Any]? { object["booking"] as? [String: Any] }

    /// The ticket of a receipt.
    var ticket: [String: Any]? { object["ticket"] as? [String: Any] }

    /// What is told of an error with `--json`.
    var error: [String: Any] {
        let json = try? JSONSerialization.jsonObject(with: Data(errors.utf8)) as? [String: Any]
        return json?["error"] as? [String: Any] ?? [:]
    }

    /// The reason of a refusal with `--json`.
    var reason: String? { error["reason"] as? String }
}
