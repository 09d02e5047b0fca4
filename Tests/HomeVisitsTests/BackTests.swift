// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import Testing
import Visits

/// When a crew is at the office again; `City.faults` drives it home for every plan of a month.
@Suite struct BackTests {
    /// From here it takes 600 seconds to the office.
    private static let east: Int32 = 54_000

    /// A town with one crew on Tuesday morning, and somebody who was promised one of its windows.
    private func town(_ window: String, minutes: Int = 20) throws -> (City, HomeVisitID) {
        var rules = VisitRules()
        rules.visitMinutes = minutes
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T10:00")
        let number = try #require(try city.asks(1, Self.east).visit)
        try city.does(.promise(number, start: City.second("2026-03-17T\(window)")))
        city.now = City.second("2026-03-17T08:00")
        return (city, number)
    }

    private func day(_ city: inout City) throws -> AreaPlan.CrewDay {
        try city.isSound()
        let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        return try #require(plan.crewDays.first)
    }

    private func back(_ city: inout City) throws -> Int64? { try day(&city).back }

    private func back(_ city: inout City, on date: String) throws -> Int64? {
        let plan = try city.desk.plan(CivilDate(date), 1, since: nil, city.terms, now: city.now)
        return try #require(plan.crewDays.first).back
    }

    private func second(_ time: String) -> Int64 { City.second("2026-03-17T\(time)") }

    @Test func aCrewWithoutVisitsIsBackAtNoTime() throws {
        var city = try City(City.area(crews: 1), at: "2026-03-17T09:00")
        let day = try day(&city)
        #expect(day.back == nil && day.overtime == 0 && day.stops.isEmpty)
    }

    /// The window, how long the visit takes, and when the crew is back.
    @Test(arguments: [
        // After the visit there is time for the way, and then for lunch from twelve to one.
        ("09:00", 20, "13:00"),
        // Lunch breaks off the way of ten minutes after five of them.
        ("11:00", 55, "13:05"),
        // Lunch was before.
        ("15:00", 45, "15:55"),
    ])
    func theWayHomeCountsAndSoDoesALunch(window: String, minutes: Int, back: String) throws {
        var (city, _) = try town(window, minutes: minutes)
        let day = try day(&city)
        #expect(day.back == second(back))
        #expect(day.overtime == 0)
    }

