// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import Queue
import Texts

/// One connection with the calls that wait for their responses on it.
final class ClientConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ResponseHandler>
    private let health: ConnectionHealth

    private init(
        channel: any Channel, handler: NIOLoopBound<ResponseHandler>, health: ConnectionHealth
    ) {
        self.channel = channel
        self.handler = handler
        self.health = health
    }

    /// What a channel was given before it was connected.
    private struct Made {
        let channel: any Channel
        let handler: NIOLoopBound<ResponseHandler>
        let health: ConnectionHealth
    }

    /// Connects, shakes hands where there is TLS, and says who calls, all before the deadline.
    ///
    /// Whom the server does not let in it tells so in `language`. Cancelling the task ends it at once.
    static func open(
        _ settings: ClientSettings, in language: Language, group: any EventLoopGroup,
        deadline: NIODeadline
    ) async throws(ClientError) -> ClientConnection {
        let endpoint = settings.endpoint
        // Kept here, as a channel that the server has closed at once has them no more. A name may have
        // several addresses, and each that is tried is a channel.
        let attempts = Attempts()
        let bootstrap = bootstrap(settings, group, deadline, attempts)
        do {
            let channel: any Channel = try await withTaskCancellationHandler {
                switch endpoint {
                case .tcp(let host, let port):
                    return try await tuned(bootstrap, settings).connect(host: host, port: port)
                        .get()
                case .unix(let path):
                    return try await bootstrap.connect(unixDomainSocketPath: path).get()
                }
            } onCancel: {
                attempts.cancel()
            }
            guard let made = attempts.made(channel) else {
                throw ClientError.connectionLost(endpoint)
            }
            let connection = ClientConnection(
                channel: channel, handler: made.handler, health: made.health)
            if Task.isCancelled {
                connection.end()
                throw ClientError.cancelled
            }
            if let token = settings.token {
                try await connection.authenticate(token, language, endpoint, deadline)
            }
            return connection
        } catch let error as ClientError {
            throw error
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw .cannotConnect(endpoint, ConnectFailure(error))
        }
    }

    private static func bootstrap(
        _ settings: ClientSettings, _ group: any EventLoopGroup, _ deadline: NIODeadline,
        _ attempts: Attempts
    ) -> ClientBootstrap {
        ClientBootstrap(group: group)
            .connectTimeout(max(.milliseconds(1), deadline - .now()))
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
                                serverHostname: settings.tlsServerName
                                    ?? settings.endpoint.serverName))
                    }
                    let health = ConnectionHealth()
                    let handler = ResponseHandler(health, shakesHands: settings.tls != nil)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    attempts.add(
                        channel, NIOLoopBound(handler, eventLoop: channel.eventLoop), health)
                }
            }
    }

    /// The same for TCP: a peer that is gone is found out by the system.
    private static func tuned(
        _ bootstrap: ClientBootstrap, _ settings: ClientSettings
    ) -> ClientBootstrap {
        let bootstrap = bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
        #if os(Linux)
        // TCP_USER_TIMEOUT, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT (tcp(7)).
        let milliseconds = max(1_000, settings.unacknowledgedMilliseconds)
        let seconds = max(1, milliseconds / 4_000)
        let options: [(CInt, SocketOptionValue)] = [
            (18, milliseconds), (4, seconds), (5, seconds), (6, 3),
        ]
        return options.reduce(bootstrap) {
            $0.channelOption(.tcpOption(NIOBSDSocket.Option(rawValue: $1.0)), value: $1.1)
        }
        #else
        return bootstrap
        #endif
    }

    /// The channels that are tried.
    private final class Attempts: Sendable {
        private let state = NIOLockedValueBox<(made: [Made], isCancelled: Bool)>(([], false))

        func add(
            _ channel: any Channel, _ handler: NIOLoopBound<ResponseHandler>,
            _ health: ConnectionHealth
        ) {
            let isCancelled = state.withLockedValue { state in
                state.made.append(Made(channel: channel, handler: handler, health: health))
                return state.isCancelled
            }
            if isCancelled { channel.close(promise: nil) }
        }

        func made(_ channel: any Channel) -> Made? {
            state.withLockedValue { $0.made.first { $0.channel === channel } }
        }

        func cancel() {
            let made = state.withLockedValue { state in
                state.isCancelled = true
                return state.made
            }
            for made in made { made.channel.close(promise: nil) }
        }
    }

    /// Says who calls, before anything else is asked.
    private func authenticate(
        _ token: String, _ language: Language, _ endpoint: Endpoint, _ deadline: NIODeadline
    ) async throws(ClientError) {
        let result = await answer(
            to: .authenticate(token: Secret(token)), language, deadline: deadline)
        let failure: ClientError
        switch result {
        case .success(let response):
            guard case .failure(let refusal) = response.result else { return }
            failure = .refused(refusal)
        case .failure(let why): failure = why.error(at: endpoint)
        }
        end()
        throw failure
    }

    /// Whether new calls may use it.
    var isUsable: Bool { channel.isActive && health.isUsable }

    /// The only response to a call, or why there is none; the task's cancelling gives it up.
    func answer(
        to call: Call, showing proof: BookingProof? = nil, _ language: Language,
        deadline: NIODeadline
    ) async -> Result<WireResponse, CallFailure> {
        let started = Started()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A unary call is answered once, or fails once.
                started.set(
                    send(call, showing: proof, language, deadline: deadline) {
                        continuation.resume(returning: $0)
                    })
            }
        } onCancel: {
            started.cancel()
        }
    }

    /// Sends a call; the responses go to `receive`, until the last was given or it failed.
    func send(
        _ call: Call, showing proof: BookingProof? = nil, _ language: Language,
        deadline: NIODeadline,
        receive: @escaping @Sendable (Result<WireResponse, CallFailure>) -> Void
    ) -> CallHandle {
        let handle = CallHandle(channel: channel, handler: handler)
        let handler = handler
        channel.eventLoop.execute {
            handler.value.send(
                call, showing: proof, language, deadline: deadline,
                token: ObjectIdentifier(handle),
                receive: receive)
        }
        return handle
    }

    /// Asks after so much silence whether the server is still there, and ends the connection if it
    /// does not say so in time.
    func probe(after silence: TimeAmount, within limit: TimeAmount) {
        let handler = handler
        channel.eventLoop.execute { handler.value.probe(after: silence, within: limit) }
    }

    /// Stops reading, or goes on, as it is to be when the loop comes to it; what is not read the server does
    /// not send.
    func setReading(_ isReading: @escaping @Sendable () -> Bool) {
        let handler = handler
        channel.eventLoop.execute { handler.value.setReading(isReading()) }
    }

    /// Ends it; calls that wait on it fail.
    func end() { channel.close(promise: nil) }
}

