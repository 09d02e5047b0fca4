// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
public import Parties

/// Somebody's name or address that was told to a caller: part of an entry of the stream `reads/<date>`.
public struct PersonRead: Hashable, Sendable {
    /// How it was read; the numbers are part of the journal and never change.
    public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        case visit = 1
        /// Among the visits of a plan.
        case plan = 2
        /// A watch of the plan was begun, which tells of all of them.
        case watch = 3
    }

    public let kind: Kind
    public let area: OfficeID
    /// The visit's number in its area; 0 for a watch.
    public let visit: UInt32
    /// Minutes since the epoch.
    public let minute: Int64

    public init(kind: Kind, area: OfficeID, visit: UInt32, minute: Int64) {
        self.kind = kind
        self.area = area
        self.visit = visit
        self.minute = minute
    }
}

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
