// SPDX-License-Identifier: Apache-2.0

import KezekProtoJSON

/// JSON of messages, and messages as JSON; the first byte chooses which and the second the message.
enum ProtoJSONAttempts {
    private static let limits = JSONLimits(bytesIn: 1 << 16, bytesOut: 1 << 20, values: 1 << 14)
    private static let all = MessageType.all

    static func attempt(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count > 2 else { return }
        let type = all[Int(bytes[1]) % all.count]
        let rest = Array(bytes.dropFirst(2))
        if bytes[0] & 1 == 0 {
            guard let message = try? JSONCodec.message(type, json: rest, limits: limits) else {
                return
            }
            comesBack(message, type)
        } else {
            guard let json = try? JSONCodec.json(type, message: rest, limits: limits),
                json.count <= limits.bytesIn
            else { return }
            // What is written from bytes in any order is read as the same in order.
            guard let message = try? JSONCodec.message(type, json: json, limits: limits) else {
                fail("JSON that was written is refused")
            }
            expect(written(message, type) == json, "JSON changes as it is read and written")
        }
    }

    private static func written(_ message: [UInt8], _ type: MessageType) -> [UInt8] {
        guard let json = try? JSONCodec.json(type, message: message, limits: limits) else {
            fail("a message that was read cannot be written")
        }
        return json
    }

    private static func comesBack(_ message: [UInt8], _ type: MessageType) {
        guard let json = try? JSONCodec.json(type, message: message, limits: limits),
            json.count <= limits.bytesIn
        else { return }
        guard let again = try? JSONCodec.message(type, json: json, limits: limits) else {
            fail("JSON that was written is refused")
        }
        expect(written(again, type) == json, "a message changes as it is written and read")
    }
}
