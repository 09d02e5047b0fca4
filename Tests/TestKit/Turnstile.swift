// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets so many in at a time, in the order in which they come; whoever waits blocks no thread.
final class Turnstile: Sendable {
    /// For programs that run to their end, and servers until they answer: all tests begin at once, and a
    /// hundred programs would keep each other, and the servers that they ask, from getting on.
    static let programs = Turnstile(room: 4)

    private struct State {
        var room: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(room: Int) { state = Mutex(State(room: room)) }

    func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.room > 0 {
                    state.room -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.room += 1
                return nil as CheckedContinuation<Void, Never>?
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
