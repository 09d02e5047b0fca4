// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Enquiries
import TestKit
import Testing
import Texts

@testable import KezekWire

@Suite struct HostileInputTests {
    private let arena = Arena(limit: CallLimit.decodedRequestBytes)

    private func decode(_ bytes: [UInt8]) -> RequestCodec.Decoded {
        arena.reset()
        return bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
    }

    private func refusal(_ bytes: [UInt8]) -> Refusal? {
        guard case .refused(_, let refusal) = decode(bytes) else { return nil }
        return refusal
    }

    /// Why the bytes are no request at all.
    private func malformation(_ bytes: [UInt8]) -> Refusal? {
        guard case .malformed(let refusal) = decode(bytes) else { return nil }
        return refusal
    }

    private func dueDate(
        standard: [UInt8] = Array("std-7".utf8), day: Int32 = 20_531, second: UInt64 = 36_000,
        extra: [UInt8] = []
    ) -> [UInt8] {
        let start = number(1, zigzag(day)) + number(2, second)
        let message =
            nested(1, standard) + nested(2, Array("corporation".utf8)) + nested(3, start) + extra
        return number(1, 7) + number(3, 3) + nested(8, message)
    }

    @Test func theHandMadeRequestIsUnderstood() throws {
        guard case .request(let request, _) = decode(dueDate()) else {
            Issue.record("refused")
            return
        }
        #expect(request.id == 7)
        #expect(request.language == .en)
        guard case .dueDate(let question) = request.call else { return }
        #expect(question.start == moment("2026-03-19T10:00"))
        #expect(question.proof)
    }

    @Test func eachWrongFieldIsNamed() {
        let cases: [([UInt8], Refusal.Reason, String?)] = [
            (number(1, 7), .unknownCall, "call"),
            (number(1, 7) + number(3, 4), .invalidField, "language"),
            (number(1, 7) + nested(199, [1]), .unknownCall, "call"),
            (number(1, 7) + nested(8, []), .invalidField, "start"),
            (dueDate(standard: [0xC3, 0x28]), .textNotUTF8, "standard"),
            (dueDate(standard: [0xED, 0xA0, 0x80]), .textNotUTF8, "standard"),
            (dueDate(standard: Array(repeating: 97, count: 129)), .invalidField, "standard"),
            (dueDate(day: .max), .dateOutOfRange, "start.day"),
            (dueDate(day: .min), .dateOutOfRange, "start.day"),
            (dueDate(second: 86_400), .invalidField, "start.second"),
            (dueDate(second: UInt64(UInt32.max)), .invalidField, "start.second"),
            (dueDate(extra: number(5, 9)), .invalidField, "outside_reception"),
            (dueDate(extra: number(7, 2)), .invalidField, "proof"),
            (
                dueDate(extra: (0..<101).flatMap { _ in nested(4, nested(1, [])) }), .invalidField,
                "suspensions"
            ),
            (
                dueDate(extra: nested(4, nested(1, number(1, 10)) + nested(2, number(1, 10)))),
                .invalidField, "suspensions[0].until"
            ),
            (number(1, 7) + nested(11, []), .invalidField, "due_date"),
            (number(1, 7) + nested(16, number(2, 1)), .invalidField, "calendar"),
        ]
        for (bytes, reason, field) in cases {
            let refusal = refusal(bytes)
            #expect(refusal?.reason == reason, "\(bytes.prefix(40))")
            #expect(refusal?.field == field, "\(bytes.prefix(40))")
            #expect(refusal?.message.isEmpty == false)
        }
    }

    @Test func aNULInATextIsPartOfIt() throws {
        guard case .request(let request, _) = decode(dueDate(standard: [115, 0, 55])) else {
            return
        }
        guard case .dueDate(let question) = request.call else { return }
        #expect(question.clock.standard == "s\u{0}7")
    }

    @Test func whatIsNoMessageIsMalformed() {
        for bytes: [UInt8] in [
            [0xFF], [0x08], [0x0A, 0x05], Array(repeating: 0xFF, count: 64),
            // A wrong wire type for a known field, and a group.
            varint(8 << 3), [0x0B], Array("GET / HTTP/1.1\r\n\r\n".utf8),
        ] {
            #expect(malformation(bytes)?.reason == .malformedRequest, "\(bytes)")
        }
        for bytes in [[], number(1, 0), number(2, 5), nested(199, [1]), nested(8, [])] {
            let refusal = malformation(bytes)
            #expect(refusal?.reason == .invalidField && refusal?.field == "id", "\(bytes)")
        }
    }

