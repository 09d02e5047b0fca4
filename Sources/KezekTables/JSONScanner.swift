// SPDX-License-Identifier: Apache-2.0

/// Walks over a JSON text and tells where its parts lie.
struct JSONScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var start = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// What was walked over by ``object()``.
    var written: String { String(decoding: bytes[start..<end], as: UTF8.self) }
    private var end = 0

    /// The members of the one object that the text is.
    mutating func object() throws(JSONRecord.Fault) -> [JSONRecord.Member] {
        skipSpace()
        start = position
        var found: [JSONRecord.Member] = []
        guard take("{") else { throw .notAnObject }
        skipSpace()
        if !take("}") {
            repeat {
                skipSpace()
                guard let name = try string() else { throw .notAnObject }
                skipSpace()
                guard take(":") else { throw .notAnObject }
                skipSpace()
                found.append(JSONRecord.Member(name: name, value: try value()))
                skipSpace()
            } while take(",")
            guard take("}") else { throw .notAnObject }
        }
        end = position
        skipSpace()
        guard position == bytes.count else { throw .notAnObject }
        return found
    }

    private mutating func value() throws(JSONRecord.Fault) -> JSONRecord.Value {
        if let text = try string() { return .text(text) }
        let first = position
        try skipValue(depth: 1)
        let text = String(decoding: bytes[first..<position], as: UTF8.self)
        return text == "null" ? .null : .other(text)
    }

    private mutating func skipValue(depth: Int) throws(JSONRecord.Fault) {
        guard depth <= JSONRecord.depthLimit else { throw .tooDeep }
        if try string() != nil { return }
        for word in ["true", "false", "null"] where take(word) { return }
        if take("[") {
            try skipItems(end: "]") { (scanner) throws(JSONRecord.Fault) in
                try scanner.skipValue(depth: depth + 1)
            }
        } else if take("{") {
            try skipItems(end: "}") { (scanner) throws(JSONRecord.Fault) in
                guard try scanner.string() != nil else { throw .notAnObject }
                scanner.skipSpace()
                guard scanner.take(":") else { throw .notAnObject }
                scanner.skipSpace()
                try scanner.skipValue(depth: depth + 1)
            }
        } else {
            try skipNumber()
        }
    }

    private mutating func skipItems(
        end: String, _ item: (inout JSONScanner) throws(JSONRecord.Fault) -> Void
    ) throws(JSONRecord.Fault) {
        skipSpace()
        if take(end) { return }
        repeat {
            skipSpace()
            try item(&self)
            skipSpace()
        } while take(",")
        guard take(end) else { throw .notAnObject }
    }

    /// RFC 8259, 6: a minus sign, digits without a zero in front, a fraction, an exponent.
    private mutating func skipNumber() throws(JSONRecord.Fault) {
        _ = take("-")
        if !take("0") { try skipDigits() }
        if take(".") { try skipDigits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try skipDigits()
        }
    }

    private mutating func skipDigits() throws(JSONRecord.Fault) {
        let first = position
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            position += 1
        }
        guard position > first else { throw .notAnObject }
    }

    /// The text of a string; nil, and nothing read, if there is none here.
    private mutating func string() throws(JSONRecord.Fault) -> String? {
        guard take("\"") else { return nil }
        var text = ""
        var run = position
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                text += String(decoding: bytes[run..<position], as: UTF8.self)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += String(decoding: bytes[run..<position], as: UTF8.self)
                position += 1
                text.unicodeScalars.append(try escape())
                run = position
            case ..<0x20: throw .notAnObject
            default: position += 1
            }
        }
        throw .notAnObject
    }

    private mutating func escape() throws(JSONRecord.Fault) -> Unicode.Scalar {
        guard let byte = peek() else { throw .notAnObject }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
            // Half of a pair without its other half is no character.
            guard take("\\u") else { throw .notAnObject }
            let second = try codeUnit()
            guard UTF16.isLeadSurrogate(first), UTF16.isTrailSurrogate(second) else {
                throw .notAnObject
            }
            let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
            guard let scalar = Unicode.Scalar(value) else { throw .notAnObject }
            return scalar
        default: throw .notAnObject
        }
    }

    private mutating func codeUnit() throws(JSONRecord.Fault) -> UInt16 {
        guard position + 4 <= bytes.count else { throw .notAnObject }
        let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
        guard digits.utf8.allSatisfy({ UInt8(ascii: "+") != $0 && UInt8(ascii: "-") != $0 }),
            let unit = UInt16(digits, radix: 16)
        else { throw .notAnObject }
        position += 4
        return unit
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    /// RFC 8259, 2: space, tab, line feed, carriage return.
    private mutating func skipSpace() {
        while let byte = peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }
}
