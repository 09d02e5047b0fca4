// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Reads a text, which begins with its quotation mark, and writes its characters as UTF-8.
    mutating func string() throws(JSONProblem) {
        at += 1
        while true {
            var run = at
            // Eight bytes at once, as long as all of them are plain.
            while end - run >= 8, Self.arePlain(run) { run += 8 }
            while run < end {
                let byte = run.pointee
                if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
                if byte < 0x80 {
                    run += 1
                } else {
                    let size = UTF8Run.size(run, end)
                    guard size > 0 else {
                        at = run
                        throw .notUTF8
                    }
                    run += size
                    // What is not Latin goes on so.
                    continue
                }
                if end - run >= 8, Self.arePlain(run) {
                    run += 8
                    while end - run >= 8, Self.arePlain(run) { run += 8 }
                }
            }
            try out.append(at, run - at)
            at = run
            guard at < end else { throw .syntax(.value) }
            if at.pointee == 0x22 {
                at += 1
                return
            }
            guard at.pointee == 0x5C else { throw .syntax(.escape) }
            at += 1
            try escape()
        }
    }

    /// Whether eight bytes are neither quotation marks, backslashes, controls nor beyond ASCII.
    @inline(__always)
    private static func arePlain(_ place: UnsafePointer<UInt8>) -> Bool {
        let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5C)
        let odd = (quotes &- ones) | (slashes &- ones) | (word &- (ones &* 0x20)) | word
        return odd & tops == 0
    }

    private mutating func escape() throws(JSONProblem) {
        let byte = next
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): try out.append(byte)
        case UInt8(ascii: "b"): try out.append(0x08)
        case UInt8(ascii: "f"): try out.append(0x0C)
        case UInt8(ascii: "n"): try out.append(0x0A)
        case UInt8(ascii: "r"): try out.append(0x0D)
        case UInt8(ascii: "t"): try out.append(0x09)
        case UInt8(ascii: "u"): try unicode()
        default:
            at -= 1
            throw .syntax(.escape)
        }
    }

    private mutating func unicode() throws(JSONProblem) {
        var scalar = try hexadecimal()
        if scalar & 0xFC00 == 0xD800 {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw .halfCharacter }
            let low = try hexadecimal()
            guard low & 0xFC00 == 0xDC00 else { throw .halfCharacter }
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
        } else if scalar & 0xFC00 == 0xDC00 {
            throw .halfCharacter
        }
        try out.reserve(4)
        switch scalar {
        case 0..<0x80: out.put(UInt8(scalar))
        case 0x80..<0x800:
            out.put(UInt8(0xC0 | scalar >> 6))
            out.put(UInt8(0x80 | scalar & 0x3F))
        case 0x800..<0x10000:
            out.put(UInt8(0xE0 | scalar >> 12))
            out.put(UInt8(0x80 | scalar >> 6 & 0x3F))
            out.put(UInt8(0x80 | scalar & 0x3F))
        default:
            out.put(UInt8(0xF0 | scalar >> 18))
            out.put(UInt8(0x80 | scalar >> 12 & 0x3F))
            out.put(UInt8(0x80 | scalar >> 6 & 0x3F))
            out.put(UInt8(0x80 | scalar & 0x3F))
        }
    }

    private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt32 =
                switch next {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(next - UInt8(ascii: "0"))
                case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(next - UInt8(ascii: "a") + 10)
                case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(next - UInt8(ascii: "A") + 10)
                default: throw .syntax(.escape)
                }
            at += 1
            value = value << 4 | digit
        }
        return value
    }

    // MARK: Bytes

    /// Reads a text in base64 of either alphabet, padded or not, and writes the bytes that it says.
    mutating func base64() throws(JSONProblem) {
        let before = out.count
        let place = at
        try string()
        let size = Base64Text.decode(out.start + before, out.count - before)
        guard size >= 0 else {
            at = place
            throw .noBase64
        }
        out.count = before + size
    }
}
