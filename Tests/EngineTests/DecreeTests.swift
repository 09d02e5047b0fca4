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

@Suite struct DecreeTests {
    /// Thursday 19 March 2026 becomes a holiday.
    private func resting() throws -> String { try Decrees.text(holidays: ["03-19"]) }

    @Test func oneBatchMovesClocksBookingsAndTheCalendar() throws {
        let desk = try Desk()
        desk.register()
        // Three working days from Wednesday 18 March end on Thursday 26 March.
        let application = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        #expect(application.due?.at == moment("2026-03-26T20:00"))
        let booking = try #require(desk.hold("b", date("2026-03-19"), "10:00", 11))
        let untouched = try #require(desk.hold("c", date("2026-03-20"), "10:00", 12))
        let position = try desk.store.lastPosition()

        let check = try #require(
            desk.send(DecreeCommand(calendar: try resting(), dryRun: true), 20)
        ).get()
        #expect(!check.isDone)
        #expect(check.running == 1)
        #expect(check.clocks.map(\.to) == [moment("2026-03-27T20:00")])
        #expect(check.bookings.displaced.map(\.booking.id) == [booking])
        #expect(check.bookings.displaced.first?.replacement?.id.date == date("2026-03-20"))
        let causes = check.changes[check.clocks[0].changes].map(\.date)
        #expect(causes == [date("2026-03-19")])
        #expect(try desk.store.lastPosition() == position)

