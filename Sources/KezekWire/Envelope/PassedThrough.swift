// SPDX-License-Identifier: Apache-2.0

public import Texts

/// Calls whose messages come and go as bytes, by another protocol than Kezek's own: an envelope is written
/// around a request's message, and a reply's is taken out of one.
///
/// The message is not looked at here: `RequestCodec` decodes it with the envelope, as over TCP.
public enum PassedThrough {
    /// What a request has besides its message.
    public struct Head: Hashable, Sendable {
        /// 1 or greater.
        public var id: UInt64
        /// 0 for as long as it takes.
        public var deadlineMilliseconds: UInt32
        public var language: Language
        /// As it came; empty for none.
        public var requestID: [UInt8]
        /// A serialised `kezek.v1.BookingProof`, as it came; empty for none.
        public var proof: [UInt8]

        public init(
            id: UInt64, deadlineMilliseconds: UInt32 = 0, language: Language = .kk,
            requestID: [UInt8] = [], proof: [UInt8] = []
        ) {
            self.id = id
            self.deadlineMilliseconds = deadlineMilliseconds
            self.language = language
            self.requestID = requestID
            self.proof = proof
        }
    }

    /// The bytes of a `kezek.v1.Request` that makes this call with this message.
    public static func request(
        _ call: CallName, _ message: UnsafeRawBufferPointer, _ head: Head
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            message.count + head.requestID.count + head.proof.count + Self.headBytes)
        append(Field.id << 3, head.id, to: &bytes)
        if head.deadlineMilliseconds > 0 {
            append(Field.deadline << 3, UInt64(head.deadlineMilliseconds), to: &bytes)
        }
        append(Field.language << 3, number(head.language), to: &bytes)
        if !head.requestID.isEmpty {
            append(Field.requestID << 3 | 2, UInt64(head.requestID.count), to: &bytes)
            bytes += head.requestID
        }
        if !head.proof.isEmpty {
            append(Field.proof << 3 | 2, UInt64(head.proof.count), to: &bytes)
            bytes += head.proof
        }
        append(UInt64(call.field) << 3 | 2, UInt64(message.count), to: &bytes)
        bytes += message
        return bytes
    }

    /// What a response is made of.
    public struct Parts: Hashable, Sendable {
        /// Where the reply's message lies; nil for a refusal.
        public var reply: Range<Int>?
        /// Where the `kezek.v1.Status` lies; nil for a reply.
        public var status: Range<Int>?
        /// Whether further responses to the same request follow.
        public var more = false
    }

    /// The parts of a `kezek.v1.Response` of this server; nil if the bytes are none.
    public static func parts(of response: UnsafeRawBufferPointer) -> Parts? {
        var (parts, at) = (Parts(), 0)
        while at < response.count {
            guard let tag = number(response, &at), let value = number(response, &at) else {
                return nil
            }
            guard tag & 7 == 2 else {
                if tag >> 3 == Field.more { parts.more = value != 0 }
                continue
            }
            guard value <= UInt64(response.count - at) else { return nil }
            let place = at..<at + Int(value)
            if tag >> 3 == Field.status { parts.status = place } else { parts.reply = place }
            at = place.upperBound
        }
        return parts
    }

    /// The most bytes that tags, lengths and numbers of a head take.
    private static let headBytes = 48

    /// Numbers of fields of the envelope.
    private enum Field {
        // Of a request.
        static let id: UInt64 = 1
        static let deadline: UInt64 = 2
        static let language: UInt64 = 3
        static let requestID: UInt64 = 4
        static let proof: UInt64 = 5
        // Of a response.
        static let status: UInt64 = 2
        static let more: UInt64 = 3
    }

    private static func number(_ language: Language) -> UInt64 {
        switch language {
        case .kk: 1
        case .ru: 2
        case .en: 3
        }
    }

    private static func append(_ tag: UInt64, _ value: UInt64, to bytes: inout [UInt8]) {
        for number in [tag, value] {
            var left = number
            while left >= 0x80 {
                bytes.append(UInt8(left & 0x7F) | 0x80)
                left >>= 7
            }
            bytes.append(UInt8(left))
        }
    }

    /// A varint at a place, which is moved behind it; nil at the end.
    private static func number(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> UInt64? {
        var (number, shift) = (UInt64(0), UInt64(0))
        while at < bytes.count, shift < 64 {
            let byte = bytes[at]
            at += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
            shift += 7
        }
        return nil
    }
}
