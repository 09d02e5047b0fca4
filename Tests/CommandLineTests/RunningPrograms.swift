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
