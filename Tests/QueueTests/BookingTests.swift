// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Testing

/// One service of one slot and one of two, two windows, nine to six in slots of twenty minutes.
private let plan = Plans.plan(
    [Plans.service("A"), Plans.service("B", minutes: 40)],
    [Plans.window(1, [0, 1]), Plans.window(2, [0])])
private let ten = Plans.at(10)

private func hold(
    _ service: ServiceID, _ start: Int32, by applicant: Int = 1,
    _ channel: BookingChannel = .portal
) -> DayCommand {
    .hold(
        service: service, start: start, channel: channel, applicant: Desk.applicant(applicant))
}

@Suite struct BookingTests {
    @Test func aBookingGoesFromHoldToServed() throws {
        var desk = Desk(plan)
        try desk.order(hold("a", ten))
        #expect(desk.state(1) == .held)
        #expect(desk.day.bookings[0].until.time == -86_400 + 600)
        try desk.order(.confirm(1))
        #expect(desk.state(1) == .confirmed)
        desk.now = ten - 300
        let label = try desk.arrive(1)
        #expect(desk.state(1) == .arrived)
        #expect(label == "A1")
        try desk.order(.openWindow(1))
        #expect(try desk.callNext(1) == label)
        try desk.order(.finish(label, .served))
        #expect(desk.state(1) == .served)
    }

