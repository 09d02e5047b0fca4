// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Testing

private let nine = Plans.at(9)

/// Guards of the queue at their edge and one beside it, where no other suite has them.
@Suite struct QueueEdgeTests {
    private let plan = Plans.plan(
        [Plans.service("A"), Plans.service("B")], [Plans.window(1, [0]), Plans.window(2, [0])])

    /// Slots are open from so many days before on, to the second.
    @Test(arguments: [(Int32(-1), false), (0, true), (1, true)])
    func slotsAreOpenWithinTheHorizon(_ seconds: Int32, _ isOpen: Bool) {
        let day = OfficeDay(plan: plan)
        let first = -plan.rules.horizonDays * 86_400
        for leaving: UInt32? in [nil, 1] {
            let free = day.slots(
                of: 0, channel: .office, at: first + seconds, leaving: leaving
            ).free
            #expect(free.contains { $0 > 0 } == isOpen)
        }
        var desk = Desk(plan, at: first + seconds)
        let hold = DayCommand.hold(
            service: "a", start: Plans.at(10), channel: .office, applicant: Desk.applicant(1))
        #expect((desk.refusal(hold) == nil) == isOpen)
        let closed = OfficeDay(plan: Plans.plan(plan.services, [], policy: .walkInOnly))
        #expect(!closed.slots(of: 0, channel: .office, at: 0).free.contains { $0 > 0 })
    }

    /// The last number of a letter is leased, and none after it.
    @Test func numbersAreLeasedUpToTheLast() throws {
        var desk = Desk(plan, at: nine)
        let whole = TicketLabel.numberLimit / OfficeDay.leaseLimit
        for _ in 0..<whole {
            try desk.order(
                .leaseNumbers(service: "a", count: OfficeDay.leaseLimit, kiosk: "k"))
        }
        let left = TicketLabel.numberLimit - whole * OfficeDay.leaseLimit
        func lease(_ count: Int) -> DayCommand {
            .leaseNumbers(service: "a", count: count, kiosk: "k")
        }
        #expect(desk.refusal(lease(left + 1)) == .numbersExhausted(UInt8(ascii: "A")))
        #expect(desk.refusal(lease(left)) == nil)
        #expect(desk.refusal(lease(1)) == .numbersExhausted(UInt8(ascii: "A")))
        #expect(desk.refusal(.takeTicket(service: "a")) == .numbersExhausted(UInt8(ascii: "A")))
    }

