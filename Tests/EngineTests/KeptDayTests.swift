// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekEngine
import KezekSimulator
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing

/// Days that had bookings before a change of the clocks was known.
@Suite struct KeptDayTests {
    private static let start = Timestamp("2026-04-01T05:00Z")!
    private static let kept = date("2026-04-09")
    private static let fresh = date("2026-04-10")

    /// The library, with the clocks of Almaty set on by an hour when 9 April 2026 begins.
    private func library() throws -> Library {
        let plain = try Repository.library()
        let change = TimeZoneRules.Transition(
            at: Timestamp("2026-04-08T19:00:00Z")!, offset: UTCOffset(seconds: 21_600)!)
        return try Library(
            calendars: Array(plain.calendars.values), standards: Array(plain.standards.values),
            zones: plain.zones.map {
                $0.name == "Asia/Almaty"
                    ? TimeZoneRules(
                        name: $0.name, firstOffset: UTCOffset(seconds: 18_000)!,
                        transitions: [change])! : $0
            })
    }

    private func send(
        _ command: QueueCommand, _ engine: QueueEngine, _ store: MemoryStore, _ request: UInt64,
        at now: Timestamp
    ) -> Result<Receipt, CommandFault> {
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        engine.submit(command, request: Desk.id(request), now: now) { result in
            box.value.withLock { $0 = result }
        }
        store.commit()
        return box.value.withLock { $0 } ?? .failure(.overloaded)
    }

    /// A day after the change that has a booking keeps its midnight, so its clock is an hour behind;
    /// nothing of it is lost, and days without bookings have the new clock.
    @Test func aDayWithBookingsKeepsItsMidnightAndOthersHaveTheNewClock() throws {
        let desk = try Desk()
        desk.register(at: Self.start)
        for (number, day) in [Self.kept, date("2026-04-13")].enumerated() {
            let hold = QueueCommand.hold(
                HoldCommand(
                    office: Desk.office, service: Desk.service, date: day,
                    start: TimeOfDay("10:00")!, channel: .office,
                    applicant: .reference("\(number)")))
            let held = try send(hold, desk.queue, desk.store, UInt64(10 + number), at: Self.start)
                .get()
            let id = try #require(held.booking?.id)
            _ = try send(
                .booking(id, .confirm), desk.queue, desk.store, UInt64(20 + number), at: Self.start
            ).get()
        }
        let (queue, _) = try Desk.engines(desk.store, try library())
        try queue.start(now: Self.start)
        func takes(_ moment: String, _ request: UInt64) -> Bool {
            let result = send(
                .today(Desk.office, .takeTicket(service: Desk.service)), queue, desk.store,
                request, at: Timestamp(moment)!)
            if case .success = result { return true }
            return false
        }
        // What cannot be right on all days is refused before anything is done.
        let change = send(
            .changeOffice(
                .init(
                    change: .put(Desk.described(Desk.office, "corporation", windows: 3)),
                    dryRun: true)), queue, desk.store, 30, at: Self.start)
        guard case .failure(.badOffice(let fault)) = change else {
            Issue.record("\(change)")
            return
        }
        #expect(fault.field == "zone")
        // The day on which they are set on begins at the same moment: by either clock it is the ninth.
        // 09:00 by the old clock is 10:00 on the wall.
        #expect(!takes("2026-04-09T03:59:59Z", 40))
        #expect(takes("2026-04-09T04:00:00Z", 41))
        // The next day has the new clock: 09:00 is an hour earlier.
        #expect(!takes("2026-04-10T02:59:59Z", 42))
        #expect(takes("2026-04-10T03:00:00Z", 43))
        // The booking of 10:00 is found on its day, and the journal bears all of it out.
        #expect(!takes("2026-04-13T03:59:59Z", 44))
        #expect(takes("2026-04-13T04:00:00Z", 45))
        #expect(try JournalAudit(desk.store).entries > 8)
    }
}
