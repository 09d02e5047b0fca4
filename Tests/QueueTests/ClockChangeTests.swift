// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import TestKit
import Testing

/// The day on which clocks are set on or back.
@Suite struct ClockChangeTests {
    /// A zone whose clocks are changed once, at a local time by so many minutes.
    struct Zone: Sendable, CustomTestStringConvertible {
        let name: String
        let date: CivilDate
        /// The local time, by the old offset, at which they are changed.
        let at: Int
        let by: Int

        var testDescription: String { name }

        var rules: TimeZoneRules {
            let first = UTCOffset(seconds: 18_000)!
            let local = Int64(date.dayNumber) * 86_400 + Int64(at) * 60
            return TimeZoneRules(
                name: "Made/Up", firstOffset: first,
                transitions: [
                    .init(
                        at: Timestamp(second: local - 18_000)!,
                        offset: UTCOffset(seconds: 18_000 + Int32(by) * 60)!)
                ])!
        }

        func plan() throws -> DayPlan { Self.plan(on: date, rules) }

        /// A day by the clocks of a zone.
        static func plan(on date: CivilDate, _ zone: TimeZoneRules) -> DayPlan {
            var rules = QueueRules()
            rules.rereleaseSeconds = 1_800
            return DayPlan(
                midnight: zone.timestamp(CivilDateTime(date, .midnight))!.second,
                policy: .electronicQueue, policyRule: "R7.5",
                hours: [Plans.span(Plans.at(9), Plans.at(20))], closedBecause: nil,
                services: [Plans.service("A")],
                windows: [
                    .init(
                        id: 1, services: 1, spans: [Plans.span(Plans.at(9), Plans.at(20))])
                ], rules: rules, waitLimit: 0, serviceLimit: 0, calendarVersion: "1",
                clockChange: ClockChange.of(date, zone))
        }
    }

    static let zones = [
        Zone(name: "on at midnight", date: date("2031-03-28"), at: 0, by: 60),
        Zone(name: "on at two", date: date("2031-03-28"), at: 120, by: 60),
        Zone(name: "back at three", date: date("2031-10-26"), at: 180, by: -60),
        Zone(
            name: "back at midnight, of the day that ends", date: date("2032-02-28"), at: 1_440,
            by: -60),
        Zone(name: "on by half an hour", date: date("2031-03-28"), at: 60, by: 30),
        Zone(name: "back by two hours", date: date("2031-10-26"), at: 240, by: -120),
    ]

