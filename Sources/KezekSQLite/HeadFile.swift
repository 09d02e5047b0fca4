// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekDisk

/// The file beside a journal that says how far it has been confirmed: `position:hash`, and a check.
///
/// It is written after each sync and not synced itself, so after a failure of the power it may be older than
/// the journal, and never newer. A journal that ends before it has lost something.
final class HeadFile: Sendable {
    struct Record: Hashable {
        let position: UInt64
        let hash: [UInt8]
    }

    enum Found: Hashable {
        case none
        /// There is a file, and it is no record.
        case damaged
        case record(Record)
    }

    /// 20 digits, a colon, 64 digits, a space, 16 digits and the end of the line.
    private static let length = 103

    static func path(beside journal: String) -> String { journal + "-head" }

    private let path: String
    private let descriptor: Int32

    /// Makes the file, readable by its owner alone, if there is none; nil if it cannot be.
    init?(beside journal: String) {
        path = Self.path(beside: journal)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { return nil }
        // What somebody has put behind a record would make it none for ever.
        if let size = FileFacts(descriptor)?.size, size > Self.length {
            ftruncate(descriptor, Self.length)
        }
    }

    /// Whether the next start would find this file, with what has been written to it.
    var isInPlace: Bool {
        guard let found = FileFacts(path), let open = FileFacts(descriptor) else { return false }
        return found.identity == open.identity && found.size == Self.length
    }

    deinit { close(descriptor) }

    /// One write of a few bytes, which nobody waits for the disk to take.
    ///
    /// If it fails, the file stays older than the journal, which is harmless.
    func write(_ record: Record) {
        let bytes = Self.encode(record)
        bytes.withUnsafeBytes { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    static func read(beside journal: String) -> Found {
        let descriptor = open(path(beside: journal), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT ? .none : .damaged }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: length + 1)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        // A crash came between its being made and its first record.
        if count == 0 { return .none }
        guard count == length, let record = decode(bytes.dropLast()) else { return .damaged }
        return .record(record)
    }

    static func encode(_ record: Record) -> [UInt8] {
        // Each commit writes one.
        [UInt8](unsafeUninitializedCapacity: length) { bytes, count in
            var position = record.position
            for place in (0..<20).reversed() {
                bytes[place] = UInt8(ascii: "0") + UInt8(position % 10)
                position /= 10
            }
            bytes[20] = UInt8(ascii: ":")
            count = 21
            // A damaged commit's may be of another length, and is found as another hash.
            for place in 0..<32 {
                append(place < record.hash.count ? record.hash[place] : 0, to: bytes, &count)
            }
            let sum = check(UnsafeRawBufferPointer(start: bytes.baseAddress, count: count))
            bytes[count] = UInt8(ascii: " ")
            count += 1
            for shift in stride(from: 56, through: 0, by: -8) {
                append(UInt8(truncatingIfNeeded: sum >> UInt64(shift)), to: bytes, &count)
            }
            bytes[count] = UInt8(ascii: "\n")
            count += 1
        }
    }

    private static func append(
        _ byte: UInt8, to bytes: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
    ) {
        bytes[count] = digit(byte >> 4)
        bytes[count + 1] = digit(byte & 15)
        count += 2
    }

    /// A hexadecimal digit in ASCII.
    private static func digit(_ number: UInt8) -> UInt8 {
        number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") + number - 10
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> Record? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let position = UInt64(text.prefix(20)) else { return nil }
        var hash: [UInt8] = []
        let digits = Array(text.utf8.dropFirst(21).prefix(64))
        for start in stride(from: 0, to: digits.count - 1, by: 2) {
            let pair = String(decoding: digits[start...start + 1], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            hash.append(byte)
        }
        let record = Record(position: position, hash: hash)
        // What it would be written as, its check included.
        return hash.count == 32 && encode(record).elementsEqual(bytes) ? record : nil
    }

    /// FNV-1a of 64 bits: it shows damage, and costs next to nothing.
    private static func check(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
