// SPDX-License-Identifier: Apache-2.0

import Foundation
import HomeVisits
import LiveDay
import TestKit
import Testing

/// The live day beside a model that shares no code with the desk.
@Suite struct LiveDayModelTests {
    /// `KEZEK_LIVE_MONTHS=100 swift test --filter LiveDayModelTests` plays whole months, with
    /// `KEZEK_LIVE_SEED=1001` those from that seed on.
    private static let months = number("KEZEK_LIVE_MONTHS") ?? 0
    private static let seeds: Range<UInt64> = {
        let first = number("KEZEK_LIVE_SEED") ?? 1
        return first..<first + (months > 0 ? months : 4)
    }()

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }

    @Test(arguments: seeds) func whatTheDeskTellsIsWhatHappened(_ seed: UInt64) async throws {
        let days = Self.months == 0 ? 4 : 30
        let month = try await offThePool {
            var month = try LiveMonth(seed: seed)
            try month.play(days: days)
            return Played(month)
        }
        for fault in month.faults { Issue.record(Comment(rawValue: fault)) }
        #expect(month.counts["promise", default: 0] > 2 * days)
        // The journal gives the same book.
        let journal = month.journal
        guard case .described(let area)? = journal.first?.events.first else {
            Issue.record("the journal begins with the area")
            return
        }
        var book = VisitBook(area)
        for entry in journal {
            let follows = book.take(entry.events, at: entry.at)
            #expect(follows)
        }
        #expect(book == month.book)
    }

    /// What came of a month.
    private struct Played: Sendable {
        let faults: [String]
        let counts: [String: Int]
        let journal: [(at: Int64, events: [VisitEvent])]
        let book: VisitBook

        init(_ month: LiveMonth) {
            faults = month.faults
            counts = month.counts
            journal = month.journal
            book = month.desk.book
        }
    }
}
