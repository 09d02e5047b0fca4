// SPDX-License-Identifier: Apache-2.0

/// What is packed as gzip says (RFC 1952), unpacked up to a limit.
enum Gzip {
    /// The bytes that were packed, in one member; nil if they are not as gzip says, or more than the limit.
    static func unpack(_ packed: [UInt8], limit: Int) -> [UInt8]? {
        // A head of ten bytes and a tail of eight.
        guard packed.count >= 18, packed[0] == 0x1F, packed[1] == 0x8B, packed[2] == 8 else {
            return nil
        }
        let flags = packed[3]
        guard flags & 0xE0 == 0 else { return nil }
        var at = 10
        if flags & 4 != 0 {
            guard packed.count >= at + 2 else { return nil }
            at += 2 + Int(packed[at]) + Int(packed[at + 1]) << 8
        }
        // A name and a remark, each up to its nought.
        for bit in [UInt8(8), 16] where flags & bit != 0 {
            guard at < packed.count, let end = packed[at...].firstIndex(of: 0) else {
                return nil
            }
            at = end + 1
        }
        if flags & 2 != 0 { at += 2 }
        guard at <= packed.count - 8 else { return nil }
        let tail = packed.count - 8
        var inflate = Inflate(packed[at..<tail], limit: limit)
        guard let bytes = inflate.run(), inflate.isAtEnd else { return nil }
        func number(_ place: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(packed[place + $1]) << UInt32(8 * $1) }
        }
        guard number(tail) == checksum(bytes),
            number(tail + 4) == UInt32(truncatingIfNeeded: bytes.count)
        else { return nil }
        return bytes
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        let table = Self.table
        return ~bytes.reduce(~0 as UInt32) {
            table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8)
        }
    }
}

/// Bytes that are packed as DEFLATE says (RFC 1951).
private struct Inflate {
    private let packed: ArraySlice<UInt8>
    private let limit: Int
    private var at: Int
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0
    private var out: [UInt8] = []

    init(_ packed: ArraySlice<UInt8>, limit: Int) {
        self.packed = packed
        self.limit = limit
        at = packed.startIndex
    }

    /// Whether nothing stands behind the last block.
    var isAtEnd: Bool { at == packed.endIndex }

    /// All blocks; nil if one is not as it should be, or the limit is passed.
    mutating func run() -> [UInt8]? {
        while true {
            guard let isLast = take(1), let kind = take(2) else { return nil }
            let isRight =
                switch kind {
                case 0: stored()
                case 1: coded(Self.fixedLengths, Self.fixedDistances)
                case 2: dynamic()
                default: false
                }
            guard isRight else { return nil }
            if isLast == 1 { return out }
        }
    }

    private mutating func take(_ count: UInt32) -> UInt32? {
        while bitCount < count {
            guard at < packed.endIndex else { return nil }
            bits |= UInt32(packed[at]) << bitCount
            at += 1
            bitCount += 8
        }
        let value = bits & (1 << count - 1)
        bits >>= count
        bitCount -= count
        return value
    }

    private mutating func stored() -> Bool {
        bits = 0
        bitCount = 0
        guard packed.endIndex - at >= 4 else { return false }
        let size = Int(packed[at]) | Int(packed[at + 1]) << 8
        let check = Int(packed[at + 2]) | Int(packed[at + 3]) << 8
        at += 4
        guard size == ~check & 0xFFFF, packed.endIndex - at >= size, out.count + size <= limit
        else {
            return false
        }
        out += packed[at..<at + size]
        at += size
        return true
    }

    /// A code by its lengths: how many there are of each, and the symbols in their order.
    private struct Code {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        /// Nil if there are more codes of a length than can be told apart.
        init?(_ lengths: some Collection<Int>) {
            for length in lengths { counts[length] += 1 }
            var left = 1
            for length in 1..<16 {
                left = left << 1 - counts[length]
                guard left >= 0 else { return nil }
            }
            for length in 1..<16 where counts[length] > 0 {
                symbols += lengths.enumerated().filter { $0.element == length }.map(\.offset)
            }
        }
    }

    private static let fixedLengths = Code(
        (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })!
    private static let fixedDistances = Code([Int](repeating: 5, count: 30))!

    private mutating func symbol(_ code: Code) -> Int? {
        var (value, first, index) = (0, 0, 0)
        for length in 1..<16 {
            guard let bit = take(1) else { return nil }
            value |= Int(bit)
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        return nil
    }

    private mutating func dynamic() -> Bool {
        guard let hlit = take(5), let hdist = take(5), let hclen = take(4), hlit <= 29,
            hdist <= 29
        else { return false }
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var lengths = [Int](repeating: 0, count: 19)
        for place in order.prefix(Int(hclen) + 4) {
            guard let length = take(3) else { return false }
            lengths[place] = Int(length)
        }
        guard let code = Code(lengths) else { return false }
        let (literals, distances) = (Int(hlit) + 257, Int(hdist) + 1)
        var all: [Int] = []
        while all.count < literals + distances {
            guard let symbol = symbol(code) else { return false }
            if symbol < 16 {
                all.append(symbol)
                continue
            }
            let (bits, base, value): (UInt32, Int, Int?) =
                switch symbol {
                case 16: (2, 3, all.last)
                case 17: (3, 3, 0)
                default: (7, 11, 0)
                }
            guard let value, let more = take(bits) else { return false }
            all += [Int](repeating: value, count: base + Int(more))
        }
        guard all.count == literals + distances, all[256] != 0,
            let first = Code(all.prefix(literals)),
            let second = Code(Array(all.dropFirst(literals)))
        else { return false }
        return coded(first, second)
    }

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99,
        115, 131,
        163, 195, 227, 258,
    ]
    private static let lengthBits: [UInt32] = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025,
        1537, 2049,
        3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]

    private mutating func coded(_ lengths: Code, _ distances: Code) -> Bool {
        while true {
            guard let symbol = symbol(lengths) else { return false }
            if symbol == 256 { return true }
            if symbol < 256 {
                guard out.count < limit else { return false }
                out.append(UInt8(symbol))
                continue
            }
            guard symbol - 257 < Self.lengthBases.count,
                let more = take(Self.lengthBits[symbol - 257]),
                let place = self.symbol(distances), place < Self.distanceBases.count,
                let further = take(place < 2 ? 0 : UInt32(place / 2 - 1))
            else { return false }
            let length = Self.lengthBases[symbol - 257] + Int(more)
            let distance = Self.distanceBases[place] + Int(further)
            guard distance <= out.count, out.count + length <= limit else { return false }
            for _ in 0..<length { out.append(out[out.count - distance]) }
        }
    }
}
