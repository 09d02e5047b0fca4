// SPDX-License-Identifier: Apache-2.0

/// Bytes as text, as RFC 4648 has it.
public enum Base64Text {
    private static let signs: StaticString =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// The value of each sign of both alphabets; 255 for another.
    private static let values: Name = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        table.initialize(repeating: 255, count: 256)
        for index in 0..<64 { table[Int(signs.utf8Start[index])] = UInt8(index) }
        table[Int(UInt8(ascii: "-"))] = 62
        table[Int(UInt8(ascii: "_"))] = 63
        return Name(start: table, count: 256)
    }()

    /// Puts the bytes in the place of their signs; how many they are, or -1 if the text is no base64.
    static func decode(_ text: UnsafeMutablePointer<UInt8>, _ size: Int) -> Int {
        var count = size
        // Padded is what fills up a group of four.
        if count % 4 == 0, count > 0, text[count - 1] == UInt8(ascii: "=") {
            count -= text[count - 2] == UInt8(ascii: "=") ? 2 : 1
        }
        guard count % 4 != 1 else { return -1 }
        let values = Self.values.start
        var read = 0
        var written = 0
        while count - read >= 4 {
            let (a, b) = (values[Int(text[read])], values[Int(text[read + 1])])
            let (c, d) = (values[Int(text[read + 2])], values[Int(text[read + 3])])
            guard a | b | c | d < 64 else { return -1 }
            text[written] = a << 2 | b >> 4
            text[written + 1] = b << 4 | c >> 2
            text[written + 2] = c << 6 | d
            read += 4
            written += 3
        }
        guard read < count else { return written }
        let (a, b) = (values[Int(text[read])], values[Int(text[read + 1])])
        let c = count - read == 3 ? values[Int(text[read + 2])] : 0
        guard a | b | c < 64 else { return -1 }
        text[written] = a << 2 | b >> 4
        if count - read == 3 { text[written + 1] = b << 4 | c >> 2 }
        return written + count - read - 1
    }

    /// The bytes that a text says in either alphabet, padded or not; nil if it is no base64.
    public static func bytes(_ text: String) -> [UInt8]? {
        var bytes = Array(text.utf8)
        let size = bytes.withUnsafeMutableBufferPointer { buffer in
            buffer.isEmpty ? 0 : decode(buffer.baseAddress!, buffer.count)
        }
        guard size >= 0 else { return nil }
        bytes.removeLast(bytes.count - size)
        return bytes
    }

    /// Bytes as text, padded or not.
    public static func text(_ bytes: some Collection<UInt8>, padded: Bool) -> String {
        let bytes = Array(bytes)
        var buffer = ByteBuffer(capacity: bytes.count * 2, limit: .max)
        bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { try? encode(start, source.count, into: &buffer) }
        }
        var text = String(decoding: buffer.bytes, as: UTF8.self)
        while !padded, text.hasSuffix("=") { text.removeLast() }
        return text
    }

    static func encode(
        _ bytes: UnsafePointer<UInt8>, _ size: Int, into out: inout ByteBuffer
    ) throws(JSONProblem) {
        try out.reserve((size + 2) / 3 * 4)
        let signs = Self.signs.utf8Start
        var at = 0
        while size - at >= 3 {
            let (a, b, c) = (bytes[at], bytes[at + 1], bytes[at + 2])
            out.put(signs[Int(a >> 2)])
            out.put(signs[Int((a & 3) << 4 | b >> 4)])
            out.put(signs[Int((b & 15) << 2 | c >> 6)])
            out.put(signs[Int(c & 63)])
            at += 3
        }
        guard at < size else { return }
        let (a, b) = (bytes[at], size - at == 2 ? bytes[at + 1] : 0)
        out.put(signs[Int(a >> 2)])
        out.put(signs[Int((a & 3) << 4 | b >> 4)])
        out.put(size - at == 2 ? signs[Int((b & 15) << 2)] : UInt8(ascii: "="))
        out.put(UInt8(ascii: "="))
    }
}
