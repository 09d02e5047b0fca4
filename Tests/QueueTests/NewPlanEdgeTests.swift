// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing

private let nine = Plans.at(9)

/// Guards of a new plan at their edge and one beside it.
@Suite struct NewPlanEdgeTests {
    private let services = [Plans.service("A"), Plans.service("B")]

    // MARK: Who is affected

    /// A number could come to nothing if the office would receive less from now on than it does.
    @Test func leasesAreAffectedWhereTheOfficeReceivesLess() throws {
        let (whole, day) = (
            [Plans.span(nine, Plans.at(18))], [Plans.span(Plans.at(8), Plans.at(20))]
        )
        let late = Plans.at(18)
        let (noon, one) = (Plans.at(13), Plans.at(13, 0, 1))
        // The hours by the other plan, nil where it is closed; the time, and whether it is less from then on.
        let rows: [(hours: [DayPlan.Span]?, now: Int32, isLess: Bool)] = [
            (whole, nine, false), (day, nine, false),
            ([Plans.span(nine, late - 1)], nine, true),
            ([Plans.span(nine, late - 1)], late - 1, true),
            ([Plans.span(nine, late - 1)], late, false),
            ([Plans.span(noon, late)], noon - 1, true), ([Plans.span(noon, late)], noon, false),
            ([Plans.span(nine, noon), Plans.span(noon, late)], nine, false),
            ([Plans.span(noon, late), Plans.span(nine, noon)], nine, false),
            ([Plans.span(nine, noon), Plans.span(one, late)], nine, true),
            ([Plans.span(nine, noon), Plans.span(one, late)], noon, true),
            ([Plans.span(nine, noon), Plans.span(one, late)], one, false),
            (nil, late - 1, true), (nil, late, false),
        ]
        func plan(_ hours: [DayPlan.Span]?) -> DayPlan {
            // The window is there all day, so that no service is lost.
            Plans.plan(
                services, [Plans.window(1, [0, 1], day)], hours: hours ?? [],
                closed: hours == nil ? Plans.closed : nil)
        }
        var desk = Desk(plan(whole), at: Plans.at(8))
        try desk.order(.leaseNumbers(service: "a", count: 1, kiosk: "k"))
        for (place, (hours, now, isLess)) in rows.enumerated() {
            let affected = desk.day.affected(by: plan(hours), at: now)
            #expect(affected.leases.map(\.id) == (isLess ? [1] : []), "\(place)")
        }
        // A day that is closed already receives no less, and a lease without numbers has none to lose.
        var closed = desk
        closed.commit([.planned(plan(nil))])
        #expect(closed.day.affected(by: plan(nil), at: nine).leases.isEmpty)
        desk.now = nine
        let last = ReportedTicket(number: 1, service: "a", takenAt: nine)
        try desk.order(.reportTickets(lease: 1, tickets: [last], ends: false))
        #expect(desk.day.affected(by: plan(nil), at: nine).leases.isEmpty)
    }

    /// Whoever waits for a service is told when no window renders it any more, also after their hours.
    @Test func aServiceIsLostOnceWhetherOrNotAWindowIsStillToCome() throws {
        let morning = [Plans.span(nine, Plans.at(12))]
        let both = Plans.plan(services, [Plans.window(1, [0]), Plans.window(2, [1], morning)])
        let one = Plans.plan(services, [Plans.window(1, [0]), Plans.window(2, [], morning)])
        let other = Plans.plan(services, [Plans.window(1, [0]), Plans.window(3, [0])])
        var desk = Desk(both, at: nine)
        for service in ["a", "b"] { try desk.take(service) }
        for now in [nine, Plans.at(13)] {
            #expect(desk.day.affected(by: one, at: now).tickets.map(\.label) == ["B1"])
            #expect(desk.day.affected(by: both, at: now).tickets.isEmpty)
        }
        desk.commit([.planned(one)])
        for plan in [one, other, both] {
            #expect(desk.day.affected(by: plan, at: Plans.at(13)).tickets.isEmpty)
        }
    }

