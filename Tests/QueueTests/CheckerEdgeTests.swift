// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing

private let plan = Plans.plan(
    [Plans.service("A"), Plans.service("B")], [Plans.window(1, [0, 1]), Plans.window(2, [0])])
private let nine = Plans.at(9)

/// The checker's rules at their edge and one beside it, on entries that nobody decided.
@Suite struct CheckerEdgeTests {
    /// What the checker finds in an entry added to a day.
    private func broken(_ desk: Desk, _ events: [DayEvent], at now: Int32) -> Violation.Rule? {
        var checker = desk.checker
        do throws(Violation) {
            try checker.check(events, revision: desk.day.revision + 1, at: now)
            return nil
        } catch { return error.rule }
    }

    private func held(
        _ number: UInt32, _ start: Int32, until: Int32?, by applicant: Int = 9
    ) -> DayEvent {
        .held(
            Held(
                number: number, applicant: Desk.applicant(applicant), service: 0, start: start,
                channel: .office, until: until.map { DayMoment($0) }, movedFrom: nil))
    }

    /// A slot that a closure touches is none, though a window would be there.
    @Test(
        arguments: [
            (Plans.at(11, 40), nil), (Plans.at(12), .slot), (Plans.at(12, 20), .slot),
            (Plans.at(12, 40), nil), (Plans.at(12, 50), .slot),
        ] as [(Int32, Violation.Rule?)])
    func aSlotLiesWithinTheHours(_ start: Int32, _ rule: Violation.Rule?) {
        let whole = [Plans.span(nine, Plans.at(18))]
        let closed = DayPlan(
            midnight: plan.midnight, policy: plan.policy, policyRule: plan.policyRule,
            hours: [
                Plans.span(nine, Plans.at(12, 15)), Plans.span(Plans.at(12, 25), Plans.at(18)),
            ], closedBecause: nil, services: plan.services,
            windows: [DayPlan.Window(id: 1, services: 1, spans: whole)], rules: plan.rules,
            waitLimit: 0, serviceLimit: 0, calendarVersion: "1", slotHours: whole)
        let desk = Desk(closed, at: nine - 7_200)
        #expect(broken(desk, [held(1, start, until: nil)], at: desk.now) == rule)
    }

    @Test(arguments: [(Int32(-1), true), (0, true), (1, false)])
    func aHoldEndsAfterItBegins(_ seconds: Int32, _ isBroken: Bool) {
        let desk = Desk(plan, at: nine - 7_200)
        let found = broken(
            desk, [held(1, Plans.at(10), until: desk.now + seconds)], at: desk.now)
        #expect(found == (isBroken ? .expiry : nil))
    }

    /// Whoever decided may have let a hold last longer than its booking.
    @Test(arguments: [(Int32(-1), false), (0, true), (1, true)])
    func nobodyConfirmsABookingThatIsOver(_ seconds: Int32, _ isBroken: Bool) {
        var desk = Desk(plan, at: nine - 7_200)
        desk.commit([held(1, Plans.at(10), until: Plans.at(17))])
        let grace = Plans.at(10) + plan.rules.graceSeconds
        let found = broken(desk, [.confirmed(1)], at: grace + seconds)
        #expect(found == (isBroken ? .lapse : nil))
    }

    // MARK: Tickets of a kiosk that was offline

    /// Five numbers leased at half past eight, the first of them given out at ten.
    private func leased() throws -> Desk {
        var desk = Desk(plan, at: nine - 1_800)
        try desk.order(.leaseNumbers(service: "a", count: 5, kiosk: "k"))
        desk.now = Plans.at(12)
        desk.commit([.ticketReported(taken(1, Plans.at(10)))])
        return desk
    }

    private func taken(_ number: Int, _ at: Int32) -> TicketTaken {
        TicketTaken(
            label: TicketLabel(letter: UInt8(ascii: "A"), number: number)!, service: 0, at: at,
            foretold: nil)
    }

    @Test(
        arguments: [
            (Plans.at(10) - 1, .time), (Plans.at(10), nil), (Plans.at(12), nil),
            (Plans.at(12) + 1, .time),
        ] as [(Int32, Violation.Rule?)])
    func ticketsWereTakenOneAfterTheOtherAndBeforeNow(
        _ at: Int32, _ rule: Violation.Rule?
    ) throws {
        let desk = try leased()
        #expect(broken(desk, [.ticketReported(taken(2, at))], at: desk.now) == rule)
    }

