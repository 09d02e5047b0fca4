// SPDX-License-Identifier: Apache-2.0

/// A message of `kezek.v1`, by which JSON is read and written.
public struct MessageType: Hashable, Sendable {
    let index: Int

    /// Nil if there is none of this name in `kezek.v1`, such as `HoldRequest`.
    public init?(_ name: String) {
        guard let index = Schema.all.messages.firstIndex(where: { $0.name.text == name }) else {
            return nil
        }
        self.index = index
    }

    init(index: Int) { self.index = index }

    /// Its name in `kezek.v1`.
    public var name: String { Schema.all.messages[index].name.text }

    /// Every message of `kezek.v1`.
    public static var all: [MessageType] {
        Schema.all.messages.indices.map(MessageType.init(index:))
    }
}

/// Some bytes of the table, or written from it, which stay where they are.
struct Name: @unchecked Sendable {
    let start: UnsafePointer<UInt8>
    let count: Int

    var text: String {
        String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    @inline(__always)
    func isEqual(to other: UnsafePointer<UInt8>, _ otherCount: Int) -> Bool {
        guard count == otherCount else { return false }
        for index in 0..<count where start[index] != other[index] { return false }
        return true
    }
}

/// How the values of a field travel and look.
enum FieldKind: UInt8 {
    case int32, int64, uint32, uint64, sint32, sint64
    case fixed32, fixed64, sfixed32, sfixed64
    case bool, `enum`, string, bytes, message

    /// The wire type of one value.
    var wireType: UInt32 {
        switch self {
        case .fixed64, .sfixed64: 1
        case .fixed32, .sfixed32: 5
        case .string, .bytes, .message: 2
        default: 0
        }
    }

    /// Whether many values stand in one field of the wire.
    var isPacked: Bool { wireType != 2 }

    init?(_ name: String) {
        let all: [String: FieldKind] = [
            "int32": .int32, "int64": .int64, "uint32": .uint32, "uint64": .uint64,
            "sint32": .sint32, "sint64": .sint64, "fixed32": .fixed32, "fixed64": .fixed64,
            "sfixed32": .sfixed32, "sfixed64": .sfixed64, "bool": .bool, "enum": .enum,
            "string": .string, "bytes": .bytes, "message": .message,
        ]
        guard let kind = all[name] else { return nil }
        self = kind
    }
}

/// A line of the table.
struct FieldEntry {
    let number: UInt32
    let kind: FieldKind
    let isMany: Bool
    /// Whether 0 or nothing is something else than the field's absence.
    let hasPresence: Bool
    /// The place of its oneof in the message; -1 if it is in none.
    let oneof: Int
    /// The place of its message or enum; -1 for another.
    let target: Int
    let jsonName: Name
    let protoName: Name
    /// The name in quotation marks with a colon behind it.
    let written: Name
}

struct MessageEntry {
    let name: Name
    /// The places of its fields, by their numbers.
    let fields: Range<Int>
    /// The place of a field by its number; -1 for none.
    let byNumber: UnsafeBufferPointer<Int16>
    /// The places of fields by their names, both of them, where `Schema.hash` says or behind that; -1 for none.
    let byName: UnsafeBufferPointer<Int16>
}

struct EnumEntry {
    let name: Name
    let values: [(number: Int32, name: Name)]
    /// The place of a value by its number, from 0 on; -1 for none.
    let byNumber: UnsafeBufferPointer<Int16>

    func name(of number: Int32) -> Name? {
        guard number >= 0, number < byNumber.count, byNumber[Int(number)] >= 0 else { return nil }
        return values[Int(byNumber[Int(number)])].name
    }
}
