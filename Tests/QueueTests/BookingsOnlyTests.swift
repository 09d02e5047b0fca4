// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing
import Texts

private let text = LocalizedText(kk: "бұйрық", ru: "приказ", en: "order")
private let disability = ListedCode("disability")!
private let other = ListedCode("other")!

extension Plans {
    /// What an office adds that receives by booking alone, with these reasons for a ticket without one.
    static func only(_ reasons: [ListedCode]) -> Reception {
        Reception(
            bookingsOnly: BookingsOnly(
                order: text, withoutBooking: reasons.map { ListedReason(code: $0, title: text) }),
            endings: [
                Reception.Ending(code: ListedCode("no-papers")!, outcome: .refused, title: text),
                Reception.Ending(code: ListedCode("gone")!, outcome: .left, title: text),
            ], pauses: [ListedReason(code: ListedCode("lunch")!, title: text)])
    }

    /// A day of an office that receives by booking alone; of one with an electronic queue where no reasons are
    /// given.
    static func receiving(_ reasons: [ListedCode]?) -> DayPlan {
        plan(
            [service("A"), service("B")], [window(1, [0, 1]), window(2, [0])],
            policy: reasons == nil ? .electronicQueue : .bookingsOnly,
            reception: reasons.map(only))
    }
}

/// Offices that give nobody a ticket without a booking, but for reasons of their list.
@Suite struct BookingsOnlyTests {
    private func refusal(
        _ reasons: [ListedCode]?, _ reason: ListedCode?
    ) -> QueueRefusal? {
        var desk = Desk(Plans.receiving(reasons), at: Plans.at(10))
        return desk.refusal(.takeTicket(service: "a", reason: reason))
    }

    @Test func aTicketWithoutABookingTakesAReasonOfTheList() {
        let only = Plans.only([disability]).bookingsOnly!
        let table: [([ListedCode]?, ListedCode?, QueueRefusal?)] = [
            ([disability], nil, .bookingsOnly(only)),
            ([disability], disability, nil),
            ([disability], other, .unknownReason(other, known: only.withoutBooking)),
            ([disability, other], other, nil),
            ([], nil, .bookingsOnly(Plans.only([]).bookingsOnly!)),
            ([], disability, .unknownReason(disability, known: [])),
            (nil, nil, nil),
            (nil, disability, .unknownReason(disability, known: [])),
        ]
        for (reasons, reason, expected) in table {
            #expect(refusal(reasons, reason) == expected, "\(reasons ?? []) \(reason as Any)")
        }
    }

