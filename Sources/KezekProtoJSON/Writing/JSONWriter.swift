// SPDX-License-Identifier: Apache-2.0

/// Writes a message as JSON, its fields by their numbers, as they stand in it.
///
/// A field of which there is nothing is left out, as is what the table does not know.
struct JSONWriter: ~Copyable {
    var out: ByteBuffer
    private let schema: Schema
    private let limits: JSONLimits
    private var depth = 0

    init(size: Int, limits: JSONLimits) {
        schema = Schema.all
        self.limits = limits
        out = ByteBuffer(capacity: size * 3, limit: limits.bytesOut)
    }

    /// Writes a message's bytes.
    mutating func write(_ type: MessageType, _ range: WireRange) throws(JSONProblem) {
        try write(schema.messages.baseAddress! + type.index, range)
    }

    private mutating func write(
        _ message: UnsafePointer<MessageEntry>, _ range: WireRange
    ) throws(JSONProblem) {
        guard depth < limits.depth else { throw .tooDeep(limits.depth) }
        depth += 1
        defer { depth -= 1 }
        guard try isOrdered(message, range) else {
            let ordered = try OrderedFields(schema, message, range).bytes
            // They stay where they are while they are read.
            var problem: JSONProblem?
            ordered.withUnsafeBufferPointer { bytes in
                let start = bytes.baseAddress ?? range.end
                do throws(JSONProblem) {
                    try fields(message, WireRange(start, start + bytes.count))
                } catch { problem = error }
            }
            if let problem { throw problem }
            return
        }
        try fields(message, range)
    }

    /// The field of a number; nil for one that the table does not know.
    @inline(__always)
    private func field(
        _ number: UInt64, of message: UnsafePointer<MessageEntry>
    ) -> UnsafePointer<FieldEntry>? {
        let table = message.pointee.byNumber
        guard number < UInt64(table.count) else { return nil }
        let place = Int(table[Int(number)])
        return place < 0
            ? nil : schema.fields.baseAddress! + message.pointee.fields.lowerBound + place
    }

    /// Whether fields stand in the order of their numbers, and each that has one value is there once.
    private func isOrdered(
        _ message: UnsafePointer<MessageEntry>, _ range: WireRange
    ) throws(JSONProblem) -> Bool {
        var left = range
        var last: UInt64 = 0
        var oneofs: UInt64 = 0
        while left.at < left.end {
            let (number, type) = try left.tag()
            try left.skip(type)
            guard let field = field(number, of: message) else { continue }
            if number < last || (number == last && !field.pointee.isMany) { return false }
            last = number
            if field.pointee.oneof >= 0 {
                let bit: UInt64 = 1 << UInt64(field.pointee.oneof)
                if oneofs & bit != 0 { return false }
                oneofs |= bit
            }
        }
        return true
    }

