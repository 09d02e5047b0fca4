// SPDX-License-Identifier: Apache-2.0

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
            .leaseNumbers(service: "b", count: count, kiosk: "k")
        }
        let refused = QueueRefusal.numbersExhausted(UInt8(ascii: "B"))
        for (count, refusal) in [
            (0, refused), (1, nil), (OfficeDay.leaseLimit, nil),
            (OfficeDay.leaseLimit + 1, refused),
        ] { #expect(desk.refusal(lease(count)) == refusal) }
        while desk.day.leases.count < OfficeDay.leasesLimit { try desk.order(lease(1)) }
        #expect(desk.refusal(lease(1)) == refused)
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

    @Test func timeChangesADayOnceSomethingIsDue() throws {
        var desk = Desk(plan, at: nine - 7_200)
        #expect(desk.day.nextDueBound == nil)
        try desk.order(
            .hold(
                service: "a", start: Plans.at(10), channel: .office, applicant: Desk.applicant(1)))
        #expect(desk.day.nextDueBound == desk.day.bookings[0].until)
    }
}
