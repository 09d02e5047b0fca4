// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing
import Visits
import WorkingDays

/// What is offered and not promised, and how much of it one caller may bring about.
@Suite struct UnpromisedTests {
    private static func interval(_ text: String) -> DayInterval {
        let parts = text.split(separator: "-").map { TimeOfDay(String($0))! }
        return DayInterval(start: parts[0], end: parts[1])!
    }

    /// Crews of these hours, and a day on which one of them serves a window.
    private static func area(
        _ hours: [String], duties: [VisitArea.OfficeDuty] = [], rules: VisitRules
    ) -> VisitArea {
        let plain = City.area(crews: hours.count, rules: rules)
        return VisitArea(
            id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind, zone: "",
            home: plain.home, needs: plain.needs,
            crews: zip(plain.crews, hours).map { crew, hours in
                VisitArea.Crew(
                    id: crew.id, members: crew.members, needs: crew.needs, weekdays: [],
                    hours: interval(hours))
            }, duties: duties, rules: rules)
    }

    /// What crews could do is their hours but for lunch, by visits that come one after the other; Monday 16
    /// March 2026 and the days after it are working days.
    @Test func theShareIsOfWhatCrewsCouldDo() throws {
        var rules = VisitRules()
        rules.horizonDays = 2
        rules.heldWindows = 1
        func limit(
            _ hours: [String], _ percent: Int, duties: [VisitArea.OfficeDuty] = [],
            _ change: (inout VisitRules) -> Void = { _ in }
        ) throws -> Int {
            var rules = rules
            change(&rules)
            let city = try City(Self.area(hours, duties: duties, rules: rules))
            return city.desk.heldLimit(percent: percent, city.terms, now: city.now)
        }
        // Eleven hours less one: 30 visits of 20 minutes a day.
        #expect(try limit(["09:00-20:00"], 100) == 60)
        #expect(try limit(["09:00-20:00"], 25) == 15)
        #expect(try limit(["09:00-20:00"], 25) { $0.heldWindows = 4 } == 3)
        #expect(try limit(["09:00-20:00"], 26) { $0.heldWindows = 4 } == 3)
        #expect(try limit(["09:00-20:00"], 27) { $0.heldWindows = 4 } == 4)
        #expect(try limit(["09:00-20:00"], 100) { $0.horizonDays = 3 } == 90)
        #expect(try limit(["09:00-20:00"], 100) { $0.setupMinutes = 10 } == 40)
        #expect(try limit(["09:00-20:00"], 100) { $0.lunchMinutes = 0 } == 66)
        // Whoever is not there when others eat has no lunch; what is left of an hour is no visit.
        #expect(try limit(["09:00-12:59"], 100) == 22)
        #expect(try limit(["09:00-13:00"], 100) == 18)
        #expect(try limit(["09:00-12:59", "15:01-20:00"], 100) == 22 + 28)
        // Of its two days one is a member's at a window.
        let duty = VisitArea.OfficeDuty(member: MemberID("m-1a")!, date: date("2026-03-17"))
        #expect(try limit(["09:00-20:00"], 100, duties: [duty]) == 30)
        // One may always be asked for.
        #expect(try limit(["09:00-20:00"], 1) == 1)
        #expect(VisitDesk.askedLimit(percent: 25) == 1_000)
        #expect(VisitDesk.askedLimit(percent: 1) == 40)
    }

    @Test func anAbsentCrewCouldDoNothing() throws {
        var rules = VisitRules()
        rules.horizonDays = 2
        rules.heldWindows = 1
        var city = try City(Self.area(["09:00-20:00"], rules: rules))
        try city.does(.crew(City.id, CrewID("crew-1")!, .absent(date("2026-03-17"))))
        #expect(city.desk.heldLimit(percent: 100, city.terms, now: city.now) == 30)
    }

    /// Windows are held until their time is up; the visit is unpromised until it is promised, called off or
    /// due.
    @Test func whatIsOfferedCountsUntilItIsPromisedOrItsTimeIsUp() throws {
        var city = try City()
        func counts(_ number: UInt32, at now: Int64) -> [Bool] {
            [
                city.desk.isHeld(number, now: now), city.desk.isUnpromised(number, now: now),
            ]
        }
        #expect(counts(1, at: city.now) == [false, false])
        let receipts = try (1...3).map { try city.asks($0, 5_000) }
        let offer = try #require(receipts[0].offer)
        #expect(counts(1, at: offer.until - 1) == [true, true])
        #expect(counts(1, at: offer.until) == [false, true])
        #expect(counts(1, at: offer.due) == [false, true])
        #expect(counts(1, at: offer.due + 1) == [false, false])
        let window = try #require(offer.windows.first { $0.isHeld }).window
        try city.does(.promise(try #require(receipts[0].visit), start: window.start))
        #expect(counts(1, at: city.now) == [false, false])
        try city.does(.cancel(try #require(receipts[1].visit), by: .applicant, reason: ""))
        #expect(counts(2, at: city.now) == [false, false])
        #expect(counts(3, at: city.now) == [true, true])
        // Other windows for one that is promised are held as well.
        try city.does(.offer(OfferCommand(area: City.id, subject: .again(1))))
        #expect(counts(1, at: city.now) == [true, false])
        city.now = offer.until
        city.time()
        #expect(counts(3, at: city.now) == [false, true])
    }
}
