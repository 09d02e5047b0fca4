// SPDX-License-Identifier: Apache-2.0

import CKezekWire

/// The description of every message, as `Describe` hands it out.
public enum Schema {
    /// A serialised `google.protobuf.FileDescriptorSet`.
    public static let fileDescriptorSet: [UInt8] = {
        var length = 0
        let bytes = kezek_descriptor_set(&length)
        return Array(UnsafeBufferPointer(start: bytes, count: length))
    }()
}
