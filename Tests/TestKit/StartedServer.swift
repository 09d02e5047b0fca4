// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A server of the built program on a port of its own.
public final class StartedServer: Sendable {
    /// Where it answers, as `127.0.0.1:40001`.
    public let address: String
    private let program: StartedProgram
    private let log: URL

    /// Starts it with further arguments, and waits until it answers.
    ///
    /// Its log is written to the file named; `files` limits how many files it may have open. `within` is a
    /// program that starts it in surroundings of their own, as `unshare` does.
    public init(
        _ arguments: [String], log: URL, files: Int? = nil, within: [String] = []
    ) async throws {
        self.log = log
        try Data().write(to: log)
        let program = try Repository.program.path
        let all = within + [program, "serve", "--listen", "127.0.0.1:0"] + arguments
        await Turnstile.programs.enter()
        defer { Turnstile.programs.leave() }
        let limit = files.map { "ulimit -n \($0) && " } ?? ""
        let started = try StartedProgram(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", limit + "exec \"$0\" \"$@\""] + all, errors: log)
        self.program = started
        var found: String?
        _ = try await eventually {
            let text = try String(contentsOf: log, encoding: .utf8)
            found = text.firstMatch(of: /address=(127\.0\.0\.1:\d+)/).map { String($0.1) }
            return found != nil || !started.isRunning
        }
        guard let found else {
            throw NotStarted(log: try String(contentsOf: log, encoding: .utf8))
        }
        address = found
    }

    /// It has ended instead of answering, or did not begin to.
    public struct NotStarted: Error {
        public let log: String
    }

    public var id: Int32 { program.id }

    /// What it has logged.
    public var lines: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Where it tells its metrics; nil if it does not.
    public var metrics: String? {
        lines.firstMatch(of: /at=(127\.0\.0\.1:\d+)/).map { String($0.1) }
    }

    /// Asks it to stop, and tells its status.
    @discardableResult
    public func stop() async -> Int32 {
        program.terminate()
        return await program.status()
    }

    /// Ends it without a word, as a failure of the power would.
    public func kill() async {
        program.kill()
        _ = await program.status()
    }

    deinit { program.kill() }
}
