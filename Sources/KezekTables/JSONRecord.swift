// SPDX-License-Identifier: Apache-2.0

/// A JSON object on a line (RFC 8259), its members in their order and as they are written.
///
/// Numbers keep their digits, texts their escapes, objects within it their order.
public struct JSONRecord: Hashable, Sendable {
    /// A name and its value.
    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: Value
    }

    public enum Value: Hashable, Sendable {
        case text(String)
        case null
        /// Anything else, as it is written.
        case other(String)

        /// The value as a field of a table: nothing for null, a text without its quotes.
        public var field: String {
            switch self {
            case .text(let text), .other(let text): text
            case .null: ""
            }
        }
    }

    /// Why a line is no object that can be kept.
    public enum Fault: Error, Hashable, Sendable {
        case notAnObject
        case nameTwice(String)
        case tooDeep
    }

    /// How deep arrays and objects may lie in one another.
    public static let depthLimit = 64

    public let members: [Member]
    /// The object as it is written, without spaces around it.
    public let text: String

    /// - Throws: `notAnObject` for a text that is none, `nameTwice` for an object of which readers see
    ///   different things, `tooDeep` beyond ``depthLimit``.
    public init(_ text: String) throws(Fault) {
        var scanner = JSONScanner(text)
        members = try scanner.object()
        self.text = scanner.written
        var names: Set<String> = []
        for member in members where !names.insert(member.name).inserted {
            throw .nameTwice(member.name)
        }
    }

    /// The value of a member; nil if there is none, or if it is null.
    public func value(_ name: String) -> Value? {
        let value = members.first { $0.name == name }?.value
        return value == .null ? nil : value
    }

    /// The object with further members behind its own; their values are JSON.
    public func text(adding more: [(name: String, value: String)]) -> String {
        let own = text.dropLast()
        let end = own.lastIndex { !$0.isWhitespace }.map { own.index(after: $0) } ?? own.startIndex
        return own[..<end] + (members.isEmpty ? "" : ",") + Self.members(more) + "}"
    }

    /// An object of these members; their values are JSON.
    public static func text(_ members: [(name: String, value: String)]) -> String {
        "{\(Self.members(members))}"
    }

    private static func members(_ members: [(name: String, value: String)]) -> String {
        members.map { "\(quoted($0.name)):\($0.value)" }.joined(separator: ",")
    }

    /// A text in quotes, with what has to be escaped escaped.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
