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
            desk.send(DecreeCommand(calendar: try Decrees.resting(), dryRun: true), 20)
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
            desk.send(DecreeCommand(calendar: try Decrees.resting(), dryRun: false), 21)
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
                desk.send(DecreeCommand(calendar: try Decrees.resting(), dryRun: false), 21)
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

    /// Who is here, and which kiosks have numbers, is told with the office at which it is so.
    @Test func aDecreeThatClosesTodayTellsWhoIsHereAndWhere() throws {
        let desk = try Desk()
        desk.register()
        func order(_ command: DayCommand, _ id: UInt64) {
            desk.queue.submit(
                .today(Desk.office, command), request: Desk.id(id), now: Desk.morning
            ) { _ in }
            desk.store.commit()
        }
        order(.takeTicket(service: Desk.service), 10)
        order(.leaseNumbers(service: Desk.service, count: 5, kiosk: "hall"), 11)
        let text = try Decrees.text(holidays: ["03-18"])
        for (office, isTold) in [(nil, true), (Desk.office, true), (Desk.provider, false)] {
            let check = try #require(
                desk.send(
                    DecreeCommand(calendar: text, dryRun: true, office: office), 20)
            ).get()
            #expect(
                check.bookings.tickets.map(\.office) == (isTold ? [Desk.office] : []))
            #expect(
                check.bookings.tickets.map(\.ticket.label.description) == (isTold ? ["A-001"] : []))
            #expect(check.bookings.leases.map(\.office) == (isTold ? [Desk.office] : []))
        }
    }

    /// Where nothing runs the days that change are told all the same; adopted once, it is in force.
    @Test func theDaysThatChangeAreToldThoughNothingMoves() throws {
        let desk = try Desk()
        desk.register()
        let text = try Decrees.resting()
        let check = try #require(desk.send(DecreeCommand(calendar: text, dryRun: true), 20)).get()
        #expect(check.running == 0 && check.moving == 0)
        // The holiday is of each year; each week by which a clock runs has its line, and only one.
        #expect(Set(check.changes.map(\.date)) == [date("2026-03-19"), date("2027-03-19")])
        #expect(check.changes.map(\.week).sorted() == ["five", "five", "six", "six"])
        let done = try #require(desk.send(DecreeCommand(calendar: text, dryRun: false), 21)).get()
        #expect(done.changes == check.changes)
        // The same once more is no second decree; asked beforehand, it moves nothing.
        #expect(
            desk.send(DecreeCommand(calendar: text, dryRun: false), 22)
                == .failure(.inForceAlready("kz", since: Desk.morning)))
        let again = try #require(desk.send(DecreeCommand(calendar: text, dryRun: true), 23)).get()
        #expect(again.changes.isEmpty && again.moving == 0)
        guard
            case .decrees(let decrees) = try desk.engine.answer(
                .decrees, in: .en, now: Desk.morning)
        else { throw CancellationError() }
        #expect(decrees.count == 1)
        // Another one in between, and it is a decree again.
        let other = try Decrees.text(holidays: ["03-26"])
        _ = try #require(desk.send(DecreeCommand(calendar: other, dryRun: false), 24)).get()
        _ = try #require(desk.send(DecreeCommand(calendar: text, dryRun: false), 25)).get()
    }

    @Test func aDecreeThatIsLostHasMovedNothing() throws {
        let desk = try Desk()
        desk.register()
        let application = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        let booking = try #require(desk.hold("b", date("2026-03-19"), "10:00", 11))
        let outcome = desk.send(
            DecreeCommand(calendar: try Decrees.resting(), dryRun: false), 20,
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
            desk.send(DecreeCommand(calendar: try Decrees.resting(), dryRun: false), 20)
        ).get()
        #expect(done.moving == 2)
        #expect(done.bookings.displaced.count == 2)
        #expect(throws: Never.self) { try JournalAudit(desk.store) }
    }

    /// An office alone: what is listed and counted is its own; what moved is in the list of decrees.
    @Test func ofAnOfficeAloneItsOwnIsCounted() throws {
        let desk = try Desk()
        desk.register()
        for (name, number) in [("a", 10), ("b", 11)] as [(String, UInt64)] {
            _ = try #require(desk.send(.accept(try Desk.handIn(name)), number)).get()
        }
        _ = try #require(desk.hold("c", date("2026-03-19"), "10:00", 12))
        let text = try Decrees.resting()
        for (office, running) in [(nil, 2), (Desk.office, 2), (Desk.provider, 0)] {
            let check = try #require(
                desk.send(DecreeCommand(calendar: text, dryRun: true, office: office), 20)
            ).get()
            #expect(check.running == running && check.moving == running)
            #expect(check.clocks.count == running)
            #expect(check.movingBookings == (running > 0 ? 1 : 0))
            #expect(check.bookings.displaced.count == check.movingBookings)
        }
        let done = try #require(
            desk.send(DecreeCommand(calendar: text, dryRun: false, office: Desk.provider), 21)
        ).get()
        #expect(done.running == 0 && done.moving == 0 && done.movingBookings == 0)
        guard
            case .decrees(let decrees) = try desk.engine.answer(
                .decrees, in: .en, now: Desk.morning)
        else { throw CancellationError() }
        #expect(decrees.map(\.clocks) == [2] && decrees.map(\.bookings) == [1])
    }

    /// A misspelt name would be another calendar, by which nothing runs.
    @Test(arguments: [true, false])
    func aCalendarOfAnUnknownNameIsRefused(_ dryRun: Bool) throws {
        let desk = try Desk()
        desk.register()
        let text = try Decrees.resting().replacing("calendar: kz\n", with: "calendar: kzz\n")
        let fault = ApplicationFault.unknownCalendar("kzz", known: ["jo", "kz"])
        #expect(desk.send(DecreeCommand(calendar: text, dryRun: dryRun), 20) == .failure(fault))
        for language in Language.allCases {
            let refusal = fault.refusal(in: language)
            #expect(refusal.reason == .badCalendar && refusal.field == "calendar")
            #expect(refusal.message.contains("kzz") && refusal.message.contains("jo, kz"))
        }
        #expect(try desk.store.entries(of: .decrees, after: 0).isEmpty)
    }

    /// A calendar without a year that was published is refused, before it is adopted and then.
    @Test(arguments: [true, false])
    func aDecreeThatTakesAYearAwayIsRefused(_ dryRun: Bool) throws {
        let desk = try Desk()
        desk.register()
        let accepted = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        let text = try Repository.text("Calendars/kz.yaml")
            .replacing("years: 2016-2027", with: "years: 2016-2026")
        let position = try desk.store.lastPosition()
        let result = desk.send(DecreeCommand(calendar: text, dryRun: dryRun), 12)
        guard case .failure(.yearTakenAway(let lost))? = result else {
            Issue.record("\(String(describing: result))")
            return
        }
        #expect(lost.had == 2016...2027 && lost.has == 2016...2026)
        var told: Set<String> = []
        for language in Language.allCases {
            let refusal = ApplicationFault.yearTakenAway(lost).refusal(in: language)
            #expect(refusal.reason == .badCalendar && refusal.field == "calendar")
            #expect(refusal.message.contains("2016–2027"))
            told.insert(refusal.message)
        }
        #expect(told.count == 3)
        #expect(try desk.store.lastPosition() == position)
        // Another decree may come, and what runs is done.
        let done = desk.send(DecreeCommand(calendar: try Decrees.resting(), dryRun: false), 13)
        #expect(try #require(done).get().moving == 1)
        let ready = desk.send(.act(accepted.id, .complete(ground: nil, note: "")), 14)
        #expect(try #require(ready).get().phase == .ready)
    }

    @Test func aTextThatIsNoCalendarNamesItsFaults() throws {
        let desk = try Desk()
        desk.register()
        for text in [
            "not: a calendar", ":::", try Decrees.resting() + "  - {working: 1, rest: 2}\n",
        ] {
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