    private mutating func fields(
        _ message: UnsafePointer<MessageEntry>, _ range: WireRange
    ) throws(JSONProblem) {
        var left = range
        var isFirst = true
        /// The number of the list that is open; 0 for none.
        var list: UInt64 = 0
        try out.append(UInt8(ascii: "{"))
        while left.at < left.end {
            let (number, type) = try left.tag()
            guard let field = field(number, of: message) else {
                try left.skip(type)
                continue
            }
            if list != 0, list != number {
                try out.append(UInt8(ascii: "]"))
                list = 0
            }
            let kind = field.pointee.kind
            if field.pointee.isMany {
                var items = left
                if type == 2, kind.isPacked {
                    items = try left.part()
                } else {
                    guard type == kind.wireType else { throw .malformedMessage }
                    try left.skip(type)
                    items = WireRange(items.at, left.at)
                }
                while items.at < items.end {
                    if list == 0 {
                        try key(field, &isFirst)
                        try out.append(UInt8(ascii: "["))
                        list = number
                    } else {
                        try out.append(UInt8(ascii: ","))
                    }
                    try value(field, &items)
                }
            } else {
                guard type == kind.wireType else { throw .malformedMessage }
                let before = out.count
                let wasFirst = isFirst
                try key(field, &isFirst)
                let isZero = try value(field, &left)
                if isZero, !field.pointee.hasPresence {
                    out.count = before
                    isFirst = wasFirst
                }
            }
        }
        if list != 0 { try out.append(UInt8(ascii: "]")) }
        try out.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private mutating func key(
        _ field: UnsafePointer<FieldEntry>, _ isFirst: inout Bool
    ) throws(JSONProblem) {
        if !isFirst { try out.append(UInt8(ascii: ",")) }
        isFirst = false
        try out.append(field.pointee.written)
    }

    /// Writes a value; whether it is 0, or nothing.
    @inline(__always) @discardableResult
    private mutating func value(
        _ field: UnsafePointer<FieldEntry>, _ from: inout WireRange
    ) throws(JSONProblem) -> Bool {
        let kind = field.pointee.kind
        try out.reserve(24)
        switch kind {
        case .message:
            let part = try from.part()
            try write(schema.messages.baseAddress! + field.pointee.target, part)
            return false
        case .string:
            let part = try from.part()
            try string(part)
            return part.at == part.end
        case .bytes:
            let part = try from.part()
            out.put(UInt8(ascii: "\""))
            try Base64Text.encode(part.at, part.end - part.at, into: &out)
            try out.append(UInt8(ascii: "\""))
            return part.at == part.end
        case .bool:
            let bool = try from.varint() != 0
            if bool {
                try out.append("true" as StaticString)
            } else {
                try out.append("false" as StaticString)
            }
            return !bool
        case .enum:
            let number = Int32(truncatingIfNeeded: try from.varint())
            if let name = schema.enums[field.pointee.target].name(of: number) {
                try out.reserve(name.count + 2)
                out.put(UInt8(ascii: "\""))
                try out.append(name)
                try out.append(UInt8(ascii: "\""))
            } else {
                put(Int64(number))
            }
            return number == 0
        default: return try number(kind, &from)
        }
    }

    /// Writes a number where there is room; of 64 bits it is a text.
    @inline(__always)
    private mutating func number(
        _ kind: FieldKind, _ from: inout WireRange
    ) throws(JSONProblem) -> Bool {
        let value: Int64
        switch kind {
        case .int32: value = Int64(Int32(truncatingIfNeeded: try from.varint()))
        case .uint32: value = Int64(UInt32(truncatingIfNeeded: try from.varint()))
        case .sint32:
            let bits = UInt32(truncatingIfNeeded: try from.varint())
            value = Int64(Int32(bitPattern: (bits >> 1) ^ (0 &- (bits & 1))))
        case .fixed32: value = Int64(try from.fixed(4))
        case .sfixed32: value = Int64(Int32(truncatingIfNeeded: try from.fixed(4)))
        default:
            let bits = kind == .fixed64 || kind == .sfixed64 ? try from.fixed(8) : try from.varint()
            out.put(UInt8(ascii: "\""))
            switch kind {
            case .uint64, .fixed64: put(magnitude: bits)
            case .sint64: put(Int64(bitPattern: (bits >> 1) ^ (0 &- (bits & 1))))
            default: put(Int64(bitPattern: bits))
            }
            out.put(UInt8(ascii: "\""))
            return bits == 0
        }
        put(value)
        return value == 0
    }

    @inline(__always)
    private mutating func put(_ value: Int64) {
        if value < 0 { out.put(UInt8(ascii: "-")) }
        put(magnitude: value.magnitude)
    }

    @inline(__always)
    private mutating func put(magnitude value: UInt64) {
        var digits = 1
        var bound: UInt64 = 10
        while value >= bound, digits < 20 {
            digits += 1
            bound = digits == 20 ? .max : bound * 10
        }
        var place = out.count + digits
        out.count = place
        var rest = value
        repeat {
            place -= 1
            out.start[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
    }
}
