// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import GRDB
public import Journal
import KezekDisk
import Synchronization
public import Texts

/// A journal in a SQLite file, only to be read: while a server writes it, or while none does.
///
/// Reads on one reader wait for each other; a long one belongs on a reader of its own.
public final class SQLiteReader: Sendable {
    let path: String
    /// Nil once it is closed.
    private let connection: Mutex<DatabaseQueue?>
    /// The streams met so far, by id; a stream's id never changes.
    private let names = Mutex<[Int64: StreamName]>([:])
    /// Looks whether the file may be read, each time before it is.
    private let before: @Sendable () throws(StoreFailure) -> Void

    /// Nothing is written but an index of the journal's log where there is none.
    ///
    /// - Throws: if there is no file, if it is not a journal, if it is damaged, if it is of a newer or an
    ///   older version, or if its disk has no room for the index.
    public convenience init(path: String) throws(StoreFailure) {
        try self.init(path: path, room: { DiskRoom(of: $0)?.bytes })
    }

    init(
        path: String, room: (_ folder: String) -> UInt64? = { DiskRoom(of: $0)?.bytes },
        before: @escaping @Sendable () throws(StoreFailure) -> Void = { () throws(StoreFailure) in }
    ) throws(StoreFailure) {
        self.path = path
        self.before = before
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreFailure("\(path) does not exist: name a journal's file")
        }
        guard FileFacts(path)?.size != 0 else {
            throw StoreFailure("\(path) is empty: name a journal's file, or restore it from a copy")
        }
        do {
            let opened = try Connections.reader(path: path, room: room)
            try opened.read { db in
                guard try !Schema.migrations.hasBeenSuperseded(db) else {
                    throw StoreFailure("a newer version wrote it: use that version, or a newer one")
                }
                // Before version 3 entries have no callers, which a reader can do without.
                guard try Schema.migrations.appliedIdentifiers(db).contains(Schema.readable) else {
                    throw StoreFailure("an older version wrote it: start the server on it once")
                }
            }
            connection = Mutex(opened)
        } catch { throw StoreFailure(sentence(error, path: path)) }
    }

    /// What the journal in a file has lost of what was confirmed, by the head file beside it; nil for
    /// nothing, or where there is no such file, as beside a copy.
    public static func loss(at path: String) throws(StoreFailure) -> Phrase? {
        do { return try LossCheck.loss(path) } catch {
            throw StoreFailure(sentence(error, path: path))
        }
    }

    /// Lets go of the file; reading fails from now on.
    public func close() {
        connection.withLock { connection in
            try? connection?.close()
            connection = nil
        }
    }

    /// Every stream with the revision of its last entry.
    public func streams() throws(StoreFailure) -> [(stream: StreamName, revision: UInt32)] {
        try read { db in
            guard try Schema.hasHashes(db) else { return try EarlierStreams.load(db) }
            return try LoadedState(db).heads.settledStreams
        }
    }

    /// The stream's entries after a revision, in order.
    public func entries(
        of stream: StreamName, after revision: UInt32
    ) throws(StoreFailure) -> [Entry] {
        try read { db in
            try walk(db, stream, from: try Self.end(of: stream, db), after: revision)
        }
    }

    /// The journal's entries after a position, in order, until `body` returns false.
    public func scan(
        after position: UInt64, _ body: (PlacedEntry) -> Bool
    ) throws(StoreFailure) {
        var last = position
        while true {
            // The body runs while nothing is held, so that it may read too and take its time.
            let part = try read { db in try self.part(after: last, db) }
            for entry in part where !body(entry) { return }
            guard part.count == Limits.entriesPerRead else { return }
            last = part.last!.position
        }
    }

    /// The position of the last entry on disk; 0 if there is none.
    public func lastPosition() throws(StoreFailure) -> UInt64 {
        try read { db in try RawStatement.number(db, Self.lastPosition) }
    }

    static let lastPosition = "SELECT max(position) FROM journal"

    /// Runs the body on the connection, in one transaction.
    func read<Value: Sendable>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
        do {
            return try withConnection {
                try $0.inDatabase { db in try db.reading { try body(db) } }
            }
        } catch {
            throw StoreFailure(sentence(error, path: path))
        }
    }

    /// Runs the body with the connection for itself.
    ///
    /// - Throws: what the body throws, or `StoreFailure` once it is closed.
    func withConnection<Value: Sendable>(_ body: (DatabaseQueue) throws -> Value) throws -> Value {
        try connection.withLock { connection in
            guard let connection else { throw StoreFailure("it is closed") }
            try before()
            return try body(connection)
        }
    }

    /// The next entries after a position.
    private func part(after position: UInt64, _ db: Database) throws -> [PlacedEntry] {
        var part: [PlacedEntry] = []
        let rows = try RawStatement(
            db,
            """
            SELECT position, revision, previous, at, request, claims, body, \(Self.callers(db)),
                stream FROM journal
            WHERE position > ? ORDER BY position LIMIT \(Limits.entriesPerRead)
            """)
        rows.bind(position, at: 1)
        try rows.forEachRow { row in
            let stream = try stream(row.int(8), db)
            part.append(
                PlacedEntry(
                    position: row.uint(0), entry: try StoredRow(row).entry(of: stream)))
            return true
        }
        return part
    }

    /// The stream with this id.
    func stream(_ id: Int64, _ db: Database) throws -> StreamName {
        if let known = names.withLock({ $0[id] }) { return known }
        let name = try String.fetchOne(
            db, sql: "SELECT name FROM streams WHERE id = ?", arguments: [id])
        guard let stream = name.flatMap({ StreamName($0) }) else {
            throw StoreFailure("stream \(id) is damaged: restore the file from a copy")
        }
        names.withLock { $0[id] = stream }
        return stream
    }
}