    /// Each field that the request knows, at each depth, is refused with each wire type but its own.
    @Test func aKnownFieldOfAnotherWireTypeIsMalformed() {
        var tried = 0
        func visit(
            _ descriptor: ProtobufCMessageDescriptor, _ within: ([UInt8]) -> [UInt8]
        ) {
            for index in 0..<Int(descriptor.n_fields) {
                let field = descriptor.fields[index]
                let wrong = field.wrongValues
                tried += wrong.count
                for value in wrong {
                    // The id comes last, so that it is there whatever the others are.
                    let bytes = within(varint(UInt64(field.id) << 3 | value.type) + value.bytes)
                    let name = String(cString: descriptor.name) + "." + String(cString: field.name)
                    #expect(
                        malformation(bytes + number(1, 7))?.reason == .malformedRequest,
                        "\(name): wire type \(value.type)")
                }
                guard field.type == PROTOBUF_C_TYPE_MESSAGE, let inner = field.descriptor else {
                    continue
                }
                visit(inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self).pointee) {
                    let size = varint(UInt64($0.count))
                    return within(varint(UInt64(field.id) << 3 | 2) + size + $0)
                }
            }
        }
        visit(kezek__v1__request__descriptor) { $0 }
        #expect(tried > 1_000)
    }

    @Test func everyTruncationOfEveryRequestIsAnswered() throws {
        for call in Examples.calls {
            let request = WireRequest(id: 1, deadlineMilliseconds: 0, language: .kk, call: call)
            let bytes = try #require(RequestCodec.encode(request, arena))
            for length in 0..<bytes.count { _ = decode(Array(bytes[..<length])) }
        }
    }

    @Test func twentyThousandMutationsOfEveryKindAreAnswered() throws {
        var random = SeededGenerator(seed: 41)
        let seeds = try Examples.calls.map { call in
            try #require(
                RequestCodec.encode(
                    WireRequest(id: 1, deadlineMilliseconds: 0, language: .en, call: call), arena))
        }
        var (understood, refused) = (0, 0)
        for _ in 0..<20_000 {
            let bytes = seeds.randomElement(using: &random)!.mutated(using: &random)
            switch decode(bytes) {
            case .request: understood += 1
            case .refused, .malformed: refused += 1
            }
        }
        // Both must happen, or the mutations show nothing.
        #expect(understood > 100)
        #expect(refused > 100)
    }

    @Test func mutatedResponsesNeverHarmAClient() throws {
        var random = SeededGenerator(seed: 43)
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        for (index, result) in Examples.results.enumerated() {
            let seed = encoded(WireResponse(id: UInt64(index) + 1, result: result))
            for _ in 0..<500 where !seed.isEmpty {
                var bytes = seed
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(
                    in: 1...255, using: &random)
                arena.reset()
                _ = bytes.withUnsafeBytes { ResponseCodec.decode($0, arena) }
            }
        }
    }

    @Test func aFrameThatExpandsBeyondTheLimitIsRefused() {
        // Each empty suspension of two bytes becomes a message of its own.
        let many = Array(repeating: nested(4, []), count: 400_000).flatMap { $0 }
        let small = Arena(limit: 1 << 20)
        let bytes = dueDate(extra: many)
        let decoded = bytes.withUnsafeBytes { RequestCodec.decode($0, small) }
        guard case .malformed(let refusal) = decoded else {
            Issue.record("decoded")
            return
        }
        #expect(refusal.reason == .malformedRequest)
    }

    @Test func theArenaHandsOutWhatItsLimitAllowsAndNoMore() {
        let arena = Arena(limit: 1 << 20)
        for _ in 0..<3 {
            var handedOut = 0
            while let memory = arena.allocate(1000) {
                memory.initializeMemory(as: UInt8.self, repeating: 0xAA, count: 1000)
                #expect(UInt(bitPattern: memory) % 16 == 0)
                handedOut += 1
            }
            #expect((1000...1049).contains(handedOut))
            arena.reset()
        }
        #expect(arena.allocate(.max) == nil)
        #expect(arena.allocate(-1) == nil)
        #expect(arena.allocate(1 << 20) != nil)
    }

    /// protobuf-c decodes by recursion without a limit, so no message may contain itself.
    @Test func noMessageContainsItself() {
        func visit(
            _ descriptor: ProtobufCMessageDescriptor, _ path: [String]
        ) -> Int {
            let name = String(cString: descriptor.name)
            #expect(!path.contains(name), "\(path) → \(name)")
            guard !path.contains(name) else { return 0 }
            var depth = 0
            for index in 0..<Int(descriptor.n_fields) {
                let field = descriptor.fields[index]
                guard field.type == PROTOBUF_C_TYPE_MESSAGE, let inner = field.descriptor else {
                    continue
                }
                let message = inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
                depth = max(depth, 1 + visit(message.pointee, path + [name]))
            }
            return depth
        }
        #expect(visit(kezek__v1__request__descriptor, []) == 9)
        #expect(visit(kezek__v1__response__descriptor, []) == 9)
        #expect(visit(kezek__journal__v1__day_entry__descriptor, []) == 6)
        #expect(visit(kezek__journal__v1__office_entry__descriptor, []) == 9)
        #expect(visit(kezek__journal__v1__entry_pack__descriptor, []) == 0)
    }
}

