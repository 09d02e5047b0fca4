// SPDX-License-Identifier: Apache-2.0

// Messages made by hand, byte by byte: what no writer of this package would write.

/// A field of a message: its tag, and for a nested one its length.
func nested(_ field: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    varint(UInt64(field) << 3 | 2) + varint(UInt64(bytes.count)) + bytes
}

func nested(_ field: UInt8, _ text: String) -> [UInt8] { nested(field, Array(text.utf8)) }

func number(_ field: UInt8, _ value: UInt64) -> [UInt8] {
    varint(UInt64(field) << 3) + varint(value)
}

func varint(_ value: UInt64) -> [UInt8] {
    var (bytes, left) = ([UInt8](), value)
    while left >= 0x80 {
        bytes.append(UInt8(left & 0x7F) | 0x80)
        left >>= 7
    }
    return bytes + [UInt8(left)]
}

func zigzag(_ value: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31)))
}

extension [UInt8] {
    /// The bytes after one to four changes: bytes replaced, removed, inserted, repeated.
    func mutated(using random: inout some RandomNumberGenerator) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where place < bytes.count: bytes[place] = .random(in: 0...255, using: &random)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2: bytes.insert(.random(in: 0...255, using: &random), at: place)
            default: bytes += bytes.suffix(bytes.count - place)
            }
        }
        return bytes
    }
}
