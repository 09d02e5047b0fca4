// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries

extension DecreeRecord {
    /// How many moved at all offices, whatever its caller was told.
    public var movedClocks: Int { max(Int(clocks), effects.moving) }
    public var movedBookings: Int { max(Int(bookings), effects.movingBookings) }

    /// The calendar's version from then on.
    public var version: String { effects.version }
}

/// Decrees from and to bytes: `kezek.journal.v1.DecreeEntry`.
public enum DecreeRecordCodec {
    public static func encode(_ record: DecreeRecord, _ arena: Arena) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__decree_entry__get_packed_size,
            pack: kezek__journal__v1__decree_entry__pack
        ) { (writer) throws(WireWriter.Full) in try writer.decreeEntry(record) }
    }

    /// The decree in the bytes.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, or of another version.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena
    ) throws(RecordFailure) -> DecreeRecord {
        try Records.read(
            bytes, arena, "DecreeEntry", unpack: kezek__journal__v1__decree_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in try reader.decreeEntry(message) }
    }
}
