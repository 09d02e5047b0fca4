// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Testing

/// A booking for several services, or for several persons: one receipt, one ticket, and turn after turn.
@Suite struct VisitTests {
    private static func plan(further: Int32 = 3, limits: [PersonLimit] = []) -> DayPlan {
        var rules = QueueRules()
        rules.furtherServices = further
        return Plans.plan(
            [Plans.service("A"), Plans.service("B", minutes: 30)],
            [Plans.window(1, [0]), Plans.window(2, [1]), Plans.window(3, [0, 1])], rules: rules,
            reception: limits.isEmpty ? nil : Reception(limits: limits))
    }

    private static func hold(
        _ services: [ServiceID], _ start: Int32, by applicant: Int = 1, atOneWindow: Bool = false,
        _ channel: BookingChannel = .office
    ) -> DayCommand {
        .hold(
            service: services[0], start: start, channel: channel,
            applicant: Desk.applicant(applicant),
            further: services.count == 1
                ? nil
                : FurtherServices(
                    services: Array(services.dropFirst()), isAtOneWindow: atOneWindow))
    }

    private func booked(
        _ desk: inout Desk, _ services: [ServiceID], _ start: Int32, by applicant: Int,
        atOneWindow: Bool = false
    ) throws -> UInt32 {
        try desk.order(Self.hold(services, start, by: applicant, atOneWindow: atOneWindow))
        let number = UInt32(desk.day.bookings.count)
        try desk.order(.confirm(number))
        return number
    }

