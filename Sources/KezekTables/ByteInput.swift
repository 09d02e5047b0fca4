// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Bytes from a file or pipe, chunk by chunk, whose beginning can be looked at beforehand.
public struct ByteInput {
    /// What comes next, of any length; nil or nothing at the end.
    private let nextChunk: () throws -> Data?
    private var pending: [UInt8] = []
    private var isAtEnd = false

    public init(_ file: FileHandle) {
        self.init { try file.read(upToCount: 1 << 16) }
    }

    /// What `nextChunk` gives, until it gives nil or nothing.
    public init(chunks nextChunk: @escaping () throws -> Data?) { self.nextChunk = nextChunk }

    init(bytes: [UInt8]) {
        self.init { nil }
        pending = bytes
    }

    /// The first bytes that are still to come, fewer only at the end; they stay to come.
    public mutating func prefix(_ count: Int) throws -> ArraySlice<UInt8> {
        while pending.count < count, let more = try read() { pending += more }
        return pending.prefix(count)
    }

    /// Leaves out the first bytes that are still to come.
    mutating func drop(_ count: Int) { pending.removeFirst(min(count, pending.count)) }

    /// The next bytes, at least one; nil at the end.
    public mutating func next() throws -> [UInt8]? {
        guard pending.isEmpty else {
            defer { pending = [] }
            return pending
        }
        return try read()
    }

    private mutating func read() throws -> [UInt8]? {
        guard !isAtEnd, let chunk = try nextChunk(), !chunk.isEmpty else {
            isAtEnd = true
            return nil
        }
        return Array(chunk)
    }
}
