// SPDX-License-Identifier: Apache-2.0

public import Applications
import CivilTime
public import Journal
import KezekWire
import Queue
import Texts

/// The decrees that were adopted.
public struct DecreeLedger: Sendable {
    /// How many there are.
    var revision: UInt32 = 0
    public private(set) var summaries: [DecreeSummary] = []
    /// When the last decree was adopted; all clocks were worked out anew then.
    var lastAt: Timestamp? { summaries.last?.at }
    /// The digest of each calendar's text that a decree put in force last, and when.
    private(set) var inForce: [String: (digest: String, at: Timestamp)] = [:]
    private(set) var requests: [RequestID: (mark: RequestMark, revision: UInt32)] = [:]
    /// Whether one is being worked out, or is on its way to the disk.
    var isWriting = false
    /// Whether it has been decided, so that no other command may be until it is on disk or lost.
    var isDecided = false

    init() {}

    /// Reads the decrees of a store.
    public init(_ store: some JournalStore) throws(StoreFailure) {
        while let entry = try store.entry(of: .decrees, revision: revision + 1) {
            note(try DecreeLedger.decode(entry), entry)
        }
    }

    static func decode(_ entry: Entry) throws(StoreFailure) -> DecreeRecord {
        do throws(RecordFailure) {
            return try DecreeRecordCodec.decode(entry.body, Arena(limit: .max))
        } catch {
            throw StoreFailure("decrees at revision \(entry.revision): \(error.description)")
        }
    }

    mutating func note(_ record: DecreeRecord, _ entry: Entry) {
        revision = entry.revision
        if !record.calendar.isEmpty { inForce[record.calendar] = (record.digest, entry.at) }
        if let mark = entry.request { requests[mark.id] = (mark, entry.revision) }
        summaries.append(
            DecreeSummary(
                number: entry.revision, at: entry.at, calendar: record.effects.calendar,
                version: record.version, clocks: record.movedClocks,
                bookings: record.movedBookings))
    }

    /// A calendar's text that a decree put in force.
    public struct Adopted: Hashable, Sendable {
        public let calendar: String
        public let text: String
        public let digest: String
        public let earlierDigest: String
    }

    /// Each calendar's texts as decrees have put them in force, in order: what a start puts in the
    /// place of a file that they have superseded.
    public static func calendars(in store: some JournalStore) throws(StoreFailure) -> [Adopted] {
        var adopted: [Adopted] = []
        var revision: UInt32 = 1
        while let entry = try store.entry(of: .decrees, revision: revision) {
            let record = try decode(entry)
            if !record.calendar.isEmpty {
                adopted.append(
                    Adopted(
                        calendar: record.calendar, text: record.text, digest: record.digest,
                        earlierDigest: record.earlierDigest))
            }
            revision += 1
        }
        return adopted
    }
}
