// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
public import Journal

extension SQLiteReader {
    /// The chain's hash after the commit that ended at a position, in hexadecimal; nil if none did.
    public func hash(at position: UInt64) throws(StoreFailure) -> String? {
        try read { db in
            try Data.fetchOne(
                db, sql: "SELECT hash FROM commits WHERE last = ?",
                arguments: [Int64(clamping: position)])
        }.map { $0.map { String(format: "%02x", $0) }.joined() }
    }
}
