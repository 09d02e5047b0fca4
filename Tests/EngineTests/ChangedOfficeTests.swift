// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts
import WorkingDays

/// Changes of an office, and what an engine says of days, holds and refusals.
@Suite struct ChangedOfficeTests {
    private let desk: Desk
    private static let text = LocalizedText(kk: "жөндеу", ru: "ремонт", en: "repairs")

    init() throws {
        desk = try Desk()
        desk.register()
    }

    private func send(
        _ command: QueueCommand, _ request: UInt64, at now: Timestamp = Desk.morning
    ) -> Result<Receipt, CommandFault> {
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        desk.queue.submit(command, request: Desk.id(request), now: now) { result in
            box.value.withLock { $0 = result }
        }
        desk.store.commit()
        return box.value.withLock { $0 } ?? .failure(.overloaded)
    }

    private func change(
        _ change: OfficeChangeCommand.Change, _ request: UInt64, dryRun: Bool = false,
        at now: Timestamp = Desk.morning
    ) -> Result<Receipt, CommandFault> {
        send(.changeOffice(.init(change: change, dryRun: dryRun)), request, at: now)
    }

    private func closure(_ day: String, _ hours: DayInterval? = nil) -> OfficeChangeCommand.Change {
        .close(Desk.office, Closure(date: date(day), hours: hours, reason: Self.text))
    }

    private func description() throws -> QueueOffice {
        guard
            case .office(let office) = try desk.queue.answer(
                .office(Desk.office), now: Desk.morning)
        else { throw CancellationError() }
        return office
    }

    private func hold(_ who: String, _ day: String, _ time: String, _ service: ServiceID? = nil)
        -> QueueCommand
    {
        .hold(
            HoldCommand(
                office: Desk.office, service: service ?? Desk.service, date: date(day),
                start: TimeOfDay(time)!, channel: .office, applicant: .reference(who)))
    }

    // MARK: Closures

    @Test func aPastDateIsNotClosed() throws {
        for (day, isClosed) in [("2026-03-17", false), ("2026-03-18", true), ("2026-03-19", true)] {
            switch change(closure(day), UInt64(date(day).dayNumber)) {
            case .success: #expect(isClosed)
            case .failure(.badOffice(let fault)):
                #expect(!isClosed)
                #expect(fault.field == "close.closure.day")
            case .failure(let other): Issue.record("\(other)")
            }
        }
        #expect(try description().closures.map(\.date) == [date("2026-03-18"), date("2026-03-19")])
    }

    @Test func theSameClosureIsNoOtherAndPastOnesDoNotCount() throws {
        for request in 20..<23 { _ = change(closure("2026-03-19"), UInt64(request)) }
        #expect(try description().closures.count == 1)
        let hours = DayInterval(start: TimeOfDay("10:00")!, end: TimeOfDay("11:00")!)
        _ = change(closure("2026-03-19", hours), 23)
        #expect(try description().closures.count == 2)
        let later = Timestamp("2026-03-20T05:00Z")!
        _ = change(closure("2026-03-25"), 24, at: later)
        #expect(try description().closures.map(\.date) == [date("2026-03-25")])
    }

    // MARK: Names

    private func office(_ services: [String]) -> QueueOffice {
        let plain = Desk.described(Desk.office, "corporation")
        let described = services.map {
            QueueService(
                id: ServiceID($0)!, letter: UInt8(ascii: "A"), title: plain.title, minutes: 20)
        }
        return QueueOffice(
            id: plain.id, title: plain.title, address: plain.address, standard: plain.standard,
            kind: plain.kind, zone: "", services: described,
            windows: plain.windows.map {
                QueueWindow(
                    id: $0.id, services: described.map(\.id), roster: [:], breaks: [])
            }, exceptions: [], closures: [], rules: plain.rules)
    }

    @Test func aRenamedServiceIsKnownOnDaysWithBookings() throws {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
        _ = change(.put(office(names)), 20)
        _ = try send(hold("somebody", "2026-03-20", "10:00", ServiceID("a")), 21).get()
        _ = try change(.put(office(["a", "b", "c", "d", "e", "f", "g", "z"])), 22).get()
        _ = try send(hold("other", "2026-03-20", "10:00", ServiceID("z")), 23).get()
    }

    @Test func wherePlacesRunOutNothingIsDoneAndTheReasonIsTold() throws {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
        _ = change(.put(office(names)), 20)
        for (place, name) in names.enumerated() {
            let time = "1\(place):00"
            _ = try send(
                hold("p\(place)", "2026-03-20", time, ServiceID(name)), 30 + UInt64(place)
            ).get()
        }
        for dryRun in [true, false] {
            let renamed = office(["a", "b", "c", "d", "e", "f", "g", "z"])
            guard
                case .failure(.badOffice(let fault)) = change(
                    .put(renamed), dryRun ? 50 : 51, dryRun: dryRun)
            else {
                Issue.record("it was done")
                continue
            }
            #expect(fault.field == "put.services")
            #expect(fault.expected.en.contains("2026-03-20") && fault.expected.en.contains("h"))
        }
        #expect(try description().services.map(\.id.description) == names)
    }

