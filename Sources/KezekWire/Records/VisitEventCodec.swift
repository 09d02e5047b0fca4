// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
public import HomeVisits
import Parties
import Visits

/// The events of an area's home visits from and to bytes: `kezek.journal.v1.VisitEntry`.
///
/// The arena is the caller's to reset before each call.
public enum VisitEventCodec {
    /// The bytes of one entry.
    ///
    /// `words` hides what was typed about the person of a visit, by its number; but for that the same
    /// events have one encoding.
    ///
    /// - Precondition: a described area has no `fault`, or it cannot be decoded.
    public static func encode(
        _ events: [VisitEvent], _ arena: Arena, words: WordSealing
    ) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__visit_entry__get_packed_size,
            pack: kezek__journal__v1__visit_entry__pack
        ) { (writer) throws(WireWriter.Full) in try writer.visitEntry(events, words) }
    }

    /// The events of an entry.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, or hold
    ///   something that this program does not know.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena, words: WordUnsealing
    ) throws(RecordFailure) -> [VisitEvent] {
        try Records.read(
            bytes, arena, "VisitEntry", unpack: kezek__journal__v1__visit_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in try reader.visitEntry(message, words) }
    }
}
