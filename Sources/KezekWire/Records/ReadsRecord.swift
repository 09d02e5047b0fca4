// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries

/// What one caller read, from and to bytes: `kezek.journal.v1.ReadsEntry`.
///
/// The arena is the caller's to reset before each call.
public enum ReadsRecordCodec {
    /// The records of one entry, at most.
    public static let readLimit = 5_000

    public static func encode(_ reads: [PersonRead], _ arena: Arena) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__reads_entry__get_packed_size,
            pack: kezek__journal__v1__reads_entry__pack
        ) { (writer) throws(WireWriter.Full) in try writer.readsEntry(reads) }
    }

    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, or hold
    ///   something that this program does not know.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena
    ) throws(RecordFailure) -> [PersonRead] {
        try Records.read(
            bytes, arena, "ReadsEntry", unpack: kezek__journal__v1__reads_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in try reader.readsEntry(message) }
    }
}
