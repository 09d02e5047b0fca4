// SPDX-License-Identifier: Apache-2.0

public import KezekWire
public import NIOSSL

/// How a client reaches its server.
public struct ClientSettings: Sendable {
    public var endpoint: Endpoint
    /// The certificates to trust; nil for plain TCP.
    public var tls: NIOSSLContext?
    /// The name to check the server's certificate for; nil for the endpoint's host.
    public var tlsServerName: String?
    /// Who calls, as the server's operator has given it out; nil for a server that asks nobody.
    public var token: String?
    /// Connections to keep, used in turn.
    ///
    /// Calls on one connection are pipelined.
    public var connections = 1
    /// Milliseconds that a call may take, connecting and repeating included; of a watch, that its first
    /// answer may take.
    public var deadlineMilliseconds = 10_000
    /// Milliseconds for which connecting is tried again when nobody listens.
    public var connectMilliseconds = 10_000
    /// How often a call is sent at most before its last failure is told; by default as often as its
    /// deadline lets it.
    public var attempts = Int.max
    /// Milliseconds to wait before the first repetition; doubled for each further one.
    public var firstRetryMilliseconds = 20
    /// Milliseconds without a byte after which a watch asks whether its server is still there; what
    /// does not answer within the deadline of a call is lost.
    public var watchSilenceMilliseconds = 15_000
    /// Milliseconds after which bytes that nobody has acknowledged end a connection, and after which a
    /// connection without any is tried; where the system has a way to do so.
    public var unacknowledgedMilliseconds = 20_000
    /// The most values of a watch that wait to be taken before no more are read: the server then merges
    /// what it has to tell.
    public var watchBuffer = 8

    public init(endpoint: Endpoint, tls: NIOSSLContext? = nil) {
        self.endpoint = endpoint
        self.tls = tls
    }
}