    // MARK: Who is here

    @Test func aClosureOfTodayNamesWhoIsHereBeforeItIsDoneAndTheyAreServed() throws {
        let window = WindowID("1")!
        let booked = try #require(desk.hold("b", date("2026-03-18"), "12:00", 20))
        _ = try send(.booking(booked, .confirm), 21).get()
        _ = try send(.booking(booked, .arrive), 22).get()
        _ = try send(.today(Desk.office, .takeTicket(service: Desk.service)), 23).get()
        _ = try send(
            .today(Desk.office, .leaseNumbers(service: Desk.service, count: 5, kiosk: "hall")), 24
        ).get()
        for dryRun in [true, false] {
            let receipt = try change(closure("2026-03-18"), dryRun ? 25 : 26, dryRun: dryRun).get()
            let effects = try #require(receipt.effects)
            #expect(effects.isDone == !dryRun)
            #expect(effects.tickets.map(\.ticket.label.description) == ["A-001", "A-002"])
            #expect(effects.leases.map(\.lease.kiosk) == ["hall"])
            #expect(!effects.harmsNobody)
        }
        _ = try send(.today(Desk.office, .openWindow(window)), 30).get()
        for request in [UInt64(31), 33] {
            let called = try send(.today(Desk.office, .callNext(window)), request).get()
            let label = try #require(called.ticket?.label)
            _ = try send(.today(Desk.office, .finish(label, .served)), request + 1).get()
        }
        // The applicant of the booking can book elsewhere at once.
        _ = try send(hold("b", "2026-03-20", "10:00"), 40).get()
    }

    @Test func aClosureOfOtherHoursOrDaysNamesNobodyWhoIsHere() throws {
        _ = try send(.today(Desk.office, .takeTicket(service: Desk.service)), 20).get()
        let noon = DayInterval(start: TimeOfDay("12:00")!, end: TimeOfDay("13:00")!)
        for (place, one) in [closure("2026-03-18", noon), closure("2026-03-19")].enumerated() {
            let effects = try change(one, 21 + UInt64(place), dryRun: true).get().effects
            #expect(effects?.tickets == [] && effects?.leases == [])
        }
    }

    // MARK: Years, and what is told instead

