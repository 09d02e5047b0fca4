// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Connections that have not said who they are, where the server asks: a share of all, and so many of an
/// address; and the addresses that wrong tokens came from.
final class Strangers: Sendable {
    /// What a connection that comes is told.
    enum Admission: Hashable {
        /// It is counted until it leaves.
        case admitted
        /// All strangers together are as many as there may be.
        case shareIsFull
        case addressIsFull
    }

    private struct Failures {
        var count: Int
        var last: NIODeadline
    }

    private struct State {
        var count = 0
        var byAddress: [PeerAddress: Int] = [:]
        var failures: [PeerAddress: Failures] = [:]
    }

    private let share: Int
    private let ofAddress: Int
    private let state = Mutex(State())

    init(share: Int, ofAddress: Int) {
        self.share = share
        self.ofAddress = ofAddress
    }

    /// Addresses of which wrong tokens are remembered.
    var addressesRemembered: Int { state.withLock { $0.failures.count } }

    /// Strangers that are connected now.
    var count: Int { state.withLock { $0.count } }

    /// Places that are left for them.
    var places: Int { share - count }

    func admit(_ address: PeerAddress) -> Admission {
        state.withLock { state in
            guard state.count < share else { return .shareIsFull }
            let here = state.byAddress[address, default: 0]
            // Whoever may open a Unix socket is this machine's: there is one address for all of them.
            guard here < ofAddress || address == .local else { return .addressIsFull }
            state.count += 1
            state.byAddress[address] = here + 1
            return .admitted
        }
    }

    /// A connection that was admitted has said who it is, or is gone.
    func leave(_ address: PeerAddress) {
        state.withLock { state in
            state.count -= 1
            guard let here = state.byAddress[address] else { return }
            state.byAddress[address] = here > 1 ? here - 1 : nil
        }
    }

    /// A token or certificate of the address has let nobody in.
    func failed(_ address: PeerAddress, at now: NIODeadline) {
        state.withLock { state in
            if state.failures[address] == nil, state.failures.count >= Self.addressesKept {
                state.failures = state.failures.filter { now - $0.value.last < Self.remembered }
                // An attacker with so many addresses is not slowed by any of them.
                if state.failures.count >= Self.addressesKept { state.failures = [:] }
            }
            var failures = state.failures[address] ?? Failures(count: 0, last: now)
            if now - failures.last >= Self.remembered { failures.count = 0 }
            failures.count += 1
            failures.last = now
            state.failures[address] = failures
        }
    }

    /// How long a token of the address waits before it is looked at, right or wrong: were right ones
    /// looked at sooner, the wait would tell the wrong ones at once.
    func pause(of address: PeerAddress, at now: NIODeadline) -> TimeAmount {
        state.withLock { state in
            guard let failures = state.failures[address],
                now - failures.last < Self.remembered, failures.count > Self.freeFailures
            else { return .zero }
            return Self.pause
        }
    }

    /// Wrong tokens of an address before its tokens wait.
    static let freeFailures = 8
    static let pause = TimeAmount.seconds(1)
    /// How long after the last wrong one they are forgotten.
    static let remembered = TimeAmount.minutes(1)
    /// Addresses that are remembered at one time.
    static let addressesKept = 4_096
}
