// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Testing
import Texts

/// Who is offered what on a day's waiting list, and when.
@Suite struct WaitingListTests {
    private static let rules = WaitingRules(offerMinutes: 30, perDay: 5, perPerson: 3)

    /// One window from nine to ten: three slots of twenty minutes.
    private func plan(
        _ windows: Int = 1, there: Int = .max, waiting: WaitingRules? = WaitingListTests.rules,
        lead: Int32 = 0,
        portal: Int32 = 100, until end: Int32 = Plans.at(10), delay: Int32 = 0,
        closed: LocalizedText? = nil
    ) -> DayPlan {
        var rules = QueueRules()
        (rules.leadSeconds, rules.portalPercent, rules.rereleaseSeconds) = (lead, portal, delay)
        return Plans.plan(
            [Plans.service("A"), Plans.service("B")],
            (1...windows).map { Plans.window($0, [0, 1], $0 > there ? [] : nil) },
            hours: [Plans.span(Plans.at(9), end)], rules: rules, closed: closed,
            reception: Reception(waitingList: waiting))
    }

    private func join(
        _ person: Int, from: Int32 = Plans.at(9), to: Int32 = Plans.at(10),
        service: ServiceID = "a",
        channel: BookingChannel = .portal, booking: UInt32? = nil, before: Int32? = nil
    ) -> DayCommand {
        .join(
            WaitingEntry(
                service: service, from: from, to: to, channel: channel,
                applicant: Desk.applicant(person),
                booking: booking.map { Held.MovedFrom(date: Desk.date, number: $0) },
                before: before))
    }

    /// A full day, one booking at each slot.
    private func full(_ plan: DayPlan) throws -> Desk {
        var desk = Desk(plan)
        for (place, start) in [Plans.at(9), Plans.at(9, 20), Plans.at(9, 40)].enumerated() {
            try desk.book("a", start, by: 100 + place, .office)
        }
        return desk
    }

    private func offers(_ desk: Desk) -> [PlaceOffered] {
        (desk.entries.last?.events ?? []).compactMap { event in
            if case .placeOffered(let offer) = event { offer } else { nil }
        }
    }

    private func state(_ desk: Desk, _ number: UInt32) -> WaitingState? {
        try? desk.day.spot(number).state
    }

    @Test func aPlaceThatBecomesFreeIsKeptForTheFirstWhomItSuitsInTheSameEntry() throws {
        var desk = try full(plan())
        try desk.order(join(1, from: Plans.at(9, 40)))
        try desk.order(join(2))
        try desk.order(join(3))
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        // 9:00 does not suit the first, who keeps the place in the order.
        #expect(offers(desk).map(\.waiting) == [2])
        #expect(offers(desk).map(\.start) == [Plans.at(9)])
        #expect(desk.day.bookings[3].state == .offered)
        let stranger = DayCommand.hold(
            service: "a", start: Plans.at(9), channel: .office, applicant: Desk.applicant(9))
        #expect(desk.refusal(stranger) == .slotTaken(Plans.at(9)))
        try desk.order(.cancel(3, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.waiting) == [1])
        #expect(desk.day.liveSpots.count == 3)
    }

