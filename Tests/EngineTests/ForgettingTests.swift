// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Journal
import KezekSimulator
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts

@testable import KezekEngine

/// Forgetting people, and the keys that follow one another.
@Suite struct ForgettingTests {
    private static let words = "скажет, когда выйдет из больницы"

    private func forget(
        _ desk: Desk, _ who: String, failing: AppendFailure? = nil
    ) -> Result<Int, ApplicationFault>? {
        let box = Desk.Box(Mutex<Result<Int, ApplicationFault>?>(nil))
        desk.engine.forget(.reference(who), request: Desk.id(900), now: Desk.morning) { result in
            box.value.withLock { $0 = result }
        }
        desk.store.commit(failing: failing)
        return box.value.withLock { $0 }
    }

    private func view(_ engine: ApplicationEngine, _ id: ApplicationID) throws -> ApplicationView {
        guard
            case .application(let view) = try engine.answer(
                .application(id), in: .en, now: Desk.morning)
        else { throw CancellationError() }
        return view
    }

    /// An application that was suspended for a reason, and withdrawn for another.
    private func withdrawn(_ desk: Desk, _ who: String) throws -> ApplicationID {
        desk.register()
        let id = try #require(desk.send(.accept(try Desk.handIn(who)), 10)).get().id
        let review = CivilDate("2026-03-30")!
        _ = try #require(
            desk.send(.act(id, .suspend(reason: Self.words, reviewBy: review)), 11)
        ).get()
        #expect(forget(desk, who) == .failure(.stillUnderWay(id.description)))
        _ = try #require(desk.send(.act(id, .withdraw(reason: Self.words)), 12)).get()
        return id
    }

    private func hasWords(_ store: MemoryStore) throws -> Bool {
        var found = false
        try store.scan(after: 0) { placed in
            let bytes = placed.entry.body
            found = found || bytes.indices.contains { bytes[$0...].starts(with: Self.words.utf8) }
            return true
        }
        return found
    }

    /// Why a booking was cancelled is told with it, until the person is forgotten, and sealed on disk.
    @Test func whyABookingWasCancelledIsToldUntilThePersonIsForgotten() throws {
        let desk = try Desk()
        desk.register()
        let booking = try #require(desk.hold("a", date("2026-03-20"), "10:00", 10))
        desk.queue.submit(
            .booking(booking, .cancel(by: .office, reason: Self.words)), request: Desk.id(11),
            now: Desk.morning
        ) { _ in }
        desk.store.commit()
        func reason(_ queue: QueueEngine) throws -> String {
            guard
                case .booking(let view) = try queue.answer(.booking(booking), now: Desk.morning)
            else { throw CancellationError() }
            #expect(view.state == .cancelled)
            return view.reason
        }
        #expect(try reason(desk.queue) == Self.words)
        #expect(try !hasWords(desk.store))
        // A start on the journal reads it too, as long as the person's key is there.
        let (before, _) = try Desk.engines(desk.store, try Repository.library())
        try before.start(now: Desk.morning)
        #expect(try reason(before) == Self.words)
        #expect(forget(desk, "a") == .success(1))
        #expect(try reason(desk.queue) == ForgottenWords.mark)
        let (after, _) = try Desk.engines(desk.store, try Repository.library())
        try after.start(now: Desk.morning)
        #expect(try reason(after) == ForgottenWords.mark)
    }

    @Test func whoIsForgottenIsReadNoMoreAndTheJournalStaysWhole() throws {
        let desk = try Desk()
        let id = try withdrawn(desk, "a")
        #expect(try view(desk.engine, id).suspended.map(\.reason) == [Self.words])
        #expect(try !hasWords(desk.store))
        #expect(try desk.store.personKeys().count == 1)
        let position = try desk.store.lastPosition()
        // Another person's words stay.
        #expect(forget(desk, "b") == .success(0))
        #expect(forget(desk, "a") == .success(1))
        #expect(try desk.store.lastPosition() == position + 1)
        #expect(try desk.store.personKeys().isEmpty)
        #expect(try view(desk.engine, id).suspended.map(\.reason) == [ForgottenWords.mark])
        #expect(forget(desk, "a") == .success(0))
        #expect(try desk.store.lastPosition() == position + 1)
        // A start on the journal finds the same.
        let (queue, engine) = try Desk.engines(desk.store, try Repository.library())
        try queue.start(now: Desk.morning)
        try engine.start(now: Desk.morning)
        #expect(try view(engine, id) == view(desk.engine, id))
        #expect(try JournalAudit(desk.store).registers == 1)
    }

    @Test func whatCouldNotBeWrittenIsNotForgotten() throws {
        let desk = try Desk()
        let id = try withdrawn(desk, "a")
        for _ in 0..<2 {
            guard
                case .failure(.command(.unavailable)) = forget(
                    desk, "a", failing: .unavailable("full"))
            else { throw CancellationError() }
            #expect(try view(desk.engine, id).suspended.map(\.reason) == [Self.words])
            #expect(try desk.store.personKeys().count == 1)
        }
        #expect(forget(desk, "a") == .success(1))
        #expect(try desk.store.streams().first { $0.stream == .people }?.revision == 1)
    }

    @Test func whatIsTypedAboutABookingIsSealedToo() throws {
        let desk = try Desk()
        desk.register()
        let booking = try #require(desk.hold("a", CivilDate("2026-03-19")!, "10:00", 20))
        #expect(forget(desk, "a") == .failure(.stillUnderWay(booking.description)))
        desk.queue.submit(
            .booking(booking, .cancel(by: .office, reason: Self.words)), request: Desk.id(21),
            now: Desk.morning
        ) { _ in }
        desk.store.commit()
        #expect(try !hasWords(desk.store))
        let key = try #require(try desk.store.personKeys().first)
        // Words of a day to come are kept from that day on.
        #expect(key.used == CivilDate("2026-03-19"))
        #expect(forget(desk, "a") == .success(1))
    }

    @Test func wordsAreForgottenByThemselvesWhenTheyAreOld() throws {
        let desk = try Desk()
        let id = try withdrawn(desk, "a")
        let days = Int64(ApplicationEngine.Limits.wordsKeptDays)
        for (later, isThere) in [(0, true), (days, true), (days + 1, false)] {
            let now = Timestamp(second: Desk.morning.second + later * 86_400)!
            desk.engine.tick(now: now)
            desk.store.commit()
            #expect(try desk.store.personKeys().isEmpty != isThere, "after \(later) days")
        }
        #expect(try view(desk.engine, id).suspended.map(\.reason) == [ForgottenWords.mark])
    }

    // MARK: Keys that follow one another

    private func engines(
        _ store: MemoryStore, keys: UInt8...
    ) throws -> (queue: QueueEngine, engine: ApplicationEngine) {
        let keys = ApplicantKeys(
            latestFirst: keys.map { Array(repeating: $0, count: ApplicantKeys.length) })!
        let queue = QueueEngine(
            store: store, library: try Repository.library(), keys: keys,
            background: { work in work() })
        let engine = ApplicationEngine(queue: queue, run: 7) { _, _ in
            .failure(.init(list: []))
        }
        try queue.start(now: Desk.morning)
        try engine.start(now: Desk.morning)
        return (queue, engine)
    }

    private func hold(
        _ queue: QueueEngine, _ store: MemoryStore, _ time: String, _ request: UInt64
    ) -> Result<Receipt, CommandFault>? {
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        queue.submit(
            .hold(
                HoldCommand(
                    office: Desk.office, service: Desk.service, date: CivilDate("2026-03-19")!,
                    start: TimeOfDay(time)!, channel: .office, applicant: .reference("a"))),
            request: Desk.id(request), now: Desk.morning
        ) { result in box.value.withLock { $0 = result } }
        store.commit()
        return box.value.withLock { $0 }
    }

    @Test func aNewKeyLetsNobodyBookTwice() throws {
        // The desk's key is of threes.
        let desk = try Desk()
        desk.register()
        let booking = try #require(desk.hold("a", CivilDate("2026-03-19")!, "10:00", 20))
        let (queue, _) = try engines(desk.store, keys: 4, 3)
        guard
            case .failure(.bookedAlready(booking, Desk.service, _)) = hold(
                queue, desk.store, "11:00", 21)
        else { throw CancellationError() }
        // The repeat of what was done before is told the same.
        #expect(try hold(queue, desk.store, "10:00", 20)?.get().booking?.id == booking)
        queue.submit(
            .booking(booking, .release), request: Desk.id(22), now: Desk.morning
        ) { _ in }
        desk.store.commit()
        // From then on it is the new name alone that counts.
        #expect(try hold(queue, desk.store, "11:00", 23)?.get() != nil)
        let (later, _) = try engines(desk.store, keys: 4)
        guard case .failure(.bookedAlready) = hold(later, desk.store, "12:00", 24)
        else { throw CancellationError() }
    }

    @Test func aNewKeyKnowsWhoHandedInBefore() throws {
        let desk = try Desk()
        desk.register()
        let handIn = try Desk.handIn("a")
        let id = try #require(desk.send(.accept(handIn), 30)).get().id
        let (_, engine) = try engines(desk.store, keys: 4, 3)
        func status(_ engine: ApplicationEngine, _ who: String) -> Bool {
            (try? engine.answer(
                .status(id, .reference(who)), in: .en, now: Desk.morning)) != nil
        }
        #expect(status(engine, "a") && !status(engine, "b"))
        let box = Desk.Box(Mutex<Result<ApplicationView, ApplicationFault>?>(nil))
        engine.submit(.accept(handIn), request: Desk.id(30), now: Desk.morning, in: .en) { result in
            box.value.withLock { $0 = result }
        }
        desk.store.commit()
        #expect(try box.value.withLock { $0 }?.get().id == id)
        // Without the earlier key nobody can tell any more.
        let (_, later) = try engines(desk.store, keys: 4)
        #expect(!status(later, "a"))
    }
}
