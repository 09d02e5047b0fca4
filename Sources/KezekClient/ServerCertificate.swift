// SPDX-License-Identifier: Apache-2.0

public import KezekWire
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// What a server's certificate says of itself, whoever signed it: to tell why it was not trusted.
public struct ServerCertificate: Hashable, Sendable {
    /// From when until when it is valid, both included, in seconds since 1970.
    public let from: Int64
    public let until: Int64

    /// Shakes hands with a server without trusting it, and takes the certificate that it shows.
    ///
    /// Nothing is sent and nothing is believed. Nil if no hands were shaken in time.
    public static func shown(
        at endpoint: Endpoint, within milliseconds: Int64
    ) async -> ServerCertificate? {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .none
        guard let context = try? NIOSSLContext(configuration: tls) else { return nil }
        let group = MultiThreadedEventLoopGroup.singleton
        let shown = group.next().makePromise(of: ServerCertificate?.self)
        let timer = group.next().scheduleTask(in: .milliseconds(milliseconds)) {
            shown.succeed(nil)
        }
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(.milliseconds(milliseconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: context, serverHostname: endpoint.serverName),
                        CertificateReader(shown),
                    ])
                }
            }
        let connecting =
            switch endpoint {
            case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
            case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
            }
        connecting.whenFailure { _ in shown.succeed(nil) }
        let found = try? await shown.futureResult.get()
        timer.cancel()
        connecting.whenSuccess { $0.close(promise: nil) }
        return found ?? nil
    }
}

/// Takes the certificate as soon as hands are shaken.
private final class CertificateReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let shown: EventLoopPromise<ServerCertificate?>

    init(_ shown: EventLoopPromise<ServerCertificate?>) { self.shown = shown }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case TLSUserEvent.handshakeCompleted = event else { return }
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self)
        shown.succeed(
            handler?.peerCertificate.map {
                ServerCertificate(from: Int64($0.notValidBefore), until: Int64($0.notValidAfter))
            })
    }

    func channelInactive(context: ChannelHandlerContext) { shown.succeed(nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        shown.succeed(nil)
        context.close(promise: nil)
    }
}
