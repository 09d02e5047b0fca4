// SPDX-License-Identifier: Apache-2.0

public import KezekJSON

/// An answer as plain JSON, and as an event of a stream.
public struct PlainAnswer: Sendable {
    let shape: MessageShape
    /// The tag of what the caller has already; nil for nothing.
    var known: String?
    /// Whether nobody may keep it, as it is about a person.
    let isPersonal: Bool

    public init(shape: MessageShape, known: String? = nil, isPersonal: Bool) {
        self.shape = shape
        self.known = known
        self.isPersonal = isPersonal
    }

    static let headers = [
        (name: "content-type", value: "application/json"),
        (name: "vary", value: "accept-language, authorization"),
    ]

    public func response(_ message: [UInt8]) -> ConnectResponse {
        guard let value = shape.json(message[...]) else {
            return ConnectAnswer.refused(.internal, "The answer cannot be told.", details: [])
        }
        let body = Array((value.text(indented: false) + "\n").utf8)
        guard !isPersonal else {
            return ConnectResponse(
                status: 200, headers: Self.headers + [("cache-control", "no-store")], body: body)
        }
        let tag = Self.tag(body)
        let headers = Self.headers + [("cache-control", "no-cache"), ("etag", tag)]
        let isKnown = known.map { Self.matches($0, tag) } ?? false
        return ConnectResponse(
            status: isKnown ? 304 : 200, headers: headers, body: isKnown ? [] : body)
    }

    /// A tag of what is told: FNV-1a of 64 bits, forward and backward.
    static func tag(_ body: [UInt8]) -> String {
        func hash(_ bytes: some Sequence<UInt8>) -> String {
            let value = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
            return String(value, radix: 36)
        }
        return "\"\(hash(body))-\(hash(body.reversed()))\""
    }

    /// Whether a header `If-None-Match` has the tag (RFC 9110, 13.1.2).
    private static func matches(_ header: String, _ tag: String) -> Bool {
        header.split(separator: ",").contains { part in
            var part = part.drop { $0 == " " }
            while part.last == " " { part.removeLast() }
            return part == "*" || part == tag || part == "W/\(tag)"
        }
    }

    /// An event of a stream (HTML, 9.2.5), named by fields of the reply.
    public func event(_ message: [UInt8], named names: [String]) -> [UInt8] {
        guard let value = shape.json(message[...]) else { return [] }
        var text = ""
        if case .object(let members) = value, !names.isEmpty {
            let parts = names.map { name in
                switch members.first(where: { $0.key == name })?.value {
                case .number(let number): "\(number)"
                case .text(let text): text
                default: ""
                }
            }
            text = "id: \(parts.joined(separator: "."))\n"
        }
        return Array((text + "data: \(value.text(indented: false))\n\n").utf8)
    }
}
