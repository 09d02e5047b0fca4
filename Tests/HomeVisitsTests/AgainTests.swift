// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing

/// What is told twice has happened once, and what is promised stands while other windows are looked for.
@Suite struct AgainTests {
    private static let day = date("2026-03-17")

    /// A town whose callers were promised hours of Tuesday, at a time of that day; the first lives two and a
    /// half minutes from the office.
    private func town(_ hours: [String], crews: Int = 1, at time: String) throws -> City {
        var rules = VisitRules()
        (rules.windowMinutes, rules.lunchMinutes) = (60, 0)
        var city = try City(City.area(crews: crews, rules: rules), at: "2026-03-16T12:00")
        for (index, hour) in hours.enumerated() {
            let visit = try city.asks(index + 1, 9_000 + 1_000 * Int32(index)).visit!
            try city.does(.promise(visit, start: Self.second(hour)))
        }
        city.now = Self.second(time)
        return city
    }

    private static func second(_ time: String) -> Int64 { City.second("2026-03-17T\(time)") }

    private static func id(_ number: UInt32) -> HomeVisitID {
        HomeVisitID(area: City.id, number: number)!
    }

    private static func crew(_ number: Int) -> CrewID { CrewID("crew-\(number)")! }

    /// With whom a visit is, and from when to when.
    private func places(_ city: inout City, _ number: UInt32) throws -> [String] {
        let plan = try city.desk.plan(Self.day, 7, since: nil, city.terms, now: city.now)
        let zone = city.terms.zone
        func clock(_ second: Int64) -> String {
            "\(zone.civil(at: Timestamp(second: second)!).time)"
        }
        return plan.crewDays.flatMap { day in
            day.stops.filter { $0.kind == .visit(number) }.map {
                "\(day.crew) \(clock($0.start))-\(clock($0.end))"
            }
        }
    }

    /// What is told at which times of a visit that takes twenty minutes, and when it is then.
    @Test(
        arguments: [
            ([("09:05", .arrived)], "09:05-09:25"),
            ([("09:05", .arrived), ("09:05", .arrived)], "09:05-09:25"),
            ([("09:05", .arrived), ("09:10", .arrived)], "09:05-09:25"),
            ([("09:05", .arrived), ("09:25", .arrived)], "09:05-09:25"),
            ([("09:05", .arrived), ("09:10", .arrived), ("09:15", .arrived)], "09:05-09:25"),
            // Whoever is still there has not left.
            ([("09:05", .arrived), ("09:40", .arrived)], "09:05-09:40"),
            // Before its window, too, nothing begins twice.
            ([("08:40", .arrived), ("08:50", .arrived)], "09:00-09:20"),
            ([("09:05", .underWay)], "09:07:30-09:27:30"),
            ([("09:05", .underWay), ("09:07", .underWay)], "09:07:30-09:27:30"),
            // Whoever is still on the way is not there before now.
            ([("09:05", .underWay), ("09:10", .underWay)], "09:10-09:30"),
            ([("08:30", .underWay), ("08:55", .underWay)], "09:00-09:20"),
            ([("08:30", .underWay), ("09:02", .underWay)], "09:02-09:22"),
            // What differs is news.
            ([("09:05", .underWay), ("09:10", .arrived)], "09:10-09:30"),
            ([("09:05", .underWay), ("09:06", .arrived), ("09:12", .arrived)], "09:06-09:26"),
            ([("09:05", .arrived), ("09:10", .underWay)], "09:12:30-09:32:30"),
            (
                [("09:05", .arrived), ("09:10", .underWay), ("09:20", .arrived)],
                "09:20-09:40"
            ),
            ([("09:05", .arrived), ("09:10", .longer(minutes: 15))], "09:05-09:40"),
            (
                [("09:05", .arrived), ("09:10", .longer(minutes: 15)), ("09:15", .arrived)],
                "09:05-09:40"
            ),
        ] as [([(String, VisitReport)], String)])
    func whatIsToldTwiceHappensOnce(_ told: [(String, VisitReport)], _ times: String) throws {
        var city = try town(["09:00", "12:00"], at: "08:00")
        for (time, report) in told {
            city.now = Self.second(time)
            #expect(try city.does(.report(Self.id(1), report)).unkept.isEmpty)
        }
        #expect(try places(&city, 1) == ["crew-1 \(times)"])
        #expect(city.desk.book[1]?.state == .underWay)
        #expect(try places(&city, 2) == ["crew-1 12:00-12:20"])
        try city.isSound()
    }

