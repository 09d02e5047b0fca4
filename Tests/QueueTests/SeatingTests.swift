// SPDX-License-Identifier: Apache-2.0

import Queue
import TestKit
import Testing

/// The windows at which a day means to serve its bookings, and how far the checker believes them.
@Suite struct SeatingTests {
    /// Each booking that takes a place is at a window that renders its service and is there all the
    /// time, and no two are at one window at once.
    private func check(_ day: OfficeDay, _ twin: EveryAssignment) {
        let seating = day.seating
        var taken: Set<[Int32]> = []
        for (index, booking) in day.bookings.enumerated() where booking.takesPlace {
            guard let window = seating[UInt32(index + 1)] else {
                Issue.record("booking \(index + 1) has no window")
                continue
            }
            let service = Int(booking.service)
            #expect(twin.able(service, from: booking.start).contains(window))
            for place in 0..<Int32(twin.plan.cells(of: service)) {
                let cell = booking.start + place * twin.plan.rules.slotMinutes * 60
                #expect(taken.insert([Int32(window), cell]).inserted)
            }
        }
        #expect(seating.count == day.bookings.filter(\.takesPlace).count)
    }

    @Test(arguments: 0..<12)
    func theDaysOwnSeatingServesEverybody(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        let plan = Plans.mixed(&chance)
        let twin = EveryAssignment(plan)
        var desk = Desk(plan)
        for number in 0..<120 {
            let service = plan.services.randomElement(using: &chance)!.id
            let start = twin.cells.randomElement(using: &chance)!
            let refusal = desk.refusal(
                .hold(
                    service: service, start: start, channel: .office,
                    applicant: Desk.applicant(number)))
            if refusal == nil, Int.random(in: 0..<4, using: &chance) == 0 {
                try desk.order(.release(UInt32(desk.day.bookings.count)))
            }
        }
        let isCounted = plan.services.indices.allSatisfy { plan.cells(of: $0) <= 1 }
        if isCounted { #expect(desk.day.seating == [:]) } else { check(desk.day, twin) }
    }

    /// Neither window is there for the whole of 13:20 to 14:00.
    private func broken() -> DayPlan {
        let first = [
            Plans.span(Plans.at(9), Plans.at(13)), Plans.span(Plans.at(13, 40), Plans.at(18)),
        ]
        let second = [
            Plans.span(Plans.at(9), Plans.at(13, 40)), Plans.span(Plans.at(14, 20), Plans.at(18)),
        ]
        return Plans.plan(
            [Plans.service("A", minutes: 40)],
            [Plans.window(1, [0], first), Plans.window(2, [0], second)])
    }

    private func held(_ number: UInt32, _ start: Int32) -> DayEvent {
        .held(
            Held(
                number: number, applicant: Desk.applicant(Int(number)), service: 0, start: start,
                channel: .office, until: 600, movedFrom: nil))
    }

    @Test func aSeatingThatIsShownIsBelievedAsFarAsItHolds() throws {
        let rows: [(starts: [Int32], shown: [UInt32: Int], isRight: Bool)] = [
            // Nobody can be served so, whatever is said.
            ([Plans.at(13, 20)], [1: 0], false), ([Plans.at(13, 20)], [1: 1], false),
            // Two at once at one window, and a third for whom there is none.
            ([Plans.at(10), Plans.at(10)], [1: 0, 2: 0], true),
            ([Plans.at(10), Plans.at(10), Plans.at(10, 20)], [1: 0, 2: 1, 3: 1], false),
            // A window that is not there, and nobody at all.
            ([Plans.at(10), Plans.at(10)], [1: 7, 2: -1], true),
            ([Plans.at(10), Plans.at(10), Plans.at(10, 40)], [:], true),
        ]
        for row in rows {
            var checker = DayChecker()
            try checker.check([.planned(broken())], revision: 1, at: 0)
            var violation: Violation?
            for (place, start) in row.starts.enumerated() where violation == nil {
                do throws(Violation) {
                    try checker.check(
                        [held(UInt32(place + 1), start)], revision: UInt32(place + 2), at: 0
                    ) { row.shown }
                } catch { violation = error }
            }
            #expect((violation == nil) == row.isRight, "\(row)")
            if let violation { #expect(violation.rule == .capacity) }
        }
    }
}
