// SPDX-License-Identifier: Apache-2.0

/// Reads lines of text, each within a limit and checked to be UTF-8.
public struct LineReader {
    /// The longest line, in bytes.
    public static let limit = 64 << 10

    private var input: ByteInput
    private var buffer: [UInt8] = []
    private var start = 0
    /// How many bytes from there are known to have no line feed, so that none is looked at twice.
    private var searched = 0
    private var isAtEnd = false
    private var number = 0

    public init(_ input: ByteInput) { self.input = input }

    /// The next line without its end; nil after the last.
    ///
    /// - Throws: what reading the file throws.
    public mutating func next() throws -> Result<(number: Int, text: String), BadLine>? {
        guard let (bytes, isTooLong) = try nextBytes() else { return nil }
        number += 1
        guard !isTooLong else { return .failure(.tooLong(number, limit: Self.limit)) }
        // A byte order mark belongs to the file, not to the first field.
        let isMarked = number == 1 && bytes.starts(with: CSVForm.mark)
        guard let text = String(validating: isMarked ? bytes.dropFirst(3) : bytes, as: UTF8.self)
        else { return .failure(.notUTF8(number)) }
        return .success((number, text))
    }

    /// The bytes of the next line; of one beyond the limit only that it was.
    private mutating func nextBytes() throws -> (ArraySlice<UInt8>, isTooLong: Bool)? {
        var isTooLong = false
        while true {
            if let end = buffer[(start + searched)...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { (start, searched) = (end + 1, 0) }
                return (line(to: end), isTooLong || end - start > Self.limit)
            }
            if isAtEnd {
                guard start < buffer.count || isTooLong else { return nil }
                defer { (start, searched) = (buffer.count, 0) }
                return (line(to: buffer.count), isTooLong || buffer.count - start > Self.limit)
            }
            if buffer.count - start > Self.limit {
                isTooLong = true
                buffer.removeAll(keepingCapacity: true)
            } else {
                buffer.removeSubrange(..<start)
            }
            (start, searched) = (0, buffer.count)
            if let chunk = try input.next() { buffer += chunk } else { isAtEnd = true }
        }
    }

    private func line(to end: Int) -> ArraySlice<UInt8> {
        let bytes = buffer[start..<end]
        return bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    }
}