    @Test func anOfferPassesToTheNextWhenItIsDeclinedOrNotAnswered() throws {
        var desk = try full(plan())
        for person in 1...3 { try desk.order(join(person)) }
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.waiting) == [1])
        let events = try desk.order(.declineOffer(1))
        #expect(events == [.offerEnded(4, .declined)])
        #expect(offers(desk).map(\.waiting) == [2])
        // Not a second before the thirty minutes are over.
        desk.now += 1_799
        desk.sweep()
        #expect(state(desk, 2) == .offered)
        desk.now += 1
        desk.sweep()
        #expect(state(desk, 2) == .waiting)
        #expect(offers(desk).map(\.waiting) == [3])
        try desk.order(.acceptOffer(3, giving: nil))
        #expect(state(desk, 3) == .accepted)
        #expect(desk.day.bookings[5].state == .confirmed)
        // Who has declined a start is not offered it again, and is offered others.
        try desk.order(.cancel(6, by: .applicant, reason: ""))
        #expect(offers(desk).isEmpty)
        try desk.order(.cancel(2, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.waiting) == [1])
    }

    @Test func threeOffersThatAreNotAnsweredEndTheWait() throws {
        var desk = try full(plan())
        try desk.order(join(1))
        for number in UInt32(1)...3 {
            try desk.order(.cancel(number, by: .applicant, reason: ""))
            #expect(state(desk, 1) == .offered)
            desk.now += 1_800
            desk.sweep()
        }
        #expect(try desk.day.spot(1).end == .unanswered)
        #expect(desk.refusal(.leaveWaitingList(1)) == .noOffer(1))
    }

    @Test func aDeclinedOfferShowsThatSomebodyIsThere() throws {
        var desk = try full(plan())
        try desk.order(join(1))
        for number in UInt32(1)...2 {
            try desk.order(.cancel(number, by: .applicant, reason: ""))
            desk.now += 1_800
            desk.sweep()
        }
        try desk.order(.cancel(3, by: .applicant, reason: ""))
        try desk.order(.declineOffer(1))
        #expect(state(desk, 1) == .waiting)
    }

    /// What frees a place does not matter.
    @Test(arguments: 0...6) func whateverFreesAPlaceItIsOffered(cause: Int) throws {
        var desk = try full(plan(delay: cause == 1 ? 600 : 0))
        switch cause {
        case 0: try desk.order(join(1))
        case 1:
            try desk.order(join(1))
            try desk.order(.cancel(1, by: .office, reason: ""))
            #expect(offers(desk).isEmpty)
            desk.now += 600
            desk.sweep()
        case 2:
            // A hold that runs out.
            try desk.order(.cancel(1, by: .office, reason: ""))
            try desk.order(
                .hold(
                    service: "a", start: Plans.at(9), channel: .office,
                    applicant: Desk.applicant(9)))
            try desk.order(join(1))
            desk.now += 600
            desk.sweep()
        case 3:
            try desk.order(.cancel(1, by: .office, reason: ""))
            try desk.order(
                .hold(
                    service: "a", start: Plans.at(9), channel: .office,
                    applicant: Desk.applicant(9)))
            try desk.order(join(1))
            try desk.order(.release(4))
        case 4:
            // A move within the day.
            try desk.order(.cancel(2, by: .office, reason: ""))
            try desk.order(join(1, to: Plans.at(9)))
            try desk.move(1, to: Plans.at(9, 20))
        case 5:
            // One more window.
            try desk.order(join(1))
            desk.commit([.planned(plan(2))])
        default:
            // Longer hours.
            try desk.order(join(1, to: Plans.at(11)))
            desk.commit([.planned(plan(until: Plans.at(11)))])
        }
        if cause == 0 {
            #expect(offers(desk).isEmpty)
            try desk.order(.cancel(1, by: .applicant, reason: ""))
        }
        #expect(offers(desk).map(\.waiting) == [1])
        #expect(desk.violation == nil)
    }

    @Test func whoeverJoinsWhileAPlaceIsFreeIsOfferedItAtOnce() throws {
        var desk = Desk(plan())
        try desk.order(join(1, from: Plans.at(9, 20)))
        #expect(offers(desk).map(\.start) == [Plans.at(9, 20)])
        try desk.order(join(2))
        #expect(offers(desk).map(\.start) == [Plans.at(9)])
    }

    @Test func nothingIsOfferedThatCouldNotBeKeptForItsWholeTime() throws {
        var desk = try full(plan())
        try desk.order(join(1))
        desk.now = Plans.at(8, 30, 1)
        desk.sweep()
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        #expect(offers(desk).isEmpty)
        // So it is free for everybody.
        try desk.order(
            .hold(
                service: "a", start: Plans.at(9), channel: .office, applicant: Desk.applicant(9)))
        // One second more would do.
        desk.now = Plans.at(8, 50)
        desk.sweep()
        try desk.order(.cancel(2, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.start) == [Plans.at(9, 20)])
        #expect(offers(desk).first?.until == DayMoment(Plans.at(9, 20)))
    }

    @Test func theLeadTimeHoldsForOffersToo() throws {
        var desk = try full(plan(lead: 3_600))
        try desk.order(join(1))
        desk.now = Plans.at(8, 0, 1)
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        #expect(offers(desk).isEmpty)
        try desk.order(.cancel(2, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.start) == [Plans.at(9, 20)])
    }

    @Test func aChannelWaitsForItsOwnShare() throws {
        // One of two places is the portal's.
        var desk = Desk(plan(2, portal: 50))
        let start = Plans.at(9)
        try desk.book("a", start, by: 11, .portal)
        try desk.book("a", start, by: 12, .office)
        try desk.order(join(1, to: start))
        try desk.order(join(2, to: start, channel: .office))
        try desk.order(.cancel(2, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.waiting) == [2])
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.waiting) == [1])
    }

    @Test func theBookingThatIsToBeEarlierIsGivenUpForThePlace() throws {
        var desk = try full(plan())
        try desk.order(
            .join(
                WaitingEntry(
                    service: "a", from: 0, to: Plans.at(18), channel: .portal,
                    applicant: Desk.applicant(102),
                    booking: Held.MovedFrom(date: Desk.date, number: 3), before: Plans.at(9, 40))))
        #expect(try desk.day.spot(1).joined.to == Plans.at(9, 40) - 1)
        try desk.order(.cancel(2, by: .applicant, reason: ""))
        #expect(offers(desk).map(\.start) == [Plans.at(9, 20)])
        let old = Held.MovedFrom(date: Desk.date, number: 3)
        let events = try desk.day.decide(.acceptOffer(1, giving: old), at: desk.now)
        desk.commit(events + [.moved(3, to: Desk.date, number: 4)])
        #expect(desk.state(UInt32(3)) == .moved)
        #expect(desk.state(UInt32(4)) == .confirmed)
        #expect(desk.day.movedTo(4) == old && desk.violation == nil)
    }

    @Test(arguments: 0...3) func whoDoesNotNeedItAnyMoreIsOffTheListAtOnce(cause: Int) throws {
        var desk = try full(plan())
        desk.now = Plans.at(8)
        try desk.order(join(102, booking: 3, before: Plans.at(9, 40)))
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        #expect(state(desk, 1) == .offered)
        try desk.order(join(7))
        switch cause {
        case 0: try desk.order(.cancel(3, by: .applicant, reason: ""))
        case 1: try desk.order(.arrive(3))
        case 2: try desk.order(.leaveWaitingList(1))
        default:
            // To where nothing that is wanted is earlier.
            try desk.order(.declineOffer(1))
            try desk.order(.declineOffer(2))
            try desk.move(3, to: Plans.at(9))
        }
        #expect(try desk.day.spot(1).end == (cause == 2 ? .left : .bookingOver))
        if cause < 3 { #expect(offers(desk).first?.waiting == 2) }
        #expect(desk.violation == nil)
    }

    @Test func aBookingThatIsMovedIsFollowed() throws {
        var desk = try full(plan(until: Plans.at(11)))
        try desk.order(join(102, to: Plans.at(9, 20), booking: 3, before: Plans.at(9, 40)))
        try desk.move(3, to: Plans.at(10))
        #expect(state(desk, 1) == .waiting)
        try desk.order(.cancel(4, by: .applicant, reason: ""))
        #expect(try desk.day.spot(1).end == .bookingOver)
    }

    @Test func whoGetsABookingOtherwiseWaitsNoMore() throws {
        var desk = try full(plan(2))
        try desk.order(join(1, to: Plans.at(9)))
        #expect(state(desk, 1) == .offered)
        try desk.order(.declineOffer(1))
        try desk.book("a", Plans.at(9, 20), by: 1)
        #expect(try desk.day.spot(1).end == .bookingOver)
    }

    @Test func aNewPlanWithdrawsWhatIsNotThereAnyMore() throws {
        var desk = Desk(plan(2))
        for (person, start) in [(11, Plans.at(9)), (12, Plans.at(9, 20)), (13, Plans.at(9, 40))] {
            try desk.book("a", start, by: person, .office)
        }
        try desk.order(join(1))
        #expect(state(desk, 1) == .offered)
        desk.commit([.planned(plan(2, there: 1))])
        #expect(state(desk, 1) == .waiting)
        #expect(desk.state(UInt32(4)) == .released)
        // The same place is offered again when it is there again.
        desk.commit([.planned(plan(2))])
        #expect(state(desk, 1) == .offered)
        #expect(desk.violation == nil)
    }

    @Test func anOfficeThatKeepsNoListAnyMoreStandsByItsOffers() throws {
        var desk = try full(plan())
        try desk.order(join(1))
        try desk.order(join(2))
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        desk.commit([.planned(plan(waiting: nil))])
        #expect(state(desk, 1) == .offered)
        #expect(try desk.day.spot(2).end == .listClosed)
        try desk.order(.acceptOffer(1, giving: nil))
        #expect(desk.state(UInt32(4)) == .confirmed)
    }

    // MARK: Refusals

    @Test func whoCannotJoinIsToldWhy() throws {
        var desk = try full(plan())
        var without = try full(plan(waiting: nil))
        #expect(without.refusal(join(1)) == .noWaitingList)
        #expect(
            desk.refusal(join(1, service: "x")) == .unknownService("x", known: ["a", "b"]))
        #expect(desk.refusal(join(1, from: Plans.at(10))) == .notASlot(Plans.at(10)))
        #expect(
            desk.refusal(join(102, from: Plans.at(9, 40), booking: 3, before: Plans.at(9, 40)))
                == .notEarlier(3))
        try desk.order(join(1))
        #expect(desk.refusal(join(1, from: Plans.at(9, 20))) == .alreadyWaiting(1))
        // Another service is another wait.
        try desk.order(join(1, service: "b"))
        for person in 2...4 { try desk.order(join(person)) }
        #expect(desk.refusal(join(5)) == .waitingListFull(5, isPerson: false))
        try desk.order(.leaveWaitingList(2))
        try desk.order(join(5))
        #expect(desk.refusal(.leaveWaitingList(9)) == .unknownWaiting(9))
        #expect(desk.refusal(.declineOffer(1)) == .noOffer(1))
        #expect(desk.refusal(.acceptOffer(1, giving: nil)) == .noOffer(1))
        desk.now = Plans.at(9, 11)
        #expect(desk.refusal(join(8)) == .tooSoon(leadSeconds: 1_800))
        desk.now = Plans.at(9, 41)
        #expect(desk.refusal(join(8)) == .slotPassed(Plans.at(9, 40)))
    }

    @Test func nothingElseIsDoneWithAPlaceThatIsOffered() throws {
        var desk = Desk(plan())
        try desk.order(join(1))
        for command in [
            DayCommand.confirm(1), .release(1), .cancel(1, by: .office, reason: ""), .arrive(1),
        ] {
            #expect(desk.refusal(command) == .bookingIs(.offered, 1))
        }
    }

    @Test func theFiguresTellWhatCameOfIt() throws {
        var desk = try full(plan())
        for person in 1...3 { try desk.order(join(person)) }
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        try desk.order(.declineOffer(1))
        desk.now += 1_800
        desk.sweep()
        try desk.order(.acceptOffer(3, giving: nil))
        var period = PeriodStatistics(office: OfficeID("o")!, from: Desk.date, to: Desk.date)
        period.add(desk.day, date: Desk.date, at: desk.now)
        #expect(
            period.statistics.waiting == [
                .init(
                    service: "a", joined: 3, offered: 3, accepted: 1, declined: 1, unanswered: 1)
            ])
    }
}