    @Test func thePublishedDaysAreToldAndTheOthersAreNot() throws {
        let now = Timestamp("2027-12-20T05:00Z")!
        desk.queue.tick(now: now)
        func slots(_ from: String, _ to: String) throws -> [DaySlots] {
            let question = SlotsQuestion(
                office: Desk.office, service: Desk.service, channel: .office, from: date(from),
                to: date(to))
            guard case .slots(let days) = try desk.queue.answer(.slots(question), now: now) else {
                throw CancellationError()
            }
            return days
        }
        #expect(
            try slots("2027-12-29", "2028-01-02").map(\.date) == [
                date("2027-12-29"), date("2027-12-30"), date("2027-12-31"),
            ])
        let unpublished = CommandFault.yearNotPublished(year: 2028, calendar: "kz")
        #expect(throws: unpublished) { try slots("2028-01-01", "2028-01-02") }
        #expect(throws: unpublished) {
            try desk.queue.answer(.day(Desk.office, date("2028-01-03")), now: now)
        }
        guard
            case .firstFree(let found) = try desk.queue.answer(
                .firstFree(
                    FirstFreeQuestion(
                        office: Desk.office, service: Desk.service, channel: .office,
                        from: moment("2027-12-31T00:00"), count: 50)), now: now),
            case .statistics(let figures) = try desk.queue.answer(
                .statistics(Desk.office, from: date("2027-12-01"), to: date("2028-01-31")), now: now
            )
        else { throw CancellationError() }
        #expect(!found.isEmpty && found.allSatisfy { $0.date == date("2027-12-31") })
        #expect(figures.days == 0)
        #expect(send(hold("a", "2028-01-03", "10:00"), 20, at: now) == .failure(unpublished))
    }

    @Test func aHoldTooFarAheadIsToldTheLastSlotsThatCanBeHad() throws {
        guard
            case .failure(.refused(.tooFar, _, let alternatives)) = send(
                hold("a", "2026-05-18", "10:00"), 20)
        else {
            Issue.record("it was not refused")
            return
        }
        #expect(alternatives.count == 5 && alternatives == alternatives.sorted())
        let last = date("2026-04-01")
        #expect(alternatives.allSatisfy { $0.date == last })
        for (place, slot) in alternatives.enumerated() {
            let other = hold("b\(place)", "\(slot.date)", "\(slot.time)")
            _ = try send(other, 30 + UInt64(place)).get()
        }
    }

    /// The nearest on both sides: of the last day on which slots are open, those before it.
    @Test func whereADayIsClosedTheDaysAroundItAreOffered() throws {
        let rows = [
            ("2026-04-01", "2026-03-31", isBefore: true),
            ("2026-03-27", "2026-03-28", isBefore: false),
            ("2026-03-18", "2026-03-19", isBefore: false),
        ]
        for (place, (closed, offered, isBefore)) in rows.enumerated() {
            _ = try change(closure(closed), 20 + UInt64(place)).get()
            guard
                case .failure(.refused(.closed, _, let alternatives)) = send(
                    hold("a", closed, "10:00"), 40 + UInt64(place))
            else {
                Issue.record("\(closed) was not refused")
                return
            }
            #expect(alternatives.count == 5 && alternatives == alternatives.sorted())
            #expect(alternatives.allSatisfy { $0.date == date(offered) }, "\(closed)")
            let all = try freeSlots(date(offered))
            #expect(alternatives == Array(isBefore ? all.suffix(5) : all.prefix(5)), "\(closed)")
        }
    }

    private func freeSlots(_ day: CivilDate) throws -> [CivilDateTime] {
        let question = SlotsQuestion(
            office: Desk.office, service: Desk.service, channel: .office, from: day, to: day)
        guard case .slots(let days) = try desk.queue.answer(.slots(question), now: Desk.morning)
        else {
            throw CancellationError()
        }
        return days.flatMap { day in
            zip(day.starts, day.free).filter { $0.1 > 0 }.map {
                CivilDateTime(day.date, TimeOfDay(second: $0.0)!)
            }
        }
    }

    @Test func aTicketOutsideReceptionIsToldWhenTheOfficeOpens() throws {
        let rows = [
            ("2026-03-18T03:00Z", "2026-03-18T09:00"), ("2026-03-18T16:00Z", "2026-03-19T09:00"),
            // In the evening of the Friday before Nauryz.
            ("2026-03-20T16:00Z", "2026-03-25T09:00"),
        ]
        for (place, (now, opening)) in rows.enumerated() {
            let at = Timestamp(now)!
            let fault = try Desk()
            fault.register(at: at)
            let box = Desk.Box(Mutex<CommandFault?>(nil))
            fault.queue.submit(
                .today(Desk.office, .takeTicket(service: Desk.service)),
                request: Desk.id(UInt64(50 + place)), now: at
            ) { result in
                if case .failure(let fault) = result { box.value.withLock { $0 = fault } }
            }
            fault.store.commit()
            let told = try #require(box.value.withLock { $0 })
            let refusal = fault.queue.refusal(for: told, at: Desk.office, in: .en)
            #expect(refusal.reason == .outsideReception)
            #expect(refusal.nextOpening == moment(opening))
            #expect(refusal.alternatives.isEmpty)
        }
    }

    @Test func theBookingThatIsThereAlreadyIsNamed() throws {
        let there = try #require(desk.hold("a", date("2026-03-20"), "10:00", 20))
        guard case .failure(let fault) = send(hold("a", "2026-03-19", "11:00"), 21) else {
            Issue.record("two bookings")
            return
        }
        #expect(fault == .bookedAlready(there, Desk.service, at: TimeOfDay("10:00")))
        let refusal = desk.queue.refusal(for: fault, at: Desk.office, in: .kk)
        #expect(refusal.reason == .alreadyBooked)
        #expect(refusal.subject == .booking("astana-1/2026-03-20/1"))
    }

    @Test func theTicketThatComesFirstIsNamed() throws {
        let window = WindowID("1")!
        _ = try send(.today(Desk.office, .openWindow(window)), 20).get()
        for request in 21..<23 {
            _ = try send(
                .today(Desk.office, .takeTicket(service: Desk.service)), UInt64(request)
            ).get()
        }
        let second = TicketLabel("A-002")!
        guard case .failure(let fault) = send(.today(Desk.office, .call(second, window)), 23) else {
            Issue.record("somebody was overtaken")
            return
        }
        let refusal = desk.queue.refusal(for: fault, at: Desk.office, in: .ru)
        #expect(refusal.subject == .ticket("A-001"))
    }

    @Test func anOfficeTellsItsZoneAndItsPresentDay() throws {
        guard case .offices(let offices) = try desk.queue.answer(.offices, now: Desk.morning) else {
            throw CancellationError()
        }
        #expect(offices.map(\.zone) == ["Asia/Almaty", "Asia/Almaty"])
        #expect(offices.map(\.today) == [date("2026-03-18"), date("2026-03-18")])
        let evening = Timestamp("2026-03-18T19:00Z")!
        guard case .offices(let later) = try desk.queue.answer(.offices, now: evening) else {
            throw CancellationError()
        }
        #expect(later.map(\.today) == [date("2026-03-19"), date("2026-03-19")])
    }

    @Test func whoHasSeenAnotherDayIsToldTheWholeBoard() throws {
        _ = try send(.today(Desk.office, .takeTicket(service: Desk.service)), 20).get()
        let board = try desk.queue.board(Desk.office, seen: .nothing, now: Desk.morning)
        let rows: [(BoardSeen, Bool)] = [
            (BoardSeen(revision: board.revision, date: board.date), false),
            (BoardSeen(revision: board.revision), false),
            (BoardSeen(revision: board.revision, date: date("2026-03-17")), true),
            (BoardSeen(revision: board.revision, date: date("2026-03-19")), true),
        ]
        for (seen, isWhole) in rows {
            let told = try desk.queue.board(Desk.office, seen: seen, now: Desk.morning)
            #expect(told.isWhole == isWhole, "\(seen)")
        }
    }
}
