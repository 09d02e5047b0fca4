// SPDX-License-Identifier: Apache-2.0

#if Web
import Enquiries
import KezekServer
import NIOCore

/// How gRPC writes what is in headers and trailers (PROTOCOL-HTTP2 of the gRPC project).
enum GRPCWords {
    /// A status as trailers.
    struct Status {
        var code: UInt8
        var message: String
        /// A serialised `kezek.v1.Status`; nil for what gRPC itself refuses.
        var details: ByteBuffer?

        init(_ code: Code, _ message: String) {
            (self.code, self.message, details) = (code.rawValue, message, nil)
        }

        init(_ status: WebStatus) {
            code = status.code
            message = status.refusal.message
            details = status.details
        }

        var trailers: [(name: String, value: String)] {
            var trailers = [(name: "grpc-status", value: "\(code)")]
            if !message.isEmpty {
                trailers.append((name: "grpc-message", value: GRPCWords.percent(message)))
            }
            if let details {
                trailers.append(
                    (
                        name: "grpc-status-details-bin",
                        value: Base64.text(GRPCWords.details(code, message, details))
                    ))
            }
            return trailers
        }
    }

    /// The codes of gRPC that it uses of itself; those of Kezek's refusals have the same numbers.
    enum Code: UInt8 {
        case ok = 0
        case invalidArgument = 3
        case notFound = 5
        case resourceExhausted = 8
        case unimplemented = 12
        case `internal` = 13
        case unavailable = 14
    }

    /// All but printable ASCII, and the sign itself, as `%` and two digits.
    static func percent(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "%") {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A serialised `google.rpc.Status` whose one detail is ours, in an `Any`.
    static func details(_ code: UInt8, _ message: String, _ details: ByteBuffer) -> [UInt8] {
        var any = SmallMessage.Writer()
        any.add(1, text: "type.googleapis.com/kezek.v1.Status")
        any.add(2, bytes: Array(details.readableBytesView))
        var status = SmallMessage.Writer()
        status.add(1, number: UInt64(code))
        status.add(2, text: message)
        status.add(3, bytes: any.bytes)
        return status.bytes
    }

    /// `grpc-timeout` in milliseconds, at least one; nil for what is none.
    ///
    /// At most eight digits and a unit: 100m is 100 ms.
    static func milliseconds(_ text: String) -> UInt32? {
        guard let unit = text.last, (1...8).contains(text.utf8.count - 1),
            text.dropLast().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt64(text.dropLast())
        else { return nil }
        let milliseconds: UInt64
        switch unit {
        case "H": milliseconds = number * 3_600_000
        case "M": milliseconds = number * 60_000
        case "S": milliseconds = number * 1_000
        case "m": milliseconds = number
        case "u": milliseconds = number / 1_000
        case "n": milliseconds = number / 1_000_000
        default: return nil
        }
        return UInt32(clamping: max(1, milliseconds))
    }
}

/// Base64 as gRPC has it in headers: written without padding, read with or without (RFC 4648, 4).
enum Base64 {
    private static let signs = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8: UInt32] = Dictionary(
        uniqueKeysWithValues: signs.enumerated().map { ($1, UInt32($0)) })

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits =
                part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for sign in 0...part.count {
                text.append(signs[Int(bits >> UInt32(18 - 6 * sign)) & 63])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func bytes(_ text: String) -> [UInt8]? {
        var rest = Array(text.utf8)
        while rest.last == UInt8(ascii: "=") { rest.removeLast() }
        guard rest.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: rest.count, by: 4) {
            let part = rest[start..<min(start + 4, rest.count)]
            var bits: UInt32 = 0
            for sign in part {
                guard let value = values[sign] else { return nil }
                bits = bits << 6 | value
            }
            bits <<= UInt32(6 * (4 - part.count))
            for byte in 0..<part.count - 1 {
                bytes.append(UInt8(bits >> UInt32(16 - 8 * byte) & 255))
            }
        }
        return bytes
    }
}
#endif
