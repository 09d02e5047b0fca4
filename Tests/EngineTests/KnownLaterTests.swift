// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import KezekEngine
import KezekFiles
import KezekSimulator
import KezekWire
import Parties
import Queue
import ServiceStandards
import Synchronization
import TestKit
import Testing
import Texts

/// What a decree says for a later day, and what is remembered over days.
@Suite struct KnownLaterTests {
    /// Friday 20 March 2026, a working day, is given for a Saturday; known on some day.
    private func text(known: String, working: String = "2026-04-11") throws -> String {
        var draft = CalendarDraft()
        draft.moves = [
            .init(
                working: date(working), rest: date("2026-03-20"), known: date(known))
        ]
        return try draft.text()
    }

    private func due(_ desk: Desk, _ id: ApplicationID, _ engine: ApplicationEngine? = nil) throws
        -> CivilDateTime?
    {
        guard
            case .application(let view) = try (engine ?? desk.engine).answer(
                .application(id), in: .en, now: Desk.morning)
        else { throw CancellationError() }
        return view.due?.at
    }

    /// Three working days from Wednesday 18 March end on the 26th, and on the 27th without the 20th.
    @Test func whatBecomesKnownTomorrowMovesTomorrow() throws {
        let desk = try Desk()
        desk.register()
        let id = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get().id
        let check = try #require(
            desk.send(DecreeCommand(calendar: try text(known: "2026-03-19"), dryRun: true), 11)
        ).get()
        #expect(check.moving == 0 && check.knownLater.first == date("2026-03-19"))
        let done = try #require(
            desk.send(DecreeCommand(calendar: try text(known: "2026-03-19"), dryRun: false), 12)
        ).get()
        #expect(done.moving == 0 && done.knownLater == check.knownLater)
        // What will move is named beforehand, from when on, and by the decree itself too.
        let later = DecreeEffects.LaterClock(
            knownOn: date("2026-03-19"), id: id, kind: .term, from: moment("2026-03-26T20:00"),
            to: moment("2026-03-27T20:00"))
        #expect(check.laterClocks == [later] && check.movingLater == 1)
        #expect(done.laterClocks == [later] && done.movingLater == 1)
        // The last second of the day in Almaty, and the first of the next.
        desk.engine.tick(now: Timestamp("2026-03-18T18:59:59Z")!)
        desk.store.commit()
        #expect(try due(desk, id) == moment("2026-03-26T20:00"))
        desk.engine.tick(now: Timestamp("2026-03-18T19:00:00Z")!)
        desk.store.commit()
        #expect(try due(desk, id) == moment("2026-03-27T20:00"))
        // It is done once.
        let position = try desk.store.lastPosition()
        for second in [1, 61, 4_000, 86_400 * 3] as [Int64] {
            desk.engine.tick(
                now: Timestamp(second: Timestamp("2026-03-18T19:00:00Z")!.second + second)!)
            desk.store.commit()
        }
        #expect(try desk.store.lastPosition() == position)
        // Nobody asked for it.
        #expect(try desk.store.entry(of: .decrees, revision: 2)?.caller == .time)
        // The list has the calendar of which more became known, and its version from then on.
        guard
            case .decrees(let decrees) = try desk.engine.answer(
                .decrees, in: .en, now: Timestamp("2026-03-19T05:00Z")!)
        else { throw CancellationError() }
        #expect(decrees.map(\.calendar) == ["kz", "kz"] && decrees.map(\.clocks) == [0, 1])
        #expect(decrees[0].version != decrees[1].version)
        #expect(decrees.allSatisfy { $0.version.hasPrefix("kz-") })
    }

    /// Two days on which more becomes known: the second moves on from where the first has moved it, and
    /// of an office alone what is its own is told.
    @Test func whatMovesOnEachDayToComeIsToldInItsOrder() throws {
        let desk = try Desk()
        desk.register()
        let id = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get().id
        var draft = CalendarDraft()
        draft.moves = [
            .init(
                working: date("2026-04-11"), rest: date("2026-03-20"), known: date("2026-03-19")),
            .init(
                working: date("2026-04-18"), rest: date("2026-03-27"), known: date("2026-03-21")),
        ]
        let text = try draft.text()
        for office in [nil, Desk.office, Desk.provider] {
            let check = try #require(
                desk.send(DecreeCommand(calendar: text, dryRun: true, office: office), 11)
            ).get()
            guard office != Desk.provider else {
                #expect(check.running == 0 && check.laterClocks == [] && check.movingLater == 0)
                continue
            }
            // One clock, which moves twice.
            #expect(check.running == 1 && check.moving == 0 && check.movingLater == 1)
            #expect(
                check.laterClocks == [
                    .init(
                        knownOn: date("2026-03-19"), id: id, kind: .term,
                        from: moment("2026-03-26T20:00"), to: moment("2026-03-27T20:00")),
                    .init(
                        knownOn: date("2026-03-21"), id: id, kind: .term,
                        from: moment("2026-03-27T20:00"), to: moment("2026-03-30T20:00")),
                ])
        }
    }

    /// Bookings that lose their place then are named before the decree is adopted, once each.
    @Test func bookingsThatWillLoseTheirPlaceAreNamed() throws {
        let desk = try Desk()
        desk.register()
        // A Sunday, so that it concerns the week of six days too.
        func text(_ known: String) throws -> String {
            try self.text(known: known, working: "2026-04-12")
        }
        let lost = try #require(desk.hold("a", date("2026-03-20"), "10:00", 10))
        desk.queue.submit(.booking(lost, .confirm), request: Desk.id(12), now: Desk.morning) { _ in
        }
        desk.store.commit()
        _ = try #require(desk.hold("b", date("2026-03-19"), "10:00", 11))
        for (known, isToday, isNamed) in [
            ("2026-03-18", true, false), ("2026-03-19", false, true), ("2026-03-20", false, true),
        ] {
            let check = try #require(
                desk.send(DecreeCommand(calendar: try text(known), dryRun: true), 20)
            ).get()
            #expect(check.bookings.displaced.map(\.booking.id) == (isToday ? [lost] : []))
            #expect(check.later.map(\.booking.id) == (isNamed ? [lost] : []))
            #expect(check.later.map(\.knownOn) == (isNamed ? [date(known)] : []))
            let elsewhere = try #require(
                desk.send(
                    DecreeCommand(
                        calendar: try text(known), dryRun: true, office: Desk.provider), 21)
            ).get()
            #expect(elsewhere.later == [])
        }
        // And what was named is what moves.
        _ = desk.send(DecreeCommand(calendar: try text("2026-03-19"), dryRun: false), 30)
        desk.engine.tick(now: Timestamp("2026-03-18T19:00:00Z")!)
        desk.store.commit()
        guard
            case .booking(let view) = try desk.queue.answer(
                .booking(lost), now: Timestamp("2026-03-18T19:00:01Z")!)
        else { throw CancellationError() }
        #expect(view.state == .moved)
    }

    /// What could not be written is tried again after a minute, and not each second.
    @Test func whatCouldNotBeMovedIsTriedAgainAfterAMinute() throws {
        let desk = try Desk()
        desk.register()
        let id = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get().id
        _ = desk.send(DecreeCommand(calendar: try text(known: "2026-03-19"), dryRun: false), 12)
        let midnight = Timestamp("2026-03-18T19:00:00Z")!
        func tried(after seconds: Int64) -> Bool {
            desk.engine.tick(now: Timestamp(second: midnight.second + seconds)!)
            return desk.store.queued > 0
        }
        #expect(!tried(after: -1))
        #expect(tried(after: 0))
        desk.store.commit(failing: .unavailable("no room"))
        #expect(try due(desk, id) == moment("2026-03-26T20:00"))
        #expect(!tried(after: 1) && !tried(after: 59))
        #expect(tried(after: 60))
        desk.store.commit()
        #expect(try due(desk, id) == moment("2026-03-27T20:00"))
        #expect(!tried(after: 120))
    }

    /// A server that was away at midnight, or for days, does it when it is back.
    @Test func aServerThatWasAwayMovesWhatBecameKnown() throws {
        let desk = try Desk()
        desk.register()
        let id = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get().id
        let text = try text(known: "2026-03-19")
        _ = desk.send(DecreeCommand(calendar: text, dryRun: false), 12)
        let library = try Repository.library().replacing(calendar: text).library
        let later = Timestamp("2026-03-20T05:00Z")!
        let (queue, engine) = try Desk.engines(desk.store, library)
        try queue.start(now: later)
        try engine.start(now: later)
        engine.tick(now: later)
        desk.store.commit()
        #expect(try due(desk, id, engine) == moment("2026-03-27T20:00"))
    }

    /// A file that was changed by hand moves nothing by itself: 'decree adopt' does.
    @Test func aFileThatNoDecreeKnowsMovesNothingByItself() throws {
        let desk = try Desk()
        desk.register()
        let id = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get().id
        let library = try Repository.library()
            .replacing(calendar: try text(known: "2026-03-19")).library
        let later = Timestamp("2026-03-19T05:00Z")!
        let (queue, engine) = try Desk.engines(desk.store, library)
        try queue.start(now: later)
        try engine.start(now: later)
        engine.tick(now: later)
        desk.store.commit()
        #expect(try due(desk, id, engine) == moment("2026-03-26T20:00"))
    }

    /// From Friday to Monday and over long holidays; and no longer than is said.
    @Test func anAcceptanceIsKnownByItsIdOverRestDays() throws {
        let friday = Timestamp("2026-03-27T05:00Z")!
        for (days, isKnown) in [
            (1, true), (3, true), (ApplicationEngine.Limits.daysOfRequests, true),
            (ApplicationEngine.Limits.daysOfRequests + 1, false),
        ] {
            for restarts in [false, true] {
                let desk = try Desk()
                desk.register(at: friday)
                let accept = ApplicationCommand.accept(try Desk.handIn("a"))
                let first = try #require(desk.send(accept, 10, at: friday)).get()
                // Nothing of it runs any more.
                _ = desk.send(.act(first.id, .withdraw(reason: "")), 11, at: friday)
                let later = Timestamp(second: friday.second + Int64(days) * 86_400)!
                var engine = desk.engine
                if restarts {
                    let queue: QueueEngine
                    (queue, engine) = try Desk.engines(desk.store, try Repository.library())
                    try queue.start(now: later)
                    try engine.start(now: later)
                } else {
                    for _ in 0..<3 { engine.tick(now: later) }
                }
                let box = Desk.Box(Mutex<ApplicationView?>(nil))
                engine.submit(accept, request: Desk.id(10), now: later, in: .en) { result in
                    box.value.withLock { $0 = try? result.get() }
                }
                desk.store.commit()
                let view = box.value.withLock { $0 }
                // What is new on a day of rest is refused.
                #expect((view == first) == isKnown, "\(days) \(restarts)")
            }
        }
    }

    /// An office that is put under another standard takes new papers by it from then on.
    @Test func anOfficeUnderAnotherStandardTakesPapersByIt() throws {
        let desk = try Desk()
        desk.register()
        let first = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        let was = Desk.described(Desk.office, "corporation")
        let office = QueueOffice(
            id: was.id, title: was.title, address: was.address, standard: "std-8", kind: was.kind,
            zone: was.zone, services: was.services, windows: was.windows,
            exceptions: was.exceptions, closures: was.closures, rules: was.rules)
        desk.queue.submit(
            .changeOffice(.init(change: .put(office), dryRun: false)), request: Desk.id(11),
            now: Desk.morning
        ) { _ in }
        desk.store.commit()
        let standard = try #require(try Repository.library().standards["std-8"])
        let profile = ApplicantProfile(group: standard.groups[0].id)
        let handIn = HandIn(
            office: Desk.office, channel: "corporation", applicant: .reference("b"),
            profile: profile,
            documents: try standard.check([], of: profile, on: .latest).lines.map {
                PresentedDocument(id: $0.document.id, original: true, copy: true)
            }, consent: .given)
        let second = try #require(desk.send(.accept(handIn), 12)).get()
        #expect([first.standard, second.standard] == ["std-7", "std-8"])
        #expect(second.id.number == 2)
        let done = try #require(
            desk.send(
                .act(first.id, .complete(ground: "requirements-not-met", note: "x")), 13)
        ).get()
        #expect(done.standard == "std-7" && done.result?.ground == "requirements-not-met")
        #expect(throws: Never.self) { try JournalAudit(desk.store) }
    }
}
