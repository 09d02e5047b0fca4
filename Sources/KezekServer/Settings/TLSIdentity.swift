// SPDX-License-Identifier: Apache-2.0

public import NIOSSL
import Synchronization

/// The certificate that a server shows, which may be renewed while it runs.
///
/// Connections that are open keep the one they began with.
public final class TLSIdentity: Sendable {
    private struct State {
        var context: NIOSSLContext
        /// Of the same certificate, for HTTP.
        var web: NIOSSLContext?
        var ends: [String: Int]
        /// Why its files could not be read anew; nil if they could.
        var fileTrouble: String?
    }

    private let state: Mutex<State>

    /// `web` is of the same certificate, and offers the protocols of HTTP.
    ///
    /// `ends` is when certificates end, in seconds since 1970, by what they are for: `server`,
    /// `client_authority`.
    public init(
        _ context: NIOSSLContext, web: NIOSSLContext? = nil, ends: [String: Int] = [:]
    ) {
        state = Mutex(State(context: context, web: web, ends: ends))
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    var webContext: NIOSSLContext { state.withLock { $0.web ?? $0.context } }

    var ends: [String: Int] { state.withLock { $0.ends } }

    var fileTrouble: String? { state.withLock { $0.fileTrouble } }

    /// Notes what became of the files of the certificate.
    public func noteFiles(_ trouble: String?) { state.withLock { $0.fileTrouble = trouble } }

    /// Shows another certificate to whoever connects from now on.
    public func replace(
        _ context: NIOSSLContext, web: NIOSSLContext? = nil, ends: [String: Int] = [:]
    ) {
        state.withLock { $0 = State(context: context, web: web, ends: ends) }
    }
}