    @Test(
        arguments: [
            (nine - 1, .reception), (nine, nil), (Plans.at(18) - 1, nil),
            (Plans.at(18), .reception),
        ] as [(Int32, Violation.Rule?)])
    func ticketsWereTakenWhileTheOfficeReceived(_ at: Int32, _ rule: Violation.Rule?) throws {
        var desk = Desk(plan, at: nine - 1_800)
        try desk.order(.leaseNumbers(service: "a", count: 5, kiosk: "k"))
        desk.now = Plans.at(19)
        #expect(broken(desk, [.ticketReported(taken(1, at))], at: desk.now) == rule)
    }

    /// The hours of the plan that was in force then; a new one is from its own second on.
    @Test(
        arguments: [(Plans.at(11) - 1, nil), (Plans.at(11), .reception)]
            as [(Int32, Violation.Rule?)])
    func ticketsWereTakenByThePlanOfTheirTime(_ at: Int32, _ rule: Violation.Rule?) throws {
        var desk = try leased()
        desk.now = Plans.at(12)
        var early = Desk(plan, at: nine - 1_800)
        try early.order(.leaseNumbers(service: "a", count: 5, kiosk: "k"))
        early.now = Plans.at(11)
        early.commit([
            .planned(
                Plans.plan(
                    plan.services, plan.windows.map { ($0, false) }, hours: [],
                    closed: Plans.closed))
        ])
        #expect(broken(early, [.ticketReported(taken(1, at))], at: Plans.at(12)) == rule)
    }

    @Test(arguments: [(Int32(0), true), (1, false), (5, false), (6, true)])
    func aLeaseEndsWithAsManyNumbersAsWereGivenOut(_ used: Int32, _ isBroken: Bool) throws {
        let desk = try leased()
        let found = broken(desk, [.leaseEnded(1, used: used)], at: desk.now)
        #expect(found == (isBroken ? .lease : nil))
    }

    // MARK: Calls

    /// Of two that are due alike who came first goes first; in entries of before, who came to the end of the line
    /// once more might go before.
    @Test func nobodyGoesBeforeWhoCameFirstUnlessOneOfThemCameAgain() throws {
        var desk = Desk(plan, at: nine)
        try desk.order(.openWindow(1))
        try desk.take("a")
        try desk.callNext(1)
        try desk.order(.skip("A1"))
        desk.now += 60
        for _ in 0..<2 { try desk.take("a") }
        try desk.order(.resume("A1"))
        try desk.take("a")
        desk.now += 1
        try desk.take("a")
        func call(_ labels: TicketLabel...) -> Violation.Rule? {
            let events = labels.map { label -> [DayEvent] in
                [.called(label, window: 0), .finished(label, .served)]
            }
            return broken(desk, events.flatMap { $0 }, at: desk.now)
        }
        // A1 came again when A2 and A3 were there, and A4 came after it; A5 is due a second later.
        #expect(call("A2", "A3", "A1", "A4", "A5") == nil)
        #expect(call("A3") == .overtaking)
        #expect(call("A1") == nil)
        #expect(call("A2", "A3", "A4", "A1") == nil)
        #expect(call("A2", "A4") == .overtaking)
        #expect(call("A2", "A3", "A4", "A5") == .overtaking)
    }

