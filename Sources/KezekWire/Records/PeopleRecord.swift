// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries

/// A person was forgotten: an entry of the stream `people`.
///
/// It does not say who.
public struct ForgottenPerson: Hashable, Sendable {
    /// Why somebody is forgotten; the numbers are part of the journal and never change.
    public enum Cause: UInt8, CaseIterable, Hashable, Sendable {
        case asked = 1
        /// The words were kept for as long as they may be.
        case keptLongEnough = 2
    }

    /// The ids of the keys that are destroyed.
    public let keys: [UInt64]
    public let cause: Cause

    public init(keys: [UInt64], cause: Cause) {
        self.keys = keys
        self.cause = cause
    }
}

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
