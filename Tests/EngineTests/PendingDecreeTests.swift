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

/// What comes between a decree and the disk.
@Suite struct PendingDecreeTests {
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
            DecreeCommand(calendar: try Decrees.resting(), dryRun: false), request: Desk.id(21),
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
            DecreeCommand(calendar: try Decrees.resting(), dryRun: false), request: Desk.id(20),
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
}
