// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Synchronization
import Texts

/// Whether a file has the tables of a journal and nothing besides.
///
/// What else a database can hold, SQLite runs or reads by itself: a trigger changes rows while others are
/// written, a view or an index answers in the place of a table.
enum SchemaCheck {
    /// A table, index, view or trigger, with the text that made it.
    private struct Thing: Hashable {
        let kind: String
        let name: String
        let table: String
        let text: String

        static func all(_ db: Database) throws -> Set<Thing> {
            let rows = try Row.fetchAll(
                db, sql: "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")
            return Set(rows.map { Thing(kind: $0[0], name: $0[1], table: $0[2], text: $0[3]) })
        }
    }

    /// What there is after a migration, by its name.
    private static let known = Mutex<[String: Set<Thing>]>([:])

    /// Compares all that is in the file with what this program makes, up to the version that wrote it.
    ///
    /// A newer version's file is left to whoever refuses it for that.
    ///
    /// - Throws: `StoreFailure` that names what was added, changed or is missing.
    static func compare(_ db: Database) throws {
        guard try !Schema.migrations.hasBeenSuperseded(db) else { return }
        let found = try Thing.all(db)
        let applied = try Schema.migrations.appliedIdentifiers(db)
        guard let last = Schema.migrations.migrations.last(where: applied.contains) else {
            throw StoreFailure("its tables are not those of a journal: \(LoadedState.advice)")
        }
        let expected = try expected(after: last)
        guard found != expected else { return }
        // What is there too much or otherwise says more than what it replaces.
        let wrong = found.subtracting(expected).union(expected.subtracting(found))
            .sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }
        let names = wrong.map { thing -> Phrase in
            let isKnown = expected.contains { ($0.kind, $0.name) == (thing.kind, thing.name) }
            let isThere = found.contains { ($0.kind, $0.name) == (thing.kind, thing.name) }
            let word: Phrase =
                isKnown ? (isThere ? "was changed" : "is missing") : "is not ours"
            return "\(thing.kind) '\(thing.name)' \(word)"
        }
        let list = names.reduce(into: [Phrase]()) { if !$0.contains($1) { $0.append($1) } }
        throw StoreFailure(
            "somebody has changed its schema (\(list.prefix(5).joined(separator: ", "))): "
                + "\(LoadedState.advice)")
    }

    private static func expected(after migration: String) throws -> Set<Thing> {
        if let known = known.withLock({ $0[migration] }) { return known }
        let fresh = try DatabaseQueue()
        try Schema.migrations.migrate(fresh, upTo: migration)
        let things = try fresh.read(Thing.all)
        known.withLock { $0[migration] = things }
        return things
    }
}