    /// A delay that was told of what the crew does is not taken back by what was known before it.
    @Test(arguments: [
        (VisitReport.arrived, "09:05-09:55"), (.underWay, "09:37:30-09:57:30"),
    ])
    func aDelayIsNotTakenBack(_ report: VisitReport, _ times: String) throws {
        var city = try town(["09:00", "12:00"], at: "09:05")
        try city.does(.report(Self.id(1), report))
        city.now = Self.second("09:06")
        try city.does(.crew(City.id, Self.crew(1), .delayed(minutes: 30)))
        #expect(try places(&city, 1) == ["crew-1 \(times)"])
        city.now = Self.second("09:07")
        try city.does(.report(Self.id(1), report))
        #expect(try places(&city, 1) == ["crew-1 \(times)"])
        try city.isSound()
    }

    /// Another crew, or one that was elsewhere meanwhile, is there when it tells.
    @Test func whoComesLaterIsThereThen() throws {
        var city = try town(["09:00", "09:00"], crews: 2, at: "09:05")
        try city.does(.report(Self.id(1), .arrived, by: Self.crew(1)))
        city.now = Self.second("09:10")
        try city.does(.report(Self.id(1), .arrived, by: Self.crew(2)))
        #expect(try places(&city, 1) == ["crew-2 09:10-09:30"])
        city = try town(["09:00", "09:00"], at: "09:05")
        for (time, number) in [("09:05", 1), ("09:10", 2), ("09:20", 1)] as [(String, UInt32)] {
            city.now = Self.second(time)
            try city.does(.report(Self.id(number), .arrived))
        }
        #expect(try places(&city, 1) == ["crew-1 09:20-09:40"])
    }

    /// Whoever is promised another window is visited anew, and what was told before is over.
    @Test func anotherPromiseIsAnotherVisit() throws {
        var city = try town(["09:00"], at: "09:05")
        try city.does(.report(Self.id(1), .arrived))
        try city.does(.report(Self.id(1), .nobodyHome))
        try city.does(.promise(Self.id(1), start: Self.second("12:00")))
        city.now = Self.second("12:10")
        try city.does(.report(Self.id(1), .arrived))
        #expect(try places(&city, 1).last == "crew-1 12:10-12:30")
    }

    /// The receipt of other windows says that the promise stands, and whether it can be kept.
    @Test func aPromiseStandsWhileOthersAreOffered() throws {
        var city = try town(["09:00"], at: "08:00")
        let promise = try #require(city.desk.book[1]?.promise)
        let again = VisitCommand.offer(OfferCommand(area: City.id, subject: .again(1)))
        let receipt = try city.does(again)
        let offer = try #require(receipt.offer)
        #expect(receipt.state == .promised && receipt.promise == promise)
        #expect(offer.promise == promise && !offer.isUnkept)
        #expect(offer.windows.contains(where: \.isHeld) && city.desk.book[1]?.hold != nil)
        // Asked for once more, with what is held, it says the same.
        #expect(try city.does(again).state == .promised)
        try city.does(.crew(City.id, Self.crew(1), .absent(Self.day)))
        let lost = try city.does(again)
        #expect(lost.state == .promised && lost.promise == promise)
        #expect(lost.offer?.promise == promise && lost.offer?.isUnkept == true)
    }

    /// Where nothing is promised any more, nothing stands.
    @Test func nothingStandsWhereNobodyWasAtHome() throws {
        var city = try town(["09:00"], at: "09:05")
        try city.does(.report(Self.id(1), .nobodyHome))
        let again = VisitCommand.offer(OfferCommand(area: City.id, subject: .again(1)))
        let receipt = try city.does(again)
        #expect(receipt.state == .held && receipt.promise == nil && receipt.offer?.promise == nil)
        let new = try city.asks(2)
        #expect(new.state == .held && new.promise == nil && new.offer?.promise == nil)
    }

