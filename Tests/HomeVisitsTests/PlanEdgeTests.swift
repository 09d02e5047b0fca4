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

    /// A visit that leaves the days that somebody watches is told once more, as it is then.
    @Test func whatLeavesTheWatchedDaysIsTold() throws {
        var city = try town()
        let visit = try city.asks(1, 9_000).visit!
        try city.does(.promise(visit, start: City.second("2026-03-17T10:00")))
        var seen = city.desk.book.revision
        #expect(try plan(&city, since: nil).visits.map(\.state) == [.promised])
        // Another day, and then none.
        try city.does(.offer(OfferCommand(area: City.id, subject: .again(visit.number))))
        try city.does(.promise(visit, start: City.second("2026-03-18T10:00")))
        let moved = try plan(&city, since: seen)
        #expect(!moved.isWhole && moved.crewDays.map(\.stops.count) == [0])
        #expect(moved.visits.first?.promise?.start == City.second("2026-03-18T10:00"))
        seen = city.desk.book.revision
        #expect(try plan(&city, since: nil).visits.isEmpty)
        try city.does(.cancel(visit, by: .applicant, reason: ""))
        #expect(try plan(&city, since: seen).visits.map(\.state) == [.cancelled])
        #expect(try plan(&city, since: city.desk.book.revision).visits.isEmpty)
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

    /// A promise of the present day that has lost its place has it again with the crew, or the road.
    @Test func aLostPromiseOfTodayIsKeptAgain() throws {
        var city = try town()
        let visit = try city.asks(1, 9_000).visit!
        try city.does(.promise(visit, start: City.second("2026-03-17T10:00")))
        city.now = City.second("2026-03-17T08:00")
        try city.does(.crew(City.id, Self.crew, .absent(Self.day)))
        #expect(city.desk.book[1]?.isUnkept == true)
        try city.does(.crew(City.id, Self.crew, .present(Self.day)))
        #expect(city.desk.book[1]?.isUnkept == false)
        let bridge = NeedID("bridge")!
        try city.does(
            .closeRoad(
                City.id, RoadClosure(name: bridge, centre: City.home, radius: 300, extra: 14_400)!))
        #expect(city.desk.book[1]?.isUnkept == true)
        // Nobody else is visited on that day.
        try city.does(.openRoad(City.id, bridge))
        #expect(city.desk.book[1]?.isUnkept == false)
        try city.isSound()
    }

    /// The ways of whoever waits are needed until a day after the visit was due.
    @Test func waysAreNeededForADayAfter() throws {
        var city = try town()
        _ = try city.asks(1, 9_000)
        city.now = try #require(city.desk.book[1]?.hold?.until)
        city.time()
        let due = try #require(city.desk.book[1]?.due)
        #expect(city.desk.placesInPlan(city.terms, now: due + 86_399).count == 2)
        #expect(city.desk.placesInPlan(city.terms, now: due + 86_400).count == 1)
    }

    /// Eight windows are held at most, and each of them is told and let go.
    @Test func eightWindowsAreHeld() throws {
        var rules = VisitRules()
        (rules.heldWindows, rules.horizonDays, rules.dueDays, rules.lunchMinutes) = (8, 14, 20, 0)
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-04-01T08:00")
        _ = try city.asks(1, 9_000)
        func held(_ city: inout City) throws -> Int {
            try city.desk.plan(nil, 14, since: nil, city.terms, now: city.now).crewDays
                .flatMap(\.stops).filter { $0.kind == .held(1) }.count
        }
        #expect(city.desk.book[1]?.hold?.windows.count == 8)
        #expect(try held(&city) == 8)
        city.now = try #require(city.desk.book[1]?.hold?.until)
        city.time()
        #expect(try held(&city) == 0)
    }

    /// A place that is too far is told to be swapped where it is within reach the other way round.
    @Test(arguments: [(55_624_000, true), (55_634_000, false)])
    func aSwappedPlaceIsWithinReach(_ longitude: Int32, _ isSwapped: Bool) throws {
        var city = try town()
        let far = try #require(HomePoint(longitude: longitude, latitude: 71_430_000))
        let words = PersonWords(name: "N", address: "A", telephone: "1", place: far)
        let new = NewVisit(
            applicant: .reference("r"), words: words, needs: [], avoided: [], minutes: nil)
        do {
            try city.does(.offer(OfferCommand(area: City.id, subject: .new(new))), 1)
            Issue.record("nobody goes so far")
        } catch {
            guard case .tooFar(_, isSwapped) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