    @Test func whatIsRefused() {
        var desk = Desk(Self.plan(further: 2))
        let ten = Plans.at(10)
        #expect(desk.refusal(Self.hold(["a", "b", "a", "a"], ten)) == .tooManyServices(limit: 3))
        #expect(
            desk.refusal(Self.hold(["a", "c"], ten)) == .unknownService("c", known: ["a", "b"]))
        #expect(
            desk.refusal(Self.hold(["a", "b"], Plans.at(10, 10))) == .notASlot(Plans.at(10, 10)))
        // Three slots from 17:20 on end after the office does.
        #expect(
            desk.refusal(Self.hold(["a", "b"], Plans.at(17, 20))) == .notASlot(Plans.at(17, 20)))
        #expect(desk.refusal(Self.hold(["a", "b"], Plans.at(17))) == nil)
        var plain = Desk(Self.plan(further: 0))
        #expect(plain.refusal(Self.hold(["a", "a"], ten)) == .tooManyServices(limit: 1))
        var split = Desk(
            Plans.plan(
                [Plans.service("A"), Plans.service("B")],
                [Plans.window(1, [0]), Plans.window(2, [1])], rules: Self.plan().rules))
        #expect(
            split.refusal(Self.hold(["a", "b"], ten, atOneWindow: true)) == .noWindowForAll)
        #expect(split.refusal(Self.hold(["a", "b"], ten)) == nil)
    }

    @Test func aVisitTakesTheSlotsOfItsTurnsAndNoMore() {
        // Two windows render a, so there is room for two at each time.
        var desk = Desk(Self.plan())
        #expect(desk.refusal(Self.hold(["a", "a", "a"], Plans.at(10), by: 1)) == nil)
        #expect(desk.refusal(Self.hold(["a"], Plans.at(10, 40), by: 2)) == nil)
        #expect(
            desk.refusal(Self.hold(["a"], Plans.at(10, 40), by: 3)) == .slotTaken(Plans.at(10, 40)))
        #expect(desk.refusal(Self.hold(["a"], Plans.at(11), by: 3)) == nil)
        #expect(desk.refusal(.release(1)) == nil)
        #expect(desk.refusal(Self.hold(["a"], Plans.at(10, 40), by: 4)) == nil)
    }

    @Test func atOneWindowOnlyThoseCountThatRenderAll() {
        var desk = Desk(Self.plan())
        #expect(desk.refusal(Self.hold(["a", "b"], Plans.at(10), by: 1, atOneWindow: true)) == nil)
        // Window 3 alone renders both; in turn there is room at the two others.
        #expect(
            desk.refusal(Self.hold(["a", "b"], Plans.at(10), by: 2, atOneWindow: true))
                == .slotTaken(Plans.at(10)))
        #expect(desk.refusal(Self.hold(["a", "b"], Plans.at(10), by: 2)) == nil)
        #expect(desk.refusal(Self.hold(["a"], Plans.at(10), by: 3)) == .slotTaken(Plans.at(10)))
        #expect(
            desk.day.slots(
                of: 0, further: FurtherTurns(services: [1], isAtOneWindow: true),
                channel: .office, at: desk.now, daysAhead: 1
            ).free.first == 1)
    }

    @Test func theTicketGoesOnByItselfAndKeepsItsOrder() throws {
        var desk = Desk(Self.plan(), at: Plans.at(8))
        let visit = try booked(&desk, ["a", "b"], Plans.at(10), by: 1)
        let other = try booked(&desk, ["b"], Plans.at(10), by: 2)
        let later = try booked(&desk, ["b"], Plans.at(10, 40), by: 3)
        desk.now = Plans.at(9, 50)
        let label = try desk.arrive(visit)
        for window in 1...2 { try desk.order(.openWindow(WindowID("\(window)")!)) }
        let first = try desk.arrive(other)
        let second = try desk.arrive(later)
        #expect(desk.day.view(desk.day.tickets[0]).then == ["b"])
        desk.now = Plans.at(10)
        #expect(try desk.callNext(1) == label)
        #expect(try desk.callNext(2) == first)
        desk.now = Plans.at(10, 5)
        try desk.order(.serve(label))
        desk.now = Plans.at(10, 15)
        let events = try desk.order(.finish(label, .served))
        #expect(events == [.turnEnded(label, .served)])
        #expect(desk.state(label) == .waiting)
        #expect(desk.state(visit) == .arrived)
        #expect(desk.day.view(desk.day.tickets[0]).then == [])
        #expect(desk.day.ticket(at: 0) == nil)
        // Window 1 does not render b.
        #expect(desk.refusal(.callNext(1)) == .nobodyWaiting(1))
        desk.now = Plans.at(10, 22)
        try desk.order(.finish(first, .served))
        // Whoever booked later is called later.
        #expect(
            desk.refusal(.call(second, 2)) == .wouldOvertake(label, rule: "R7.5"))
        #expect(try desk.callNext(2) == label)
        desk.now = Plans.at(10, 30)
        #expect(try desk.order(.finish(label, .served)) == [.finished(label, .served)])
        #expect(desk.state(visit) == .served)
        let figures = desk.day.statistics(
            office: OfficeID("o")!, date: CivilDate("2026-03-19")!, at: Plans.at(11))
        var period = PeriodStatistics(
            office: OfficeID("o")!, from: figures.date, to: figures.date)
        period.add(figures)
        #expect(period.statistics.services.map(\.served) == [1, 2])
        #expect(period.statistics.services.map(\.tickets) == [1, 3])
        #expect(period.statistics.services.map(\.serving.count) == [1, 2])
        #expect(period.statistics.windows.map(\.tickets) == [1, 2, 0])
    }

    @Test func atOneWindowTheTicketStaysThere() throws {
        var desk = Desk(Self.plan(), at: Plans.at(8))
        let visit = try booked(&desk, ["a", "b", "a"], Plans.at(10), by: 1, atOneWindow: true)
        desk.now = Plans.at(10)
        let label = try desk.arrive(visit)
        try desk.order(.openWindow(3))
        #expect(try desk.callNext(3) == label)
        // Longer than is permitted, and nobody said when it began.
        desk.now = Plans.at(10, 30)
        #expect(try desk.order(.finish(label, .refused)) == [.turnEnded(label, .refused)])
        #expect(desk.state(label) == .serving)
        #expect(desk.day.ticket(at: 2)?.label == label)
        desk.now = Plans.at(10, 35)
        try desk.order(.finish(label, .served))
        desk.now = Plans.at(10, 40)
        #expect(try desk.order(.finish(label, .served)) == [.finished(label, .served)])
        let date = CivilDate("2026-03-19")!
        let figures = desk.day.statistics(office: OfficeID("o")!, date: date, at: Plans.at(11))
        #expect(figures.breaches.map(\.seconds) == [1_800])
        #expect(figures.breaches == desk.checker.breaches(date: date, at: Plans.at(11)))
        var period = PeriodStatistics(office: OfficeID("o")!, from: date, to: date)
        period.add(figures)
        #expect(period.statistics.services.map(\.serving.count) == [2, 1])
        #expect(period.statistics.services.map(\.refused) == [1, 0])
    }

    @Test func whoLeavesLeavesForAll() throws {
        var desk = Desk(Self.plan(), at: Plans.at(8))
        let visit = try booked(&desk, ["a", "b"], Plans.at(10), by: 1)
        desk.now = Plans.at(10)
        let label = try desk.arrive(visit)
        #expect(try desk.order(.finish(label, .left)) == [.finished(label, .left)])
        #expect(desk.state(visit) == .left)
    }

    @Test func aVisitCountsOnceAmongBookingsAndWithEachServiceAmongServices() throws {
        let day = CivilDate("2026-03-19")!
        let bookings = PersonLimit(counts: .bookings, most: 2, days: 1, shared: nil)
        let services = PersonLimit(counts: .services, most: 2, days: 1, shared: nil)
        let visit = PersonLimit.Counted(date: day, services: ["a", "b"])
        #expect(bookings.allows(visit, beside: [.init(date: day, service: "c")]))
        #expect(!bookings.allows(visit, beside: [visit, .init(date: day, service: "c")]))
        #expect(services.allows(visit, beside: [.init(date: day, service: "a")]))
        #expect(!services.allows(visit, beside: [.init(date: day, service: "c")]))
        #expect(!services.allows(.init(date: day, service: "c"), beside: [visit]))
    }

    @Test func theCheckerKnowsWhatComesNext() throws {
        var desk = Desk(Self.plan(), at: Plans.at(8))
        let visit = try booked(&desk, ["a", "b"], Plans.at(10), by: 1)
        desk.now = Plans.at(10)
        let label = try desk.arrive(visit)
        try desk.order(.openWindow(1))
        try desk.callNext(1)
        for (events, rule) in [
            ([DayEvent.finished(label, .served)], Violation.Rule.turn),
            ([.turnEnded(label, .left)], .turn),
            ([.turnEnded(label, .served), .turnEnded(label, .served)], .ticketState),
        ] {
            var checker = desk.checker
            #expect(throws: Violation.self) {
                try checker.check(events, revision: desk.day.revision + 1, at: desk.now)
            }
            do throws(Violation) {
                var checker = desk.checker
                try checker.check(events, revision: desk.day.revision + 1, at: desk.now)
            } catch { #expect(error.rule == rule) }
        }
        // More than the office takes at once.
        let held = Held(
            number: UInt32(desk.day.bookings.count + 1), applicant: Desk.applicant(9), service: 0,
            start: Plans.at(12), channel: .office, until: nil, movedFrom: nil,
            further: FurtherTurns(services: [0, 0, 0, 0], isAtOneWindow: false))
        do throws(Violation) {
            var checker = desk.checker
            try checker.check([.held(held)], revision: desk.day.revision + 1, at: desk.now)
            Issue.record("nothing was found")
        } catch { #expect(error.rule == .services) }
    }
}
