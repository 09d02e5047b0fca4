// SPDX-License-Identifier: Apache-2.0

public import NIOCore
import NIOConcurrencyHelpers

/// The desk as another protocol than Kezek's own reaches it: the same calls, callers, limits and end.
///
/// A listener for such a protocol gives each of its connections a ``WebConnection``.
public struct WebDoor: Sendable {
    let desk: CallDesk
    let contexts: Server.Contexts

    /// What the server takes of its peers.
    public var limits: ServerLimits { desk.limits }
    /// The certificate that it shows; nil without TLS.
    public var identity: TLSIdentity? { desk.identity }

    /// What becomes of a connection, told on its loop.
    public struct Events {
        /// It is to be closed at once.
        public var close: () -> Void
        /// The peer is to be told that no further request is taken; what it has asked is still answered.
        public var goAway: () -> Void
        /// It is to be closed once what was written has left.
        public var finish: () -> Void

        public init(
            close: @escaping () -> Void, goAway: @escaping () -> Void,
            finish: @escaping () -> Void
        ) {
            self.close = close
            self.goAway = goAway
            self.finish = finish
        }
    }

    /// Takes a connection, on its loop; nil if there is no room for it, and it is to be closed.
    ///
    /// `isTLS` says whether it begins with a handshake.
    public func connect(
        _ channel: any Channel, isTLS: Bool, _ events: Events
    ) -> WebConnection? {
        guard let context = contexts[ObjectIdentifier(channel.eventLoop)] else { return nil }
        let connection = WebConnection(
            channel, desk, context.value, isTLS: isTLS, events: events)
        return connection.begin() ? connection : nil
    }
}