    @Test func aLeaseHasSoManyNumbersAndADaySoManyLeases() throws {
        var desk = Desk(plan, at: nine)
        func lease(_ count: Int) -> DayCommand {
            .leaseNumbers(service: "a", count: count, kiosk: "k")
        }
        let refused = QueueRefusal.numbersExhausted(UInt8(ascii: "A"))
        for (count, refusal) in [
            (0, refused), (1, nil), (OfficeDay.leaseLimit, nil),
            (OfficeDay.leaseLimit + 1, refused),
        ] { #expect(desk.refusal(lease(count)) == refusal) }
        while desk.day.leases.count < OfficeDay.leasesLimit { try desk.order(lease(1)) }
        #expect(desk.refusal(lease(1)) == .leasesExhausted)
        // That is no matter of numbers, of which there are enough.
        #expect(desk.refusal(.takeTicket(service: "a")) == nil)
    }

    /// Nobody would ever be called by a number of a service that no window renders.
    @Test func numbersOfAServiceThatNobodyRendersAreNotLeased() {
        var desk = Desk(plan, at: nine)
        let refused = QueueRefusal.unknownService("b", known: ["a"])
        #expect(desk.refusal(.leaseNumbers(service: "b", count: 1, kiosk: "k")) == refused)
        #expect(desk.refusal(.takeTicket(service: "b")) == refused)
    }

    /// A closure takes away the slots that it touches, and nobody behind it goes anywhere.
    @Test(
        arguments: [
            (Plans.at(9), Plans.at(9, 5), [Plans.at(9)]),
            (Plans.at(12, 5), Plans.at(12, 15), [Plans.at(12)]),
            (Plans.at(12, 20), Plans.at(12, 40), [Plans.at(12, 20)]),
            (
                Plans.at(12, 19), Plans.at(12, 41),
                [Plans.at(12), Plans.at(12, 20), Plans.at(12, 40)]
            ),
            (Plans.at(17, 40), Plans.at(18), [Plans.at(17, 40)]),
        ] as [(Int32, Int32, [Int32])])
    func aClosureTakesTheSlotsThatItTouches(_ from: Int32, _ to: Int32, _ lost: [Int32]) throws {
        let whole = [Plans.span(nine, Plans.at(18))]
        let left = [Plans.span(nine, from), Plans.span(to, Plans.at(18))].filter {
            $0.start < $0.end
        }
        let closed = DayPlan(
            midnight: plan.midnight, policy: plan.policy, policyRule: plan.policyRule, hours: left,
            closedBecause: nil, services: plan.services,
            windows: plan.windows.map { DayPlan.Window(id: $0.id, services: 1, spans: left) },
            rules: plan.rules, waitLimit: 0, serviceLimit: 0, calendarVersion: "1",
            slotHours: whole)
        var desk = Desk(plan, at: nine - 7_200)
        let starts = (0..<27).map { nine + 1_200 * Int32($0) }
        for (place, start) in starts.enumerated() { try desk.book("a", start, by: place + 1) }
        let displaced = desk.day.displaced(by: closed).map {
            desk.day.bookings[Int($0) - 1].start
        }
        #expect(displaced == lost)
        let slots = OfficeDay(plan: closed).slots(of: 0, channel: .office, at: nine - 7_200)
        #expect(slots.starts == starts.filter { !lost.contains($0) })
        // As many as the twin finds that looks at every second.
        #expect(EveryAssignment(closed).cells == slots.starts)
    }

    /// A shorter grace is that of days without bookings; a longer one is of all.
    @Test(arguments: [(Int32(0), Int32(900)), (899, 900), (900, 900), (1_800, 1_800)])
    func whoHasBookedKeepsTheGrace(_ grace: Int32, _ kept: Int32) throws {
        var rules = plan.rules
        rules.graceSeconds = grace
        let other = Plans.plan(plan.services, plan.windows.map { ($0, true) }, rules: rules)
        var desk = Desk(plan, at: nine - 7_200)
        #expect(plan.rules.graceSeconds == 900)
        #expect(try desk.day.fitting(other).rules.graceSeconds == grace)
        try desk.book("a", Plans.at(10), by: 1)
        #expect(try desk.day.fitting(other).rules.graceSeconds == kept)
        desk.now = Plans.at(10) + 900
        desk.sweep()
        #expect(try desk.day.fitting(other).rules.graceSeconds == grace)
    }

    /// A kiosk's number is of the letter that its service had when it gave it out.
    @Test func numbersAreOfTheLetterOfTheirTime() throws {
        let windows = [Plans.window(1, [0, 1])]
        let plan = Plans.plan(plan.services, windows)
        let other = Plans.plan(
            [
                plan.services[0],
                DayPlan.Service(id: "b", letter: UInt8(ascii: "C"), seconds: 1_200),
            ], windows)
        var desk = Desk(plan, at: Plans.at(10))
        try desk.order(.leaseNumbers(service: "b", count: 5, kiosk: "k"))
        desk.now = Plans.at(10, 10)
        #expect(desk.day.affected(by: other, at: desk.now).leases.map(\.id) == [1])
        #expect(desk.day.affected(by: plan, at: desk.now).leases == [])
        desk.commit([.planned(try desk.day.fitting(other))])
        desk.now = Plans.at(10, 20)
        func report(_ number: UInt16, at time: Int32) -> DayCommand {
            .reportTickets(
                lease: 1,
                tickets: [ReportedTicket(number: number, service: "b", takenAt: time)],
                ends: false)
        }
        #expect(
            desk.refusal(report(1, at: Plans.at(10, 10)))
                == .otherSeries("b", UInt8(ascii: "B")))
        #expect(desk.refusal(report(1, at: Plans.at(10, 9, 59))) == nil)
        #expect(desk.violation == nil)
    }