    @Test func eachEndIsItsOwnStateAndRefusesWhatFollows() throws {
        let ends: [(Booking.State, [DayCommand], Int32)] = [
            (.released, [.release(1)], 0),
            (.expired, [], 600),
            (.cancelled, [.cancel(1, by: .applicant, reason: "ill")], 0),
            (.cancelled, [.confirm(1), .cancel(1, by: .office, reason: "")], 0),
            (.noShow, [.confirm(1)], 86_400 + ten + 900),
        ]
        for (state, commands, later) in ends {
            var desk = Desk(plan)
            try desk.order(hold("a", ten))
            for command in commands { try desk.order(command) }
            desk.now += later
            desk.sweep()
            #expect(desk.state(1) == state)
            let refusal = QueueRefusal.bookingIs(state, 1)
            for command: DayCommand in [
                .confirm(1), .release(1), .cancel(1, by: .applicant, reason: ""), .arrive(1),
            ] { #expect(desk.refusal(command) == refusal, "\(state)") }
            // The place is free again.
            if state != .noShow { #expect(desk.refusal(hold("a", ten, by: 2)) == nil) }
        }
    }

    @Test func refusalsComeInTheDocumentedOrder() {
        let provider = Plans.plan(
            plan.services, [Plans.window(1, [0])], policy: .walkInOnly, closed: Plans.closed)
        let closed = Plans.plan(plan.services, [], hours: [], closed: Plans.closed)
        let far: Int32 = -14 * 86_400 - 1
        let rows: [(DayPlan, Int32, DayCommand, QueueRefusal)] = [
            (provider, far, hold("x", 1), .unknownService("x", known: ["a"])),
            (provider, far, hold("a", 1), .noBookings(rule: "R7.3")),
            (closed, far, hold("a", 1), .closed(Plans.closed)),
            (plan, far, hold("a", 1), .tooFar(horizonDays: 14)),
            (plan, far + 1, hold("a", 1), .notASlot(1)),
            (plan, ten, hold("a", ten + 60), .notASlot(ten + 60)),
            (plan, ten, hold("a", Plans.at(18)), .notASlot(Plans.at(18))),
            // Two slots in a row do not fit before closing.
            (plan, 0, hold("b", Plans.at(17, 40)), .notASlot(Plans.at(17, 40))),
            (plan, ten - 1_799, hold("a", ten), .tooSoon(leadSeconds: 1_800)),
            (plan, ten, .confirm(1), .unknownBooking(1)),
            (plan, ten, .arrive(0), .unknownBooking(0)),
        ]
        for (plan, now, command, refusal) in rows {
            var desk = Desk(plan, at: now)
            #expect(desk.refusal(command) == refusal)
        }
        var desk = Desk(plan, at: ten - 1_800)
        #expect(desk.refusal(hold("a", ten)) == nil)
        #expect(desk.refusal(hold("a", ten, by: 2)) == nil)
        // It is too late before it is taken.
        #expect(desk.refusal(hold("a", ten, by: 3)) == .slotTaken(ten))
        desk.now += 1
        #expect(desk.refusal(hold("a", ten, by: 3)) == .tooSoon(leadSeconds: 1_800))
    }

    @Test func aHoldCanBeConfirmedUntilTheSecondBeforeItExpires() throws {
        for (later, refusal) in [(Int32(599), nil), (600, QueueRefusal.bookingIs(.expired, 1))] {
            var desk = Desk(plan)
            try desk.order(hold("a", ten))
            #expect(desk.day.nextDueTime == desk.now + 600)
            desk.now += later
            #expect(desk.refusal(.confirm(1)) == refusal)
        }
    }

    @Test func anApplicantMayArriveUntilTheSecondBeforeTheGraceEnds() throws {
        for (late, refusal) in [(Int32(899), nil), (900, QueueRefusal.bookingIs(.noShow, 1))] {
            var desk = Desk(plan)
            try desk.book("a", ten, by: 1)
            desk.now = ten + late
            #expect(desk.refusal(.arrive(1)) == refusal)
        }
    }

    @Test func arrivalsBelongToTheDay() throws {
        var desk = Desk(plan)
        try desk.book("a", ten, by: 1)
        desk.now = -1
        #expect(desk.refusal(.arrive(1)) == .notToday)
        desk.now = 0
        #expect(desk.refusal(.arrive(1)) == nil)
    }

    @Test func aCancelledPlaceCanBeBookedAgainAfterItsDelay() throws {
        var rules = QueueRules()
        rules.rereleaseSeconds = 300
        var desk = Desk(
            Plans.plan(plan.services, [Plans.window(1, [0])], rules: rules))
        try desk.book("a", ten, by: 1)
        try desk.order(.cancel(1, by: .applicant, reason: ""))
        desk.now += 299
        #expect(desk.refusal(hold("a", ten, by: 2)) == .slotTaken(ten))
        desk.now += 1
        #expect(desk.refusal(hold("a", ten, by: 2)) == nil)
        #expect(desk.state(1) == .cancelled)
    }

    @Test func eachChannelHasItsShareAndTheOfficeAll() throws {
        // Of three places: the portal's 50 % is two, rounded up; the kiosks' 1 % is one; 0 is none.
        let shares: [(Int32, Int32, [BookingChannel], BookingChannel?)] = [
            (50, 1, [.portal, .portal], .portal),
            (50, 1, [.kiosk], .kiosk),
            (50, 0, [], .kiosk),
            (50, 1, [.portal, .portal, .kiosk], .office),
            (0, 0, [.office, .office, .office], .office),
            (100, 100, [.kiosk, .portal, .kiosk], .portal),
        ]
        for (portal, kiosk, taken, refused) in shares {
            var rules = QueueRules()
            rules.portalPercent = portal
            rules.kioskPercent = kiosk
            var desk = Desk(
                Plans.plan(
                    plan.services, (1...3).map { Plans.window($0, [0]) }, rules: rules))
            for (applicant, channel) in taken.enumerated() {
                #expect(desk.refusal(hold("a", ten, by: applicant, channel)) == nil)
            }
            guard let refused else { continue }
            #expect(desk.refusal(hold("a", ten, by: 9, refused)) == .slotTaken(ten))
        }
    }

    // MARK: Moving

    @Test func aMoveSecuresTheNewSlotBeforeItGivesUpTheOld() throws {
        var desk = Desk(plan)
        let old = try desk.book("a", ten, by: 1)
        try desk.move(old, to: Plans.at(11))
        #expect(desk.state(1) == .moved)
        #expect(desk.state(2) == .confirmed)
        #expect(desk.day.bookings[1].start == Plans.at(11))
        #expect(desk.day.bookings[1].applicant == desk.day.bookings[0].applicant)
        let office = try #require(OfficeID("o"))
        let date = try #require(CivilDate("2026-03-19"))
        let view = try desk.day.view(booking: 2, office: office, date: date)
        #expect(view.counterpart == BookingID(office: office, date: date, number: 1))
        // What was given up can be booked by others.
        #expect(desk.refusal(hold("a", ten, by: 2)) == nil)
        #expect(desk.refusal(.cancel(1, by: .applicant, reason: "")) == .bookingIs(.moved, 1))
    }

    @Test func aMovedHoldIsHeldAnewAndARefusedMoveLeavesTheOldPlace() throws {
        var desk = Desk(plan)
        try desk.order(hold("a", ten))
        desk.now += 500
        try desk.move(1, to: Plans.at(11))
        #expect(desk.state(2) == .held)
        #expect(desk.day.bookings[1].until.time == desk.now + 600)
        for applicant in [2, 3] { try desk.book("a", Plans.at(12), by: applicant) }
        #expect(throws: QueueRefusal.slotTaken(Plans.at(12))) {
            try desk.move(2, to: Plans.at(12))
        }
        #expect(throws: QueueRefusal.bookingIs(.moved, 1)) { try desk.move(1, to: Plans.at(13)) }
        #expect(desk.state(2) == .held)
    }

    // MARK: New plans

    @Test func aNewPlanDisplacesTheLatestBookingsThatDoNotFit() throws {
        let afternoon = [Plans.span(Plans.at(12), Plans.at(18))]
        let rows: [(DayPlan, [UInt32])] = [
            (plan, []),
            (Plans.plan(plan.services, [Plans.window(1, [0]), Plans.window(2, [0])]), [2]),
            (Plans.plan(plan.services, [Plans.window(1, [0, 1]), Plans.window(2, [])]), [2]),
            (Plans.plan(plan.services, [Plans.window(1, [1]), Plans.window(2, [])]), [1, 3, 4]),
            (
                Plans.plan(
                    plan.services, [Plans.window(1, [0, 1]), Plans.window(2, [0])],
                    hours: afternoon), [1, 2, 3]
            ),
            (Plans.plan(plan.services, [], hours: [], closed: Plans.closed), [1, 2, 3, 4]),
        ]
        for (plan, displaced) in rows {
            var desk = try busyDesk()
            #expect(desk.day.displaced(by: plan) == displaced)
            // Who has arrived is not displaced.
            desk.now = Plans.at(9, 50)
            try desk.arrive(1)
            #expect(desk.day.displaced(by: plan).contains(1) == false)
        }
    }

    /// Two bookings at ten, one of them of two slots; one at 10:20; one at four.
    private func busyDesk() throws -> Desk {
        var desk = Desk(plan)
        try desk.book("a", ten, by: 1)
        try desk.book("b", ten, by: 2)
        try desk.book("a", Plans.at(10, 20), by: 3)
        try desk.book("a", Plans.at(16), by: 4)
        return desk
    }

    /// Who has been there and is gone needs no window later, however it ended.
    @Test(arguments: [Outcome.served, .refused, .left, .noShow])
    func whoIsGoneGivesThePlaceUp(outcome: Outcome) throws {
        let plan = Plans.plan([Plans.service("A")], [Plans.window(1, [0])])
        var desk = Desk(plan)
        try desk.book("a", Plans.at(15), by: 1)
        desk.now = Plans.at(10)
        let hold = DayCommand.hold(
            service: "a", start: Plans.at(15), channel: .office, applicant: Desk.applicant(2))
        let label = try desk.arrive(1)
        try desk.order(.openWindow(1))
        try desk.callNext(1)
        try desk.order(.serve(label))
        #expect(desk.refusal(hold) == .slotTaken(Plans.at(15)))
        if outcome == .noShow || outcome == .left {
            try desk.order(.park(label))
        }
        try desk.order(.finish(label, outcome))
        #expect(desk.refusal(hold) == nil)
        #expect(desk.violation == nil)
    }
}
