// SPDX-License-Identifier: Apache-2.0

#if Web
import NIOCore

/// A message in the body of a request or response of gRPC: five bytes, then the message.
enum GRPCFrame {
    static let headLength = 5

    enum Next {
        case incomplete
        /// It is marked as compressed.
        case compressed
        /// `length` is with the head.
        case message(ByteBuffer, length: Int)
    }

    /// The first message that is there.
    static func next(_ body: ByteBuffer) -> Next {
        guard let flag: UInt8 = body.getInteger(at: body.readerIndex),
            let count: UInt32 = body.getInteger(at: body.readerIndex + 1)
        else { return .incomplete }
        guard flag == 0 else { return .compressed }
        guard let message = body.getSlice(at: body.readerIndex + headLength, length: Int(count))
        else { return .incomplete }
        return .message(message, length: headLength + Int(count))
    }

    static func bytes(_ message: ByteBuffer) -> ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: headLength + message.readableBytes)
        bytes.writeInteger(UInt8(0))
        bytes.writeInteger(UInt32(message.readableBytes))
        bytes.writeImmutableBuffer(message)
        return bytes
    }
}
#endif
