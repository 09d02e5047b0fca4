// SPDX-License-Identifier: Apache-2.0

public import Texts

/// Why JSON cannot be read as what was expected, and at which field.
public struct JSONFault: Error, Hashable, Sendable {
    /// The path of the field, such as `entries[3].role`; empty for the whole.
    public let field: String
    public let problem: Phrase

    public init(_ error: DecodingError) {
        let keys: [any CodingKey]
        switch error {
        case .keyNotFound(let key, let context):
            (keys, problem) = (context.codingPath + [key], "is missing")
        case .valueNotFound(_, let context): (keys, problem) = (context.codingPath, "is missing")
        case .typeMismatch(let type, let context):
            (keys, problem) = (context.codingPath, "expected \(Self.kind(type))")
        case .dataCorrupted(let context):
            keys = context.codingPath
            problem = keys.isEmpty ? "is no JSON, or not all of it" : "cannot have this value"
        @unknown default: (keys, problem) = ([], "is no JSON, or not all of it")
        }
        field = keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
    }

    /// Where it is and what is wrong.
    public var words: Phrase { field.isEmpty ? problem : "\(field): \(problem)" }

    private static func kind(_ type: any Any.Type) -> Phrase {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type, is any BinaryFloatingPoint.Type: "a number"
        case is any Sequence.Type where !(type is any StringKeyed.Type): "a list"
        default: "a map"
        }
    }
}

/// A dictionary, which JSON has as an object.
private protocol StringKeyed {}

extension Dictionary: StringKeyed where Key == String {}
