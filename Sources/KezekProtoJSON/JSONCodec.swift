// SPDX-License-Identifier: Apache-2.0

/// Messages of `kezek.v1` as canonical ProtoJSON, and back.
///
/// Numbers of 64 bits are texts, bytes are base64, values of enums are names, fields are in camel case. What is
/// read may have numbers of 64 bits as numbers, the names of the `.proto` files, numbers of enums, and
/// base64 of either alphabet. An unknown field, a field that is there twice and a second field of a oneof are refused.
public enum JSONCodec {
    /// The bytes of the message that a text of JSON says.
    ///
    /// - Throws: a ``JSONFault`` that names the field.
    /// - Complexity: O(the text's length · the depth).
    public static func message(
        _ type: MessageType, json: [UInt8], limits: JSONLimits
    ) throws(JSONFault) -> [UInt8] {
        guard json.count <= limits.bytesIn else {
            throw JSONFault(path: "", offset: 0, problem: .tooLarge(limits.bytesIn))
        }
        guard !json.isEmpty else {
            throw JSONFault(path: "", offset: 0, problem: .syntax(.value))
        }
        var fault: JSONFault?
        var bytes: [UInt8] = []
        json.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(buffer, limits: limits)
            do throws(JSONFault) {
                try reader.readAll(type)
                bytes = reader.out.bytes
            } catch { fault = error }
        }
        if let fault { throw fault }
        return bytes
    }

    /// A message's bytes as JSON, on one line.
    ///
    /// - Throws: ``JSONProblem/malformedMessage``, or that it is beyond the limits.
    /// - Complexity: O(the number of bytes · the depth).
    public static func json(
        _ type: MessageType, message: [UInt8], limits: JSONLimits
    ) throws(JSONProblem) -> [UInt8] {
        guard message.count <= limits.bytesIn else { throw .tooLarge(limits.bytesIn) }
        guard !message.isEmpty else { return Array("{}".utf8) }
        var problem: JSONProblem?
        var bytes: [UInt8] = []
        message.withUnsafeBufferPointer { buffer in
            let start = buffer.baseAddress!
            var writer = JSONWriter(size: buffer.count, limits: limits)
            do throws(JSONProblem) {
                try writer.write(type, WireRange(start, start + buffer.count))
                bytes = writer.out.bytes
            } catch { problem = error }
        }
        if let problem { throw problem }
        return bytes
    }
}
