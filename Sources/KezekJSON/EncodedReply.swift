// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import KezekWire

/// A reply as it travels, which its JSON is made of.
public struct EncodedReply: Sendable {
    /// The message `kezek.v1.Response`.
    private let message: ArraySlice<UInt8>

    /// Nil if it is larger than a frame.
    public init?(_ reply: Reply) {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        var bytes: [UInt8] = []
        let fits = ResponseCodec.encode(WireResponse(id: 1, result: .success(reply)), arena) {
            size, fill in
            bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                fill(buffer.baseAddress!)
                count = size
            }
        }
        guard fits else { return nil }
        var frame = WireFields(bytes[...])
        _ = frame.varint()
        message = frame.rest
    }

    /// Whether it tells a timestamp, so that it matters by whose clocks.
    public var hasTimestamps: Bool { MessageShape("Response")!.hasTimestamps(message) }

    /// The field of `kezek.v1.Response` alone.
    public func json(clock: (Timestamp) -> String = MessageShape.utc) -> JSONValue? {
        guard case .object(let members)? = MessageShape("Response")?.json(message, clock: clock)
        else { return nil }
        // The reply stands behind what every response has.
        return members.last?.value
    }
}

extension MessageShape {
    /// Whether a message's bytes, or those of a message within, have a timestamp.
    fileprivate func hasTimestamps(_ bytes: ArraySlice<UInt8>) -> Bool {
        var left = WireFields(bytes)
        while let (number, content) = left.next() {
            let form = fields.first { $0.number == number }?.form
            switch (form, content) {
            case (.timestamp?, _): return true
            case (.message(let name)?, .bytes(let inner)):
                if MessageShape(name)?.hasTimestamps(inner) == true { return true }
            default: continue
            }
        }
        return false
    }
}
