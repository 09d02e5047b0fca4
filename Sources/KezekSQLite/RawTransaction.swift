// SPDX-License-Identifier: Apache-2.0

import GRDB

/// Transactions whose own statements are prepared once for a connection.
///
/// GRDB prepares BEGIN and COMMIT anew each time, which costs about as much as writing a commit's rows.
extension Database {
    /// Runs the body in a transaction that nobody else writes beside, and commits it.
    ///
    /// - Throws: what the body throws, or why SQLite could not begin or commit; then nothing of it is written.
    func writing(_ body: () throws -> Void) throws {
        try transaction("BEGIN IMMEDIATE", body)
    }

    /// Runs the body on one state of the file, whatever is written meanwhile.
    func reading<Value>(_ body: () throws -> Value) throws -> Value {
        try transaction("BEGIN DEFERRED", body)
    }

    private func transaction<Value>(
        _ begin: String, _ body: () throws -> Value
    ) throws -> Value {
        try RawStatement(self, begin).run()
        do {
            let value = try body()
            try RawStatement(self, "COMMIT").run()
            return value
        } catch {
            // After some errors SQLite has taken it back itself. The first error is the one that says why.
            if isInsideTransaction { try? RawStatement(self, "ROLLBACK").run() }
            throw error
        }
    }
}
