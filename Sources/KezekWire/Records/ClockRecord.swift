// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries

/// The clock was believed as it was: an entry of the stream `clock`, from and to bytes
/// (`kezek.journal.v1.ClockEntry`).
///
/// The arena is the caller's to reset before each call.
public enum ClockRecordCodec {
    /// `recorded` is the latest time on record before it, in seconds since 1970.
    public static func encode(recorded: Int64, _ arena: Arena) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__clock_entry__get_packed_size,
            pack: kezek__journal__v1__clock_entry__pack
        ) { (writer) throws(WireWriter.Full) in
            try writer.message(kezek__journal__v1__clock_entry__init) {
                (message) throws(WireWriter.Full) in
                message.version = Records.version
                message.recorded = recorded
            }
        }
    }

    /// The latest time on record before it.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, or of another version.
    public static func decode(_ bytes: [UInt8], _ arena: Arena) throws(RecordFailure) -> Int64 {
        try Records.read(
            bytes, arena, "ClockEntry", unpack: kezek__journal__v1__clock_entry__unpack,
            version: \.version
        ) { (_, message) throws(Refusal) in message.recorded }
    }
}
