// SPDX-License-Identifier: Apache-2.0

import CallLimits
import KezekProtoJSON

/// How messages look in the bodies of one request and its response.
public struct ConnectForm: Hashable, Sendable {
    public let isJSON: Bool
    /// Whether each message stands in an envelope of its own, as the answers are many.
    public let isStream: Bool

    /// Nil for a type that is none of the protocol's.
    init?(contentType: String) {
        let parts = contentType.split(separator: ";").map {
            $0.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
        switch parts.first {
        case "application/json": (isJSON, isStream) = (true, false)
        case "application/proto": (isJSON, isStream) = (false, false)
        case "application/connect+json": (isJSON, isStream) = (true, true)
        case "application/connect+proto": (isJSON, isStream) = (false, true)
        default: return nil
        }
        for part in parts.dropFirst() where part.hasPrefix("charset=") {
            guard part.dropFirst(8).filter({ $0 != "\"" }) == "utf-8" else { return nil }
        }
    }

    init(isJSON: Bool, isStream: Bool) {
        self.isJSON = isJSON
        self.isStream = isStream
    }

    var contentType: String {
        "application/" + (isStream ? "connect+" : "") + (isJSON ? "json" : "proto")
    }

    /// How many bytes of JSON there may be for each of the message.
    public static let bytesOfJSON = 4
    static let requestLimits = JSONLimits(
        bytesIn: bytesOfJSON * CallLimit.requestFrameBytes,
        bytesOut: CallLimit.requestFrameBytes,
        values: CallLimit.requestFrameBytes)
    static let replyLimits = JSONLimits(
        bytesIn: CallLimit.responseFrameBytes, bytesOut: 16 * CallLimit.responseFrameBytes,
        values: .max)

    /// What a body says, as the bytes of the message.
    func message(_ type: MessageType, _ body: [UInt8]) throws(ConnectFault) -> [UInt8] {
        guard isJSON else { return body }
        do throws(JSONFault) {
            return try JSONCodec.message(type, json: body, limits: Self.requestLimits)
        } catch { throw ConnectFault(error) }
    }

    /// A message of the server as it is told; nil if it is larger than there is room for.
    func told(_ type: MessageType, _ message: [UInt8]) -> [UInt8]? {
        isJSON ? try? JSONCodec.json(type, message: message, limits: Self.replyLimits) : message
    }
}

/// Messages of a stream: a byte of flags, four of length, and the message.
enum ConnectEnvelope {
    static let packed: UInt8 = 1
    static let end: UInt8 = 2

    static func put(_ bytes: [UInt8], flags: UInt8 = 0) -> [UInt8] {
        let count = UInt32(bytes.count)
        return [flags] + (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) }
            + bytes
    }

    /// The one message of a request; nil if it is none, or not alone.
    static func take(_ body: [UInt8]) -> (flags: UInt8, message: [UInt8])? {
        guard body.count >= 5 else { return nil }
        let count = body[1..<5].reduce(0) { $0 << 8 | Int($1) }
        guard count == body.count - 5 else { return nil }
        return (body[0], Array(body[5...]))
    }
}