    @Test func whatACrewTellsMovesIt() throws {
        var (city, visit) = try town("15:00")
        #expect(try back(&city) == second("15:30"))
        city.now = second("15:10")
        try city.does(.report(visit, .arrived))
        #expect(try back(&city) == second("15:40"))
        city.now = second("15:50")
        try city.does(.report(visit, .done))
        #expect(try back(&city) == second("16:00"))
        // It is held up on its way back.
        city.now = second("15:55")
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 45)))
        #expect(try back(&city) == second("16:50"))
    }

    /// The route stays as it is, and whoever watches is told all the same.
    @Test func aClosedRoadMovesIt() throws {
        var (city, _) = try town("15:00")
        #expect(try back(&city) == second("15:30"))
        let name = NeedID("bridge")!
        let closure = RoadClosure(name: name, centre: City.home, radius: 400, extra: 600)!
        try city.does(.closeRoad(City.id, closure))
        #expect(try back(&city) == second("15:40"))
        try city.does(.openRoad(City.id, name))
        #expect(try back(&city) == second("15:30"))
    }

    /// A delay on the way back is counted for ever, whatever is told of the day when it is over.
    @Test(
        arguments: [VisitReport.done, .nobodyHome].flatMap { report in
            [[0], [1], [0, 1], [1, 0]].map { (report, $0) }
        })
    func aDelayOfADayThatIsOverStaysCounted(report: VisitReport, told: [Int]) throws {
        var (city, late) = try town("15:00")
        city.now = City.second("2026-03-16T11:00")
        let early = try #require(try city.asks(2, -Self.east).visit)
        try city.does(.promise(early, start: second("09:00")))
        city.now = second("15:25")
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 45)))
        // It goes on at 16:10, and is there after ten minutes.
        #expect(try back(&city) == second("16:20"))
        city.now = City.second("2026-03-18T08:00")
        for index in told {
            try city.does(.report([early, late][index], report))
            #expect(try back(&city, on: "2026-03-17") == second("16:20"))
            city.now += 60
        }
    }

    /// Nor does it end where somebody of that day calls off, or chooses another one.
    @Test(arguments: [true, false]) func nobodyOfADayThatIsOverMovesIt(isCalledOff: Bool) throws {
        var (city, _) = try town("15:00")
        city.now = City.second("2026-03-16T11:00")
        let early = try #require(try city.asks(2, -Self.east).visit)
        try city.does(.promise(early, start: second("09:00")))
        city.now = second("15:25")
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 45)))
        city.now = City.second("2026-03-18T08:00")
        if isCalledOff {
            try city.does(.cancel(early, by: .applicant, reason: ""))
        } else {
            try city.does(.promise(early, start: City.second("2026-03-19T09:00")))
        }
        #expect(try back(&city, on: "2026-03-17") == second("16:20"))
    }

    /// A delay told before midnight holds until after it.
    @Test func aDelayOverMidnightIsCounted() throws {
        var (city, _) = try town("15:00")
        city.now = second("23:30")
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 45)))
        let back = City.second("2026-03-18T00:25")
        #expect(try self.back(&city) == back)
        city.now = City.second("2026-03-18T08:00")
        #expect(try self.back(&city, on: "2026-03-17") == back)
    }

    /// A crew that was not at lunch when it was delayed there has lunch after it, and neither counts twice.
    ///
    /// When it tells, its lunch then, and when it is back.
    @Test(arguments: [
        // With the delay of an hour it goes on to its lunch at one.
        ("12:45", "13:00", "14:10"), ("13:00", "13:00", "14:10"),
        // It is still there when the delay is over.
        ("13:20", "13:20", "14:30"),
    ])
    func aLunchThatWasNotIsNoPartOfTheDelay(told: String, lunch: String, back: String) throws {
        var (city, visit) = try town("11:00", minutes: 55)
        city.now = second("12:30")
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 60)))
        #expect(try self.back(&city) == second("14:10"))
        city.now = second(told)
        try city.does(.report(visit, .longer(minutes: 10)))
        let day = try day(&city)
        let stop = try #require(day.stops.last)
        #expect(stop.kind == .lunch && stop.start == second(lunch))
        #expect(stop.end == second(lunch) + 3_600 && day.back == second(back))
    }

    /// Where there is no time for another lunch after the delay, it lasts until the delayed lunch would be over.
    @Test(arguments: [(180, "15:00"), (181, "16:01")])
    func aDelayBeyondLunchTimeHoldsOn(minutes: Int, until: String) throws {
        var (city, _) = try town("11:00", minutes: 55)
        city.now = second("12:30")
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: minutes)))
        let shift = PlanNumbers.shift(CivilDate("2026-03-17")!, crew: 0)
        #expect(city.desk.book[shift].notBefore.map(Int64.init) == second(until))
    }

    /// Whoever is told to be absent at lunch has the one lunch, after the delay, and goes home.
    @Test(arguments: ["12:50", "13:30"]) func whoIsAbsentHasOneLunch(from: String) throws {
        var (city, _) = try town("11:00", minutes: 55)
        city.now = second("12:30")
        try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 60)))
        city.now = second(from)
        try city.does(.crew(City.id, CrewID("crew-1")!, .absent(CivilDate("2026-03-17")!)))
        let day = try day(&city)
        #expect(day.back == second("14:10"))
        let lunch = try #require(day.stops.last)
        #expect(lunch.kind == .lunch && lunch.start == second("13:00"))
        #expect(lunch.end == second("14:00"))
    }

    @Test func whatEndsLateIsToldAsOvertime() throws {
        var (city, visit) = try town("17:00")
        city.now = second("18:50")
        try city.does(.report(visit, .arrived))
        #expect(try day(&city).overtime == 0)
        try city.does(.report(visit, .longer(minutes: 60)))
        let day = try day(&city)
        #expect(day.hours.end == second("20:00"))
        #expect(day.back == second("20:20") && day.overtime == 20 * 60)
        // It is told to those who watch, too.
        let news = try city.desk.plan(
            nil, 1, since: city.desk.book.revision - 1, city.terms, now: city.now)
        #expect(news.crewDays.first?.back == day.back && !news.isWhole)
    }
}
