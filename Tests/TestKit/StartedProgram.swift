// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Synchronization

/// A program that a test has started; whoever waits for it blocks no thread.
public final class StartedProgram: Sendable {
    /// The variables that hold for the programs that tests start as they do for the tests: what
    /// Tests/Sanitizers/run tells the sanitizers, and the time and zone that Tests/AnyDay/run pretends.
    public static let passedOn = ProcessInfo.processInfo.environment.filter { name, _ in
        ["ASAN_OPTIONS", "TSAN_OPTIONS", "LD_PRELOAD", "TZ", "NO_FAKE_STAT"].contains(name)
            || name.hasPrefix("FAKETIME")
    }

    private let process: Process
    private let ending = Ending()

    /// Starts it in the repository's folder, with the environment of the tests unless another is given.
    public init(
        _ program: URL, _ arguments: [String], environment: [String: String]? = nil,
        input: FileHandle? = nil, output: FileHandle? = nil, errors: FileHandle? = nil
    ) throws {
        process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = Repository.root
        if let environment { process.environment = environment }
        process.standardInput = input ?? FileHandle.nullDevice
        if let output { process.standardOutput = output }
        if let errors { process.standardError = errors }
        process.terminationHandler = { [ending] in ending.end($0.terminationStatus) }
        try process.run()
    }

    public var id: Int32 { process.processIdentifier }
    public var isRunning: Bool { ending.status == nil }

    /// The status with which it ends; it is killed if it goes on until patience is at an end.
    public func status() async -> Int32 {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Patience.seconds)) {
            [weak self] in self?.kill()
        }
        return await withCheckedContinuation { ending.wait($0) }
    }

    /// Asks it to end.
    public func terminate() {
        if isRunning { process.terminate() }
    }

    /// Ends it without a word, as a failure of the power would.
    public func kill() {
        if isRunning { Foundation.kill(id, SIGKILL) }
    }

    /// Whether and how it has ended, and who waits for that.
    private final class Ending: Sendable {
        private struct State {
            var status: Int32?
            var waiting: [CheckedContinuation<Int32, Never>] = []
        }

        private let state = Mutex(State())

        var status: Int32? { state.withLock { $0.status } }

        func wait(_ continuation: CheckedContinuation<Int32, Never>) {
            let status = state.withLock { state in
                if state.status == nil { state.waiting.append(continuation) }
                return state.status
            }
            if let status { continuation.resume(returning: status) }
        }

        func end(_ status: Int32) {
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                state.status = status
                return state.waiting
            }
            for continuation in waiting { continuation.resume(returning: status) }
        }
    }
}
