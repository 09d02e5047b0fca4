// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOHTTP1

/// Answers calls in a manner.
final class TableHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Notes what is asked, and tells what to do.
    private let manner: (String) -> PretendedRoads.Manner

    init(_ manner: @escaping (String) -> PretendedRoads.Manner) { self.manner = manner }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        let manner = manner(head.uri)
        guard Self.points(head.uri).count > 1 else {
            // OSRM's own words.
            let words = "Number of coordinates needs to be at least two."
            return answer(
                context, 400, "{\"code\":\"InvalidOptions\",\"message\":\"\(words)\"}")
        }
        switch manner {
        case .good: answer(context, 200, Self.table(head.uri))
        case .pieces: answer(context, 200, Self.table(head.uri), pieces: true)
        case .island(let east): answer(context, 200, Self.table(head.uri, island: east))
        case .border(let east): answer(context, 200, Self.table(head.uri, border: east))
        case .refuses(let east):
            if Self.points(head.uri).contains(where: { $0[0] > east }) {
                answer(context, 400, "{\"code\":\"NoSegment\",\"message\":\"One of them\"}")
            } else {
                answer(context, 200, Self.table(head.uri))
            }
        case .says(let status, let text): answer(context, status, text)
        case .silent: break
        case .drips:
            context.write(wrapOutboundOut(.head(Self.head(200, length: 1_000))), promise: nil)
            drip(context)
        case .rude: context.close(promise: nil)
        case .babbles:
            let channel = context.channel
            // Behind the encoder's back: the first handler of the pipeline is the nearest to the wire.
            try? channel.pipeline.syncOperations.context(
                handlerType: HTTPResponseEncoder.self
            ).writeAndFlush(NIOAny(ByteBuffer(string: "220 mail.example\r\n")), promise: nil)
        case .endless(let count):
            answer(context, 200, String(repeating: " ", count: count))
        }
    }

    private static func head(_ status: Int, length: Int?) -> HTTPResponseHead {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        if let length { headers.add(name: "Content-Length", value: "\(length)") }
        return HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
    }

    private func answer(
        _ context: ChannelHandlerContext, _ status: Int, _ text: String, pieces: Bool = false
    ) {
        let head = Self.head(status, length: pieces ? nil : text.utf8.count)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces ? 7 : max(1, bytes.count)) {
            let part = ByteBuffer(
                bytes: bytes[start..<min(bytes.count, start + (pieces ? 7 : bytes.count))])
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(part))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func drip(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        context.writeAndFlush(
            wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: " ")))), promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(20)) {
            self.drip(context)
        }
    }

    /// What the table service says to a path: seconds from longitude and latitude, not symmetric.
    private static func table(
        _ path: String, island: Double = .infinity, border: Double? = nil
    ) -> String {
        let halves = path.split(separator: "?", maxSplits: 1)
        let points = points(path)
        func indices(_ name: String) -> [Int] {
            let option = halves[1].split(separator: "&").first { $0.hasPrefix("\(name)=") }
            return option?.dropFirst(name.count + 1).split(separator: ";").map { Int($0)! }
                ?? Array(points.indices)
        }
        let rows = indices("sources").map { from in
            indices("destinations").map { to -> String in
                let (a, b) = (points[from], points[to])
                if a[0] > island || b[0] > island { return "null" }
                return "\(PretendedRoads.seconds(a, b))"
            }.joined(separator: ",")
        }
        func found(_ name: String) -> String {
            guard let border else { return "" }
            let places = indices(name).map {
                "{\"distance\":\(points[$0][0] > border ? 10_000.5 : 12.25)}"
            }
            return ",\"\(name)\":[\(places.joined(separator: ","))]"
        }
        return "{\"code\":\"Ok\",\"durations\":[[\(rows.joined(separator: "],["))]]"
            + found("sources") + found("destinations") + "}"
    }

    /// The places of a path.
    private static func points(_ path: String) -> [[Double]] {
        path.split(separator: "?")[0].split(separator: "/").last!.split(separator: ";").map {
            $0.split(separator: ",").map { Double($0)! }
        }
    }
}
