// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing

/// What is told of a plan, and when, on both sides of each edge.
@Suite struct PlanEdgeTests {
    private static let crew = CrewID("crew-1")!
    private static let day = date("2026-03-17")

    private static func id(_ number: UInt32) -> HomeVisitID {
        HomeVisitID(area: City.id, number: number)!
    }

    private func town(_ lunch: Int = 0) throws -> City {
        var rules = VisitRules()
        rules.windowMinutes = 60
        rules.lunchMinutes = lunch
        return try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
    }

    private func plan(_ city: inout City, since: UInt32?) throws -> AreaPlan {
        try city.desk.plan(Self.day, 1, since: since, city.terms, now: city.now)
    }

    /// Whoever has seen a revision is told what came after it.
    @Test func whatHasBeenSeenIsNotToldAgain() throws {
        var city = try town()
        let visit = try city.asks(1, 9_000).visit!
        try city.does(.promise(visit, start: City.second("2026-03-17T10:00")))
        let revision = city.desk.book.revision
        let seen = try plan(&city, since: revision)
        #expect(!seen.isWhole && seen.crewDays.isEmpty && seen.visits.isEmpty)
        let last = try plan(&city, since: revision - 1)
        #expect(!last.isWhole && last.crewDays.map(\.crew) == [Self.crew])
        #expect(last.visits.map(\.id) == [visit])
        let later = try plan(&city, since: revision + 1)
        #expect(later.isWhole && later.crewDays.count == 1 && later.visits.count == 1)
    }

    /// A change that every day rests on is told as the whole plan, once.
    @Test func aNewDescriptionIsToldWhole() throws {
        var city = try town()
        #expect(try plan(&city, since: 0).isWhole)
        try city.does(.describe(city.desk.book.area))
        let revision = city.desk.book.revision
        #expect(try plan(&city, since: revision - 1).isWhole)
        #expect(try !plan(&city, since: revision).isWhole)
    }

    /// A crew that is absent has a day in the whole plan, and is told of once.
    @Test func anAbsenceIsToldOnce() throws {
        var city = try town()
        try city.does(.crew(City.id, Self.crew, .absent(Self.day)))
        let revision = city.desk.book.revision
        #expect(try plan(&city, since: revision).crewDays.isEmpty)
        #expect(try plan(&city, since: revision - 1).crewDays.map(\.isAbsent) == [true])
        #expect(try plan(&city, since: nil).crewDays.map(\.isAbsent) == [true])
        // One that is described no more has none, but is told of to whoever has seen it.
        try city.does(.crew(City.id, Self.crew, .present(Self.day)))
        let days = try plan(&city, since: nil).crewDays
        #expect(days.map(\.isAbsent) == [false])
    }

    /// Whoever waits is told for four weeks after the visit was due, to the second.
    @Test func whoeverWaitsIsToldForFourWeeks() throws {
        var city = try town()
        let visit = try city.asks(1, 9_000).visit!
        city.now = try #require(city.desk.book[1]?.hold?.until)
        city.time()
        city.now = try #require(city.desk.book[1]?.due) + 28 * 86_400
        #expect(try plan(&city, since: nil).visits.map(\.id) == [visit])
        city.now += 1
        #expect(try plan(&city, since: nil).visits.isEmpty)
    }

    /// What begins in the second in which the crew tells of another visit has begun.
    @Test func whatBeginsNowHasBegun() throws {
        for early in [0, 1] as [Int64] {
            var city = try town()
            for number in [1, 2] {
                let visit = try city.asks(number, 9_000).visit!
                let hour = number == 1 ? "10:00" : "11:00"
                try city.does(.promise(visit, start: City.second("2026-03-17T\(hour)")))
            }
            city.now = City.second("2026-03-17T10:00") - early
            try city.does(.report(Self.id(2), .underWay))
            let day = try #require(try plan(&city, since: nil).crewDays.first)
            let kinds = day.stops.map(\.kind)
            // Else it only drives to the first, and is called elsewhere.
            #expect(kinds.first == (early == 0 ? .visit(1) : .visit(2)))
        }
    }

    /// However many windows are held, the last is kept to as well.
    @Test(arguments: [1, 2]) func theLastHeldWindowIsKeptTo(_ held: Int) throws {
        var rules = VisitRules()
        (rules.heldWindows, rules.windowMinutes, rules.lunchMinutes) = (held, 60, 0)
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
        let windows = try #require(try city.asks(1, 9_000).offer).windows.filter(\.isHeld)
        #expect(windows.count == held)
        let plan = try city.desk.plan(nil, 7, since: nil, city.terms, now: city.now)
        let starts = plan.crewDays.flatMap(\.stops).filter { $0.kind == .held(1) }.map(\.start)
        #expect(starts.count == held)
        for window in windows.map(\.window) {
            #expect(starts.contains { (window.start...window.end).contains($0) })
        }
    }

    /// Windows of the present day begin at the next quarter of an hour after the time to lead.
    @Test(arguments: [(0, "13:30"), (1, "13:45"), (899, "13:45"), (900, "13:45"), (901, "14:00")])
    func windowsOfTodayBeginAtAQuarter(_ later: Int64, _ start: String) throws {
        var rules = VisitRules()
        (rules.windowMinutes, rules.lunchMinutes) = (660, 0)
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
        city.now += later
        let windows = try #require(try city.asks(1).offer).windows.map(\.window.start)
        #expect(windows.min() == City.second("2026-03-16T\(start)"))
    }
}
