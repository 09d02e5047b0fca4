// SPDX-License-Identifier: Apache-2.0

import CKezekWire

/// What protobuf-c does not look at: it reads a `bool` out of a value of any wire type.
///
/// Of all other fields it refuses a wire type that is not theirs.
enum WireTypes {
    private static let varint: UInt64 = 0
    private static let eightBytes: UInt64 = 1
    private static let delimited: UInt64 = 2

    /// Whether each `bool` of a message that has been decoded is a varint, at every depth; one that repeats
    /// may be packed.
    ///
    /// Complexity: O(fields); what lies in columns is passed over.
    static func boolsAreNumbers(
        _ bytes: UnsafeRawBufferPointer, _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>
    ) -> Bool {
        var rest = bytes[...]
        while let tag = number(&rest) {
            let type = tag & 7
            let field = protobuf_c_message_descriptor_get_field(
                descriptor, UInt32(truncatingIfNeeded: tag >> 3))
            if let field, field.pointee.type == PROTOBUF_C_TYPE_BOOL, type != varint {
                guard field.pointee.label == PROTOBUF_C_LABEL_REPEATED, type == delimited else {
                    return false
                }
            }
            guard let value = value(type, &rest) else { return true }
            guard type == delimited, let field, field.pointee.type == PROTOBUF_C_TYPE_MESSAGE,
                let inner = field.pointee.descriptor
            else { continue }
            let message = inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
            guard boolsAreNumbers(UnsafeRawBufferPointer(rebasing: value), message) else {
                return false
            }
        }
        return true
    }

    /// A value's bytes, taken from the front; nil for what cannot have been decoded.
    private static func value(
        _ type: UInt64, _ rest: inout Slice<UnsafeRawBufferPointer>
    ) -> Slice<UnsafeRawBufferPointer>? {
        let count: Int
        switch type {
        case varint:
            guard number(&rest) != nil else { return nil }
            count = 0
        case eightBytes: count = 8
        case delimited:
            guard let length = number(&rest), length <= UInt64(rest.count) else { return nil }
            count = Int(length)
        default: count = 4
        }
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A varint, taken from the front; nil at the end.
    private static func number(_ rest: inout Slice<UnsafeRawBufferPointer>) -> UInt64? {
        var (number, shift) = (UInt64(0), UInt64(0))
        while let byte = rest.popFirst(), shift < 64 {
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
            shift += 7
        }
        return nil
    }
}