    @Test func theReasonIsRecordedToldAndCounted() throws {
        var desk = Desk(Plans.receiving([disability, other]), at: Plans.at(10))
        let events = try desk.order(.takeTicket(service: "a", reason: disability))
        guard case .ticketTaken(let taken) = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(taken.reason == disability)
        let date = CivilDate("2026-03-19")!
        let receipt = desk.day.receipt(of: events, office: OfficeID("o")!, date: date)
        #expect(receipt.ticket?.reason == disability)
        // Everybody sees the board.
        let board = desk.day.board(office: OfficeID("o")!, date: date, since: 0)
        #expect(board.tickets.map(\.reason) == [nil])
        try desk.order(.takeTicket(service: "b", reason: disability))
        try desk.order(.takeTicket(service: "a", reason: other))
        var period = PeriodStatistics(office: OfficeID("o")!, from: date, to: date)
        period.add(desk.day, date: date, at: desk.now)
        #expect(
            period.statistics.withoutBooking == [
                .init(reason: disability, tickets: 2), .init(reason: other, tickets: 1),
            ])
    }

    /// Bookings are as of an office with an electronic queue, and whoever comes for one needs no reason.
    @Test func whoeverHasBookedGetsATicket() throws {
        var desk = Desk(Plans.receiving([]), at: Plans.at(8))
        let number = try desk.book("a", Plans.at(10), by: 1)
        desk.now = Plans.at(9, 55)
        let label = try desk.arrive(number)
        #expect(desk.day.tickets[desk.day.ticketIndex(label)!].reason == nil)
        #expect(desk.day.displaced(by: Plans.receiving([disability])).isEmpty)
        #expect(desk.day.slots(of: 0, channel: .portal, at: Plans.at(8)).free.contains { $0 > 0 })
    }

    /// Numbers are leased only where some ticket may be given of them, and each needs its reason.
    @Test func ticketsOfALeaseHaveReasonsToo() throws {
        var none = Desk(Plans.receiving([]), at: Plans.at(8))
        let lease = DayCommand.leaseNumbers(service: "a", count: 3, kiosk: "k")
        #expect(none.refusal(lease) == .bookingsOnly(Plans.only([]).bookingsOnly!))
        var desk = Desk(Plans.receiving([disability]), at: Plans.at(8))
        try desk.order(lease)
        desk.now = Plans.at(11)
        func report(_ reason: ListedCode?) -> DayCommand {
            .reportTickets(
                lease: 1,
                tickets: [
                    ReportedTicket(
                        number: 1, service: "a", takenAt: Plans.at(10), reason: reason)
                ], ends: false)
        }
        let only = Plans.only([disability]).bookingsOnly!
        #expect(desk.refusal(report(nil)) == .bookingsOnly(only))
        #expect(
            desk.refusal(report(other)) == .unknownReason(other, known: only.withoutBooking))
        #expect(desk.refusal(report(disability)) == nil)
    }

    /// A ticket that a kiosk gave out before the office received by booking alone is as it was then.
    @Test func aReportedTicketGoesByThePlanOfItsTime() throws {
        var desk = Desk(Plans.receiving(nil), at: Plans.at(9))
        try desk.order(.leaseNumbers(service: "a", count: 3, kiosk: "k"))
        desk.now = Plans.at(10)
        desk.commit([.planned(Plans.receiving([]))])
        desk.now = Plans.at(11)
        func report(_ number: UInt16, _ at: Int32) -> DayCommand {
            .reportTickets(
                lease: 1,
                tickets: [ReportedTicket(number: number, service: "a", takenAt: at)], ends: false)
        }
        #expect(desk.refusal(report(1, Plans.at(9, 30))) == nil)
        #expect(
            desk.refusal(report(2, Plans.at(10, 30)))
                == .bookingsOnly(Plans.only([]).bookingsOnly!))
    }

    @Test func aNewcomersWaitIsToldWhereSomebodyMayGetATicket() throws {
        let some = Desk(Plans.receiving([disability]), at: Plans.at(10))
        #expect(throws: Never.self) { try some.day.forecast(newcomer: "a", at: some.now) }
        let none = Desk(Plans.receiving([]), at: Plans.at(10))
        #expect(throws: QueueRefusal.bookingsOnly(Plans.only([]).bookingsOnly!)) {
            try none.day.forecast(newcomer: "a", at: none.now)
        }
    }

    // MARK: The checker

    private func broken(_ desk: Desk, _ events: [DayEvent]) -> Violation.Rule? {
        var checker = desk.checker
        do throws(Violation) {
            try checker.check(events, revision: desk.day.revision + 1, at: desk.now)
            return nil
        } catch { return error.rule }
    }

    private func taken(_ reason: ListedCode?) -> DayEvent {
        .ticketTaken(
            TicketTaken(
                label: "A-001", service: 0, at: Plans.at(10), foretold: nil, reason: reason))
    }

    @Test func theCheckerFindsATicketWithoutAReasonOfTheList() {
        let table: [([ListedCode]?, ListedCode?, Violation.Rule?)] = [
            ([disability], nil, .withoutBooking), ([disability], disability, nil),
            ([disability], other, .withoutBooking), ([], disability, .withoutBooking),
            (nil, nil, nil), (nil, disability, .withoutBooking),
        ]
        for (reasons, reason, rule) in table {
            let desk = Desk(Plans.receiving(reasons), at: Plans.at(10))
            #expect(broken(desk, [taken(reason)]) == rule, "\(reasons ?? []) \(reason as Any)")
        }
    }

    @Test func theCheckerFindsCodesOfNoListAndOutOfPlace() throws {
        var desk = Desk(Plans.receiving([disability]), at: Plans.at(10))
        try desk.order(.openWindow(1))
        try desk.order(.takeTicket(service: "a", reason: disability))
        try desk.callNext(1)
        let (papers, gone) = (ListedCode("no-papers")!, ListedCode("gone")!)
        let finished = DayEvent.finished("A-001", .refused)
        #expect(broken(desk, [finished, .endedAs("A-001", papers)]) == nil)
        #expect(broken(desk, [finished, .endedAs("A-001", gone)]) == .code)
        #expect(broken(desk, [finished, .endedAs("A-001", other)]) == .code)
        #expect(broken(desk, [.endedAs("A-001", papers)]) == .code)
        #expect(
            broken(desk, [finished, .endedAs("A-001", papers), .endedAs("A-001", papers)])
                == .code)
        let lunch = ListedCode("lunch")!
        let opened = DayEvent.windowOpened(1)
        #expect(broken(desk, [opened, .seated(1, SeatName("c")!)]) == nil)
        #expect(broken(desk, [opened, .seated(0, SeatName("c")!)]) == .code)
        #expect(broken(desk, [.seated(0, SeatName("c")!)]) == .code)
        #expect(broken(desk, [opened, .breakBegun(1), .pausedFor(1, lunch)]) == nil)
        #expect(broken(desk, [opened, .breakBegun(1), .pausedFor(1, papers)]) == .code)
        #expect(broken(desk, [opened, .pausedFor(1, lunch)]) == .code)
    }
}

/// How tickets ended, why windows paused, and who sat there.
@Suite struct ListedCodeTests {
    private let papers = ListedCode("no-papers")!
    private let lunch = ListedCode("lunch")!

