// SPDX-License-Identifier: Apache-2.0

extension MessageType {
    /// The number of a field by its name in the `.proto` files; nil if there is none.
    public func number(of name: String) -> UInt32? {
        let schema = Schema.all
        return schema.messages[index].fields.lazy.map { schema.fields[$0] }
            .first { $0.protoName.text == name }?.number
    }

    /// Whether a message has a bool of this number that is true, or a number that is not 0; false if it is no message.
    public func hasSet(_ number: UInt32, in message: [UInt8]) -> Bool {
        message.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return false }
            var left = WireRange(start, start + bytes.count)
            var value: UInt64 = 0
            do throws(JSONProblem) {
                while left.at < left.end {
                    let (found, type) = try left.tag()
                    if found == UInt64(number), type == 0 {
                        value = try left.varint()
                    } else {
                        try left.skip(type)
                    }
                }
            } catch { return false }
            return value != 0
        }
    }
}
