// SPDX-License-Identifier: Apache-2.0

import CivilTime
import GRDB
import Journal

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
    /// The stream's entries after a revision, in order, its last one being at this position.
    func entries(
        of stream: StreamName, from head: UInt64, after revision: UInt32
    ) throws(StoreFailure) -> [Entry] {
        guard head > 0 else { return [] }
        return try read { db in try Self.walk(db, stream, from: head, after: revision) }
    }

    /// The stream's entry of a revision, its last one being at this position.
    func entry(
        of stream: StreamName, revision: UInt32, from head: UInt64
    ) throws(StoreFailure) -> Entry? {
        guard head > 0, revision > 0 else { return nil }
        return try read { db in
            var found: Entry?
            try Self.walk(db, from: head) { row in
                if row.revision == revision { found = try row.entry(of: stream) }
                return row.revision > revision
            }
            return found
        }
    }

    /// The position of the stream's last entry; 0 if it has none.
    ///
    /// As of the last checkpoint, and then by looking at the entries after it.
    static func head(of stream: StreamName, _ db: Database) throws -> UInt64 {
        let rows = try RawStatement(
            db,
            """
            SELECT coalesce(
                (SELECT max(position) FROM journal
                 WHERE position > coalesce((SELECT max(position) FROM checkpoints), 0)
                     AND stream = streams.id),
                head)
            FROM streams WHERE name = ?
            """)
        var head: UInt64 = 0
        try Array(stream.description.utf8).withUnsafeBytes { name in
            rows.bindText(name, at: 1)
            try rows.forEachRow { row in
                head = row.uint(0)
                return false
            }
        }
        return head
    }

    /// The column of callers, which a file of version 2 has not yet.
    static func callers(_ db: Database) throws -> String {
        try db.columns(in: "journal").contains { $0.name == "caller" } ? "caller" : "NULL"
    }

    static func walk(
        _ db: Database, _ stream: StreamName, from head: UInt64, after revision: UInt32
    ) throws -> [Entry] {
        var entries: [Entry] = []
        try walk(db, from: head) { row in
            guard row.revision > revision else { return false }
            entries.append(try row.entry(of: stream))
            return true
        }
        entries.reverse()
        return entries
    }

    /// Goes back along a stream, from its entry at a position, until the body returns false.
    private static func walk(
        _ db: Database, from head: UInt64, _ body: (StoredRow) throws -> Bool
    ) throws {
        let rows = try RawStatement(
            db,
            """
            SELECT position, revision, previous, at, request, claims, body, \(callers(db))
            FROM journal
            WHERE position = ?
            """)
        var next = head
        while next > 0 {
            let position = next
            rows.bind(position, at: 1)
            var goesOn = false
            var isThere = false
            try rows.forEachRow { raw in
                let row = StoredRow(raw)
                isThere = true
                // A damaged link must not lead around in a circle.
                guard row.previous < position else { return false }
                goesOn = try body(row)
                next = row.previous
                return false
            }
            guard isThere, next < position else {
                throw StoreFailure("entry \(position) is damaged: restore the file from a copy")
            }
            guard goesOn else { return }
        }
    }
}
