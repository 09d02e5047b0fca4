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

    /// A day after the change that has a booking keeps its midnight until the office's days are planned
    /// anew, so its clock is an hour behind; nothing of it is lost, and days without bookings have the
    /// new clock.
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

    /// After that every day has the new clock: slots are at the times that applicants were told, and a
    /// hold ends when it would have ended.
    @Test func daysThatArePlannedAnewHaveTheNewClock() throws {
        let desk = try Desk()
        desk.register(at: Self.start)
        func hold(_ applicant: String, _ request: UInt64) throws -> BookingID {
            let hold = QueueCommand.hold(
                HoldCommand(
                    office: Desk.office, service: Desk.service, date: Self.kept,
                    start: TimeOfDay("10:00")!, channel: .office, applicant: .reference(applicant)))
            let held = send(hold, desk.queue, desk.store, request, at: Self.start)
            return try #require(try held.get().booking).id
        }
        let confirmed = try hold("1", 10)
        _ = try send(
            .booking(confirmed, .confirm), desk.queue, desk.store, 11, at: Self.start
        ).get()
        let held = try hold("2", 12)
        let until = try #require(try booking(held, desk.queue).until)

        let library = try library()
        let (queue, _) = try Desk.engines(desk.store, library)
        try queue.start(now: Self.start)
        for isDry in [true, false] {
            let effects = try #require(
                send(
                    .changeOffice(.init(change: .recalculate(Desk.office), dryRun: isDry)), queue,
                    desk.store, isDry ? 20 : 21, at: Self.start
                ).get().effects)
            #expect(effects.dates == [Self.kept])
            #expect(effects.harmsNobody)
        }
        for engine in [queue, try restarted(desk.store, library)] {
            let view = try booking(confirmed, engine)
            #expect(view.start == TimeOfDay("10:00")! && view.state == .confirmed)
            #expect(try booking(held, engine).until == until)
        }
        // Its end is the same moment, as the day's clock is another.
        queue.tick(now: Timestamp(second: until.second - 1)!)
        desk.store.commit()
        #expect(try booking(held, queue).state == .held)
        queue.tick(now: until)
        desk.store.commit()
        #expect(try booking(held, queue).state == .expired)
        // 09:00 by the new clock; from then on the day keeps it.
        let opening = Timestamp("2026-04-09T03:00:00Z")!
        let ticket = QueueCommand.today(Desk.office, .takeTicket(service: Desk.service))
        func isTaken(_ second: Int64, _ request: UInt64) -> Bool {
            let result = send(
                ticket, queue, desk.store, request, at: Timestamp(second: opening.second + second)!)
            if case .success = result { return true }
            return false
        }
        #expect(!isTaken(-1, 30))
        #expect(isTaken(0, 31))
        #expect(try JournalAudit(desk.store).entries > 6)

        let (old, _) = try Desk.engines(desk.store, try Repository.library())
        try old.start(now: opening)
        let back = send(
            .changeOffice(.init(change: .recalculate(Desk.office), dryRun: true)), old, desk.store,
            40,
            at: opening)
        guard case .failure(.badOffice(let fault)) = back else {
            Issue.record("\(back)")
            return
        }
        #expect(fault.field == "recalculate")
    }

    private func booking(_ id: BookingID, _ engine: QueueEngine) throws -> BookingView {
        guard case .booking(let view) = try engine.answer(.booking(id), now: Self.start) else {
            throw Unanswered()
        }
        return view
    }

    private struct Unanswered: Error {}

    private func restarted(_ store: MemoryStore, _ library: Library) throws -> QueueEngine {
        let (queue, _) = try Desk.engines(store, library)
        try queue.start(now: Self.start)
        return queue
    }
}
