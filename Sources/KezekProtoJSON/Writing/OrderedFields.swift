// SPDX-License-Identifier: Apache-2.0

/// A message's bytes with its fields in the order of their numbers, each that has one value once.
///
/// As protobuf has it: of a plain field the last counts, parts of a message make one, and of a oneof the last field.
struct OrderedFields {
    private(set) var bytes: [UInt8] = []

    private struct Found {
        let field: Int
        let order: Int
        /// With its tag.
        let whole: WireRange
        /// What stands behind the length of a message.
        let body: WireRange?
    }

    init(
        _ schema: Schema, _ message: UnsafePointer<MessageEntry>, _ range: WireRange
    ) throws(JSONProblem) {
        var all = try Self.found(message, range)
        let fields = schema.fields.baseAddress! + message.pointee.fields.lowerBound
        var last: [Int: Int] = [:]
        for found in all where fields[found.field].oneof >= 0 {
            let oneof = fields[found.field].oneof
            // Whatever stands before another field of its oneof is gone.
            if let before = last[oneof], before != found.field {
                all.removeAll { $0.order < found.order && fields[$0.field].oneof == oneof }
            }
            last[oneof] = found.field
        }
        all.sort { ($0.field, $0.order) < ($1.field, $1.order) }
        var at = 0
        while at < all.count {
            var next = at + 1
            while next < all.count, all[next].field == all[at].field { next += 1 }
            let field = fields[all[at].field]
            if !field.isMany, field.kind == .message {
                try append(all[at..<next], number: field.number)
            } else {
                for found in field.isMany ? all[at..<next] : all[next - 1..<next] {
                    bytes += UnsafeBufferPointer(
                        start: found.whole.at, count: found.whole.end - found.whole.at)
                }
            }
            at = next
        }
    }

    private static func found(
        _ message: UnsafePointer<MessageEntry>, _ range: WireRange
    ) throws(JSONProblem) -> [Found] {
        var all: [Found] = []
        var left = range
        while left.at < left.end {
            let start = left.at
            let (number, type) = try left.tag()
            var body = left
            try left.skip(type)
            let table = message.pointee.byNumber
            guard number < UInt64(table.count), table[Int(number)] >= 0 else { continue }
            all.append(
                Found(
                    field: Int(table[Int(number)]), order: all.count,
                    whole: WireRange(start, left.at), body: type == 2 ? try body.part() : nil))
        }
        return all
    }

    /// Appends the parts of a message as one.
    private mutating func append(_ parts: ArraySlice<Found>, number: UInt32) throws(JSONProblem) {
        var body: [UInt8] = []
        for part in parts {
            guard let range = part.body else { throw .malformedMessage }
            body += UnsafeBufferPointer(start: range.at, count: range.end - range.at)
        }
        varint(UInt64(number) << 3 | 2)
        varint(UInt64(body.count))
        bytes += body
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
