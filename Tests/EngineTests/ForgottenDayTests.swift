// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekSQLite
import KezekSimulator
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts

/// Days that a crash has made the engine forget.
@Suite struct ForgottenDayTests {
    /// A crash between an entry of a later day and the end of an earlier day's hold must not keep the
    /// applicant from booking for ever.
    @Test func aClaimOfADayThatWasForgottenIsGivenUp() throws {
        let desk = try Desk()
        desk.register()
        _ = try #require(desk.hold("a", date("2026-03-18"), "11:00", 10))
        // Three days later something is recorded of that day alone, and the server dies.
        let later = Timestamp("2026-03-25T06:00Z")!
        desk.queue.submit(
            .today(Desk.office, .takeTicket(service: Desk.service)), request: Desk.id(11),
            now: later
        ) { _ in }
        desk.store.commit()
        let (queue, _) = try Desk.engines(desk.store, try Repository.library())
        try queue.start(now: later)
        queue.tick(now: later)
        desk.store.commit()
        let outcome = Desk.Box(Mutex<Bool>(false))
        queue.submit(
            .hold(
                HoldCommand(
                    office: Desk.office, service: Desk.service, date: date("2026-03-26"),
                    start: TimeOfDay("11:00")!, channel: .office, applicant: .reference("a"))),
            request: Desk.id(12), now: later
        ) { result in
            if case .success = result { outcome.value.withLock { $0 = true } }
        }
        desk.store.commit()
        #expect(outcome.value.withLock { $0 })
    }
}