        let told = Desk.Box(Mutex<[String]>([]))
        desk.engine.watchLibrary { library in
            told.value.withLock { $0.append(library.calendars["kz"]!.source) }
        }
        let done = try #require(
            desk.send(DecreeCommand(calendar: try resting(), dryRun: false), 21)
        ).get()
        #expect(done.isDone)
        #expect(done.clocks == check.clocks)
        #expect(done.bookings.displaced == check.bookings.displaced)
        // The decree, the register, the day that is lost and the day that takes its booking.
        #expect(try desk.store.lastPosition() == position + 4)
        #expect(told.value.withLock { Set($0).count } == 2)
        guard
            case .application(let moved) = try desk.engine.answer(
                .application(application.id), in: .en, now: Desk.morning)
        else { throw CancellationError() }
        #expect(moved.due?.at == moment("2026-03-27T20:00"))
        #expect(moved.due?.calendarVersion == done.version)
        guard
            case .booking(let kept) = try desk.queue.answer(
                .booking(untouched), now: Desk.morning)
        else { throw CancellationError() }
        #expect(kept.state == .held)
        // What is accepted and booked from now on is by the new calendar.
        let next = try #require(desk.send(.accept(try Desk.handIn("d")), 22)).get()
        #expect(next.due?.at == moment("2026-03-27T20:00"))
        #expect(desk.hold("e", date("2026-03-19"), "10:00", 23) == nil)
        // A repeat is told the same, and nothing moves twice.
        #expect(
            try #require(
                desk.send(DecreeCommand(calendar: try resting(), dryRun: false), 21)
            ).get() == done)
        let again = try #require(desk.send(DecreeCommand(calendar: "", dryRun: true), 24)).get()
        #expect(again.moving == 0 && again.bookings.displaced.isEmpty)
        #expect(
            desk.send(DecreeCommand(calendar: "", dryRun: false), 21)
                == .failure(.command(.requestMismatch)))
        guard
            case .decrees(let decrees) = try desk.engine.answer(
                .decrees, in: .en, now: Desk.morning)
        else { throw CancellationError() }
        #expect(decrees.map(\.clocks) == [1])
        #expect(decrees.map(\.bookings) == [1])
    }

    @Test func aDecreeThatIsLostHasMovedNothing() throws {
        let desk = try Desk()
        desk.register()
        let application = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        let booking = try #require(desk.hold("b", date("2026-03-19"), "10:00", 11))
        let outcome = desk.send(
            DecreeCommand(calendar: try resting(), dryRun: false), 20,
            failing: .unavailable("the disk is full"))
        #expect(outcome == .failure(.command(.unavailable("the disk is full"))))
        #expect(
            desk.queue.libraryInForce.calendars["kz"]?.source
                == (try Repository.library()).calendars["kz"]?.source)
        // All goes on as if nothing had been tried.
        let next = try #require(desk.send(.accept(try Desk.handIn("c")), 12)).get()
        #expect(next.due?.at == moment("2026-03-26T20:00"))
        #expect(desk.hold("d", date("2026-03-19"), "10:20", 13)?.date == date("2026-03-19"))
        guard
            case .booking(let kept) = try desk.queue.answer(.booking(booking), now: Desk.morning),
            case .application(let same) = try desk.engine.answer(
                .application(application.id), in: .en, now: Desk.morning)
        else { throw CancellationError() }
        #expect(kept.state == .held)
        #expect(same == ApplicationView(application, revision: same.revision))
        // And it can be tried again under the same id.
        let done = try #require(
            desk.send(DecreeCommand(calendar: try resting(), dryRun: false), 20)
        ).get()
        #expect(done.moving == 2)
        #expect(done.bookings.displaced.count == 2)
        var audit = JournalAudit()
        var failure: AuditFailure?
        try desk.store.scan(after: 0) { placed in
            do throws(AuditFailure) { try audit.add(placed) } catch { failure = error }
            return failure == nil
        }
        #expect(failure == nil)
        #expect(throws: Never.self) { try audit.checkClaims() }
    }

    // MARK: What comes between a decree and the disk

    private typealias Told = Desk.Box<[Result<Receipt, CommandFault>]>

    /// Sends a command without having it written.
    private func send(_ command: QueueCommand, _ request: UInt64, _ desk: Desk) -> Told {
        let told = Told(Mutex([]))
        desk.queue.submit(command, request: Desk.id(request), now: Desk.morning) { result in
            told.value.withLock { $0.append(result) }
        }
        return told
    }

    private func hold(_ who: String, _ day: String) -> QueueCommand {
        .hold(
            HoldCommand(
                office: Desk.office, service: Desk.service, date: date(day),
                start: TimeOfDay("10:00")!, channel: .office, applicant: .reference(who)))
    }

    private let closing = QueueCommand.changeOffice(
        OfficeChangeCommand(
            change: .close(
                Desk.office,
                Closure(
                    date: date("2026-03-20"), hours: nil,
                    reason: LocalizedText(kk: "жөндеу", ru: "ремонт", en: "repairs"))),
            dryRun: false))

    /// What would have to follow the old calendar or the new one is to be tried again; all else goes on.
    @Test(arguments: [nil, AppendFailure.unavailable("the disk is full")])
    func whileADecreeIsOnItsWayNothingBeginsThatDependsOnIt(_ failure: AppendFailure?) throws {
        let desk = try Desk()
        desk.register()
        let booked = try #require(desk.hold("a", date("2026-03-19"), "11:00", 11))
        desk.engine.submit(
            DecreeCommand(
                calendar: try Decrees.text(holidays: ["03-19", "03-26"]), dryRun: false),
            request: Desk.id(20), now: Desk.morning, in: .en
        ) { _ in }
        let again: [Result<Receipt, CommandFault>] = [.failure(.overloaded)]
        #expect(send(closing, 21, desk).value.withLock { $0 } == again)
        // Nothing has happened on 26 March, which the decree makes a holiday.
        #expect(send(hold("b", "2026-03-26"), 22, desk).value.withLock { $0 } == again)
        let friday = send(hold("c", "2026-03-27"), 23, desk)
        #expect(friday.value.withLock { $0 }.isEmpty)
        desk.store.commit(atMost: 1, failing: failure)
        desk.store.commit()
        guard case .success? = friday.value.withLock({ $0.first }) else {
            Issue.record("\(friday.value.withLock { $0 })")
            return
        }
        let isLost = failure != nil
        #expect((desk.hold("d", date("2026-03-26"), "10:00", 24) != nil) == isLost)
        guard case .booking(let old) = try desk.queue.answer(.booking(booked), now: Desk.morning)
        else { throw CancellationError() }
        #expect((old.state == .held) == isLost)
        // The closure is now decided by the calendar in force, and the day off stays one.
        _ = send(closing, 25, desk)
        desk.store.commit()
        #expect(desk.hold("e", date("2026-03-20"), "10:00", 26) == nil)
        #expect((desk.hold("f", date("2026-03-19"), "10:00", 27) != nil) == isLost)
    }

    /// A change of an office that is lost before a decree is not what the office goes by after it.
    @Test(arguments: [nil, AppendFailure.unavailable("the disk is full")])
    func aChangeThatIsLostBeforeADecreeLeavesNothing(_ failure: AppendFailure?) throws {
        let desk = try Desk()
        desk.register()
        let change = send(closing, 20, desk)
        desk.engine.submit(
            DecreeCommand(calendar: try resting(), dryRun: false), request: Desk.id(21),
            now: Desk.morning, in: .en
        ) { _ in }
        desk.store.commit(atMost: 1, failing: .unavailable("the disk is full"))
        desk.store.commit(atMost: 1, failing: failure)
        desk.store.commit()
        guard case .failure? = change.value.withLock({ $0.first }) else {
            Issue.record("the change was told as done")
            return
        }
        #expect(desk.hold("a", date("2026-03-20"), "10:00", 22) != nil)
        guard
            case .office(let office) = try desk.queue.answer(
                .office(Desk.office), now: Desk.morning)
        else { throw CancellationError() }
        #expect(office.closures.isEmpty)
        let other = QueueCommand.changeOffice(
            OfficeChangeCommand(change: .recalculate(Desk.office), dryRun: false))
        _ = send(other, 23, desk)
        desk.store.commit()
        #expect(desk.hold("b", date("2026-03-20"), "11:00", 24) != nil)
    }

    /// Papers that waited for a decree are recorded when it is there, whatever was recorded meanwhile.
    @Test func whatWaitedIsDecidedInOrderAndNotTooLate() throws {
        let desk = try Desk()
        desk.register()
        let first = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        desk.engine.submit(
            DecreeCommand(calendar: try resting(), dryRun: false), request: Desk.id(20),
            now: Desk.morning, in: .en
        ) { _ in }
        let outcomes = Desk.Box<[Result<ApplicationView, ApplicationFault>]>(Mutex([]))
        let commands: [ApplicationCommand] = [
            .act(first.id, .suspend(reason: "asked", reviewBy: date("2026-03-25"))),
            .act(first.id, .resume), .accept(try Desk.handIn("b")),
        ]
        for (place, command) in commands.enumerated() {
            desk.engine.submit(
                command, request: Desk.id(21 + UInt64(place)), now: Desk.morning, in: .en
            ) { result in outcomes.value.withLock { $0.append(result) } }
        }
        // A repeat is told at once: waiting could make it too late to be known.
        #expect(desk.send(.accept(try Desk.handIn("a")), 10, committing: false) == .success(first))
        #expect(
            desk.send(.accept(try Desk.handIn("x")), 10, committing: false)
                == .failure(.command(.requestMismatch)))
        // A minute later somebody books.
        desk.queue.submit(
            hold("c", "2026-03-20"), request: Desk.id(30),
            now: Timestamp(second: Desk.morning.second + 60)!
        ) { _ in }
        #expect(outcomes.value.withLock { $0 }.isEmpty)
        desk.store.commit()
        let views = try outcomes.value.withLock { try $0.map { try $0.get() } }
        #expect(views.map(\.phase) == [.suspended, .accepted, .accepted])
        #expect(views.last?.due?.at == moment("2026-03-27T20:00"))
    }

    @Test func aTextThatIsNoCalendarNamesItsFaults() throws {
        let desk = try Desk()
        desk.register()
        for text in ["not: a calendar", ":::", try resting() + "  - {working: 1, rest: 2}\n"] {
            guard
                case .failure(.badCalendar(let faults)) = desk.send(
                    DecreeCommand(calendar: text, dryRun: false), 20)
            else {
                Issue.record("\(text.suffix(40)) was taken")
                continue
            }
            #expect(!faults.isEmpty)
        }
        #expect(try desk.store.entries(of: .decrees, after: 0).isEmpty)
    }

    /// Bookings, papers and decrees from many threads at once, over a real file: whatever comes
    /// between, the journal is whole and every entry follows from the one before it.
    @Test func decreesAmongOtherCommandsLeaveAWholeJournal() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-decrees-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("kezek.sqlite").path
        let texts = [try resting(), try Repository.text("Calendars/kz.yaml")]
        try await offThePool { try Self.race(path, texts: texts) }
    }

    private static func race(_ path: String, texts: [String]) throws {
        let store = try SQLiteStore(path: path)
        defer { store.close() }
        let (queue, engine) = try Desk.engines(store, try Repository.library())
        try queue.start(now: Desk.morning)
        try engine.start(now: Desk.morning)
        let done = DispatchSemaphore(value: 0)
        queue.submit(
            .changeOffice(
                .init(
                    change: .put(Desk.described(Desk.office, "corporation", windows: 20)),
                    dryRun: false)),
            request: Desk.id(1), now: Desk.morning
        ) { _ in done.signal() }
        done.wait()
        let failures = Mutex<[String]>([])
        let box = Desk.Box(failures)
        let waiting = DispatchGroup()
        let handIn = try Desk.handIn("x")
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<150 as Range<UInt64> {
                let id = UInt64(thread) * 1_000 + 10 + number
                let who = "person-\(id)"
                waiting.enter()
                if thread == 0, number % 5 == 0 {
                    engine.submit(
                        DecreeCommand(calendar: texts[Int(number / 5) % 2], dryRun: false),
                        request: Desk.id(id), now: Desk.morning, in: .en
                    ) { result in
                        // Two at once are too many; any other failure is one.
                        if case .failure(let fault) = result, fault != .command(.overloaded) {
                            box.value.withLock { $0.append("\(fault)") }
                        }
                        waiting.leave()
                    }
                } else if thread < 2 {
                    let papers = HandIn(
                        office: Desk.office, channel: "corporation", applicant: .reference(who),
                        profile: handIn.profile, documents: handIn.documents, consent: .given)
                    engine.submit(
                        .accept(papers), request: Desk.id(id), now: Desk.morning, in: .en
                    ) { result in
                        if case .failure(let fault) = result {
                            box.value.withLock { $0.append("\(fault)") }
                        }
                        waiting.leave()
                    }
                } else {
                    let day = date("2026-03-19").adding(days: Int(number % 2))!
                    queue.submit(
                        .hold(
                            HoldCommand(
                                office: Desk.office, service: Desk.service, date: day,
                                start: TimeOfDay(second: 32_400 + Int32(number % 30) * 1_200)!,
                                channel: .office, applicant: .reference(who))),
                        request: Desk.id(id), now: Desk.morning
                    ) { result in
                        // A place may be gone, or the day; nothing may be lost.
                        if case .failure(.unavailable(let why)) = result {
                            box.value.withLock { $0.append(why) }
                        }
                        waiting.leave()
                    }
                }
            }
        }
        waiting.wait()
        #expect(box.value.withLock { $0 } == [])
        var audit = JournalAudit()
        var failure: AuditFailure?
        try store.scan(after: 0) { placed in
            do throws(AuditFailure) { try audit.add(placed) } catch { failure = error }
            return failure == nil
        }
        #expect(failure == nil, "\(String(describing: failure))")
        #expect(throws: Never.self) { try audit.checkClaims() }
        #expect(audit.entries > 400)
    }

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

extension ApplicationView {
    /// The same as of another revision of its register.
    fileprivate init(_ view: ApplicationView, revision: UInt32) {
        self.init(
            id: view.id, revision: revision, standard: view.standard, channel: view.channel,
            profile: view.profile, consent: view.consent, documents: view.documents,
            ticket: view.ticket, handedInAt: view.handedInAt, phase: view.phase,
            changedAt: view.changedAt, due: view.due, clock: view.clock,
            suspended: view.suspended, result: view.result, recipient: view.recipient)
    }
}
