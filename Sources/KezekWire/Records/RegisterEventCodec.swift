// SPDX-License-Identifier: Apache-2.0

public import Applications
import CKezekWire
import Enquiries

/// The events of a register from and to bytes: `kezek.journal.v1.RegisterEntry`.
///
/// The arena is the caller's to reset before each call.
public enum RegisterEventCodec {
    /// The bytes of one entry.
    ///
    /// `words` hides what was typed about the person of an application, by its number; but for that
    /// the same events have one encoding.
    public static func encode(
        _ events: [ApplicationEvent], _ arena: Arena, words: WordSealing
    ) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__register_entry__get_packed_size,
            pack: kezek__journal__v1__register_entry__pack
        ) { (writer) throws(WireWriter.Full) in try writer.registerEntry(events, words) }
    }

    /// The events of an entry.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, or hold
    ///   something that this program does not know.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena, words: WordUnsealing
    ) throws(RecordFailure) -> [ApplicationEvent] {
        try Records.read(
            bytes, arena, "RegisterEntry", unpack: kezek__journal__v1__register_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in try reader.registerEntry(message, words) }
    }
}
