// SPDX-License-Identifier: Apache-2.0

import CivilTime
import GRDB
import Journal
import Texts

/// A row of the table `journal`, selected as position, revision, previous, at, request, claims,
/// body, caller.
struct StoredRow {
    private let row: RawStatement

    init(_ row: RawStatement) { self.row = row }

    var position: UInt64 { row.uint(0) }
    var revision: Int64 { row.int(1) }
    var previous: UInt64 { row.uint(2) }
    var second: Int64 { row.int(3) }
    var request: UnsafeRawBufferPointer { row.bytes(4) }
    var claims: UnsafeRawBufferPointer { row.bytes(5) }
    var body: UnsafeRawBufferPointer { row.bytes(6) }
    /// Nil for an entry of a version that recorded none.
    var caller: UnsafeRawBufferPointer? { row.isNull(7) ? nil : row.bytes(7) }

    /// The row as an entry.
    /// - Throws: `StoreFailure` if it is none.
    func entry(of stream: StreamName) throws -> Entry {
        guard let revision = UInt32(exactly: revision), let at = Timestamp(second: second),
            let changes = Packed.claimChanges(claims)
        else { throw damaged }
        let mark = row.isNull(4) ? nil : Packed.request(request)
        guard row.isNull(4) || mark != nil else { throw damaged }
        let caller = caller.map { CallerID(String(decoding: $0, as: UTF8.self)) }
        if case .some(.none) = caller { throw damaged }
        return Entry(
            stream: stream, revision: revision, at: at,
            request: mark.map {
                RequestMark(
                    id: $0.id, fingerprint: $0.fingerprint, caller: caller.flatMap { $0 } ?? .local)
            }, recordedCaller: caller.flatMap { $0 }, claims: changes, body: [UInt8](body))
    }

    private var damaged: StoreFailure {
        StoreFailure("entry \(position) is damaged: restore the file from a copy")
    }
}

/// Reading one stream.
extension SQLiteReader {
    /// The last entry of a stream, and by whom what is read is held to the chain.
    struct StreamEnd {
        /// The stream's id.
        let id: Int64
        /// Its last entry's position; 0 if it has none.
        let position: UInt64
        /// Nil for a reader that takes what is there: verifying says whether it is right.
        let proof: CommitProof?
    }

    /// The stream's entries after a revision, in order.
    func entries(
        of stream: StreamName, from end: StreamEnd, after revision: UInt32
    ) throws(StoreFailure) -> [Entry] {
        guard end.position > 0 else { return [] }
        return try read { db in try walk(db, stream, from: end, after: revision) }
    }

    /// The stream's entry of a revision.
    func entry(
        of stream: StreamName, revision: UInt32, from end: StreamEnd
    ) throws(StoreFailure) -> Entry? {
        guard end.position > 0, revision > 0 else { return nil }
        return try read { db in
            var found: Entry?
            try walk(db, from: end) { row in
                if row.revision == revision { found = try row.entry(of: stream) }
                return row.revision > revision
            }
            return found
        }
    }

    /// The end of a stream, as of the last checkpoint, and then by looking at the entries after it.
    static func end(of stream: StreamName, _ db: Database) throws -> StreamEnd {
        let rows = try RawStatement(
            db,
            """
            SELECT coalesce(
                (SELECT max(position) FROM journal
                 WHERE position > coalesce((SELECT max(position) FROM checkpoints), 0)
                     AND stream = streams.id),
                head), id
            FROM streams WHERE name = ?
            """)
        var end = StreamEnd(id: 0, position: 0, proof: nil)
        try Array(stream.description.utf8).withUnsafeBytes { name in
            rows.bindText(name, at: 1)
            try rows.forEachRow { row in
                end = StreamEnd(id: row.int(1), position: row.uint(0), proof: nil)
                return false
            }
        }
        return end
    }

    /// The column of callers, which a file of version 2 has not yet.
    static func callers(_ db: Database) throws -> String {
        try db.columns(in: "journal").contains { $0.name == "caller" } ? "caller" : "NULL"
    }

    func walk(
        _ db: Database, _ stream: StreamName, from end: StreamEnd, after revision: UInt32
    ) throws -> [Entry] {
        var entries: [Entry] = []
        try walk(db, from: end) { row in
            guard row.revision > revision else { return false }
            entries.append(try row.entry(of: stream))
            return true
        }
        entries.reverse()
        return entries
    }

    /// Goes back along a stream, from its last entry, until the body returns false.
    ///
    /// - Throws: `StoreFailure` if a link leads to another stream, past a revision, or around in a
    ///   circle, or if an entry is not what was committed.
    private func walk(
        _ db: Database, from end: StreamEnd, _ body: (StoredRow) throws -> Bool
    ) throws {
        let rows = try RawStatement(
            db,
            """
            SELECT position, revision, previous, at, request, claims, body,
                \(Self.callers(db)), stream
            FROM journal
            WHERE position = ?
            """)
        var (next, expected) = (end.position, Int64?.none)
        while next > 0 {
            let position = next
            try end.proof?.require(position, db) { id in try name(id, db) }
            rows.bind(position, at: 1)
            var goesOn = false
            var isRight = false
            try rows.forEachRow { raw in
                let row = StoredRow(raw)
                isRight =
                    row.previous < position && raw.int(8) == end.id
                    && row.revision == expected ?? row.revision
                    && (row.previous == 0) == (row.revision == 1)
                guard isRight else { return false }
                goesOn = try body(row)
                (next, expected) = (row.previous, row.revision - 1)
                return false
            }
            guard isRight else {
                throw StoreFailure("entry \(position) is damaged: restore the file from a copy")
            }
            guard goesOn else { return }
        }
    }

    /// The name of the stream with this id, as the chain hashes it.
    private func name(_ id: Int64, _ db: Database) throws -> [UInt8] {
        Array(try stream(id, db).description.utf8)
    }
}
