// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// Runs the program, in the repository's folder.
func kezek(_ arguments: String..., input: String = "") async throws -> Run {
    try await kezek(arguments, input: input)
}

func kezek(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
) async throws -> Run {
    try await kezek(arguments, bytes: Array(input.utf8), environment: environment)
}

func kezek(
    _ arguments: [String], bytes: [UInt8], environment: [String: String] = [:]
) async throws -> Run {
    try await Run.of(
        try Repository.program, arguments, input: bytes,
        environment: [
            "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "KEZEK_PATIENCE": "\(Patience.seconds)",
        ].merging(environment) { $1 })
}

/// What a server tells whoever watches it: its page of metrics.
func metricsPage(_ server: StartedServer) async throws -> String {
    try await metricsPage(at: try #require(server.metrics))
}

/// The page at an address, as `127.0.0.1:40001`.
func metricsPage(at address: String) async throws -> String {
    let port = try #require(address.split(separator: ":").last)
    let asks =
        "exec 3<>/dev/tcp/127.0.0.1/\(port); printf 'GET /metrics HTTP/1.1\\r\\nHost: a\\r\\n"
        + "Connection: close\\r\\n\\r\\n' >&3; cat <&3"
    return try await Run.of("bash", "-c", asks).output
}

/// A server of the built program that keeps no journal.
struct RunningServer {
    private let folder: TemporaryDirectory
    private let server: StartedServer

    init() async throws {
        folder = try TemporaryDirectory()
        server = try await StartedServer([], log: folder.url.appendingPathComponent("log"))
    }

    var address: String { server.address }
    var lines: String { server.lines }

    /// Asks it to stop, and tells its status.
    func stop() async -> Int32 { await server.stop() }
}
