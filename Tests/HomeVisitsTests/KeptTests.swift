// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing
import Visits
import WorkingDays

/// Promises that nothing breaks but what is told to break them.
@Suite struct KeptTests {
    /// An area of one crew with the hours and rules of a case.
    private static func area(_ hours: String, _ rules: VisitRules) -> VisitArea {
        let plain = City.area(crews: 1, rules: rules)
        let ends = hours.split(separator: "-").map { TimeOfDay(String($0))! }
        return VisitArea(
            id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind,
            zone: plain.zone, home: plain.home, needs: plain.needs,
            crews: plain.crews.map {
                VisitArea.Crew(
                    id: $0.id, members: $0.members, needs: $0.needs, weekdays: [],
                    hours: DayInterval(start: ends[0], end: ends[1]))
            }, duties: [], rules: rules)
    }

    private static func rules(_ change: (inout VisitRules) -> Void) -> VisitRules {
        var rules = VisitRules()
        rules.lunchMinutes = 0
        change(&rules)
        return rules
    }

    private func day(_ city: inout City, _ day: String) throws -> AreaPlan.CrewDay {
        let plan = try city.desk.plan(date(day), 1, since: nil, city.terms, now: city.now)
        return try #require(plan.crewDays.first)
    }

    private func starts(_ city: inout City, _ day: String) throws -> [UInt32: Int64] {
        var starts: [UInt32: Int64] = [:]
        for stop in try self.day(&city, day).stops {
            if case .visit(let number) = stop.kind { starts[number] = stop.start }
        }
        return starts
    }

    private static func id(_ number: UInt32) -> HomeVisitID {
        HomeVisitID(area: City.id, number: number)!
    }

