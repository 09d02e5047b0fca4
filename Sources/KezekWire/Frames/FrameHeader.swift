// SPDX-License-Identifier: Apache-2.0

/// The head of a frame: the length of the message that follows, as a varint of at most five bytes
/// (protobuf's delimited format).
public enum FrameHeader: Hashable, Sendable {
    /// The header takes `headerLength` bytes, and `length` bytes of message follow.
    case complete(headerLength: Int, length: Int)
    /// More bytes are needed to know.
    case incomplete
    /// The message is longer than the limit, or its length is no varint of five bytes.
    case tooLong

    /// Reads the header at the beginning of some bytes.
    @inlinable
    public static func read(_ bytes: UnsafeRawBufferPointer, limit: Int) -> FrameHeader {
        var (length, shift, index): (UInt64, UInt64, Int) = (0, 0, 0)
        while index < min(5, bytes.count) {
            let byte = bytes[index]
            length |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                guard length <= UInt64(limit) else { return .tooLong }
                return .complete(headerLength: index + 1, length: Int(length))
            }
            shift += 7
            index += 1
        }
        return bytes.count >= 5 ? .tooLong : .incomplete
    }

    /// The number of bytes that the header of such a message takes.
    @inlinable
    public static func size(length: Int) -> Int {
        length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5
    }

    /// Writes the header, ``size(length:)`` bytes.
    @inlinable
    public static func write(length: Int, to target: UnsafeMutableRawPointer) {
        var (left, offset) = (UInt64(length), 0)
        while left >= 0x80 {
            target.storeBytes(of: UInt8(left & 0x7F) | 0x80, toByteOffset: offset, as: UInt8.self)
            left >>= 7
            offset += 1
        }
        target.storeBytes(of: UInt8(left), toByteOffset: offset, as: UInt8.self)
    }
}
