// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import Texts

/// The streams of a file of an earlier version, whose rows have no hashes: told by its entries.
enum EarlierStreams {
    static func load(_ db: Database) throws -> [(stream: StreamName, revision: UInt32)] {
        var streams: [(stream: StreamName, revision: UInt32)] = []
        let rows = try RawStatement(
            db,
            """
            SELECT name, max(journal.revision) FROM streams JOIN journal ON stream = streams.id
            GROUP BY streams.id ORDER BY streams.id
            """)
        try rows.forEachRow { row in
            let name = String(decoding: row.bytes(0), as: UTF8.self)
            guard let stream = StreamName(name), let revision = UInt32(exactly: row.int(1)) else {
                throw StoreFailure("the stream '\(name)' is damaged: \(LoadedState.advice)")
            }
            streams.append((stream, revision))
            return true
        }
        return streams
    }
}
