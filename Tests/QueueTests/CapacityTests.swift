// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import TestKit
import Testing

@Suite struct CapacityTests {
    private func hold(
        _ service: ServiceID, _ start: Int32, by applicant: Int,
        _ channel: BookingChannel = .office
    ) -> DayCommand {
        .hold(
            service: service, start: start, channel: channel, applicant: Desk.applicant(applicant))
    }

    private func spans(without pause: (Int32, Int32)) -> [DayPlan.Span] {
        [Plans.span(Plans.at(9), pause.0), Plans.span(pause.1, Plans.at(18))]
    }

    // MARK: Services longer than a slot

    @Test func twoWindowsOfHalfTheTimeAreNoWindow() {
        let plan = Plans.plan(
            [Plans.service("A", minutes: 40)],
            [
                Plans.window(1, [0], spans(without: (Plans.at(13), Plans.at(13, 40)))),
                Plans.window(2, [0], spans(without: (Plans.at(13, 40), Plans.at(14, 20)))),
            ])
        var desk = Desk(plan)
        let starts = desk.day.slots(of: 0, channel: .office, at: -86_400).starts
        for (start, refusal): (Int32, QueueRefusal?) in [
            (Plans.at(12, 20), nil), (Plans.at(13), nil),
            (Plans.at(13, 20), .notASlot(Plans.at(13, 20))), (Plans.at(13, 40), nil),
            (Plans.at(14, 20), nil),
        ] {
            #expect(starts.contains(start) == (refusal == nil))
            #expect(desk.refusal(hold("a", start, by: Int(start))) == refusal)
        }
    }

    @Test func aLongBookingNeedsOneWindowForItsWholeTime() throws {
        // Whichever window has A for its two slots, either B or C then has none.
        let plan = Plans.plan(
            [Plans.service("A", minutes: 40), Plans.service("B"), Plans.service("C")],
            [Plans.window(1, [0, 1]), Plans.window(2, [0, 2])])
        let wishes: [(ServiceID, Int32)] = [
            ("a", Plans.at(15)), ("b", Plans.at(15)), ("c", Plans.at(15, 20)),
        ]
        for first in 0..<3 {
            for second in 0..<3 where second != first {
                var desk = Desk(plan)
                let last = 3 - first - second
                for place in [first, second] {
                    let (service, start) = wishes[place]
                    #expect(desk.refusal(hold(service, start, by: place)) == nil)
                }
                let (service, start) = wishes[last]
                let index = try #require(plan.service(service))
                let slots = desk.day.slots(of: index, channel: .office, at: -86_400)
                let slot = try #require(slots.starts.firstIndex(of: start))
                #expect(slots.free[slot] == 0)
                #expect(desk.refusal(hold(service, start, by: last)) == .slotTaken(start))
                // An hour later there is room for it.
                #expect(desk.refusal(hold(service, start + 3_600, by: last)) == nil)
            }
        }
    }

    @Test func othersGoToAnotherWindowToMakeRoom() {
        // The first comes to the window that could do less; the second needs just that one.
        let plan = Plans.plan(
            [Plans.service("A", minutes: 60), Plans.service("B", minutes: 40)],
            [Plans.window(1, [0, 1]), Plans.window(2, [0])])
        for order in [["a", "b"], ["b", "a"]] as [[ServiceID]] {
            var desk = Desk(plan)
            for (applicant, service) in order.enumerated() {
                #expect(desk.refusal(hold(service, Plans.at(10), by: applicant)) == nil)
            }
            #expect(desk.refusal(hold("a", Plans.at(10, 20), by: 8)) != nil)
        }
    }

    // MARK: Shares

