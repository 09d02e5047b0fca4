// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// How long a test waits for what must happen before it fails: the one limit of the whole suite.
///
/// It is far more than the slowest machine needs, so it passes only where something never happens. What
/// happens is waited for itself, and never for a time to pass.
public enum Patience {
    public static let seconds = 1_200
    public static let limit = Duration.seconds(seconds)
    /// As clients are told it.
    public static let milliseconds = seconds * 1_000
}

private let pauses = DispatchQueue(label: "pauses")

/// Lets a while pass before something is tried again; nothing may depend on how long it is.
///
/// Not `Task.sleep`, which comes back by way of the pool.
public func pause(milliseconds: Int) async {
    await withCheckedContinuation { continuation in
        pauses.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { continuation.resume() }
    }
}

/// Whether something comes to be so before patience is at an end; it is looked at again and again.
public func eventually(_ what: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + Patience.limit
    while true {
        if try await what() { return true }
        guard ContinuousClock.now < end else { return false }
        await pause(milliseconds: 20)
    }
}
