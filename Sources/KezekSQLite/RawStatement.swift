// SPDX-License-Identifier: Apache-2.0

import GRDB
import GRDBSQLite

/// A prepared statement that is stepped without objects for rows and values.
///
/// Appending and replaying handle hundreds of thousands of rows a second; a row object for each
/// would take most of that time.
struct RawStatement {
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
    }

    /// Binds a number to a parameter, counted from 1.
    func bind(_ value: Int64, at index: Int32) {
        sqlite3_bind_int64(handle, index, value)
    }

    func bind(_ value: UInt64, at index: Int32) { bind(Int64(clamping: value), at: index) }

    /// Binds bytes without copying them: they must stay in place until the statement has run.
    func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
        // An empty blob still needs an address; without one it would be NULL.
        if bytes.isEmpty {
            sqlite3_bind_zeroblob(handle, index, 0)
        } else {
            sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
        }
    }

    /// Binds the bytes of a text without copying them, as `bind` of bytes does.
    func bindText(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(handle, index, start, Int32(bytes.count), nil)
    }

    func bindNull(at index: Int32) { sqlite3_bind_null(handle, index) }

    /// Whether there is a next row; the statement stands on it then.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let db = sqlite3_db_handle(handle)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(db)),
                message: String(cString: sqlite3_errmsg(db)))
        }
    }

    /// Runs a statement that has no rows, and makes it ready to run again.
    func run() throws {
        defer { reset() }
        _ = try step()
    }

    /// Runs the body for every row until it returns false, and makes the statement ready again.
    func forEachRow(_ body: (RawStatement) throws -> Bool) throws {
        defer { reset() }
        while try step() {
            guard try body(self) else { return }
        }
    }

    func reset() { sqlite3_reset(handle) }

    /// A column of the row, counted from 0.
    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// A column that is never negative; 0 if the file is damaged and it is.
    func uint(_ column: Int32) -> UInt64 { UInt64(clamping: int(column)) }

    /// The bytes of a column, which are there until the next step; none for NULL.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(
            start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }
}

extension RawStatement {
    /// Binds a part of the bytes without copying it, and NULL if the part is empty.
    func bindPart(_ part: Range<Int>, of bytes: UnsafeRawBufferPointer, at index: Int32) {
        if part.isEmpty {
            bindNull(at: index)
        } else {
            bind(UnsafeRawBufferPointer(rebasing: bytes[part]), at: index)
        }
    }
}

extension RawStatement {
    /// The number that a query answers; 0 if it has no row, or NULL.
    static func number(_ db: Database, _ sql: String) throws -> UInt64 {
        var number: UInt64 = 0
        try RawStatement(db, sql).forEachRow { row in
            number = row.uint(0)
            return false
        }
        return number
    }
}
