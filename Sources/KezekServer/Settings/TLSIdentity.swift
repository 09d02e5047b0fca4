// SPDX-License-Identifier: Apache-2.0

public import NIOSSL
import Synchronization

/// The certificate that a server shows, which may be renewed while it runs.
///
/// Connections that are open keep the one they began with.
public final class TLSIdentity: Sendable {
    private let current: Mutex<NIOSSLContext>

    public init(_ context: NIOSSLContext) { current = Mutex(context) }

    var context: NIOSSLContext { current.withLock { $0 } }

    /// Shows another certificate to whoever connects from now on.
    public func replace(_ context: NIOSSLContext) { current.withLock { $0 = context } }
}
