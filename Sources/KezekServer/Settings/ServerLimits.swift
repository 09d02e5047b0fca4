// SPDX-License-Identifier: Apache-2.0

import Access
import Applications
import CallLimits
import Enquiries
import KezekEngine
import KezekWire
import Queue

/// What a server takes from its peers.
///
/// `Docs/Protocol.md` says what happens beyond each.
public struct ServerLimits: Hashable, Sendable {
    /// Open connections at one time; one more is told so and closed.
    public var connections = CallLimit.connections
    /// Seconds without a request after which a connection is closed.
    public var idleSeconds = CallLimit.idleSeconds
    /// Seconds in which a frame must be whole once its first byte has come.
    public var frameSeconds = CallLimit.frameSeconds
    /// Seconds in which a TLS handshake must be done.
    public var handshakeSeconds = CallLimit.handshakeSeconds
    /// Seconds in which whoever connects must have said who they are, where the server asks.
    public var strangerSeconds = CallLimit.strangerSeconds
    /// Connections of strangers at one time: those that have not said who they are; nil for a quarter of
    /// all, and at least 16.
    public var strangers: Int?
    /// The same from one address, or one IPv6 network of 64 bits.
    public var strangersOfAddress = CallLimit.strangersOfAnAddress
    /// Seconds for which a peer may leave its responses unread.
    public var writeStallSeconds = CallLimit.writeStallSeconds
    /// Seconds that a stopping server gives its connections to finish.
    public var drainSeconds = CallLimit.drainSeconds

    /// Event loops, each a thread of its own; 0 for one per processor.
    public var threads = 0

    public init() {}

    var strangersShare: Int { min(connections, strangers ?? max(16, connections / 4)) }

    /// Connections that may wait in the kernel until they are taken; it allows at most
    /// `net.core.somaxconn`.
    static let backlog: Int32 = 16_384
    /// Memory that a connection may take.
    struct Buffers: Hashable {
        /// Unsent bytes at which no more requests are read.
        let unsentHigh: Int
        /// Unsent bytes at which they are read again.
        let unsentLow: Int
        /// The most bytes that are read at once.
        let reading: Int
    }
    static let buffers = Buffers(
        unsentHigh: CallLimit.unsentBytes, unsentLow: CallLimit.unsentBytes / 4, reading: 256 << 10)
    static let strangerBuffers = Buffers(
        unsentHigh: strangerUnsent, unsentLow: strangerUnsent / 2, reading: strangerFrame)
    /// Bytes of a frame before somebody has said who is calling.
    static let strangerFrame = CallLimit.strangerFrameBytes
    /// Bytes of responses that a stranger may leave unread.
    static let strangerUnsent = CallLimit.strangerUnsentBytes
    /// Bytes of responses that are gathered before they are handed on.
    static let outputChunk = 256 << 10
    /// Bytes of answered requests that a connection's buffer may still hold.
    static let answeredBytesKept = 64 << 10
    /// Requests of one connection that are answered before others have their turn.
    static let requestsPerTurn = 64
    /// Calls of one connection that wait for the disk or for long work; no more are read until some
    /// are answered.
    static let callsInFlight = CallLimit.callsInFlight
    /// Wrong tokens on one connection, the last of which closes it.
    static let wrongTokens = CallLimit.wrongTokens
    /// Milliseconds that the first wrong token waits for its answer; each further one twice as long.
    static let wrongTokenMilliseconds: Int64 = 250
    /// Milliseconds after which a peer for whom there was no connection may try again.
    static let fullPause: UInt32 = 1_000
    /// Bytes of a message that another protocol brings.
    static let frame = CallLimit.requestFrameBytes
    /// Bytes of requests that one connection of another protocol may have begun and not finished.
    static let gatheredBytes = CallLimit.webGatheredBytes
    /// Different tokens that the requests of one such connection may show.
    static let tokensOfAConnection = CallLimit.webTokens
    /// Watches of one kind, of health or of boards and lists, on one connection.
    static let watches = CallLimit.watches

    /// The limits as `Describe` tells them: those that are declared, with what the operator has set.
    var described: [ServerDescription.Limit] {
        let set = [
            "connections": connections, "idle_seconds": idleSeconds, "frame_seconds": frameSeconds,
            "handshake_seconds": handshakeSeconds, "stranger_seconds": strangerSeconds,
            "strangers": strangersShare, "strangers_of_an_address": strangersOfAddress,
            "write_stall_seconds": writeStallSeconds, "drain_seconds": drainSeconds,
        ]
        return CallLimit.all.map { limit in
            ServerDescription.Limit(
                name: limit.name,
                value: set[limit.name].map { UInt32(clamping: $0) } ?? limit.value)
        }
    }
}