    /// Who is here and loses the place is told once, whether or not another is kept.
    @Test func whoHasLostThePlaceIsToldOnce() throws {
        func plan(_ hours: [[Int32]]) -> DayPlan {
            Plans.plan(
                [Plans.service("A")],
                hours.enumerated().map { place, hours in
                    Plans.window(
                        place + 1, [0], hours.map { Plans.span(Plans.at($0), Plans.at($0, 20)) })
                })
        }
        var desk = Desk(plan([[10], [10], [15]]))
        for person in 1...2 { try desk.book("a", Plans.at(10), by: person) }
        desk.now = Plans.at(9, 30)
        for booking in 1...2 as ClosedRange<UInt32> { try desk.arrive(booking) }
        let nobody = plan([[], [], [17]])
        // Who loses the place, and who would lose one by the next plan after that.
        let rows: [(next: [[Int32]], lost: [TicketLabel], then: [TicketLabel])] = [
            ([[10], [10], []], [], ["A1", "A2"]), ([[10], [], [12]], ["A2"], ["A1"]),
            ([[], [], [12, 15]], ["A1", "A2"], []), ([[], [], [12]], ["A1", "A2"], []),
        ]
        for (place, (next, lost, then)) in rows.enumerated() {
            let next = plan(next)
            #expect(
                desk.day.affected(by: next, at: desk.now).tickets.map(\.label) == lost, "\(place)")
            var day = desk.day
            day.apply([.planned(next)], revision: day.revision + 1, at: desk.now, isPart: true)
            var twin = desk
            twin.commit([.planned(next)] + day.nearby(at: desk.now))
            #expect(twin.violation == nil)
            #expect(
                twin.day.affected(by: nobody, at: desk.now).tickets.map(\.label) == then,
                "\(place)")
        }
    }

    // MARK: What keeps its place

    /// A lease that was given out as another plan came is of that plan.
    @Test func aLeaseKeepsTheLettersOfItsOwnTime() throws {
        let letters = "ABCDEFGH"
        let all = letters.map { Plans.service($0) }
        let window = [Plans.window(1, Array(0..<8))]
        let other = Plans.plan(
            [DayPlan.Service(id: "a", letter: UInt8(ascii: "Z"), seconds: 1_200)] + all.dropFirst(),
            window)
        let next = Plans.plan([Plans.service("I")] + all.dropFirst(), window)
        for (before, isKept) in [(Int32(1), true), (0, false)] {
            var desk = Desk(Plans.plan(all, window), at: Plans.at(9, 40) - before)
            try desk.order(.leaseNumbers(service: "a", count: 5, kiosk: "k1"))
            desk.now = Plans.at(9, 40)
            desk.commit([.planned(try desk.day.fitting(other))])
            let fitting = try? desk.day.fitting(next)
            #expect(fitting?.services.first?.id == (isKept ? nil : "i"))
        }
    }

    // MARK: Another clock

    private func plan(
        midnight: Int64 = 1_773_860_400, policy: OfficeTerms.Policy = .electronicQueue,
        rule: String = "R7.5", hours: Int32 = 18, slots: Int32 = 18, closed: Bool = false,
        services: Int = 2, windows: Int = 1, grace: Int32 = 900, wait: Int32 = 1_200,
        service: Int32 = 1_200, version: String = "1", change: ClockChange? = nil,
        reception: Reception? = nil
    ) -> DayPlan {
        var rules = QueueRules()
        rules.graceSeconds = grace
        let whole = [Plans.span(nine, Plans.at(18))]
        return DayPlan(
            midnight: midnight, policy: policy, policyRule: rule,
            hours: [Plans.span(nine, Plans.at(hours))],
            closedBecause: closed ? Plans.closed : nil,
            services: Array(self.services.prefix(services)),
            windows: (1...windows).map { .init(id: WindowID("\($0)")!, services: 1, spans: whole) },
            rules: rules, waitLimit: wait, serviceLimit: service, calendarVersion: version,
            clockChange: change, slotHours: [Plans.span(nine, Plans.at(slots))],
            reception: reception)
    }

    @Test func eachPartOfAPlanMakesTheDayAnother() {
        let change = ClockChange(after: 7_200, by: 3_600)
        let others = [
            plan(midnight: 1_773_860_401), plan(policy: .walkInOnly), plan(rule: "R7.3"),
            plan(hours: 17), plan(slots: 19), plan(closed: true), plan(services: 1),
            plan(windows: 2), plan(grace: 901), plan(wait: 1_201), plan(service: 1_201),
            plan(change: change), plan(reception: Plans.only([])),
        ]
        for (place, other) in others.enumerated() {
            #expect(!plan().isSameDay(as: other) && plan() != other, "\(place)")
        }
        #expect(plan().isSameDay(as: plan()) && plan() == plan())
        #expect(plan() == plan(reception: .standard))
        #expect(plan().isSameDay(as: plan(version: "2")) && plan() != plan(version: "2"))
    }

    /// By a clock that is an hour ahead nobody's time is over that is not by the day's own.
    @Test(
        arguments: [
            (-3_601, true), (-3_600, false), (-1, false), (0, true), (1, true),
        ] as [(Int32, Bool)])
    func aDayTakesAClockByWhichNobodysTimeIsOver(_ seconds: Int32, _ isTaken: Bool) throws {
        let ahead = plan(midnight: 1_773_860_400 - 3_600)
        let end = Plans.at(10) + 900
        let now = Timestamp(second: plan().midnight + Int64(end + seconds))!
        var desk = Desk(plan(), at: Plans.at(8))
        #expect(desk.day.canTakeClock(of: ahead, at: now))
        // Only who is still to come counts, be it that the place is held or booked.
        let hold = DayCommand.hold(
            service: "a", start: Plans.at(10), channel: .office, applicant: Desk.applicant(1))
        try desk.order(hold)
        #expect(desk.day.canTakeClock(of: ahead, at: now) == isTaken)
        var given = desk
        try given.order(.release(1))
        #expect(given.day.canTakeClock(of: ahead, at: now))
        try desk.order(.confirm(1))
        #expect(desk.day.canTakeClock(of: ahead, at: now) == isTaken)
        #expect(desk.day.canTakeClock(of: plan(version: "2"), at: now))
        // Once a window was opened, the day keeps its clock.
        try given.order(.openWindow(1))
        #expect(!given.day.canTakeClock(of: ahead, at: now))
        #expect(given.day.canTakeClock(of: plan(version: "2"), at: now))
    }

    // MARK: Where bookings go

    /// Of slots alike near, one that applicants may still book comes before one that is too soon for them.
    @Test func aSlotAtTheEndOfTheLeadTimeMayStillBeBooked() throws {
        var rules = QueueRules()
        (rules.slotMinutes, rules.leadSeconds) = (30, 3_600)
        let day = date("2026-03-19")
        func plan(_ spans: [DayPlan.Span]) -> DayPlan {
            Plans.plan([Plans.service("A")], [Plans.window(1, [0], spans)], rules: rules)
        }
        let half = Plans.at(10, 30)
        var desk = Desk(plan([Plans.span(nine, Plans.at(18))]), at: Plans.at(8))
        try desk.book("a", half, by: 1)
        let next = plan([Plans.span(nine, half), Plans.span(Plans.at(11), Plans.at(18))])
        for (seconds, start) in [(Int32(0), Plans.at(11)), (1, Plans.at(11, 30))] {
            let now = Plans.at(10) + seconds
            var after = desk.day
            after.apply([.planned(next)], revision: after.revision + 1, at: now, isPart: true)
            let wish = Relocation.Wish(date: day, number: 1, service: "a", start: half)
            let places = Relocation.places(for: [wish], on: day...day) { _ in (after, now) }
            #expect(places == [Relocation.Place(date: day, start: start)])
        }
    }

    /// Days differ by who counts where, though as many are served at each time.
    @Test func daysDifferByWhoCountsWhere() throws {
        func plan(_ hours: [[Int32]]) -> DayPlan {
            Plans.plan(
                [Plans.service("A")],
                hours.enumerated().map { place, hours in
                    Plans.window(
                        place + 1, [0], hours.map { Plans.span(Plans.at($0), Plans.at($0, 20)) })
                })
        }
        var desk = Desk(plan([[10], [10], [12, 14]]))
        for person in 1...2 { try desk.book("a", Plans.at(10), by: person) }
        desk.now = Plans.at(9, 30)
        for booking in 1...2 as ClosedRange<UInt32> { try desk.arrive(booking) }
        func after(_ first: Int32?, _ second: Int32?) -> OfficeDay {
            var day = desk.day
            day.apply(
                [
                    .planned(plan([[], [], [12, 14]])),
                    .placedNearby(1, start: first.map { Plans.at($0) }),
                    .placedNearby(2, start: second.map { Plans.at($0) }),
                ], revision: day.revision + 1, at: desk.now)
            return day
        }
        let starts: [(Int32?, Int32?)] = [(12, 14), (14, 12), (12, nil), (nil, 12), (nil, nil)]
        for (place, one) in starts.enumerated() {
            for (other, two) in starts.enumerated() {
                #expect(
                    (after(one.0, one.1) == after(two.0, two.1)) == (place == other),
                    "\(place) \(other)")
            }
        }
    }
}
