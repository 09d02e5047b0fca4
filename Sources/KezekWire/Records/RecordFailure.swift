// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
import Texts

/// Why bytes of the journal are no record that this program can read.
public struct RecordFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// The ways of every record: `kezek.journal.v1`.
enum Records {
    /// The version that is written, and the only one that is read.
    static let version: UInt32 = 1

    /// The bytes of a message that is built in the arena.
    ///
    /// What was decided is recorded however long it is: beyond the arena's limit, it is built in
    /// another one.
    @inline(__always)
    static func pack<M>(
        _ arena: Arena, size: (UnsafePointer<M>?) -> Int,
        pack: (UnsafePointer<M>?, UnsafeMutablePointer<UInt8>?) -> Int,
        build: (WireWriter) throws(WireWriter.Full) -> UnsafeMutablePointer<M>
    ) -> [UInt8] {
        func bytes(_ message: UnsafeMutablePointer<M>) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: size(message)) { buffer, count in
                count = pack(message, buffer.baseAddress)
            }
        }
        if let message = try? build(WireWriter(arena: arena)) { return bytes(message) }
        let larger = Arena(limit: .max)
        return withExtendedLifetime(larger) {
            // Without a limit, nothing is beyond it.
            bytes(try! build(WireWriter(arena: larger)))
        }
    }

    /// Unpacks a message into the arena, and reads it.
    @inline(__always)
    static func read<M, T>(
        _ bytes: [UInt8], _ arena: Arena, _ kind: StaticString,
        unpack: (
            UnsafeMutablePointer<ProtobufCAllocator>?, Int, UnsafePointer<UInt8>?
        ) -> UnsafeMutablePointer<M>?,
        version: (M) -> UInt32, read: (WireReader, M) throws(Refusal) -> T
    ) throws(RecordFailure) -> T {
        let unpacked = arena.withAllocator { allocator in
            bytes.withUnsafeBufferPointer { unpack(allocator, $0.count, $0.baseAddress) }
        }
        guard let message = unpacked?.pointee else {
            throw RecordFailure("the bytes are not a kezek.journal.v1.\(kind), or too many")
        }
        guard version(message) == Records.version else {
            throw RecordFailure(
                "\(kind) of version \(version(message)): this program reads \(Records.version)")
        }
        do throws(Refusal) {
            return try read(WireReader(language: .en), message)
        } catch { throw RecordFailure("\(kind): \(error.message)") }
    }
}

extension PeopleRecordCodec {
    /// The keys of one entry, at most.
    public static let keyLimit = 10_000
}

extension ReadsRecordCodec {
    /// The records of one entry, at most.
    public static let readLimit = 5_000
}
