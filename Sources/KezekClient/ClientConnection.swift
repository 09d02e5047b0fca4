// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import Texts

/// One connection with the calls that wait for their responses on it.
final class ClientConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ResponseHandler>

    private init(channel: any Channel, handler: NIOLoopBound<ResponseHandler>) {
        self.channel = channel
        self.handler = handler
    }

    /// Connects, and with TLS shakes hands.
    static func open(
        _ settings: ClientSettings, group: any EventLoopGroup, timeout: TimeAmount
    ) async throws(ClientError) -> ClientConnection {
        let endpoint = settings.endpoint
        // Kept here, as a channel that the server has closed at once has them no more. A name may have
        // several addresses, and each that is tried is a channel.
        let handlers = NIOLockedValueBox<[ObjectIdentifier: NIOLoopBound<ResponseHandler>]>([:])
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(timeout)
            .channelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 2048, initial: 8192, maximum: 256 << 10)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls = settings.tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(
                                context: tls,
                                serverHostname: settings.tlsServerName ?? endpoint.serverName))
                    }
                    let handler = ResponseHandler()
                    try channel.pipeline.syncOperations.addHandler(handler)
                    let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                    handlers.withLockedValue { $0[ObjectIdentifier(channel)] = bound }
                }
            }
        do {
            let channel: any Channel =
                switch endpoint {
                case .tcp(let host, let port):
                    try await bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
                        .connect(host: host, port: port).get()
                case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
                }
            guard let handler = handlers.withLockedValue({ $0[ObjectIdentifier(channel)] }) else {
                throw ClientError.connectionLost(endpoint)
            }
            let connection = ClientConnection(channel: channel, handler: handler)
            if let token = settings.token {
                try await connection.authenticate(token, endpoint, timeout)
            }
            return connection
        } catch let error as ClientError {
            throw error
        } catch {
            throw .cannotConnect(endpoint, "\(error)")
        }
    }

    /// Says who calls, before anything else is asked.
    private func authenticate(
        _ token: String, _ endpoint: Endpoint, _ timeout: TimeAmount
    ) async throws(ClientError) {
        let result = await withCheckedContinuation { continuation in
            _ = send(.authenticate(token: token), .en, deadline: .now() + timeout) {
                continuation.resume(returning: $0)
            }
        }
        let failure: ClientError
        switch result {
        case .success(let response):
            guard case .failure(let refusal) = response.result else { return }
            failure = .refused(refusal)
        case .failure(.handshake(let why)): failure = .notTrusted(endpoint, why)
        case .failure(.refused(let refusal)): failure = .refused(refusal)
        case .failure(.timedOut): failure = .timedOut(endpoint)
        case .failure(.badResponse): failure = .badResponse(endpoint)
        case .failure(.tooLarge): failure = .requestTooLarge
        case .failure(.cancelled): failure = .cancelled
        case .failure(.lost): failure = .connectionLost(endpoint)
        }
        await close()
        throw failure
    }

    /// Whether new calls may use it.
    var isUsable: Bool {
        get async {
            guard channel.isActive else { return false }
            let handler = handler
            let retired = try? await channel.eventLoop.submit { handler.value.isRetired }.get()
            return retired == false
        }
    }

    /// Sends a call; the responses go to `receive`, until it returns false or the last was given.
    func send(
        _ call: Call, _ language: Language, deadline: NIODeadline,
        receive: @escaping @Sendable (Result<WireResponse, CallFailure>) -> Void
    ) -> CallHandle {
        let handle = CallHandle(channel: channel, handler: handler)
        let handler = handler
        channel.eventLoop.execute {
            handler.value.send(
                call, language, deadline: deadline, token: ObjectIdentifier(handle),
                receive: receive)
        }
        return handle
    }

    func close() async {
        try? await channel.close()
    }
}

/// How a call on a connection can fail.
enum CallFailure: Error {
    case lost, timedOut, badResponse, tooLarge, cancelled
    /// TLS was not agreed on.
    case handshake(String)
    /// The server takes no calls on this connection, for this reason.
    case refused(Refusal)
}

/// A call that was sent, for giving it up.
final class CallHandle: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ResponseHandler>

    init(channel: any Channel, handler: NIOLoopBound<ResponseHandler>) {
        self.channel = channel
        self.handler = handler
    }

    /// Gives the call up; its responses are dropped.
    func cancel() {
        let handler = handler
        channel.eventLoop.execute { [self] in handler.value.cancel(token: ObjectIdentifier(self)) }
    }
}

extension Endpoint {
    /// The name that a certificate must be for; nil for an address in digits, which TLS does not
    /// send.
    fileprivate var serverName: String? {
        guard case .tcp(let host, _) = self, (try? SocketAddress(ipAddress: host, port: 0)) == nil
        else { return nil }
        return host
    }
}