    @Test func codesAreOfTheListAndEndingsOfTheirOutcome() throws {
        var desk = Desk(Plans.receiving([disability]), at: Plans.at(10))
        try desk.order(.openWindow(1))
        try desk.order(.takeTicket(service: "a", reason: disability))
        try desk.callNext(1)
        let endings = Plans.only([]).endings
        func known(_ outcome: Outcome) -> [ListedReason] {
            endings.filter { $0.outcome == outcome }.map {
                ListedReason(code: $0.code, title: $0.title)
            }
        }
        for (outcome, code) in [(Outcome.served, papers), (.left, papers), (.refused, other)] {
            #expect(
                desk.refusal(.finish("A-001", outcome, ending: code))
                    == .unknownEnding(code, known: known(outcome)))
        }
        let events = try desk.order(.finish("A-001", .refused, ending: papers))
        #expect(events == [.finished("A-001", .refused), .endedAs("A-001", papers)])
        let date = CivilDate("2026-03-19")!
        let receipt = desk.day.receipt(of: events, office: OfficeID("o")!, date: date)
        #expect(receipt.ticket?.ending == papers)
        #expect(
            desk.refusal(.beginBreak(1, reason: papers))
                == .unknownReason(papers, known: Plans.only([]).pauses))
        #expect(desk.refusal(.beginBreak(1, reason: lunch)) == nil)
    }

    @Test func breaksSeatsAndEndingsAreCounted() throws {
        var desk = Desk(Plans.receiving([disability]), at: Plans.at(9))
        let (one, two) = (SeatName("clerk-1")!, SeatName("clerk-2")!)
        try desk.order(.openWindow(1, by: one))
        try desk.order(.openWindow(2))
        for _ in 0..<2 { try desk.order(.takeTicket(service: "a", reason: disability)) }
        try desk.callNext(1)
        desk.now = Plans.at(9, 10)
        try desk.order(.finish("A-001", .refused, ending: papers))
        try desk.callNext(2)
        try desk.order(.finish("A-002", .refused))
        desk.now = Plans.at(9, 30)
        try desk.order(.beginBreak(1, reason: lunch))
        try desk.order(.beginBreak(2))
        desk.now = Plans.at(10)
        try desk.order(.endBreak(1))
        desk.now = Plans.at(10, 20)
        try desk.order(.closeWindow(1))
        try desk.order(.openWindow(1, by: two))
        desk.now = Plans.at(10, 25)
        try desk.order(.beginBreak(1, reason: lunch))
        desk.now = Plans.at(10, 26)
        let date = CivilDate("2026-03-19")!
        var period = PeriodStatistics(office: OfficeID("o")!, from: date, to: date)
        period.add(desk.day, date: date, at: desk.now)
        let told = period.statistics
        #expect(told.endings == [.init(outcome: .refused, code: papers, tickets: 1)])
        #expect(told.pauses == [.init(code: lunch, breaks: 2, seconds: 1_860)])
        #expect(
            told.seats == [
                .init(who: one, tickets: 1, openSeconds: 3_000),
                .init(who: two, tickets: 0, openSeconds: 300),
            ])
    }

    @Test(arguments: [("clerk-7", true), ("900101300017", false), ("Айгүл", false), ("", false)])
    func aSeatsNameTellsNobody(_ name: String, _ isOne: Bool) {
        #expect((SeatName(name) != nil) == isOne)
    }

    /// What is planned, booked and served lies in its hours.
    @Test func capacityIsToldByTheHour() throws {
        var desk = Desk(
            Plans.plan(
                [Plans.service("A"), Plans.service("B", minutes: 40)],
                [
                    Plans.window(1, [0, 1], [Plans.span(Plans.at(9), Plans.at(10, 30))]),
                    Plans.window(2, [], [Plans.span(Plans.at(9), Plans.at(18))]),
                ]), at: Plans.at(8))
        let number = try desk.book("b", Plans.at(9, 40), by: 1)
        let cancelled = try desk.book("a", Plans.at(9), by: 2)
        try desk.order(.cancel(cancelled, by: .applicant, reason: ""))
        desk.now = Plans.at(9, 40)
        try desk.order(.openWindow(1))
        let label = try desk.arrive(number)
        try desk.callNext(1)
        try desk.order(.serve(label))
        desk.now = Plans.at(10, 5)
        try desk.order(.finish(label, .served))
        let date = CivilDate("2026-03-19")!
        var period = PeriodStatistics(office: OfficeID("o")!, from: date, to: date)
        period.add(desk.day, date: date, at: desk.now)
        #expect(
            period.statistics.hours == [
                .init(
                    date: date, hour: 9, plannedSeconds: 3_600, bookedSeconds: 1_200,
                    servedSeconds: 1_200),
                .init(
                    date: date, hour: 10, plannedSeconds: 1_800, bookedSeconds: 1_200,
                    servedSeconds: 300),
            ])
    }
}