    /// Who was sent to one window alone is called there; in entries of before, once called, anywhere where the
    /// service is rendered.
    @Test func whoIsSentToAWindowIsCalledThereUntilItWasCalled() throws {
        var desk = Desk(plan, at: nine)
        for window in 1...2 { try desk.order(.openWindow(WindowID("\(window)")!)) }
        try desk.take("a")
        try desk.order(.transfer("A1", service: nil, window: 2))
        let here = DayEvent.called("A1", window: 0)
        #expect(broken(desk, [here], at: nine) == .service)
        try desk.callNext(2)
        try desk.order(.park("A1"))
        #expect(broken(desk, [here], at: nine) == nil)
        desk.now += 10
        try desk.take("a")
        // It waits for its own window still, unless another has called it.
        let next = DayEvent.called("A2", window: 0)
        #expect(broken(desk, [.resumed("A1"), next], at: desk.now) == nil)
        #expect(
            broken(desk, [here, .parked("A1"), .resumed("A1"), next], at: desk.now) == .overtaking)
        // The second window does not render the other service, whoever has called before.
        try desk.take("b")
        try desk.order(.transfer("B1", service: nil, window: 1))
        desk.commit([.called("A2", window: 0), .finished("A2", .left), .called("B1", window: 0)])
        try desk.order(.park("B1"))
        #expect(broken(desk, [.called("B1", window: 1)], at: desk.now) == .service)
        #expect(broken(desk, [.called("B1", window: 0)], at: desk.now) == nil)
    }

    // MARK: Names and limits

    @Test(arguments: [(UInt8(1), nil), (2, .existence)] as [(UInt8, Violation.Rule?)])
    func aWindowIsOneOfThePlan(_ window: UInt8, _ rule: Violation.Rule?) {
        let desk = Desk(plan, at: nine)
        #expect(broken(desk, [.windowOpened(window)], at: nine) == rule)
    }

    /// A window that an event has named keeps its place, and so does a service.
    @Test func whatWasNamedKeepsItsPlace() throws {
        let windows = [Plans.window(1, [0, 1]), Plans.window(3, [0])]
        let plans = (
            Plans.plan(plan.services, windows),
            Plans.plan([Plans.service("A"), Plans.service("C")], plan.windows.map { ($0, false) })
        )
        var desk = Desk(plan, at: nine)
        #expect(broken(desk, [.planned(plans.0)], at: nine) == nil)
        #expect(broken(desk, [.planned(plans.1)], at: nine) == nil)
        try desk.order(.openWindow(1))
        #expect(broken(desk, [.planned(plans.0)], at: nine) == nil)
        try desk.order(.openWindow(2))
        #expect(broken(desk, [.planned(plans.0)], at: nine) == .planPlaces)
        #expect(broken(desk, [.planned(plans.1)], at: nine) == nil)
        try desk.take("b")
        #expect(broken(desk, [.planned(plans.1)], at: nine) == .planPlaces)
    }

    /// Where the standard sets no longest wait or service, none is a breach.
    @Test func withoutALimitNothingIsABreach() throws {
        for limit: Int32 in [0, 1_200] {
            var desk = Desk(
                Plans.plan(
                    [Plans.service("A")], [Plans.window(1, [0])], waitLimit: limit,
                    serviceLimit: limit), at: nine)
            try desk.order(.openWindow(1))
            try desk.take("a")
            desk.now += 4_000
            try desk.callNext(1)
            try desk.order(.serve("A1"))
            desk.now += 4_000
            try desk.order(.finish("A1", .served))
            let day = date("2026-03-19")
            let found = desk.checker.breaches(date: day, at: desk.now)
            #expect(found.count == (limit == 0 ? 0 : 2))
            #expect(
                desk.day.statistics(office: OfficeID("o")!, date: day, at: desk.now).breaches
                    == found)
        }
    }

    /// A day's register that has a breach too many, or lacks one, differs from what its events say.
    @Test func aRegisterOfBreachesIsThatOfTheEvents() throws {
        var desk = Desk(plan, at: nine)
        try desk.order(.openWindow(1))
        try desk.take("a")
        let short = desk
        desk.now += 1_201
        try desk.callNext(1)
        let day = date("2026-03-19")
        func register(_ desk: Desk, _ now: Int32) -> [Breach] {
            desk.day.statistics(office: OfficeID("o")!, date: day, at: now).breaches
        }
        #expect(register(desk, desk.now).count == 1)
        #expect(desk.checker.breaches(date: day, at: desk.now) == register(desk, desk.now))
        // Who still waits is on neither before the limit, and on both after it.
        for seconds: Int32 in [1_200, 1_201] {
            let now = nine + seconds
            let count = seconds > 1_200 ? 1 : 0
            #expect(register(short, now).count == count)
            #expect(short.checker.breaches(date: day, at: now).count == count)
        }
        #expect(short.checker.breaches(date: day, at: nine + 1_200) != register(desk, desk.now))
    }
}
