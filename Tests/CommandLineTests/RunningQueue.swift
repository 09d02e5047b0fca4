// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// A server of the built program that keeps a queue in a folder of its own.
///
/// It rehearses a Thursday from ten o'clock on, whenever the tests run.
final class RunningQueue {
    private let directory: TemporaryDirectory
    private let server: StartedServer

    /// The token that its callers send; nil for none.
    var token: String?

    /// Thursday, 19 March 2026, ten o'clock in Astana.
    private static let ten = "2026-03-19T05:00:00Z"

    /// Starts with the offices of the examples, unless none are wanted.
    ///
    /// `access` has the list of tokens to hold callers to, and `token` the one that they send;
    /// `store` is the journal of a rehearsal to go on with, nil for a new one; `arguments` are further ones
    /// of the server.
    init(
        withOffices: Bool = true, access: URL? = nil, token: String? = nil, store: URL? = nil,
        serving arguments: [String] = []
    ) async throws {
        self.token = token
        directory = try TemporaryDirectory()
        let journal = store ?? directory.url.appendingPathComponent("queue.sqlite")
        server = try await StartedServer(
            ["--store", journal.path, "--rehearse", Self.ten]
                + (access.map { ["--access", $0.path] } ?? []) + arguments,
            log: directory.url.appendingPathComponent("log"))
        if withOffices {
            let run = try await self(
                "office", "import", "Examples/offices/astana-corporation.yaml",
                "Examples/offices/almaty-provider.yaml")
            try #require(run.status == 0, "\(run.errors)")
        }
    }

    var folder: URL { directory.url }
    var address: String { server.address }
    var journal: URL { folder.appendingPathComponent("queue.sqlite") }
    var lines: String { server.lines }
    /// Where it tells its metrics; nil if it does not.
    var metrics: String? { server.metrics }

    /// Runs a command that asks this server.
    func callAsFunction(_ arguments: String..., input: String = "") async throws -> Run {
        try await self(arguments, input: input)
    }

    func callAsFunction(_ arguments: [String], input: String = "") async throws -> Run {
        try await kezek(
            arguments + ["--server", address], input: input,
            environment: token.map { ["KEZEK_TOKEN": $0] } ?? [:])
    }

    /// Free slots of acceptance at `astana-1`, none of them within the next hours.
    ///
    /// A day has 33 slots, so of fifty the last lie on another day than the first.
    func laterSlots() async throws -> [String] {
        let run = try await self(
            "slots", "astana-1", "--service", "acceptance", "--first", "50", "--json")
        let slots = try #require(run.object["slots"] as? [String], "\(run.errors)")
        try #require(slots.count == 50)
        return Array(slots[40...])
    }

    /// Books a slot of acceptance at `astana-1`, and tells the booking's number.
    func book(_ slot: String, for reference: String) async throws -> String {
        let run = try await self(
            "book", "astana-1", "--service", "acceptance", "--at", slot, "--reference", reference,
            "--json")
        return try #require(run.booking?["id"] as? String, "\(run.errors)")
    }

    /// Ends the server; its files stay.
    func stop() async { await server.stop() }

    /// Ends the server without a word, as a failure of the power would.
    func kill() async { await server.kill() }
}

extension Run {
    /// An object within what was told; empty if it is not there.
    func part(_ key: String) -> [String: Any] { object[key] as? [String: Any] ?? [:] }

    /// The booking of a reply.
    var booking: [String: Any]? { object["booking"] as? [String: Any] }

    /// The booking's number with its secret; nil where that was not told.
    var link: String? {
        guard let id = booking?["id"], let secret = booking?["secret"] else { return nil }
        return "\(id)/\(secret)"
    }

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
