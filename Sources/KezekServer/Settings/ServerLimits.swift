// SPDX-License-Identifier: Apache-2.0

import Access
import Applications
import Enquiries
import KezekEngine
import KezekWire
import Queue

/// What a server takes from its peers.
///
/// `Docs/Protocol.md` says what happens beyond each.
public struct ServerLimits: Hashable, Sendable {
    /// Open connections at one time; one more is told so and closed.
    public var connections = 10_000
    /// Seconds without a request after which a connection is closed.
    public var idleSeconds = 900
    /// Seconds in which a frame must be whole once its first byte has come.
    public var frameSeconds = 30
    /// Seconds in which a TLS handshake must be done.
    public var handshakeSeconds = 10
    /// Seconds in which whoever connects must have said who they are, where the server asks.
    public var strangerSeconds = 10
    /// Connections of strangers at one time: those that have not said who they are; nil for a quarter of
    /// all, and at least 16.
    public var strangers: Int?
    /// The same from one address, or one IPv6 network of 64 bits.
    public var strangersOfAddress = 128
    /// Seconds for which a peer may leave its responses unread.
    public var writeStallSeconds = 30
    /// Seconds that a stopping server gives its connections to finish.
    public var drainSeconds = 10

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
        unsentHigh: 1 << 20, unsentLow: 256 << 10, reading: 256 << 10)
    static let strangerBuffers = Buffers(
        unsentHigh: strangerUnsent, unsentLow: strangerUnsent / 2, reading: strangerFrame)
    /// Bytes of a frame before somebody has said who is calling.
    static let strangerFrame = 4_096
    /// Bytes of responses that a stranger may leave unread.
    static let strangerUnsent = 8_192
    /// Bytes of responses that are gathered before they are handed on.
    static let outputChunk = 256 << 10
    /// Bytes of answered requests that a connection's buffer may still hold.
    static let answeredBytesKept = 64 << 10
    /// Requests of one connection that are answered before others have their turn.
    static let requestsPerTurn = 64
    /// Calls of one connection that wait for the disk or for long work; no more are read until some
    /// are answered.
    static let callsInFlight = 1_024
    /// Wrong tokens on one connection, the last of which closes it.
    static let wrongTokens = 5
    /// Milliseconds that the first wrong token waits for its answer; each further one twice as long.
    static let wrongTokenMilliseconds: Int64 = 250
    /// Milliseconds after which a peer for whom there was no connection may try again.
    static let fullPause: UInt32 = 1_000
    /// Watches of one kind, of health or of boards and lists, on one connection.
    static let watches = 16

    /// The limits as `Describe` tells them.
    var described: [ServerDescription.Limit] {
        func limit(_ name: String, _ value: Int) -> ServerDescription.Limit {
            ServerDescription.Limit(name: name, value: UInt32(clamping: value))
        }
        return [
            limit("request_frame_bytes", WireLimits.requestFrame),
            limit("response_frame_bytes", WireLimits.responseFrame),
            limit("decoded_request_bytes", WireLimits.decodedRequest),
            limit("name_bytes", WireLimits.name),
            limit("wrong_tokens", ServerLimits.wrongTokens),
            limit("suspensions", WireLimits.suspensions),
            limit("due_dates_rows", DueDatesQuestion.rowLimit),
            limit("calendar_days", CalendarDaysQuestion.dayLimit),
            limit("connections", connections),
            limit("idle_seconds", idleSeconds),
            limit("frame_seconds", frameSeconds),
            limit("handshake_seconds", handshakeSeconds),
            limit("stranger_frame_bytes", ServerLimits.strangerFrame),
            limit("stranger_seconds", strangerSeconds),
            limit("strangers", strangersShare),
            limit("strangers_of_an_address", strangersOfAddress),
            limit("write_stall_seconds", writeStallSeconds),
            limit("calls_per_second", AccessEntry.usualRate),
            limit("connections_of_an_entry", AccessEntry.usualConnections),
            limit("drain_seconds", drainSeconds),
            limit("watches", ServerLimits.watches),
            limit("calls_in_flight", ServerLimits.callsInFlight),
            limit("slots_dates", SlotsQuestion.dateLimit),
            limit("commands_in_flight", QueueEngine.Limits.inFlight),
            limit("documents", WireLimits.documents),
            limit("working_list_lines", WorkingList.lineLimit),
            limit("punctuality_days", PunctualityQuestion.dayLimit),
            limit("calendar_text_bytes", DecreeCommand.textLimit),
            limit("decree_clocks", DecreeEffects.clockLimit),
        ]
    }
}