    @Test func aShareIsOfTheSlotAndNotOfEachService() throws {
        var rules = QueueRules()
        rules.portalPercent = 50
        let plan = Plans.plan(
            [Plans.service("A"), Plans.service("B")], (1...4).map { Plans.window($0, [0, 1]) },
            rules: rules)
        var desk = Desk(plan)
        let ten = Plans.at(10)
        let portal: [(ServiceID, QueueRefusal?)] = [
            ("a", nil), ("b", nil), ("a", .slotTaken(ten)), ("b", .slotTaken(ten)),
        ]
        for (applicant, (service, refusal)) in portal.enumerated() {
            #expect(desk.refusal(hold(service, ten, by: applicant, .portal)) == refusal)
        }
        #expect(desk.refusal(hold("a", ten + 1_200, by: 9, .portal)) == nil)
        for (applicant, service) in (["b", "a"] as [ServiceID]).enumerated() {
            #expect(desk.refusal(hold(service, ten, by: 10 + applicant)) == nil)
        }
        #expect(desk.refusal(hold("a", ten, by: 12)) == .slotTaken(ten))
    }

    // MARK: Moving

    @Test func aBookingDoesNotStandInItsOwnWay() throws {
        for minutes: Int32 in [40, 60] {
            var desk = Desk(
                Plans.plan([Plans.service("A", minutes: minutes)], [Plans.window(1, [0])]))
            try desk.book("a", Plans.at(11), by: 1)
            try desk.move(1, to: Plans.at(11, 20))
            #expect(desk.day.bookings[1].start == Plans.at(11, 20))
            // Another one does.
            try desk.book("a", Plans.at(9), by: 2)
            #expect(throws: QueueRefusal.slotTaken(Plans.at(9, 20))) {
                try desk.move(2, to: Plans.at(9, 20))
            }
            // So does the new place, from the first slot on that reaches into it.
            let before = Plans.at(11, 20) - minutes * 60
            #expect(
                desk.refusal(hold("a", before + 1_200, by: 3)) == .slotTaken(before + 1_200))
            #expect(desk.refusal(hold("a", before, by: 3)) == nil)
        }
    }

    // MARK: The slow twin

    /// Every slot, service and channel of small plans drawn by chance, while they fill up.
    @Test(arguments: 0..<12)
    func theFastPlacesAreTheSlowOnes(seed: Int) {
        var chance = SeededGenerator(seed: UInt64(seed))
        let slow = EveryAssignment(Plans.mixed(&chance))
        let services = slow.plan.services
        var desk = Desk(slow.plan)
        var wishes: [EveryAssignment.Wish] = []
        compare(desk.day, slow, wishes)
        for applicant in 0..<30 {
            guard let start = slow.cells.randomElement(using: &chance) else { return }
            let wish = EveryAssignment.Wish(
                service: Int.random(in: 0..<services.count, using: &chance), start: start,
                channel: BookingChannel.allCases.randomElement(using: &chance)!)
            let refusal = desk.refusal(
                hold(services[wish.service].id, start, by: applicant, wish.channel))
            let isGranted =
                slow.share(wish, wishes) > 0 && !slow.able(wish.service, from: start).isEmpty
                && slow.serves(wishes + [wish])
            #expect((refusal == nil) == isGranted, "\(String(describing: refusal))")
            guard refusal == nil else { continue }
            wishes.append(wish)
            if wishes.count % 4 == 0 { compare(desk.day, slow, wishes) }
        }
        compare(desk.day, slow, wishes)
    }

    private func compare(
        _ day: OfficeDay, _ slow: EveryAssignment, _ wishes: [EveryAssignment.Wish]
    ) {
        for service in slow.plan.services.indices {
            let starts = slow.cells.filter { !slow.able(service, from: $0).isEmpty }
            let room = starts.map { start in
                slow.room(.init(service: service, start: start, channel: .office), wishes)
            }
            for channel in BookingChannel.allCases {
                let slots = day.slots(of: service, channel: channel, at: -86_400)
                #expect(slots.starts == starts)
                let free = zip(starts, room).map { start, room in
                    let wish = EveryAssignment.Wish(
                        service: service, start: start, channel: channel)
                    return Int32(max(0, min(room, slow.share(wish, wishes))))
                }
                #expect(slots.free == free)
            }
        }
    }
}
