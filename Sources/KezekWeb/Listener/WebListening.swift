// SPDX-License-Identifier: Apache-2.0

#if Web
import CallLimits
public import KezekServer
public import KezekWire
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOTLS

extension WebSettings {
    /// The listener that a server runs beside its own; `onReady` is told the address once connections are taken.
    public func listener(
        onReady: @escaping @Sendable (Endpoint) -> Void = { _ in }
    ) -> WebListener {
        WebListener(address: address, onReady: onReady) { door, channel in
            let front = FrontHandler(self, door)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(front)
            guard isTLS else { return try pipeline.addHandler(PrefaceHandler(front)) }
            let bound = NIOLoopBound(front, eventLoop: channel.eventLoop)
            try pipeline.addHandler(
                ApplicationProtocolNegotiationHandler { result, channel in
                    channel.eventLoop.makeCompletedFuture {
                        if case .negotiated("h2") = result {
                            try bound.value.speakHTTP2(channel)
                        } else {
                            try bound.value.speakHTTP1(channel)
                        }
                    }
                })
        }
    }
}

extension FrontHandler {
    func speakHTTP1(_ channel: any Channel) throws {
        guard let connection else { return }
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = CallLimit.webHeaderBytes
        limits.maxHeaderListSize = CallLimit.webHeaderBytes
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true,
            withOutboundHeaderValidation: true, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: limits)
        try pipeline.addHandler(HTTP1Handler(settings, connection))
    }

    func speakHTTP2(_ channel: any Channel) throws {
        guard let connection else { return }
        var limits = NIOHTTP2Handler.ConnectionConfiguration()
        limits.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: CallLimit.webStreams),
            HTTP2Setting(parameter: .maxHeaderListSize, value: CallLimit.webHeaderBytes),
            HTTP2Setting(parameter: .initialWindowSize, value: FrontHandler.window),
        ]
        limits.targetWindowSize = FrontHandler.window
        // Clients of gRPC measure the way with pings, ten a second.
        limits.controlFrameRateLimit.maximumCount = 1_000
        var streams = NIOHTTP2Handler.StreamConfiguration()
        streams.targetWindowSize = FrontHandler.window
        streams.outboundBufferSizeHighWatermark = CallLimit.unsentBytes
        streams.outboundBufferSizeLowWatermark = CallLimit.unsentBytes / 4
        // A peer that resets one stream after another costs what its calls cost, and no more.
        streams.streamResetFrameRateLimit.maximumCount = FrontHandler.resets
        streams.streamResetFrameRateLimit.windowLength = .seconds(10)
        let manager = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: channel.eventLoop,
            configuration: .init(
                maxIdleTime: nil, maxAge: nil,
                maxGraceTime: .seconds(Int64(drainSeconds)),
                keepalive: .init(pingInterval: .minutes(5), ackTimeout: .seconds(20))))
        let bound = NIOLoopBound((settings, connection), eventLoop: channel.eventLoop)
        _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
            mode: .server, connectionConfiguration: limits, streamConfiguration: streams,
            streamDelegate: manager.http2StreamDelegate
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                let (settings, connection) = bound.value
                try stream.pipeline.syncOperations.addHandler(HTTP2Handler(settings, connection))
            }
        }
        try channel.pipeline.syncOperations.addHandler(manager)
    }

    /// Bytes that a peer may send ahead, on a stream and on a connection.
    static let window = 256 << 10
    /// Streams that a peer may reset within ten seconds.
    static let resets = 1_000
}
#endif
