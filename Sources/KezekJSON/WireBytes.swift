// SPDX-License-Identifier: Apache-2.0

/// The fields of a message as they lie in its bytes.
struct WireFields {
    /// What one field holds.
    enum Content {
        case number(UInt64)
        case fixed32(UInt32)
        case bytes(ArraySlice<UInt8>)
        case other
    }

    private var left: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { left = bytes }

    /// The next field; nil at the end, and where the bytes are no message.
    mutating func next() -> (number: UInt32, content: Content)? {
        guard let tag = varint(), let number = UInt32(exactly: tag >> 3) else { return nil }
        switch tag & 7 {
        case 0: return varint().map { (number, .number($0)) }
        case 2:
            guard let length = varint(), length <= UInt64(left.count) else { return nil }
            defer { left = left.dropFirst(Int(length)) }
            return (number, .bytes(left.prefix(Int(length))))
        case 5: return fixed32().map { (number, .fixed32($0)) }
        case 1:
            // No field of these messages is like this; one of a newer version may be.
            guard left.count >= 8 else { return nil }
            left = left.dropFirst(8)
            return (number, .other)
        default: return nil
        }
    }

    mutating func varint() -> UInt64? {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while let byte = left.popFirst(), shift < 64 {
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    mutating func fixed32() -> UInt32? {
        guard left.count >= 4 else { return nil }
        var value: UInt32 = 0
        for shift in 0..<4 as Range<UInt32> { value |= UInt32(left.popFirst()!) << (8 * shift) }
        return value
    }

    var isAtEnd: Bool { left.isEmpty }
    /// What is not read yet.
    var rest: ArraySlice<UInt8> { left }
}

/// Bytes of a message that is written.
struct WireBuilder {
    private(set) var bytes: [UInt8] = []

    mutating func field(_ number: UInt32, _ value: UInt64) {
        tag(number, 0)
        varint(value)
    }

    mutating func field(_ number: UInt32, fixed value: UInt32) {
        tag(number, 5)
        for shift in 0..<4 as Range<UInt32> {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * shift)))
        }
    }

    mutating func field(_ number: UInt32, _ content: some Collection<UInt8>) {
        tag(number, 2)
        varint(UInt64(content.count))
        bytes += content
    }

    private mutating func tag(_ number: UInt32, _ type: UInt32) {
        varint(UInt64(number << 3 | type))
    }

    private mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}

extension MessageShape.WireNumber {
    /// The number that travels so; nil for other bytes.
    func value(_ content: WireFields.Content) -> Int128? {
        switch (self, content) {
        case (.uint, .number(let raw)): Int128(raw)
        case (.int, .number(let raw)): Int128(Int64(bitPattern: raw))
        case (.sint, .number(let raw)):
            Int128(Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1))
        case (.fixed, .fixed32(let raw)): Int128(Int32(bitPattern: raw))
        default: nil
        }
    }

    /// Writes it as a field; false if it does not fit.
    func write(_ value: Int128, _ number: UInt32, into builder: inout WireBuilder) -> Bool {
        switch self {
        case .uint:
            guard let value = UInt64(exactly: value) else { return false }
            builder.field(number, value)
        case .int:
            guard let value = Int64(exactly: value) else { return false }
            builder.field(number, UInt64(bitPattern: value))
        case .sint:
            guard let value = Int64(exactly: value) else { return false }
            builder.field(number, UInt64(bitPattern: value << 1 ^ value >> 63))
        case .fixed:
            guard let value = Int32(exactly: value) else { return false }
            builder.field(number, fixed: UInt32(bitPattern: value))
        }
        return true
    }
}