    /// The direct way to the second visit is closed, the one over the first is not.
    @Test(arguments: [
        ("2026-03-16", "2026-03-17"), ("2026-03-17", "2026-03-18"), ("2026-04-01", "2026-04-02"),
    ])
    func whoCanBeReachedOverAnotherIsKept(_ asked: String, _ date: String) throws {
        var city = try City(
            Self.area("09:00-18:00", Self.rules { $0.windowMinutes = 120 }), at: "\(asked)T12:00")
        let first = try city.asks(1, 20_000, 15_000).visit!
        let second = try city.asks(2, 40_000, 0).visit!
        let nine = City.second("\(date)T09:00")
        try city.does(.promise(first, start: nine))
        try city.does(.promise(second, start: nine))
        let closure = RoadClosure(
            name: NeedID("bridge")!,
            centre: HomePoint(
                longitude: City.home.longitude + 20_000, latitude: City.home.latitude)!,
            radius: 300, extra: 180 * 60)!
        let receipt = try city.does(.closeRoad(City.id, closure))
        #expect(receipt.unkept.isEmpty)
        let crewDay = try day(&city, date)
        #expect(
            crewDay.stops.map(\.kind) == [.visit(first.number), .visit(second.number)])
        // 410 s to the first, 20 min there, 410 s and 20 min more; back 460 s and 3 h.
        #expect(crewDay.stops.map(\.start) == [nine + 410, nine + 2_020])
        #expect(crewDay.back == nine + 3_220 + 460 + 10_800)
        try city.isSound()
        // Who calls off hears first whom that harms.
        var harmed = city
        #expect(throws: VisitRefusal.breaksPromises([second.number])) {
            try harmed.does(.cancel(first, by: .applicant, reason: ""))
        }
        // Another window there is none, as long as the second is to be kept.
        #expect(throws: VisitRefusal.self) {
            try harmed.does(.promise(first, start: nine + 4 * 3_600))
        }
        #expect(harmed.desk.book == city.desk.book)
        let told = try harmed.does(.cancel(first, by: .applicant, reason: "", breaking: true))
        #expect(told.unkept.map(\.number) == [second.number])
        // The one that leans on nobody goes as it likes.
        #expect(try city.does(.cancel(second, by: .applicant, reason: "")).unkept.isEmpty)
        #expect(try city.does(.cancel(first, by: .applicant, reason: "")).unkept.isEmpty)
    }

    /// Two who can be reached in time only one after the other, the second over the first, by a town of one
    /// crew; the first is promised only if it says so.
    private func overAnother(isPromised: Bool) throws -> City {
        let rules = Self.rules { $0.windowMinutes = 120 }
        var city = try City(Self.area("09:00-18:00", rules), at: "2026-03-16T12:00")
        let nine = City.second("2026-03-17T09:00")
        let second = try city.asks(1, 40_000, 0).visit!
        try city.does(.promise(second, start: nine))
        let first = try city.asks(2, 20_000, 15_000)
        if isPromised {
            try city.does(.promise(first.visit!, start: nine))
        } else {
            try #require(first.offer!.windows.contains { $0.isHeld && $0.window.start == nine })
        }
        let centre = HomePoint(
            longitude: City.home.longitude + 20_000, latitude: City.home.latitude)!
        let closure = RoadClosure(
            name: NeedID("bridge")!, centre: centre, radius: 300, extra: 180 * 60)!
        try city.does(.closeRoad(City.id, closure))
        return city
    }

    /// A crew pays today what was to be tomorrow, and tomorrow's next visit has its way no more.
    @Test(arguments: [VisitReport.underWay, .arrived, .done, .nobodyHome])
    func whatIsTakenFromALaterDayIsToldThere(_ report: VisitReport) throws {
        var city = try overAnother(isPromised: true)
        #expect(city.desk.book.unkeptCount == 0)
        let receipt = try city.does(.report(Self.id(2), report, by: CrewID("crew-1")!))
        #expect(receipt.unkept.map(\.number) == [1])
        try city.isSound()
    }

    /// A place that is only held for somebody keeps no promise of another: that is told when the road is
    /// closed, not when the hold ends.
    @Test func noPromiseLeansOnAHold() throws {
        var city = try overAnother(isPromised: false)
        #expect(city.desk.book[1]?.isUnkept == true)
        try city.isSound()
        city.now += 360
        city.time()
        #expect(
            city.journal.last?.events.contains { if case .unkept = $0 { true } else { false } }
                == false)
        try city.isSound()
    }

    /// A delay counts once, and what a crew tells overrules it.
    @Test(arguments: [("2026-03-16", 150), ("2026-03-20", 300)])
    func aDelayIsCountedOnce(_ date: String, _ minutes: Int) throws {
        var city = try City(Self.area("09:00-20:00", Self.rules { _ in }), at: "\(date)T09:30")
        let visit = try city.asks(1, 9_000, 0).visit!
        let one = City.second("\(date)T13:00")
        try city.does(.promise(visit, start: one))
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: minutes)))
        let way: Int64 = 150
        let delayed = max(one, city.now + Int64(minutes * 60) + way)
        #expect(try starts(&city, date) == [visit.number: delayed])
        for report in [VisitReport.underWay, .arrived] {
            city.now += 40
            #expect(try city.does(.report(visit, report)).unkept.isEmpty)
            #expect(try starts(&city, date) == [visit.number: one])
        }
        for (more, length) in [(5, 25), (30, 55)] {
            city.now += 40
            #expect(try city.does(.report(visit, .longer(minutes: more))).unkept.isEmpty)
            let stop = try #require(try day(&city, date).stops.first)
            #expect(stop.start == one && stop.end == one + Int64(length * 60))
        }
        // Why it stands there is told by what the crew has told.
        guard
            case .explanation(let told) = try city.desk.answer(
                .explain(visit), city.terms, now: city.now)
        else {
            Issue.record("no explanation")
            return
        }
        #expect(told.start == one && told.waitsForWindow && told.elsewhere.isEmpty)
        #expect(told.arrival <= city.now)
        try city.isSound()
    }

    /// A window is not offered that only another's set-up makes possible.
    @Test func noPromiseLeansOnASetUpOfAnother() throws {
        let rules = Self.rules {
            $0.setupMinutes = 30
            $0.windowMinutes = 60
        }
        var city = try City(Self.area("09:00-10:30", rules), at: "2026-03-16T12:00")
        let first = try city.asks(1, 1_000, 0).visit!
        try city.does(.promise(first, start: City.second("2026-03-17T09:00")))
        let second = try city.asks(2, 1_000, 0)
        let ten = City.second("2026-03-17T10:00")
        #expect(second.offer?.windows.contains { $0.window.start == ten } == false)
        #expect(throws: VisitRefusal.self) {
            try city.does(.promise(second.visit!, start: ten))
        }
    }

    /// Whoever calls off or chooses another window breaks no promise of others.
    @Test(arguments: 1...12) func noChangeOfOneBreaksAPromiseOfAnother(_ seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
        let rules = Self.rules {
            $0.setupMinutes = 10 + roll(30)
            $0.windowMinutes = 30 + roll(4) * 30
            $0.lunchMinutes = roll(2) * 45
        }
        var city = try City(
            Self.area(["09:00-10:30", "09:00-13:00", "10:00-18:00"][roll(3)], rules),
            at: "2026-03-16T20:00")
        var promised: [UInt32] = []
        for applicant in 1...14 {
            if promised.count > 2, roll(3) == 0 {
                let number = promised.remove(at: roll(promised.count))
                let receipt = try city.does(.cancel(Self.id(number), by: .applicant, reason: ""))
                #expect(receipt.unkept.isEmpty)
            } else if promised.count > 2, roll(3) == 0 {
                let number = promised[roll(promised.count)]
                let offer = try city.does(
                    .offer(OfferCommand(area: City.id, subject: .again(number)))
                ).offer
                if let windows = offer?.windows, !windows.isEmpty {
                    let start = windows[roll(windows.count)].window.start
                    let receipt = try city.does(.promise(Self.id(number), start: start))
                    #expect(receipt.unkept.isEmpty)
                }
            }
            // Few buildings, so that crews often stay in one.
            let receipt = try city.asks(applicant, Int32(roll(3)) * 4_000, 0)
            if let windows = receipt.offer?.windows, !windows.isEmpty {
                let start = windows[roll(windows.count)].window.start
                #expect(try city.does(.promise(receipt.visit!, start: start)).unkept.isEmpty)
                promised.append(receipt.visit!.number)
            }
            try city.isSound()
        }
        #expect(city.desk.book.unkeptCount == 0)
    }
}

extension VisitBook {
    fileprivate var unkeptCount: Int { visits.count { $0.isUnkept } }
}
