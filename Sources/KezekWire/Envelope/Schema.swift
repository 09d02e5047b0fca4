// SPDX-License-Identifier: Apache-2.0

import CKezekWire

/// The description of every message, as `Describe` hands it out.
public enum Schema {
    /// A serialised `google.protobuf.FileDescriptorSet`.
    public static let fileDescriptorSet = bytes(kezek_descriptor_set)

    /// The same of gRPC's own services, which reflection names besides.
    public static let fileDescriptorSetOfGRPC = bytes(kezek_grpc_descriptor_set)

    private static func bytes(
        _ set: (UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>?
    ) -> [UInt8] {
        var length = 0
        let bytes = set(&length)
        return Array(UnsafeBufferPointer(start: bytes, count: length))
    }
}
