// SPDX-License-Identifier: Apache-2.0

import CallLimits
import KezekWire

/// Bytes as a peer sends them.
enum WireAttempts {
    nonisolated(unsafe) private static let requestArena = Arena(
        limit: CallLimit.decodedRequestBytes)
    nonisolated(unsafe) private static let responseArena = Arena(
        limit: CallLimit.decodedResponseBytes)

    /// A stream of frames, each with a request, as a connection takes it apart.
    static func frames(_ bytes: UnsafeRawBufferPointer) {
        var left = bytes[...]
        while case .complete(let header, let length) = head(left), header + length <= left.count {
            request(UnsafeRawBufferPointer(rebasing: left.dropFirst(header).prefix(length)))
            left = left.dropFirst(header + length)
        }
    }

    private static func head(_ bytes: Slice<UnsafeRawBufferPointer>) -> FrameHeader {
        let all = UnsafeRawBufferPointer(rebasing: bytes)
        let found = FrameHeader.read(all, limit: CallLimit.requestFrameBytes)
        for count in 0..<min(6, all.count) {
            let part = FrameHeader.read(
                UnsafeRawBufferPointer(rebasing: all.prefix(count)),
                limit: CallLimit.requestFrameBytes)
            expect(part == .incomplete || part == found, "a part of a header reads otherwise")
        }
        if case .complete(let size, let length) = found {
            expect(FrameHeader.size(length: length) <= size, "a header is shorter than it must be")
            var written = [UInt8](repeating: 0, count: FrameHeader.size(length: length))
            written.withUnsafeMutableBytes {
                FrameHeader.write(length: length, to: $0.baseAddress!)
            }
            let again = written.withUnsafeBytes {
                FrameHeader.read($0, limit: CallLimit.requestFrameBytes)
            }
            expect(again == .complete(headerLength: written.count, length: length), "header")
        }
        return found
    }

    static func request(_ bytes: UnsafeRawBufferPointer) {
        requestArena.reset()
        guard case .request(let request, _) = RequestCodec.decode(bytes, requestArena) else {
            return
        }
        requestArena.reset()
        guard let written = RequestCodec.encode(request, requestArena) else {
            fail("a request that was read cannot be written")
        }
        requestArena.reset()
        let again = written.withUnsafeBytes { RequestCodec.decode($0, requestArena) }
        guard case .request(let second, _) = again else { fail("a written request is refused") }
        expect(second == request, "a request changes as it is written and read")
    }

    static func response(_ bytes: UnsafeRawBufferPointer) {
        responseArena.reset()
        guard let response = ResponseCodec.decode(bytes, responseArena) else { return }
        var written: [UInt8] = []
        responseArena.reset()
        let isWritten = ResponseCodec.encode(response, responseArena) { count, fill in
            written = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
                fill(buffer.baseAddress!)
                used = count
            }
        }
        expect(isWritten, "a response that was read cannot be written")
        responseArena.reset()
        let second = written.withUnsafeBytes { bytes -> WireResponse? in
            guard
                case .complete(let header, let length) = FrameHeader.read(
                    bytes, limit: CallLimit.responseFrameBytes)
            else { fail("a written response has no header") }
            expect(header + length == bytes.count, "a written response has another length")
            return ResponseCodec.decode(
                UnsafeRawBufferPointer(rebasing: bytes.dropFirst(header)), responseArena)
        }
        expect(second == response, "a response changes as it is written and read")
    }
}
