// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
public import Queue

/// An event of the register of offices from and to bytes: `kezek.journal.v1.OfficeEntry`.
///
/// The arena is the caller's to reset before each call.
public enum OfficeEventCodec {
    /// The bytes of an event; one event has one encoding.
    ///
    /// - Precondition: the office has no `faults()`, or it cannot be decoded.
    public static func encode(_ event: OfficeEvent, _ arena: Arena) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__office_entry__get_packed_size,
            pack: kezek__journal__v1__office_entry__pack
        ) { (writer) throws(WireWriter.Full) in
            try writer.message(kezek__journal__v1__office_entry__init) {
                (message) throws(WireWriter.Full) in
                message.version = Records.version
                message.event_case = KEZEK__JOURNAL__V1__OFFICE_ENTRY__EVENT_PUT
                message.put = try writer.officePut(event)
            }
        }
    }

    /// The event in the bytes.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, hold an event
    ///   or a value that this program does not know, or need more memory than the arena has.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena
    ) throws(RecordFailure) -> OfficeEvent {
        try Records.read(
            bytes, arena, "OfficeEntry", unpack: kezek__journal__v1__office_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in
            guard message.event_case == KEZEK__JOURNAL__V1__OFFICE_ENTRY__EVENT_PUT else {
                throw reader.unknownValue("event")
            }
            return try reader.officePut(message.put.pointee)
        }
    }
}
