// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing

/// What a channel may take of each slot, whatever the services and however long they are.
@Suite struct ShareTests {
    private static let ten = Plans.at(10)
    private static let half = Plans.at(10, 20)

    /// Services of one and two slots; the portal has half of the windows.
    private func plan(
        _ windows: [(DayPlan.Window, isWhole: Bool)], portal: Int32 = 50, delay: Int32 = 0
    ) -> DayPlan {
        var rules = QueueRules()
        rules.portalPercent = portal
        rules.rereleaseSeconds = delay
        return Plans.plan(
            [Plans.service("A"), Plans.service("B", minutes: 40)], windows, rules: rules)
    }

    private func hold(
        _ service: ServiceID, _ start: Int32, by person: Int, _ channel: BookingChannel = .portal
    ) -> DayCommand {
        .hold(
            service: service, start: start, channel: channel,
            applicant: Desk.applicant(person))
    }

    private static let parts: [(Int32, Int)] = [
        (0, 0), (1, 1), (33, 1), (34, 2), (66, 2), (67, 3), (99, 3), (100, 3),
    ]

    @Test(arguments: parts)
    func aPartOfAWindowIsAWindow(_ percent: Int32, _ places: Int) {
        let windows = (1...3).map { Plans.window($0, [0, 1]) }
        for service in ["a", "b"] as [ServiceID] {
            var desk = Desk(plan(windows, portal: percent))
            for person in 0..<3 {
                #expect(
                    desk.refusal(hold(service, Self.ten, by: person))
                        == (person < places ? nil : .slotTaken(Self.ten)))
            }
        }
    }

    /// A long booking is within the share of each of its slots, and takes of each.
    @Test func aLongBookingTakesOfTheShareOfEachSlot() {
        var desk = Desk(plan((1...4).map { Plans.window($0, [0, 1]) }))
        #expect(desk.refusal(hold("b", Self.ten, by: 1)) == nil)
        #expect(desk.refusal(hold("a", Self.half, by: 2)) == nil)
        // The second half is used up; the first is not.
        #expect(desk.refusal(hold("b", Self.ten, by: 3)) == .slotTaken(Self.ten))
        #expect(desk.refusal(hold("b", Self.half, by: 4)) == .slotTaken(Self.half))
        #expect(desk.refusal(hold("a", Self.half, by: 5)) == .slotTaken(Self.half))
        #expect(desk.refusal(hold("a", Self.ten, by: 6)) == nil)
        #expect(desk.refusal(hold("a", Self.ten, by: 7)) == .slotTaken(Self.ten))
        // The others are for those who come or call.
        #expect(desk.refusal(hold("b", Self.ten, by: 8, .office)) == nil)
        #expect(desk.refusal(hold("b", Self.ten, by: 9, .office)) == nil)
        #expect(desk.refusal(hold("b", Self.ten, by: 10, .office)) == .slotTaken(Self.ten))
    }

    /// Where windows have a break the share is of those that are there, and windows that render
    /// nothing are none.
    @Test func theShareIsOfTheWindowsThatAreThere() {
        let until = [Plans.span(Plans.at(9), Self.half)]
        let windows = [
            Plans.window(1, [0, 1]), Plans.window(2, [0, 1]), Plans.window(3, [0], until),
            Plans.window(4, [0], until), Plans.window(5, []),
        ]
        var desk = Desk(plan(windows))
        #expect(desk.refusal(hold("b", Self.ten, by: 1)) == nil)
        #expect(desk.refusal(hold("b", Self.ten, by: 2)) == .slotTaken(Self.ten))
        #expect(desk.refusal(hold("a", Self.half, by: 3)) == .slotTaken(Self.half))
        #expect(desk.refusal(hold("a", Self.ten, by: 4)) == nil)
        #expect(desk.refusal(hold("a", Self.ten, by: 5)) == .slotTaken(Self.ten))
    }

    /// A share is given back with the place: when a hold expires, when a cancelled place may be booked
    /// again, and not when its applicant comes.
    @Test func aShareIsGivenBackWithItsPlace() throws {
        var desk = Desk(plan([Plans.window(1, [0, 1])], delay: 300), at: Plans.at(9))
        #expect(desk.refusal(hold("a", Self.ten, by: 1)) == nil)
        desk.now += 599
        #expect(desk.refusal(hold("a", Self.ten, by: 2)) == .slotTaken(Self.ten))
        desk.now += 1
        #expect(desk.refusal(hold("a", Self.ten, by: 2)) == nil)
        try desk.order(.confirm(2))
        try desk.order(.cancel(2, by: .applicant, reason: ""))
        desk.now += 299
        #expect(desk.refusal(hold("a", Self.ten, by: 3)) == .slotTaken(Self.ten))
        desk.now += 1
        #expect(desk.refusal(hold("a", Self.ten, by: 3)) == nil)
        try desk.order(.confirm(3))
        try desk.arrive(3)
        #expect(desk.refusal(hold("a", Self.ten, by: 4)) == .slotTaken(Self.ten))
    }

    /// A booking that moves leaves its share to itself.
    @Test func aBookingMovesWithinItsOwnShare() throws {
        var desk = Desk(plan([Plans.window(1, [0, 1]), Plans.window(2, [0, 1])]))
        let number = try desk.book("b", Self.ten, by: 1)
        let service = 1
        let free = desk.day.slots(of: service, channel: .portal, at: desk.now, leaving: number)
        let place = try #require(free.starts.firstIndex(of: Self.half))
        #expect(free.free[place] == 1)
        let without = desk.day.slots(of: service, channel: .portal, at: desk.now)
        #expect(without.free[place] == 0)
        try desk.move(number, to: Self.half)
        #expect(desk.state(number) == .moved)
        // The half that it left is free again.
        #expect(desk.refusal(hold("a", Self.ten, by: 2)) == nil)
        #expect(desk.refusal(hold("a", Self.half, by: 3)) == .slotTaken(Self.half))
    }

    /// The office moves bookings wherever there is a place, and they count in their channel's share there.
    @Test func theOfficeMovesABookingBeyondItsShare() throws {
        var desk = Desk(plan([Plans.window(1, [0, 1]), Plans.window(2, [0, 1])]))
        let number = try desk.book("a", Self.ten, by: 1)
        try desk.book("a", Self.half, by: 2)
        let day = date("2026-03-19")
        func move(isByOffice: Bool) throws(QueueRefusal) -> Held {
            try desk.day.moveIn(
                try desk.day.movable(number), service: "a", channel: .portal,
                from: Held.MovedFrom(date: day, number: number), leaving: number, start: Self.half,
                at: desk.now, isByOffice: isByOffice)
        }
        #expect(throws: QueueRefusal.slotTaken(Self.half)) { try move(isByOffice: false) }
        let held = try move(isByOffice: true)
        #expect(held.isMovedByOffice && held.channel == .portal)
        // The same, if it was not the office, is beyond the share; and the office moves what there is.
        for (isByOffice, from) in [
            (true, held.movedFrom), (false, held.movedFrom), (true, nil),
        ] as [(Bool, Held.MovedFrom?)] {
            let other = Held(
                number: held.number, applicant: held.applicant, service: 0, start: Self.half,
                channel: .portal, until: nil, movedFrom: from, isMovedByOffice: isByOffice)
            var checker = desk.checker
            let isRight = isByOffice && from != nil
            do throws(Violation) {
                try checker.check(
                    [.held(other), .moved(number, to: day, number: held.number)],
                    revision: desk.day.revision + 1, at: desk.now)
                #expect(isRight)
            } catch { #expect(!isRight && error.rule == .share) }
        }
        desk.commit([.held(held), .moved(number, to: day, number: held.number)])
        #expect(desk.refusal(hold("a", Self.half, by: 3)) == .slotTaken(Self.half))
        #expect(desk.refusal(hold("a", Self.half, by: 4, .office)) == .slotTaken(Self.half))
        try desk.order(.cancel(held.number, by: .office, reason: ""))
        #expect(desk.refusal(hold("a", Self.half, by: 3)) == .slotTaken(Self.half))
        #expect(desk.refusal(hold("a", Self.half, by: 4, .office)) == nil)
    }
}
