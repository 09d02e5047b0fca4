// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing

/// What lasts so many minutes lasts them in real time, whatever becomes of the clocks meanwhile.
@Suite struct HoldOverChangeTests {
    private typealias Zone = ClockChangeTests.Zone

    /// A day that somebody acts on at points in time.
    private struct Clockwork {
        let plan: DayPlan
        private(set) var day: OfficeDay
        private var checker = DayChecker()

        init(_ plan: DayPlan, at now: Int64) throws {
            self.plan = plan
            day = OfficeDay(plan: plan)
            try commit([.planned(plan)], at: now)
        }

        private func moment(_ second: Int64) -> DayMoment {
            day.moment(of: Timestamp(second: second)!)
        }

        mutating func commit(_ events: [DayEvent], at second: Int64) throws {
            let now = moment(second)
            let revision = day.revision + 1
            try checker.check(events, revision: revision, at: now)
            day.apply(events, revision: revision, at: now.time)
        }

        mutating func order(_ command: DayCommand, at second: Int64) throws {
            try commit(day.decide(command, at: moment(second)), at: second)
        }

        /// What time alone has brought about; it is made true.
        mutating func sweep(at second: Int64) throws -> [DayEvent] {
            let events = day.due(at: moment(second))
            if !events.isEmpty { try commit(events, at: second) }
            day.settleDue()
            return events
        }
    }

    private static let hold = DayCommand.hold(
        service: "a", start: Plans.at(10), channel: .office, applicant: Desk.applicant(1))

    /// The points in time around a change, and the days that can be booked then.
    private static func rows(_ zone: ClockChangeTests.Zone) throws -> [(DayPlan, Int64)] {
        let change = try Int64(zone.plan().midnight) + Int64(zone.at) * 60
        return [zone.date, zone.date.adding(days: 1)!].flatMap { date in
            stride(from: change - 10_800, through: change + 10_800, by: 300)
                .map { (Zone.plan(on: date, zone.rules), $0) }
        }.filter { plan, second in plan.time(at: Timestamp(second: second)!) < Plans.at(9) }
    }

    @Test(arguments: ClockChangeTests.zones)
    func aHoldLastsItsMinutes(_ zone: ClockChangeTests.Zone) throws {
        let rows = try Self.rows(zone)
        #expect(rows.count > 70)
        for (plan, second) in rows {
            let end = second + 600
            var day = try Clockwork(plan, at: second)
            try day.order(Self.hold, at: second)
            #expect(plan.second(of: day.day.bookings[0].until) == end)
            let view = try day.day.view(
                booking: 1, office: OfficeID("astana-1")!, date: zone.date)
            #expect(view.until?.second == end)
            for moment in [second, second + 1, end - 1] {
                #expect(try day.sweep(at: moment).isEmpty)
            }
            var confirmed = day
            try confirmed.order(.confirm(1), at: end - 1)
            #expect(try day.sweep(at: end) == [.expired(1)])
        }
    }

    @Test(arguments: ClockChangeTests.zones)
    func aPlaceIsFreeAgainAfterItsMinutes(_ zone: ClockChangeTests.Zone) throws {
        for (plan, second) in try Self.rows(zone) {
            let end = second + Int64(plan.rules.rereleaseSeconds)
            var day = try Clockwork(plan, at: second)
            try day.order(Self.hold, at: second)
            try day.order(.cancel(1, by: .applicant, reason: ""), at: second)
            for moment in [second, end - 1] { #expect(try day.sweep(at: moment).isEmpty) }
            #expect(day.day.bookings[0].takesPlace)
            #expect(try day.sweep(at: end) == [.placeFreed(1)])
            #expect(!day.day.bookings[0].takesPlace)
        }
    }

    /// Without a delay the place is free with the cancellation, also while the clock stands still.
    @Test(arguments: ClockChangeTests.zones)
    func withoutADelayAPlaceIsFreeAtOnce(_ zone: ClockChangeTests.Zone) throws {
        for (plan, second) in try Self.rows(zone) {
            var day = try Clockwork(plan.withoutDelay, at: second)
            try day.order(Self.hold, at: second)
            try day.order(.cancel(1, by: .applicant, reason: ""), at: second)
            #expect(!day.day.bookings[0].takesPlace)
        }
    }

    /// A day that takes another clock, while its own stands still, keeps the moments of holds.
    @Test(arguments: ClockChangeTests.zones)
    func anotherClockKeepsTheMoment(_ zone: ClockChangeTests.Zone) throws {
        let unknown = TimeZoneRules(
            name: "Made/Up", firstOffset: UTCOffset(seconds: 18_000)!, transitions: [])!
        for (plan, second) in try Self.rows(zone) {
            for (old, new) in [(plan, plan.by(unknown)), (plan.by(unknown), plan)] {
                guard let start = Timestamp(second: second), old.time(at: start) < Plans.at(9)
                else { continue }
                var day = try Clockwork(old, at: second)
                try day.order(Self.hold, at: second)
                try day.commit([.planned(new)], at: second + 60)
                #expect(new.second(of: day.day.bookings[0].until) == second + 600)
                #expect(try day.sweep(at: second + 599).isEmpty)
                #expect(try day.sweep(at: second + 600) == [.expired(1)])
            }
        }
    }

    @Test func theClockStandsStillForTheHourThatIsRepeated() throws {
        let zone = ClockChangeTests.zones[2]
        let plan = try zone.plan()
        let change = plan.midnight + Int64(zone.at) * 60
        let rows: [(Int64, DayMoment)] = [
            (-3_601, DayMoment(7_199)), (-3_600, DayMoment(7_200)),
            (-3_599, DayMoment(7_200, stood: 1)), (-1, DayMoment(7_200, stood: 3_599)),
            (0, DayMoment(7_200, stood: 3_600)), (1, DayMoment(7_201)),
        ]
        for (offset, moment) in rows {
            #expect(plan.moment(at: Timestamp(second: change + offset)!) == moment)
        }
        #expect(DayMoment(7_200, stood: 3_599) < DayMoment(7_201))
        #expect(DayMoment(7_200) < DayMoment(7_200, stood: 1))
        #expect(!(DayMoment(7_200) < DayMoment(7_200)))
    }
}

extension DayPlan {
    fileprivate var date: CivilDate {
        CivilDate(dayNumber: Int32((midnight + 18_000 + 7_200) / 86_400))!
    }

    /// The same date by the clocks of another zone.
    fileprivate func by(_ zone: TimeZoneRules) -> DayPlan {
        ClockChangeTests.Zone.plan(on: date, zone)
    }

    fileprivate var withoutDelay: DayPlan {
        var rules = rules
        rules.rereleaseSeconds = 0
        return DayPlan(
            midnight: midnight, policy: policy, policyRule: policyRule, hours: hours,
            closedBecause: closedBecause, services: services, windows: windows, rules: rules,
            waitLimit: waitLimit, serviceLimit: serviceLimit, calendarVersion: calendarVersion,
            clockChange: clockChange)
    }
}
