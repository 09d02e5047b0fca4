// SPDX-License-Identifier: Apache-2.0

import Parties
import Queue
import Testing

/// A hold stands for its time, and never longer than its booking could.
@Suite struct HoldEndTests {
    private let start = Plans.at(10, 20)

    private func desk(
        hold: Int32, grace: Int32, lead: Int32 = 0, minutes: Int32 = 20, at now: Int32
    ) -> Desk {
        var rules = QueueRules()
        rules.holdSeconds = hold
        rules.graceSeconds = grace
        rules.leadSeconds = lead
        return Desk(
            Plans.plan(
                [Plans.service("A", minutes: minutes)], [Plans.window(1, [0])], rules: rules),
            at: now)
    }

    private func hold(_ start: Int32) -> DayCommand {
        .hold(service: "a", start: start, channel: .portal, applicant: Desk.applicant(1))
    }

    @Test(arguments: [
        (0, 0, false), (0, -1, true), (900, 899, true), (900, 900, false), (900, 1_200, false),
    ])
    func afterItsEndABookingIsNotConfirmed(_ grace: Int32, _ offset: Int32, _ isIn: Bool) throws {
        var desk = desk(hold: 7_200, grace: grace, at: Plans.at(9))
        try desk.order(hold(start))
        #expect(desk.day.bookings[0].until.time == start + grace)
        desk.now = start + offset
        #expect(desk.refusal(.confirm(1)) == (isIn ? nil : .bookingIs(.expired, 1)))
    }

    /// A hold on record may stand longer than its booking could.
    @Test func aHoldOfBeforeIsConfirmedOnlyWhileItsBookingStands() throws {
        for (offset, expected) in [(Int32(899), nil), (900, QueueRefusal.slotPassed(start))] {
            var desk = desk(hold: 7_200, grace: 900, at: Plans.at(9))
            desk.commit([
                .held(
                    Held(
                        number: 1, applicant: Desk.applicant(1), service: 0, start: start,
                        channel: .portal, until: DayMoment(start + 7_200), movedFrom: nil))
            ])
            desk.now = start + offset
            #expect(desk.refusal(.confirm(1)) == expected)
        }
    }

    @Test func aHoldEndsByItsOwnTimeWhereThatIsEarlier() throws {
        var desk = desk(hold: 600, grace: 900, at: Plans.at(9))
        try desk.order(hold(start))
        #expect(desk.day.bookings[0].until.time == Plans.at(9, 10))
        desk.now = Plans.at(9, 10) - 1
        #expect(desk.refusal(.confirm(1)) == nil)
    }

    @Test func aMoveHoldsNoLongerThanTheNewBookingCould() throws {
        var desk = desk(hold: 7_200, grace: 60, at: Plans.at(9))
        try desk.order(hold(Plans.at(17)))
        try desk.move(1, to: start)
        #expect(desk.day.bookings[1].until.time == start + 60)
    }

    @Test func whatHasPassedIsToldAsSuch() throws {
        // Grace, lead, how long before the start it is, and why it is refused.
        let rows: [(Int32, Int32, Int32, QueueRefusal?)] = [
            (900, 0, 0, nil), (900, 0, -1, .slotPassed(start)), (0, 0, 1, nil),
            (0, 0, 0, .slotPassed(start)), (900, 600, 600, nil),
            (900, 600, 599, .tooSoon(leadSeconds: 600)), (900, 600, -1, .slotPassed(start)),
        ]
        // With services of one slot a count decides, with longer ones the windows one by one.
        for (place, (grace, lead, before, expected)) in (rows + rows).enumerated() {
            var desk = desk(
                hold: 600, grace: grace, lead: lead, minutes: place < rows.count ? 20 : 40,
                at: start - before)
            let free = desk.day.slots(of: 0, channel: .portal, at: desk.now)
            let isFree = zip(free.starts, free.free).contains { $0 == (start, 1) }
            #expect(desk.refusal(hold(start)) == expected)
            #expect(isFree == (expected == nil))
        }
    }
}