    /// Who is here keeps the place before whoever is to come, though the number is later.
    @Test func whoIsHereKeepsThePlaceUnderANewPlan() throws {
        var desk = Desk(plan, at: nine)
        try desk.book("a", Plans.at(10), by: 1)
        let here = try desk.book("a", Plans.at(10), by: 2)
        try desk.arrive(here)
        let one = Plans.plan(plan.services, [Plans.window(1, [0])])
        #expect(desk.day.displaced(by: one) == [1])
        // In an office that takes no bookings any more whoever is here stays in the line.
        let none = Plans.plan(
            plan.services, [Plans.window(1, [0]), Plans.window(2, [0])], policy: .walkInOnly)
        #expect(desk.day.displaced(by: none) == [1])
    }

    /// Who waits is affected by a plan whose last window for them has gone.
    @Test(arguments: [(Int32(-1), false), (0, true), (1, true)])
    func whoWaitsIsAffectedFromTheEndOfTheLastWindowOn(_ seconds: Int32, _ isLost: Bool) throws {
        var desk = Desk(plan, at: nine)
        try desk.order(.openWindow(1))
        try desk.take("a")
        let noon = [Plans.span(nine, Plans.at(12))]
        let shorter = Plans.plan(
            plan.services, [Plans.window(1, [0], noon), Plans.window(2, [0], noon)])
        let affected = desk.day.affected(by: shorter, at: Plans.at(12) + seconds)
        #expect(affected.tickets.map(\.label) == (isLost ? ["A1"] : []))
    }

    /// Leased numbers are affected if they are of a service that loses its window and still in use.
    @Test func leasesOfALostServiceAreAffectedWhileTheyLast() throws {
        let two = Plans.plan(plan.services, [Plans.window(1, [0]), Plans.window(2, [1])])
        let one = Plans.plan(plan.services, [Plans.window(1, [0]), Plans.window(2, [])])
        var desk = Desk(two, at: nine)
        for (service, isOver) in [("a", false), ("b", true), ("b", false)] {
            try desk.order(
                .leaseNumbers(service: ServiceID(service)!, count: 2, kiosk: "k"))
            let lease = UInt32(desk.day.leases.count)
            if isOver { try desk.order(.reportTickets(lease: lease, tickets: [], ends: true)) }
        }
        #expect(desk.day.affected(by: one, at: nine).leases.map(\.id) == [3])
    }

    /// What was said about somebody is no longer to be read, and about others still.
    @Test func whoIsForgottenHasNoWordsAnyMore() throws {
        var desk = Desk(plan, at: nine - 7_200)
        for person in 1...2 {
            try desk.book("a", Plans.at(10), by: person)
            try desk.order(.cancel(UInt32(person), by: .office, reason: "word \(person)"))
        }
        var day = desk.day
        func reason(_ number: UInt32) throws -> String {
            try day.view(
                booking: number, office: OfficeID("o")!, date: CivilDate("2026-03-19")!
            ).reason
        }
        #expect(try reason(1) == "word 1" && reason(2) == "word 2")
        day.forget([Desk.applicant(2)])
        #expect(try reason(1) == "word 1" && reason(2) == ForgottenWords.mark)
    }

    @Test func timeChangesADayOnceSomethingIsDue() throws {
        var desk = Desk(plan, at: nine - 7_200)
        #expect(desk.day.nextDueBound == nil)
        try desk.order(
            .hold(
                service: "a", start: Plans.at(10), channel: .office, applicant: Desk.applicant(1)))
        #expect(desk.day.nextDueBound == desk.day.bookings[0].until.time)
    }
}
