// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Puts a JSON text together, commas where they belong.
struct JSONWriter {
    private var bytes: [UInt8] = []
    /// Whether the next value or member is the first of its list or object.
    private var isFirst = true

    /// The text, with a line's end behind it.
    var data: Data { Data(bytes + [UInt8(ascii: "\n")]) }

    private mutating func raw(_ text: String) { bytes += text.utf8 }

    private mutating func comma() {
        if !isFirst { raw(", ") }
        isFirst = false
    }

    mutating func object(_ body: (inout JSONWriter) -> Void) {
        raw("{")
        isFirst = true
        body(&self)
        raw("}")
        isFirst = false
    }

    mutating func list<Elements: Sequence>(
        _ elements: Elements, onLines: Bool = false,
        _ body: (inout JSONWriter, Elements.Element) -> Void
    ) {
        raw("[")
        isFirst = true
        for element in elements {
            comma()
            if onLines { raw("\n  ") }
            body(&self, element)
            isFirst = false
        }
        raw(onLines ? "\n ]" : "]")
        isFirst = false
    }

    mutating func numbers(_ numbers: some Sequence<some BinaryInteger>) {
        list(numbers) { $0.number("\($1)") }
    }

    mutating func number(_ digits: String) { raw(digits) }

    /// A text in quotation marks, with what must not stand in one escaped (RFC 8259, 7).
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                raw("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The name of a member, whose value follows.
    mutating func member(_ name: String) {
        comma()
        string(name)
        raw(": ")
    }

    mutating func member(_ name: String, _ value: Int) {
        member(name)
        number("\(value)")
    }

    mutating func member(_ name: String, _ values: [Int]) {
        member(name)
        numbers(values)
    }

    mutating func member(_ name: String, _ text: String) {
        member(name)
        string(text)
    }

    mutating func member(_ name: String, isTrue: Bool) {
        member(name)
        raw(isTrue ? "true" : "false")
    }
}
