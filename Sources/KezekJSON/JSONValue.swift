// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A value of JSON; an object keeps its keys in the order in which they were put in.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A whole one: 64 bits with a sign or without.
    case number(Int128)
    case text(String)
    case list([JSONValue])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public let key: String
        public let value: JSONValue

        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// Reads a text of JSON; nil if it is none.
    ///
    /// Numbers are whole ones.
    public init?(_ text: String) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else {
            return nil
        }
        self = value
    }

    /// The value as text, on one line or with two spaces for each level.
    public func text(indented: Bool) -> String {
        var text = ""
        write(into: &text, indented ? "\n" : nil)
        return text
    }

    private func write(into text: inout String, _ newline: String?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += "\(value)"
        case .text(let value): text += Self.quoted(value)
        case .list(let values):
            // Lists of plain values stay on their line.
            let line = values.allSatisfy(\.isPlain) ? nil : newline
            Self.enclose("[", "]", values, into: &text, line) { value, text, inner in
                value.write(into: &text, inner)
            }
        case .object(let members):
            Self.enclose("{", "}", members, into: &text, newline) { member, text, inner in
                text += Self.quoted(member.key) + (inner == nil ? ":" : ": ")
                member.value.write(into: &text, inner)
            }
        }
    }

    private var isPlain: Bool {
        switch self {
        case .list, .object: false
        default: true
        }
    }

    private static func enclose<T>(
        _ first: String, _ last: String, _ parts: [T], into text: inout String, _ newline: String?,
        _ write: (T, inout String, String?) -> Void
    ) {
        text += first
        let inner = newline.map { $0 + "  " }
        for (index, part) in parts.enumerated() {
            if index > 0 { text += "," }
            if let inner { text += inner }
            write(part, &text, inner)
        }
        if let newline, !parts.isEmpty { text += newline }
        text += last
    }

    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ", "\u{7F}":
                text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

extension JSONValue: Decodable {
    public init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Key.self) {
            self = .object(
                try object.allKeys.map {
                    Member($0.stringValue, try object.decode(JSONValue.self, forKey: $0))
                }.sorted { $0.key < $1.key })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !list.isAtEnd { values.append(try list.decode(JSONValue.self)) }
            self = .list(values)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(Int128(number))
        } else if let number = try? value.decode(UInt64.self) {
            self = .number(Int128(number))
        } else {
            self = .text(try value.decode(String.self))
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
