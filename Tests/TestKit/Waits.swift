// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization
public import Testing

/// Runs tests that wait for programs, servers and clients on threads of their own.
///
/// All tests begin at once, and those that only compute have every thread of the pool until they are
/// done: whoever waits there gets on from one step to the next after all of them. It stands on a whole
/// suite, so that its tests do not even begin there.
public struct Waits: SuiteTrait, TestScoping {
    public func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(OwnThreads.shared) { try await function() }
    }
}

extension Trait where Self == Waits {
    /// For tests that wait for what happens elsewhere.
    public static var waits: Waits { Waits() }
}

/// The threads of tests that wait.
public final class OwnThreads: TaskExecutor {
    public static let shared = OwnThreads()

    /// Each has a thread when it has work; one that is concurrent would have those of the pool.
    private let queues = (1...4).map { DispatchQueue(label: "tests that wait \($0)") }
    private let next = Atomic(0)

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (number, _) = next.wrappingAdd(1, ordering: .relaxed)
        queues[number & 3].async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
