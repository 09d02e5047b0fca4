// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries

/// A forgotten person from and to bytes: `kezek.journal.v1.PeopleEntry`.
///
/// The arena is the caller's to reset before each call.
public enum PeopleRecordCodec {
    /// The keys of one entry, at most.
    public static let keyLimit = 10_000

    public static func encode(_ person: ForgottenPerson, _ arena: Arena) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__people_entry__get_packed_size,
            pack: kezek__journal__v1__people_entry__pack
        ) { (writer) throws(WireWriter.Full) in try writer.peopleEntry(person) }
    }

    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, or hold
    ///   something that this program does not know.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena
    ) throws(RecordFailure) -> ForgottenPerson {
        try Records.read(
            bytes, arena, "PeopleEntry", unpack: kezek__journal__v1__people_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in try reader.peopleEntry(message) }
    }
}
