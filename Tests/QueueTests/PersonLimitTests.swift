// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing
import Texts

/// How much one person may book: what a limit allows, by the fast count and by one that goes through every day.
@Suite struct PersonLimitTests {
    private let office = OfficeID("o")!
    private let first = CivilDate("2026-03-02")!

    private func plan(_ limits: [PersonLimit]) -> DayPlan {
        Plans.plan(
            [Plans.service("A"), Plans.service("B"), Plans.service("C")],
            [Plans.window(1, [0, 1, 2])], reception: Reception(limits: limits))
    }

    private func held(_ number: UInt32, _ service: UInt8, byOffice: Bool = false) -> DayEvent {
        .held(
            Held(
                number: number, applicant: Desk.applicant(1), service: service,
                start: Plans.at(9), channel: .office, until: nil,
                movedFrom: byOffice ? Held.MovedFrom(date: first, number: 1) : nil,
                isMovedByOffice: byOffice))
    }

    /// Random days, some of whose bookings are cancelled: both counts agree on each booking, and the checker
    /// finds each that is one too many.
    @Test(arguments: [1, 2, 3], [1, 2, 10])
    func whatIsAllowedIsWhatIsCounted(most: Int, days: Int) throws {
        var dice = SeededGenerator(seed: UInt64(most * 100 + days))
        var (allowed, refused) = (0, 0)
        let range = max(4, min(3 * days, 25))
        for round in 0..<60 {
            let counts: PersonLimit.Counts = round % 2 == 0 ? .bookings : .services
            let limit = PersonLimit(counts: counts, most: most, days: days, shared: nil)
            let plan = plan([limit])
            var checker = LimitChecker()
            var revisions: [CivilDate: UInt32] = [:]
            var live: [(id: BookingID, counted: PersonLimit.Counted)] = []
            func add(_ events: [DayEvent], _ date: CivilDate) throws(Violation) {
                let revision = revisions[date, default: 0] + 1
                try checker.check(
                    revision == 1 ? [.planned(plan)] + events : events, office: office, date: date,
                    revision: revision)
                revisions[date] = revision
            }
            var numbers: [CivilDate: UInt32] = [:]
            for _ in 0..<24 {
                let date = first.adding(days: Int(dice.next() % UInt64(range)))!
                if !live.isEmpty, dice.next() % 4 == 0 {
                    let gone = live.remove(at: Int(dice.next() % UInt64(live.count)))
                    try add(
                        [
                            .cancelled(
                                Cancelled(
                                    number: gone.id.number, by: .applicant, reason: "",
                                    freeFrom: 0))
                        ], gone.id.date)
                    continue
                }
                let service = UInt8(dice.next() % 3)
                let new = PersonLimit.Counted(date: date, service: plan.services[Int(service)].id)
                let isAllowed = limit.allows(new, beside: live.map(\.counted))
                #expect(
                    isAllowed
                        == checker.allows(
                            limit, Desk.applicant(1), plan.services[Int(service)].id.description,
                            office: office,
                            date: date))
                let number = numbers[date, default: 0] + 1
                guard isAllowed else {
                    refused += 1
                    var other = checker
                    let start: [DayEvent] = revisions[date] == nil ? [.planned(plan)] : []
                    #expect(throws: Violation.self) {
                        try other.check(
                            start + [held(number, service)], office: office, date: date,
                            revision: revisions[date, default: 0] + 1)
                    }
                    continue
                }
                allowed += 1
                numbers[date] = number
                try add([held(number, service)], date)
                live.append((BookingID(office: office, date: date, number: number), new))
            }
        }
        #expect(allowed > 100)
        #expect(refused > 20)
    }

    /// What the office moves is looked at by nobody, and counts.
    @Test func whatTheOfficeMovesCounts() throws {
        let limit = PersonLimit(counts: .bookings, most: 1, days: 1, shared: nil)
        var checker = LimitChecker()
        try checker.check(
            [.planned(plan([limit])), held(1, 0)], office: office, date: first, revision: 1)
        try checker.check([held(2, 1, byOffice: true)], office: office, date: first, revision: 2)
        #expect(checker.counted(office: office, date: first) == [1, 2])
        #expect(throws: Violation.self) {
            try checker.check([held(3, 2)], office: office, date: first, revision: 3)
        }
    }

    /// A booking that is moved within its day gives its place in the count up first.
    @Test func aMovedBookingCountsOnce() throws {
        let limit = PersonLimit(counts: .bookings, most: 1, days: 3, shared: nil)
        var checker = LimitChecker()
        try checker.check(
            [.planned(plan([limit])), held(1, 0)], office: office, date: first, revision: 1)
        try checker.check(
            [held(2, 0), .moved(1, to: first, number: 2)], office: office, date: first, revision: 2)
        #expect(checker.counted(office: office, date: first) == [2])
    }

    /// Offices that share a limit count together as far as their plans name it.
    @Test func sharedLimitsCountOverOffices() throws {
        let shared = PersonLimit(
            counts: .bookings, most: 1, days: 5, shared: ListedCode("region")!)
        let (other, third) = (OfficeID("p")!, OfficeID("q")!)
        var checker = LimitChecker()
        try checker.check(
            [.planned(plan([])), held(1, 0)], office: third, date: first, revision: 1)
        try checker.check(
            [.planned(plan([shared])), held(1, 0)], office: office, date: first, revision: 1)
        func allows(_ days: Int) -> Bool {
            checker.allows(
                shared, Desk.applicant(1), "b", office: other, date: first.adding(days: days)!)
        }
        #expect((-6...6).map(allows) == (-6...6).map { abs($0) >= 5 })
    }

    @Test func limitsAreToldInWords() {
        let limit = PersonLimit(counts: .bookings, most: 2, days: 10, shared: nil)
        #expect(limit.title.en == "2 bookings within 10 days in a row")
        #expect(limit.title.ru == "2 брони за 10 дней подряд")
        #expect(limit.title.kk == "қатарынан 10 күн ішінде 2 бронь")
        let aDay = PersonLimit(counts: .services, most: 1, days: 1, shared: nil)
        #expect(aDay.title.en == "1 service a day")
        #expect(aDay.title.ru == "1 услуга на один день")
        #expect(aDay.title.kk == "бір күнге 1 қызмет")
    }
}
