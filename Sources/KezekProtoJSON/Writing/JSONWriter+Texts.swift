// SPDX-License-Identifier: Apache-2.0

extension ByteBuffer {
    @inline(__always)
    mutating func append(_ word: StaticString) throws(JSONProblem) {
        try append(word.utf8Start, word.utf8CodeUnitCount)
    }
}

extension JSONWriter {
    /// Writes a text in quotation marks.
    ///
    /// - Throws: ``JSONProblem/notUTF8``.
    mutating func string(_ text: WireRange) throws(JSONProblem) {
        try out.append(UInt8(ascii: "\""))
        var at = text.at
        while at < text.end {
            var run = at
            while run < text.end {
                let byte = run.pointee
                if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
                if byte < 0x80 {
                    run += 1
                } else {
                    let size = UTF8Run.size(run, text.end)
                    guard size > 0 else { throw .notUTF8 }
                    run += size
                }
            }
            try out.append(at, run - at)
            if run < text.end {
                try escape(run.pointee)
                run += 1
            }
            at = run
        }
        try out.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) throws(JSONProblem) {
        try out.reserve(6)
        out.put(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: out.put(byte)
        case 0x08: out.put(UInt8(ascii: "b"))
        case 0x09: out.put(UInt8(ascii: "t"))
        case 0x0A: out.put(UInt8(ascii: "n"))
        case 0x0C: out.put(UInt8(ascii: "f"))
        case 0x0D: out.put(UInt8(ascii: "r"))
        default:
            try out.append("u00" as StaticString)
            out.put(UInt8(ascii: "0") + byte >> 4)
            let low = byte & 15
            out.put(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
