// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// What a run of a program left behind.
public struct Run: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String

    /// The output as a JSON object; empty if it is none.
    public var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }

    /// Runs a program to its end, in the repository's folder, when it has its turn.
    ///
    /// It reads `input`; its environment is that of the tests unless another is given.
    public static func of(
        _ program: URL, _ arguments: [String], input: [UInt8] = [],
        environment: [String: String]? = nil
    ) async throws -> Run {
        let folder = try TemporaryDirectory()
        // Files rather than pipes: neither side can wait for the other.
        let files = ["input", "output", "errors"].map { folder.url.appendingPathComponent($0) }
        for file in files { try Data(input).write(to: file) }
        for file in files[1...] { try Data().write(to: file) }
        await Turnstile.programs.enter()
        defer { Turnstile.programs.leave() }
        let started = try StartedProgram(
            program, arguments, environment: environment, input: files[0], output: files[1],
            errors: files[2])
        let status = await started.status()
        // As it stands there: reading a file as a string would drop a byte-order mark.
        func text(_ file: URL) throws -> String {
            String(decoding: try Data(contentsOf: file), as: UTF8.self)
        }
        return Run(status: status, output: try text(files[1]), errors: try text(files[2]))
    }

    /// Runs a program that is found by its name.
    public static func of(
        _ name: String, _ arguments: String..., input: [UInt8] = []
    ) async throws -> Run {
        try await of(
            URL(fileURLWithPath: "/usr/bin/env"), [name] + arguments, input: input)
    }
}
