// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Says which of the connections that come the loops have to look at.
///
/// A loop needs ten times as long for a connection as the kernel needs to close it. So where more come than
/// the loops can look at, the rest is closed at once, and the kernel's own queue stays short: were it full,
/// a caller's first packet would be dropped, and sent again after a second at the earliest.
final class Doorkeeper: Sendable {
    /// What becomes of a connection.
    enum Admission: Hashable {
        case closed
        /// A loop looks at it; sooner if its address comes seldom.
        case waits(isSeldom: Bool)
    }

    private struct State {
        /// Connections that were taken and that no loop has looked at, altogether and by address.
        var waiting = 0
        var waitingOf: [PeerAddress: Int] = [:]
        /// How often an address has come, where that matters.
        var meters: [PeerAddress: RateMeter] = [:]
        /// How long the one had waited that a loop has looked at last.
        var delay = TimeAmount.zero
        /// Whether the kernel's queue fills up.
        var isFilling = false

        /// Whether some are closed: there are more strangers than places for them, those that wait counted
        /// in, or more come than the loops can look at.
        func isCrowd(_ places: Int?) -> Bool {
            guard let places else { return false }
            return places <= waiting || isFilling || delay >= Doorkeeper.longestDelay
        }
    }

    /// Connections that wait for a loop in a crowd beyond which an address has one, and beyond which it has
    /// none unless it comes seldom.
    static let waitingForAll = 64
    static let waitingInACrowd = 256
    /// Connections that wait for a loop at the most, and without a crowd, so that there is room for those who
    /// come seldom.
    static let waiting = 1_024
    static let waitingWithoutACrowd = 768
    /// Connections of an address within a second that are looked at in a crowd.
    static let ofAddressPerSecond = 8
    /// Of which so many are left to whoever comes seldom.
    static let leftToSeldom = 4.0
    /// Addresses that are remembered at one time.
    static let addressesKept = 4_096
    /// When a loop comes to a connection so late there is a crowd.
    static let longestDelay = TimeAmount.milliseconds(250)

    private let state = Mutex(State())

    /// Addresses that are remembered.
    var addressesRemembered: Int { state.withLock { $0.meters.count } }

    /// How many connections wait in the kernel, and how many it has room for.
    ///
    /// With a quarter of them there is a crowd, until hardly any is left.
    func kernel(has queued: Int, of room: Int) {
        state.withLock { state in
            state.isFilling = queued >= (state.isFilling ? room / 16 : room / 4)
        }
    }

    /// Whether another connection is taken from the kernel: there is room for it, or a crowd, in which it
    /// may be closed.
    ///
    /// `places` are those that are left for strangers; nil where nobody is one.
    func takes(places: Int?) -> Bool {
        state.withLock { $0.waiting < Self.waitingWithoutACrowd || $0.isCrowd(places) }
    }

    /// Whether a connection is looked at, which then waits until it `wasSeen`.
    ///
    /// It is, unless there is a crowd: so many strangers that others have to give way to whoever comes.
    func admits(_ address: PeerAddress, places: Int?, at now: NIODeadline) -> Admission {
        state.withLock { state in
            let here = state.waitingOf[address, default: 0]
            var isSeldom = false
            if state.isCrowd(places) {
                guard let left = Self.count(address, in: &state.meters, at: now) else {
                    return .closed
                }
                isSeldom = here == 0 && left >= Self.leftToSeldom
                let most =
                    isSeldom
                    ? Self.waiting : here == 0 ? Self.waitingInACrowd : Self.waitingForAll
                guard state.waiting < most else { return .closed }
            }
            state.waiting += 1
            state.waitingOf[address] = here + 1
            return .waits(isSeldom: isSeldom)
        }
    }

    /// A loop has looked at a connection that was admitted, after it had waited so long.
    func wasSeen(_ address: PeerAddress, after delay: TimeAmount = .zero) {
        state.withLock { state in
            state.waiting -= 1
            state.delay = state.waiting == 0 ? .zero : delay
            guard let here = state.waitingOf[address] else { return }
            state.waitingOf[address] = here > 1 ? here - 1 : nil
        }
    }

    /// Counts that an address has come; how often it still may, and nil if it has too often.
    private static func count(
        _ address: PeerAddress, in meters: inout [PeerAddress: RateMeter], at now: NIODeadline
    ) -> Double? {
        if meters[address] == nil, meters.count >= addressesKept {
            // Whoever has so many addresses is not held up by any of them.
            meters = [:]
        }
        let rate = ofAddressPerSecond
        return meters[address, default: RateMeter()].count(perSecond: rate, at: now) == 0
            ? meters[address]?.left : nil
    }
}
