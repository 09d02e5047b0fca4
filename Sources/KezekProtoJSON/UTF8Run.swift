// SPDX-License-Identifier: Apache-2.0

/// Characters of UTF-8 that are longer than a byte.
enum UTF8Run {
    /// How long the character is that begins with this byte, which is beyond ASCII; 0 if it is none.
    @inline(__always)
    static func size(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
        let left = end - start
        let first = start[0]
        guard left >= 2, start[1] & 0xC0 == 0x80 else { return 0 }
        if first < 0xE0 { return first >= 0xC2 ? 2 : 0 }
        guard left >= 3, start[2] & 0xC0 == 0x80 else { return 0 }
        if first < 0xF0 {
            let isShort = first == 0xE0 && start[1] < 0xA0
            let isHalf = first == 0xED && start[1] >= 0xA0
            return isShort || isHalf ? 0 : 3
        }
        guard left >= 4, start[3] & 0xC0 == 0x80, first <= 0xF4 else { return 0 }
        let isShort = first == 0xF0 && start[1] < 0x90
        let isBeyond = first == 0xF4 && start[1] >= 0x90
        return isShort || isBeyond ? 0 : 4
    }
}