    /// Each second of the day: what a wall clock shows, where it shows it once.
    @Test(arguments: zones)
    func theTimesOfTheDayAreThoseOfAWallClock(_ zone: Zone) throws {
        let plan = try zone.plan()
        let rules = zone.rules
        let next = rules.timestamp(CivilDateTime(zone.date.adding(days: 1)!, .midnight))!.second
        #expect(next - plan.midnight == 86_400 - Int64(zone.by) * 60)
        var last = Int32.min
        for second in stride(from: plan.midnight, to: next, by: 1) {
            let moment = Timestamp(second: second)!
            let time = plan.time(at: moment)
            let civil = rules.civil(at: moment)
            #expect(civil.date == zone.date)
            switch rules.resolve(civil) {
            case .once: #expect(time == civil.time.second)
            case .twice(_, let later): if moment == later { #expect(time == civil.time.second) }
            case .never: Issue.record("\(moment)")
            }
            guard time >= last else { return #expect(time >= last) }
            last = time
        }
        #expect(plan.time(at: Timestamp(second: next)!) == 86_400)
        #expect(plan.time(at: Timestamp(second: plan.midnight - 1)!) == -1)
    }

    /// Where clocks are set back, the time to which they are is first shown when they have not been yet.
    @Test(arguments: zones.filter { $0.by < 0 })
    func aTimeIsTheFirstMomentThatShowsIt(_ zone: Zone) throws {
        let plan = try zone.plan()
        let after = Int64(zone.at) * 60
        let back = after + Int64(zone.by) * 60
        #expect(plan.second(of: Int32(back)) == plan.midnight + back)
        #expect(plan.second(of: Int32(back) + 1) == plan.midnight + after + 1)
    }

    /// A ticket, a lease or a window that was opened: each alone is a beginning.
    @Test(arguments: [
        DayCommand.takeTicket(service: "a"), .leaseNumbers(service: "a", count: 1, kiosk: "k"),
        .openWindow(1),
    ])
    func aDayBeginsWithWhateverComesFirst(_ command: DayCommand) throws {
        var desk = Desk(try Self.zones[0].plan(), at: Plans.at(9))
        #expect(!desk.day.hasBegun)
        try desk.order(command)
        #expect(desk.day.hasBegun)
    }

    /// What is recorded is read back as it was: a time has one moment.
    @Test(arguments: zones)
    func aTimeIsReadBackFromItsMoment(_ zone: Zone) throws {
        let plan = try zone.plan()
        let gap =
            zone.by > 0 ? Int32(zone.at) * 60..<Int32(zone.at + zone.by) * 60 : 0..<0
        var last = Int64.min
        for time in Int32(-7_200)...93_600 {
            let second = plan.second(of: time)
            #expect(second >= last)
            last = second
            let back = plan.time(at: Timestamp(second: second)!)
            // A time that the clocks skip is the moment at which they do.
            #expect(back == (gap.contains(time) ? gap.upperBound : time))
        }
    }

    @Test(arguments: zones)
    func ticketsAreTakenByTheWallClock(_ zone: Zone) throws {
        let rows = [
            ("08:59", false), ("09:00", true), ("09:10", true), ("19:59", true), ("20:00", false),
        ]
        for (time, isTaken) in rows {
            let moment = zone.rules.timestamp(CivilDateTime(zone.date, TimeOfDay(time)!))!
            let plan = try zone.plan()
            let day = OfficeDay(plan: plan)
            let events = try? day.decide(.takeTicket(service: "a"), at: plan.time(at: moment))
            #expect((events != nil) == isTaken, "\(time)")
        }
    }

    /// The day of the change and the one after it, planned before the change was known and after, and
    /// the other way round.
    @Test(arguments: zones)
    func aDayThatTakesAnotherClockKeepsItsSlotsAndMoments(_ zone: Zone) throws {
        let unknown = TimeZoneRules(
            name: "Made/Up", firstOffset: UTCOffset(seconds: 18_000)!, transitions: [])!
        for date in [zone.date, zone.date.adding(days: 1)!] {
            let plans = (Zone.plan(on: date, unknown), Zone.plan(on: date, zone.rules))
            for (old, new) in [plans, (plans.1, plans.0)] {
                var desk = Desk(old, at: Plans.at(9) - 86_400)
                try desk.book("a", Plans.at(10), by: 1)
                try desk.order(
                    .hold(
                        service: "a", start: Plans.at(11), channel: .office,
                        applicant: Desk.applicant(2)))
                // Its place is free again a while after it was cancelled.
                let cancelled = try desk.book("a", Plans.at(12), by: 3)
                try desk.order(.cancel(cancelled, by: .applicant, reason: ""))
                #expect(desk.day.bookings[2].takesPlace)
                let free = old.second(of: desk.day.bookings[2].until)
                let until = old.second(of: desk.day.bookings[1].until)
                desk.commit([.planned(new)])
                #expect(desk.day.bookings.map(\.start) == [10, 11, 12].map { Plans.at($0) })
                #expect(new.second(of: desk.day.bookings[1].until) == until)
                desk.now = new.time(at: Timestamp(second: until - 1)!)
                desk.sweep()
                #expect(desk.day.bookings[1].state == .held)
                desk.now = new.time(at: Timestamp(second: until)!)
                desk.sweep()
                #expect(desk.day.bookings.map(\.state) == [.confirmed, .expired, .cancelled])
                for (second, takesPlace) in [(free - 1, true), (free, false)] {
                    desk.now = max(desk.now, new.time(at: Timestamp(second: second)!))
                    desk.sweep()
                    #expect(desk.day.bookings[2].takesPlace == takesPlace)
                }

                // Once somebody has come, the day keeps its clock.
                #expect(!desk.day.hasBegun)
                desk.now = Plans.at(9)
                try desk.order(.openWindow(1))
                #expect(desk.day.hasBegun)
                var checker = desk.checker
                let revision = desk.day.revision + 1
                guard !old.hasClock(of: new) else { continue }
                #expect(throws: Violation.self) {
                    try checker.check([.planned(old)], revision: revision, at: desk.now)
                }
            }
        }
    }

    @Test(arguments: [
        "2031-03-27", "2031-03-29", "2031-10-25", "2031-10-27", "2032-02-27", "2032-02-29",
    ])
    func onOtherDaysTheClocksGoOn(_ day: String) {
        for zone in Self.zones where zone.date != date(day) {
            #expect(ClockChange.of(date(day), zone.rules) == nil)
        }
    }
}

extension ClockChange {
    static func of(_ date: CivilDate, _ zone: TimeZoneRules) -> ClockChange? {
        zone.timestamp(CivilDateTime(date, .midnight)).flatMap {
            ClockChange(date, zone, from: $0)
        }
    }
}
