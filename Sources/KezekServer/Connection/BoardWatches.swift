// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekEngine
import Queue
import Texts

/// The boards that one connection watches, and what of each it has been told.
struct BoardWatches {
    private struct Watched {
        let office: OfficeID
        let language: Language
        let watch: BoardWatch
        var date: CivilDate?
        var revision: UInt32
    }

    private var watched: [UInt64: Watched] = [:]

    var requests: [UInt64] { watched.keys.sorted() }
    var count: Int { watched.count }

    mutating func add(
        _ request: UInt64, office: OfficeID, language: Language, since: UInt32, _ watch: BoardWatch
    ) {
        watched[request]?.watch.end()
        watched[request] = Watched(
            office: office, language: language, watch: watch, date: nil, revision: since)
    }

    mutating func end(_ request: UInt64) {
        watched.removeValue(forKey: request)?.watch.end()
    }

    mutating func endAll() {
        for watched in watched.values { watched.watch.end() }
        watched = [:]
    }

    func language(of request: UInt64) -> Language? { watched[request]?.language }

    /// What the watch has not been told yet; nil if nothing of the board has changed.
    ///
    /// However much has changed, it is one answer, so a slow reader never lets a queue grow. The last
    /// answer is given even if it has no news.
    mutating func news(
        of request: UInt64, _ engine: QueueEngine, isLast: Bool, now: Timestamp
    ) throws(CommandFault) -> Board? {
        guard let watching = watched[request] else { return nil }
        var board = try engine.board(watching.office, since: watching.revision, now: now)
        if let date = watching.date, date != board.date {
            board = try engine.board(watching.office, since: 0, now: now)
        }
        let isFirst = watching.date == nil
        watched[request]?.date = board.date
        watched[request]?.revision = board.revision
        let isNew = board.isWhole || !board.windows.isEmpty || !board.tickets.isEmpty
        return isFirst || isLast || isNew ? board : nil
    }
}
