// SPDX-License-Identifier: Apache-2.0

import KezekWire
import NIOConcurrencyHelpers
import NIOCore

/// What the connections of one event loop share: memory for messages, counters, and each other.
///
/// Only its loop's thread touches it, the counters excepted.
final class LoopContext {
    let requests = Arena(limit: WireLimits.decodedRequest)
    let responses = Arena(limit: WireLimits.decodedResponse)
    let statistics: NIOLockedValueBox<LoopStatistics>
    /// The open connections of this loop, by the handler's identity.
    var connections: [ObjectIdentifier: ConnectionHandler] = [:]
    /// Samples of the batch at hand; kept for its storage.
    var samples: [LoopStatistics.Sample] = []

    init(statistics: NIOLockedValueBox<LoopStatistics>) { self.statistics = statistics }
}
