// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekEngine
import KezekSimulator
import Parties
import Queue
import Synchronization
import TestKit
import Testing

/// Holds over a change of an office's clocks, from the command to the journal and back.
@Suite struct HoldOverChangeTests {
    /// An office in Amman, where the clocks are changed at midnight, or at one back to it.
    private struct Amman {
        let store = MemoryStore(commitsByItself: false)
        let queue: QueueEngine

        init(at now: Timestamp) throws {
            (queue, _) = try Desk.engines(store, try Repository.library())
            try queue.start(now: now)
            let known = Desk.described(Desk.office, "corporation")
            let office = QueueOffice(
                id: known.id, title: known.title, address: known.address,
                standard: known.standard, kind: known.kind, zone: "Asia/Amman",
                services: known.services, windows: known.windows, exceptions: [], closures: [],
                rules: known.rules)
            _ = try send(.changeOffice(.init(change: .put(office), dryRun: false)), 1, now).get()
        }

        func send(
            _ command: QueueCommand, _ request: UInt64, _ now: Timestamp
        ) -> Result<Receipt, CommandFault> {
            let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
            queue.submit(command, request: Desk.id(request), now: now) { result in
                box.value.withLock { $0 = result }
            }
            store.commit()
            return box.value.withLock { $0 } ?? .failure(.overloaded)
        }

        func state(
            of id: BookingID, _ now: Timestamp, _ queue: QueueEngine? = nil
        ) throws -> Booking.State? {
            (queue ?? self.queue).tick(now: now)
            store.commit()
            guard case .booking(let view) = try (queue ?? self.queue).answer(.booking(id), now: now)
            else { return nil }
            return view.state
        }
    }

    @Test(arguments: [
        // Set on at midnight, which is 22:00 in London: from five minutes before, and five after.
        ("2020-03-27", "2020-03-26T21:55Z"), ("2020-03-27", "2020-03-26T22:05Z"),
        // Set back at 22:00 to the midnight that was at 21:00: before the hour, in it, and at its end.
        ("2020-10-30", "2020-10-29T20:55Z"), ("2020-10-30", "2020-10-29T21:00Z"),
        ("2020-10-30", "2020-10-29T21:20Z"), ("2020-10-30", "2020-10-29T21:55Z"),
        ("2020-10-30", "2020-10-29T22:00Z"), ("2020-10-30", "2020-10-29T22:30Z"),
    ])
    func aHoldLastsItsMinutes(_ day: String, _ time: String) throws {
        let now = try #require(Timestamp(time))
        let office = try Amman(at: now)
        let hold = QueueCommand.hold(
            HoldCommand(
                office: Desk.office, service: Desk.service, date: date(day),
                start: TimeOfDay("10:00")!, channel: .office, applicant: .reference("a")))
        let held = try #require(try office.send(hold, 2, now).get().booking)
        let end = try #require(Timestamp(second: now.second + 600))
        #expect(held.until == end)
        let before = try #require(Timestamp(second: end.second - 1))
        #expect(try office.state(of: held.id, before) == .held)
        // A server that is started meanwhile knows the same end.
        let (second, _) = try Desk.engines(office.store, try Repository.library())
        try second.start(now: before)
        guard case .booking(let seen) = try second.answer(.booking(held.id), now: before) else {
            Issue.record("no booking")
            return
        }
        #expect(seen.until == end)
        #expect(try office.state(of: held.id, end) == .expired)
        #expect(throws: Never.self) { try JournalAudit(office.store) }
    }
}
