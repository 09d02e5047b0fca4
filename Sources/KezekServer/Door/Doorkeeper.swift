// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Says which of the connections that come the loops have to look at.
///
/// A loop needs ten times as long for a connection as the kernel needs to close it. So where more come than
/// the loops can look at, the rest is closed at once, and the kernel's own queue stays short: were it full,
/// a caller's first packet would be dropped, and sent again after a second at the earliest.
final class Doorkeeper: Sendable {
    private struct State {
        /// Connections that were taken and that no loop has looked at, altogether and by address.
        var waiting = 0
        var waitingOf: [PeerAddress: Int] = [:]
        /// How often an address has come, where that matters.
        var meters: [PeerAddress: RateMeter] = [:]

        /// Whether there are more strangers than places for them, those that wait counted in.
        func isCrowd(_ places: Int?) -> Bool { places.map { $0 <= waiting } ?? false }
    }

    /// Connections that wait for a loop in a crowd, which is to be short.
    static let waitingInACrowd = 256
    /// Those beyond which an address has one.
    static let waitingForAll = 64
    /// Connections that wait for a loop at the most.
    static let waiting = 1_024
    /// Connections of an address within a second that are looked at in a crowd.
    static let ofAddressPerSecond = 8
    /// Addresses that are remembered at one time.
    static let addressesKept = 4_096

    private let state = Mutex(State())

    /// Addresses that are remembered.
    var addressesRemembered: Int { state.withLock { $0.meters.count } }

    /// Whether another connection is taken from the kernel: there is room for it, or a crowd, in which it
    /// may be closed.
    ///
    /// `places` are those that are left for strangers; nil where nobody is one.
    func takes(places: Int?) -> Bool {
        state.withLock { $0.waiting < Self.waiting || $0.isCrowd(places) }
    }

    /// Whether a connection is looked at, which then waits until it `wasSeen`.
    ///
    /// It is, unless there is a crowd: so many strangers that others have to give way to whoever comes.
    func admits(_ address: PeerAddress, places: Int?, at now: NIODeadline) -> Bool {
        state.withLock { state in
            let here = state.waitingOf[address, default: 0]
            if state.isCrowd(places) {
                let most = here == 0 ? Self.waitingInACrowd : Self.waitingForAll
                guard state.waiting < most,
                    Self.counts(address, in: &state.meters, at: now)
                else { return false }
            }
            state.waiting += 1
            state.waitingOf[address] = here + 1
            return true
        }
    }

    /// A loop has looked at a connection that was admitted.
    func wasSeen(_ address: PeerAddress) {
        state.withLock { state in
            state.waiting -= 1
            guard let here = state.waitingOf[address] else { return }
            state.waitingOf[address] = here > 1 ? here - 1 : nil
        }
    }

    private static func counts(
        _ address: PeerAddress, in meters: inout [PeerAddress: RateMeter], at now: NIODeadline
    ) -> Bool {
        if meters[address] == nil, meters.count >= addressesKept {
            // Whoever has so many addresses is not held up by any of them.
            meters = [:]
        }
        return meters[address, default: RateMeter()].count(perSecond: ofAddressPerSecond, at: now)
            == 0
    }
}