    /// A crew that tells that a visit takes longer which is not its own is there; of its own nothing changes.
    @Test func whoTakesLongerIsThere() throws {
        var city = try town(["09:00"], crews: 2, at: "09:05")
        let (own, other) = city.crew(of: 1) == Self.crew(1) ? (1, 2) : (2, 1)
        let longer = VisitReport.longer(minutes: 5)
        #expect(try city.does(.report(Self.id(1), longer, by: Self.crew(own))).state == nil)
        #expect(try city.does(.report(Self.id(1), longer, by: Self.crew(other))).state == .underWay)
    }

    /// What is told of a day that is over leaves its crew as late as it was told to be, also where that was after
    /// its last visit.
    @Test func aDayThatIsOverKeepsItsEnd() throws {
        var city = try town(["09:00"], at: "09:30")
        try city.does(.crew(City.id, Self.crew(1), .delayed(minutes: 60)))
        func back(_ city: City) throws -> Int64? {
            var city = city
            return try city.desk.plan(Self.day, 1, since: nil, city.terms, now: city.now)
                .crewDays.first?.back
        }
        let told = try back(city)
        #expect(told == Self.second("10:30") + 150)
        city.now = City.second("2026-03-18T08:30")
        #expect(try back(city) == told)
        try city.does(.report(Self.id(1), .done))
        #expect(try back(city) == told)
    }

    /// A crew that is delayed at lunch, and loses all its visits, goes on when the delay is over.
    @Test func aDelayAtLunchHoldsOn() throws {
        var rules = VisitRules()
        (rules.windowMinutes, rules.lunchMinutes) = (60, 60)
        var city = try City(City.area(crews: 2, rules: rules), at: "2026-03-16T12:00")
        try city.does(.promise(try city.asks(1, 9_000).visit!, start: Self.second("15:00")))
        city.now = Self.second("12:30")
        let own = try #require(city.crew(of: 1))
        let other = own == Self.crew(1) ? Self.crew(2) : Self.crew(1)
        // Its lunch is from twelve to five then.
        #expect(try city.does(.crew(City.id, own, .delayed(minutes: 240))).unkept.isEmpty)
        #expect(city.crew(of: 1) == other)
        let told = try city.does(.crew(City.id, other, .absent(Self.day)))
        #expect(told.unkept.map(\.late?.start) == [Self.second("17:02:30")])
        #expect(told.unkept.map(\.late?.crew) == [own])
        try city.isSound()
    }

    /// A promise that is lost finds no place over one that is held: whoever has a place would lose it.
    ///
    /// With the direct way home closed the crew can pay one of two visits behind it, and both if another visit leads
    /// round.
    @Test func whoOnlyAsksHarmsNobody() throws {
        var rules = VisitRules()
        (rules.windowMinutes, rules.lunchMinutes, rules.leadMinutes) = (60, 0, 0)
        rules.horizonDays = 1
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-17T09:00")
        for (number, hour) in [(1, "15:00"), (2, "17:00"), (3, "17:00")] {
            let east = [42_000, 40_000, 41_000][number - 1] as Int32
            let visit = try city.asks(number, east).visit!
            try city.does(.promise(visit, start: Self.second(hour)))
        }
        city.now = Self.second("15:05")
        try city.does(.report(Self.id(1), .arrived))
        city.now = Self.second("15:30")
        try city.does(.report(Self.id(1), .done))
        let centre = HomePoint(
            longitude: City.home.longitude + 20_000, latitude: City.home.latitude)!
        let closure = RoadClosure(
            name: NeedID("bridge")!, centre: centre, radius: 301, extra: 8_000)!
        let lost = try city.does(.closeRoad(City.id, closure)).unkept.map(\.number)
        #expect(lost == [2] || lost == [3])
        city.now = Self.second("16:00")
        let asked = try city.asks(4, 20_000, 20_000)
        #expect(asked.unkept.isEmpty)
        let kept: UInt32 = lost == [2] ? 3 : 2
        #expect(city.crew(of: kept) != nil && city.desk.book[kept]?.isUnkept == false)
        let evening = Self.second("18:00")
        #expect(asked.offer?.windows.contains { $0.window.start == evening } == true)
        // Once it is promised, both have a place.
        try city.does(.promise(asked.visit!, start: evening))
        #expect(city.crew(of: 2) != nil && city.crew(of: 3) != nil)
        try city.isSound()
    }
}
