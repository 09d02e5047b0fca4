// SPDX-License-Identifier: Apache-2.0

public import Foundation
import PretendedTime
import Synchronization

/// A program that a test has started; whoever waits for it blocks no thread that others need.
///
/// Not by Foundation's `Process`, which reads beyond its list of open files where there are many.
public final class StartedProgram: Sendable {
    /// The variables of the tests that hold for every program they start: what Tests/Sanitizers/run
    /// tells the sanitizers, and the time and zone that Tests/AnyDay/run pretends.
    private static let passedOn: [String: String] = {
        var variables = ProcessInfo.processInfo.environment.filter { name, _ in
            ["ASAN_OPTIONS", "TSAN_OPTIONS", "LD_PRELOAD", "TZ"].contains(name)
                || name.hasPrefix("FAKETIME")
        }
        guard time_is_pretended(), let program = try? Repository.program else { return variables }
        let timers = program.deletingLastPathComponent()
            .appendingPathComponent("libPretendedTime.so").path
        variables["LD_PRELOAD"] = [timers, variables["LD_PRELOAD"]].compactMap { $0 }
            .joined(separator: ":")
        // For the times of files libfaketime has a lock, which a program that is killed would keep.
        variables["NO_FAKE_STAT"] = "1"
        return variables
    }()

    public let id: Int32
    private let ending = Ending()

    /// Starts it in the repository's folder, with the environment of the tests unless another is given.
    ///
    /// What is read and written are files; nothing where none is given.
    public init(
        _ program: URL, _ arguments: [String], environment: [String: String]? = nil,
        input: URL? = nil, output: URL? = nil, errors: URL? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, file) in [input, output, errors].enumerated() {
            posix_spawn_file_actions_addopen(
                &actions, Int32(descriptor), file?.path ?? "/dev/null",
                descriptor == 0 ? O_RDONLY : O_WRONLY | O_APPEND, 0)
        }
        // A socket of another test that the program kept would be open when that test has closed it.
        try Self.closeOthers(&actions)
        // The threads of tests take no signals; the program does.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let variables = (environment ?? ProcessInfo.processInfo.environment)
            .merging(Self.passedOn) { $1 }.map { "\($0.key)=\($0.value)" }
        var id: pid_t = 0
        let inFolder = ["/usr/bin/env", "-C", Repository.root.path, program.path]
        let result = Self.withWords(inFolder + arguments) { words in
            Self.withWords(variables) { variables in
                posix_spawn(&id, inFolder[0], &actions, &attributes, words, variables)
            }
        }
        guard result == 0 else { throw NotStarted(program: program.path, code: result) }
        self.id = id
        // A thread of its own, which nobody else waits for.
        Thread { [id, ending] in
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            // As a shell tells it: 128 and the signal if it was killed by one.
            ending.end(status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F))
        }.start()
    }

    /// Lets a program keep its input, output and errors alone, of all files that are open here.
    ///
    /// By its name: the C library declares it for programs that ask for what only GNU has.
    private static func closeOthers(_ actions: inout posix_spawn_file_actions_t) throws {
        typealias CloseFrom =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
        let name = "posix_spawn_file_actions_addclosefrom_np"
        guard let found = dlsym(nil, name) else {
            throw NotStarted(program: name, code: ENOSYS)
        }
        let code = unsafeBitCast(found, to: CloseFrom.self)(&actions, 3)
        guard code == 0 else { throw NotStarted(program: name, code: code) }
    }

    /// Why a program could not be started.
    public struct NotStarted: Error {
        public let program: String
        /// As `errno` has it.
        public let code: Int32
    }

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
        if isRunning { Foundation.kill(id, SIGTERM) }
    }

    /// Ends it without a word, as a failure of the power would.
    public func kill() {
        if isRunning { Foundation.kill(id, SIGKILL) }
    }

    /// The words as C has them, with a null pointer behind the last.
    private static func withWords<T>(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T
    ) -> T {
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
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
