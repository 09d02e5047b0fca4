// SPDX-License-Identifier: Apache-2.0

/// Bytes that are written one after the other.
struct ByteBuffer: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private let limit: Int
    var count = 0

    init(capacity: Int, limit: Int) {
        self.capacity = max(64, min(capacity, limit))
        self.limit = limit
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// Makes room for so many more.
    ///
    /// - Throws: ``JSONProblem/tooLarge(_:)`` if they would be more than the limit.
    @inline(__always)
    mutating func reserve(_ more: Int) throws(JSONProblem) {
        if count + more > capacity { try grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) throws(JSONProblem) {
        guard count + more <= limit else { throw .tooLarge(limit) }
        capacity = max(count + more, capacity * 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.initialize(from: start, count: count)
        start.deallocate()
        start = larger
    }

    /// Puts a byte where there is room.
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) throws(JSONProblem) {
        try reserve(1)
        put(byte)
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafePointer<UInt8>, _ size: Int) throws(JSONProblem) {
        try reserve(size)
        (start + count).update(from: bytes, count: size)
        count += size
    }

    @inline(__always)
    mutating func append(_ name: Name) throws(JSONProblem) { try append(name.start, name.count) }

    /// Puts a varint where there is room for ten bytes.
    @inline(__always)
    mutating func put(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            put(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        put(UInt8(truncatingIfNeeded: rest))
    }

    /// Puts the last bytes of a number, the lowest first, where there is room.
    @inline(__always)
    mutating func put(fixed value: UInt64, _ size: Int) {
        for index in 0..<size { put(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
    }

    /// Writes the length of what stands behind a place, for which one byte was left free before it.
    @inline(__always)
    mutating func closeLength(at place: Int) throws(JSONProblem) {
        let length = count - place - 1
        if length < 0x80 {
            start[place] = UInt8(length)
            return
        }
        var size = 1
        var rest = length >> 7
        while rest > 0 {
            size += 1
            rest >>= 7
        }
        try reserve(size)
        let body = start + place + 1
        (body + size - 1).update(from: body, count: length)
        count = place
        put(varint: UInt64(length))
        count += length
    }

    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }
}
