// SPDX-License-Identifier: Apache-2.0

/// Bytes of a message that are read one field after the other.
struct WireRange {
    var at: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    init(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        at = start
        self.end = end
    }

    @inline(__always)
    mutating func varint() throws(JSONProblem) -> UInt64 {
        guard at < end else { throw .malformedMessage }
        let first = at.pointee
        at += 1
        if first < 0x80 { return UInt64(first) }
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while at < end, shift < 64 {
            let byte = at.pointee
            at += 1
            // Of ten bytes the last has one bit.
            if shift == 63, byte > 1 { throw .malformedMessage }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw .malformedMessage
    }

    @inline(__always)
    mutating func fixed(_ size: Int) throws(JSONProblem) -> UInt64 {
        guard end - at >= size else { throw .malformedMessage }
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(at[index]) << (8 * UInt64(index)) }
        at += size
        return value
    }

    /// What stands behind a length.
    @inline(__always)
    mutating func part() throws(JSONProblem) -> WireRange {
        let length = try varint()
        guard length <= UInt64(end - at) else { throw .malformedMessage }
        let part = WireRange(at, at + Int(length))
        at = part.end
        return part
    }

    /// The number and wire type of the field that comes.
    @inline(__always)
    mutating func tag() throws(JSONProblem) -> (number: UInt64, type: UInt32) {
        let tag = try varint()
        guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw .malformedMessage }
        return (tag >> 3, UInt32(tag & 7))
    }

    @inline(__always)
    mutating func skip(_ type: UInt32) throws(JSONProblem) {
        switch type {
        case 0: _ = try varint()
        case 1: _ = try fixed(8)
        case 2: _ = try part()
        case 5: _ = try fixed(4)
        default: throw .malformedMessage
        }
    }
}