extension ProtobufCFieldDescriptor {
    /// A value of each wire type that the field must not have.
    fileprivate var wrongValues: [(type: UInt64, bytes: [UInt8])] {
        let all: [(type: UInt64, bytes: [UInt8])] = [
            (0, [1]), (1, Array(repeating: 0, count: 8)), (2, [0]),
            (5, Array(repeating: 0, count: 4)),
        ]
        let isBytes = [
            PROTOBUF_C_TYPE_MESSAGE, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING,
        ].contains(type)
        let isEight = [
            PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_DOUBLE,
        ].contains(type)
        let isFour = [
            PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FLOAT,
        ].contains(type)
        let own: UInt64 = isBytes ? 2 : isEight ? 1 : isFour ? 5 : 0
        // Of numbers that repeat both forms are right, packed and each for itself.
        let isPackable = label == PROTOBUF_C_LABEL_REPEATED && !isBytes
        return all.filter { $0.type != own && !(isPackable && $0.type == 2) }
    }
}

@Suite struct FrameHeaderTests {
    @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, 1 << 20, (1 << 21) - 1, 1 << 21, 1 << 28])
    func everyLengthIsReadBack(length: Int) {
        var bytes = [UInt8](repeating: 0xEE, count: FrameHeader.size(length: length))
        bytes.withUnsafeMutableBytes { FrameHeader.write(length: length, to: $0.baseAddress!) }
        let read = bytes.withUnsafeBytes { FrameHeader.read($0, limit: 1 << 30) }
        #expect(read == .complete(headerLength: bytes.count, length: length))
        for count in 0..<bytes.count {
            let part = Array(bytes[..<count])
            #expect(part.withUnsafeBytes { FrameHeader.read($0, limit: 1 << 30) } == .incomplete)
        }
        #expect(
            length == 0
                || bytes.withUnsafeBytes { FrameHeader.read($0, limit: length - 1) } == .tooLong)
    }

    @Test func aVarintOfMoreThanFiveBytesIsTooLong() {
        let endless = [UInt8](repeating: 0x80, count: 5)
        #expect(endless.withUnsafeBytes { FrameHeader.read($0, limit: .max) } == .tooLong)
        let large: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        #expect(large.withUnsafeBytes { FrameHeader.read($0, limit: 1 << 20) } == .tooLong)
    }
}

@Suite struct EndpointTests {
    @Test(arguments: [
        ("127.0.0.1:7447", true), ("127.8.8.8:1", true), ("[::1]:7447", true),
        ("localhost:7447", true), ("unix:/run/kezek.sock", true), ("0.0.0.0:7447", false),
        ("[::]:7447", false), ("10.0.0.5:7447", false), ("127.evil.example:7447", false),
        ("kezek.example:7447", false), ("127.0.0.1.example.kz:7447", false),
    ])
    func onlyThisMachinesAddressesAreLocal(text: String, isLocal: Bool) throws {
        let endpoint = try #require(Endpoint(text))
        #expect(endpoint.isLocal == isLocal)
        #expect(endpoint.description == text)
    }

    @Test(arguments: [
        "", ":7447", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:7447", "unix:",
        "127.0.0.1:-1", "127.0.0.1:x",
    ])
    func otherTextsAreNoEndpoints(text: String) {
        #expect(Endpoint(text) == nil)
    }
}
