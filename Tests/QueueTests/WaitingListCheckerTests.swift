// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Testing
import Texts

/// That the checker finds whoever was passed over.
@Suite struct WaitingListCheckerTests {
    /// One window from nine to ten: three slots of twenty minutes.
    private static let plan = Plans.plan(
        [Plans.service("A")], [Plans.window(1, [0])],
        hours: [Plans.span(Plans.at(9), Plans.at(10))], rules: rules,
        reception: Reception(
            waitingList: WaitingRules(offerMinutes: 30, perDay: 5, perPerson: 3)))

    private static let rules: QueueRules = {
        var rules = QueueRules()
        rules.leadSeconds = 0
        return rules
    }()

    /// Histories that no day decides: the checker finds each.
    @Test(arguments: 0...5) func whoeverIsPassedOverIsFound(fault: Int) throws {
        let plan = Self.plan
        let joined = { (number: UInt32, from: Int32) in
            DayEvent.waitingJoined(
                WaitingJoined(
                    number: number, applicant: Desk.applicant(Int(number)), service: 0, from: from,
                    to: Plans.at(10), channel: .office, booking: nil))
        }
        let offer = { (booking: UInt32, waiting: UInt32, start: Int32) in
            DayEvent.placeOffered(
                PlaceOffered(
                    booking: booking, waiting: waiting, start: start,
                    until: DayMoment(Plans.at(8, 30))))
        }
        let held = { (number: UInt32, start: Int32) in
            DayEvent.held(
                Held(
                    number: number, applicant: Desk.applicant(50 + Int(number)), service: 0,
                    start: start, channel: .office, until: DayMoment(Plans.at(8, 20)),
                    movedFrom: nil))
        }
        let full = [Plans.at(9), Plans.at(9, 20), Plans.at(9, 40)].enumerated().map {
            held(UInt32($0 + 1), $1)
        }
        let start: [[DayEvent]] = [[.planned(plan)] + full, [joined(1, 0)], [joined(2, 0)]]
        let wrong: [DayEvent] =
            switch fault {
            // Freed and offered to nobody; to the second; what is not wanted; given to a stranger.
            case 0: [.released(1)]
            case 1: [.released(1), offer(4, 2, Plans.at(9))]
            case 2: [.released(1), offer(4, 1, Plans.at(12))]
            case 3: [.released(1), held(4, Plans.at(9))]
            // Who is off the list, and who did not wait in vain three times.
            case 4: [.waitingEnded(1, .left), .released(1), offer(4, 1, Plans.at(9))]
            default: [.waitingEnded(1, .unanswered)]
            }
        var checker = DayChecker()
        var revision: UInt32 = 0
        for events in start {
            revision += 1
            try checker.check(events, revision: revision, at: Plans.at(8))
        }
        var found: Violation?
        do throws(Violation) {
            try checker.check(wrong, revision: revision + 1, at: Plans.at(8))
        } catch { found = error }
        #expect(found?.rule == .waitingList)
    }
}
