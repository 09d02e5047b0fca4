// SPDX-License-Identifier: Apache-2.0

#if Web
/// The few messages of gRPC itself, field by field: those of its health and reflection, and descriptors.
enum SmallMessage {
    /// What stands in a field.
    enum Value {
        case number(UInt64)
        case bytes(ArraySlice<UInt8>)

        /// Nil unless it is UTF-8.
        var text: String? {
            guard case .bytes(let bytes) = self else { return nil }
            return String(validating: bytes, as: UTF8.self)
        }
    }

    /// The fields of a message in their order, without those of fixed length; nil if it is none.
    static func fields(_ bytes: ArraySlice<UInt8>) -> [(number: UInt64, value: Value)]? {
        var (fields, rest): ([(number: UInt64, value: Value)], ArraySlice<UInt8>) = ([], bytes)
        while !rest.isEmpty {
            guard let tag = number(&rest), tag >> 3 > 0 else { return nil }
            switch tag & 7 {
            case 0:
                guard let value = number(&rest) else { return nil }
                fields.append((tag >> 3, .number(value)))
            case 2:
                guard let length = number(&rest), length <= UInt64(rest.count) else { return nil }
                fields.append((tag >> 3, .bytes(rest.prefix(Int(length)))))
                rest = rest.dropFirst(Int(length))
            case 1, 5:
                let count = tag & 7 == 1 ? 8 : 4
                guard rest.count >= count else { return nil }
                rest = rest.dropFirst(count)
            default: return nil
            }
        }
        return fields
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var (number, shift) = (UInt64(0), UInt64(0))
        while shift < 64, let byte = rest.popFirst() {
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
            shift += 7
        }
        return nil
    }

    /// A message that is being written.
    struct Writer {
        private(set) var bytes: [UInt8] = []

        mutating func add(_ field: UInt64, number: UInt64) {
            append(field << 3)
            append(number)
        }

        mutating func add(_ field: UInt64, bytes value: some Collection<UInt8>) {
            append(field << 3 | 2)
            append(UInt64(value.count))
            bytes += value
        }

        mutating func add(_ field: UInt64, text: String) { add(field, bytes: Array(text.utf8)) }

        private mutating func append(_ number: UInt64) {
            var left = number
            while left >= 0x80 {
                bytes.append(UInt8(left & 0x7F) | 0x80)
                left >>= 7
            }
            bytes.append(UInt8(left))
        }
    }
}
#endif
