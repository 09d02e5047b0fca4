// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Texts

/// The table of streams: names, which stay, and heads, which are as of the last checkpoint.
enum StreamTable {
    struct Row {
        let stream: StreamName
        var head: Heads.Head
    }

    /// Every stream in the order of their numbers, and whether each head is as it was written.
    ///
    /// - Throws: `StoreFailure` if a name is damaged: which entries are whose cannot be found again.
    static func load(_ db: Database) throws -> (rows: [Row], areHeadsWhole: Bool) {
        var rows: [Row] = []
        var names: Set<StreamName> = []
        var areHeadsWhole = true
        let found = try RawStatement(
            db, "SELECT id, name, head, revision, hash FROM streams ORDER BY id")
        try found.forEachRow { row in
            let (id, name, hash) = (row.int(0), row.bytes(1), [UInt8](row.bytes(4)))
            let text = String(decoding: name, as: UTF8.self)
            guard id == Int64(rows.count + 1), let stream = StreamName(text),
                hash.prefix(RowHash.size).elementsEqual(RowHash.name(id, name)),
                names.insert(stream).inserted
            else {
                throw StoreFailure("stream \(id), '\(text)', is damaged: \(LoadedState.advice)")
            }
            let head = RowHash.head(id, position: row.uint(2), revision: row.int(3))
            if let revision = UInt32(exactly: row.int(3)),
                hash.dropFirst(RowHash.size).elementsEqual(head)
            {
                rows.append(
                    Row(stream: stream, head: .init(position: row.uint(2), revision: revision)))
            } else {
                areHeadsWhole = false
                rows.append(Row(stream: stream, head: .none))
            }
            return true
        }
        return (rows, areHeadsWhole)
    }

    /// Adds streams that have no head yet, from the number `known` on.
    static func add(_ names: [[UInt8]], from known: Int, _ db: Database) throws {
        guard known < names.count else { return }
        let insert = try RawStatement(
            db, "INSERT INTO streams (id, name, head, revision, hash) VALUES (?, ?, 0, 0, ?)")
        for number in known..<names.count {
            let id = Int64(number + 1)
            let hash = RowHash.stream(id, names[number], position: 0, revision: 0)
            insert.bind(id, at: 1)
            try names[number].withUnsafeBytes { name in
                insert.bindText(name, at: 2)
                try hash.withUnsafeBytes { hash in
                    insert.bind(hash, at: 3)
                    try insert.run()
                }
            }
        }
    }

    /// Writes heads down.
    static func update(
        _ heads: [(id: Int64, name: StreamName, head: Heads.Head)], _ db: Database
    ) throws {
        let update = try RawStatement(
            db, "UPDATE streams SET head = ?, revision = ?, hash = ? WHERE id = ?")
        for (id, name, head) in heads {
            let hash = RowHash.stream(
                id, Array(name.description.utf8), position: head.position,
                revision: Int64(head.revision))
            update.bind(head.position, at: 1)
            update.bind(Int64(head.revision), at: 2)
            update.bind(id, at: 4)
            try hash.withUnsafeBytes { hash in
                update.bind(hash, at: 3)
                try update.run()
            }
        }
    }

    /// Takes all heads back, for a file whose checkpoints are removed.
    static func forgetHeads(_ db: Database) throws {
        guard try Schema.hasHashes(db) else {
            return try db.execute(sql: "UPDATE streams SET head = 0, revision = 0")
        }
        try update(try load(db).rows.enumerated().map { (Int64($0 + 1), $1.stream, .none) }, db)
    }
}
