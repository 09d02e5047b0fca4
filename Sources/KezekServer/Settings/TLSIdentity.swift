// SPDX-License-Identifier: Apache-2.0

public import NIOSSL
import Synchronization

/// The certificate that a server shows, which may be renewed while it runs.
///
/// Connections that are open keep the one they began with.
public final class TLSIdentity: Sendable {
    private struct State {
        var context: NIOSSLContext
        var ends: [String: Int]
    }

    private let state: Mutex<State>

    /// `ends` is when certificates end, in seconds since 1970, by what they are for: `server`,
    /// `client_authority`.
    public init(_ context: NIOSSLContext, ends: [String: Int] = [:]) {
        state = Mutex(State(context: context, ends: ends))
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    var ends: [String: Int] { state.withLock { $0.ends } }

    /// Shows another certificate to whoever connects from now on.
    public func replace(_ context: NIOSSLContext, ends: [String: Int] = [:]) {
        state.withLock { $0 = State(context: context, ends: ends) }
    }
}
