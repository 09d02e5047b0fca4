// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import Testing

@testable import kezek

/// What whoever is offered windows is told beside them.
@Suite struct OfferTextTests {
    private typealias Values = VisitValues

    /// Whoever is offered other windows hears what is promised, and whether that can be kept.
    @Test(arguments: [
        (false, "promised: 2026-12-01 Tu 11:00–13:00; stands until another is promised"),
        (true, "promised: 2026-12-01 Tu 11:00–13:00; cannot be kept"),
    ])
    func aPromiseThatStandsIsTold(_ isUnkept: Bool, _ text: String) {
        func lines(_ promise: VisitWindow?) -> [String] {
            let offer = OfferList(
                until: 0, due: 0, windows: [], refused: [], promise: promise, isUnkept: isUnkept)
            return OfferText(visit: Values.visit, offer: offer, clock: Values.clock).lines
        }
        let promise = Values.window("2026-12-01T11:00", "2026-12-01T13:00")
        #expect(lines(promise)[1] == text && lines(promise)[2].isEmpty)
        #expect(!lines(nil).contains { $0.contains("promised:") } && lines(nil)[1].isEmpty)
    }

    /// Seconds that are wanting are told where they are known.
    @Test func nothingIsWantingWhereNobodyKnows() {
        let refused = RefusedWindow(
            window: Values.window("2026-11-30T13:00", "2026-11-30T15:00"), reason: .noSlack,
            missing: 0)
        let none = OfferList(until: 0, due: 0, windows: [], refused: [refused])
        let lines = OfferText(visit: Values.visit, offer: none, clock: Values.clock).lines
        #expect(lines.last == "  2026-11-30 Mo 13:00–15:00")
    }
}
