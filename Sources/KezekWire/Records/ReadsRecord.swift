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
        ) { (writer) throws(WireWriter.Full) in
            try writer.message(kezek__journal__v1__reads_entry__init) {
                (message) throws(WireWriter.Full) in
                message.version = Records.version
                try writer.list(reads, &message.n_reads, &message.reads) {
                    (read) throws(WireWriter.Full) in
                    try writer.message(kezek__journal__v1__person_read__init) {
                        (inner) throws(WireWriter.Full) in
                        inner.kind = Kezek__Journal__V1__ReadKind(UInt32(read.kind.rawValue))
                        inner.area = try writer.text(read.area.description)
                        inner.visit = read.visit
                        inner.minute = read.minute
                    }
                }
            }
        }
    }

    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, or hold
    ///   something that this program does not know.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena
    ) throws(RecordFailure) -> [PersonRead] {
        try Records.read(
            bytes, arena, "ReadsEntry", unpack: kezek__journal__v1__reads_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in
            try reader.limit(message.n_reads, readLimit, "reads")
            return try reader.list(message.n_reads, message.reads) { (inner) throws(Refusal) in
                PersonRead(
                    kind: try reader.choice(inner.kind.rawValue, "kind"),
                    area: try reader.office(inner.area, "area"), visit: inner.visit,
                    minute: inner.minute)
            }
        }
    }
}