/// Whether a connection takes calls, for whoever chooses one.
final class ConnectionHealth: Sendable {
    private let state = NIOLockedValueBox(true)

    var isUsable: Bool { state.withLockedValue { $0 } }

    func retire() { state.withLockedValue { $0 = false } }
}

/// How a call on a connection can fail.
enum CallFailure: Error {
    case lost, timedOut, badResponse, tooLarge, cancelled
    /// The connection was lost before the call could be sent.
    case gone
    /// TLS was not agreed on.
    case handshake(TLSProblem)
    /// The server takes no calls on this connection, for this reason.
    case refused(Refusal)

    /// Whether the server may have had the call all the same.
    var mayBeAnswered: Bool {
        switch self {
        case .lost, .timedOut, .badResponse, .cancelled: true
        case .gone, .tooLarge, .handshake, .refused: false
        }
    }

    /// What a caller is told.
    func error(at endpoint: Endpoint) -> ClientError {
        switch self {
        case .lost, .gone: .connectionLost(endpoint)
        case .timedOut: .timedOut(endpoint)
        case .badResponse: .badResponse(endpoint)
        case .tooLarge: .requestTooLarge
        case .cancelled: .cancelled
        case .handshake(let why): .notTrusted(endpoint, why)
        case .refused(let refusal): .refused(refusal)
        }
    }
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

/// A call that may be cancelled before or after it was sent.
private final class Started: Sendable {
    private let state = NIOLockedValueBox<(handle: CallHandle?, isCancelled: Bool)>((nil, false))

    func set(_ handle: CallHandle) {
        let isCancelled = state.withLockedValue { state in
            state.handle = handle
            return state.isCancelled
        }
        if isCancelled { handle.cancel() }
    }

    func cancel() {
        let handle = state.withLockedValue { state in
            state.isCancelled = true
            return state.handle
        }
        handle?.cancel()
    }
}

extension Endpoint {
    /// The name that a certificate must be for; nil for an address in digits, which TLS does not
    /// send.
    var serverName: String? {
        guard case .tcp(let host, _) = self, (try? SocketAddress(ipAddress: host, port: 0)) == nil
        else { return nil }
        return host
    }
}
