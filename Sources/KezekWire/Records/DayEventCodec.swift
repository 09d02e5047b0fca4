// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
public import Queue

/// The events of an entry of an office's day from and to bytes: `kezek.journal.v1.DayEntry`.
///
/// The arena is the caller's to reset before each call.
public enum DayEventCodec {
    /// The bytes of one entry.
    ///
    /// `words` hides what was typed about the person of a booking, by the booking's number.
    public static func encode(
        _ events: [DayEvent], _ arena: Arena, words: WordSealing
    ) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__day_entry__get_packed_size,
            pack: kezek__journal__v1__day_entry__pack
        ) { (writer) throws(WireWriter.Full) in try writer.dayEntry(events, words) }
    }

    /// The events in the bytes.
    ///
    /// Each is one that a day could have decided, but for what only the day's plan and state tell:
    /// whether its service, window, booking or ticket is there.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, hold an event
    ///   or a value that this program does not know, or need more memory than the arena has.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena, words: WordUnsealing
    ) throws(RecordFailure) -> [DayEvent] {
        try Records.read(
            bytes, arena, "DayEntry", unpack: kezek__journal__v1__day_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in try reader.dayEntry(message, words) }
    }
}
