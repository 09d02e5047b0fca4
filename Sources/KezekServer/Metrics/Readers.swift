// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Who reads the metrics at the moment.
///
/// Whoever has connected and not asked gives way to one that comes later, so nobody is kept out by idle
/// connections.
final class Readers: Sendable {
    private struct Reader {
        let number: UInt64
        let address: PeerAddress
        let close: @Sendable () -> Void
        var hasAsked = false
    }

    private struct State {
        var last: UInt64 = 0
        /// In the order in which they came.
        var readers: [Reader] = []
    }

    private let state = Mutex(State())

    /// A reader's number; nil if there are as many as there may be, and all have asked.
    ///
    /// `close` closes its connection, from any thread.
    func enter(_ address: PeerAddress, close: @escaping @Sendable () -> Void) -> UInt64? {
        let (number, replaced) = state.withLock { state -> (UInt64?, Reader?) in
            let isFull = state.readers.count >= MetricsSettings.connections
            let ofAddress = state.readers.count { $0.address == address }
            var replaced: Reader?
            // Whoever has as many as an address may have takes none from another one.
            let mayHaveMore = ofAddress < MetricsSettings.connectionsOfAddress
            if isFull || !mayHaveMore {
                let place = state.readers.firstIndex {
                    !$0.hasAsked && (mayHaveMore || $0.address == address)
                }
                guard let place else { return (nil, nil) }
                replaced = state.readers.remove(at: place)
            }
            state.last += 1
            state.readers.append(Reader(number: state.last, address: address, close: close))
            return (state.last, replaced)
        }
        replaced?.close()
        return number
    }

    /// A reader's request is there.
    func asked(_ number: UInt64) {
        state.withLock { state in
            guard let place = state.readers.firstIndex(where: { $0.number == number }) else {
                return
            }
            state.readers[place].hasAsked = true
        }
    }

    func leave(_ number: UInt64) {
        state.withLock { state in state.readers.removeAll { $0.number == number } }
    }
}
