// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing

/// What has happened is not lost, whichever crew tells it, and whenever.
@Suite struct ReportedTests {
    private static let day = date("2026-03-17")

    /// A town whose callers were promised hours of Tuesday, at the time of that day.
    private func town(
        _ hours: [String], crews: Int = 1, at time: String = "08:00", lunch: Int = 0
    ) throws -> City {
        var rules = VisitRules()
        rules.windowMinutes = 60
        rules.lunchMinutes = lunch
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

    /// Where the plan has a visit, and from when to when.
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

    /// A crew is told to be absent, and then tells of a visit that it was expected to have ended.
    @Test(arguments: [
        (VisitReport.underWay, HomeVisit.State.underWay, "crew-1 09:33:30-09:53:30"),
        (.arrived, .underWay, "crew-1 09:31-09:51"), (.done, .done, "crew-1 09:02:30-09:31"),
        (.longer(minutes: 20), .promised, "crew-1 09:02:30-09:42:30"),
    ])
    func whatAnAbsentCrewTellsHolds(
        _ report: VisitReport, _ state: HomeVisit.State, _ place: String
    ) throws {
        var city = try town(["09:00", "11:00"], crews: 2, at: "09:30")
        try #require(city.crew(of: 1) == Self.crew(1))
        try city.does(.crew(City.id, Self.crew(1), .absent(Self.day)))
        city.now += 60
        let receipt = try city.does(.report(Self.id(1), report))
        #expect(receipt.unkept.isEmpty)
        #expect(city.desk.book[1]?.state == state)
        // It stays there after other events, too.
        try city.does(.crew(City.id, Self.crew(2), .delayed(minutes: 5)))
        let places = try places(&city, 1)
        #expect(places == [place])
        #expect(city.desk.book[1]?.isUnkept == false)
    }

    /// Nobody is under way to whom a crew was that is absent; they can be offered other windows.
    @Test(arguments: [VisitReport.underWay, .arrived])
    func whoWaitsForAnAbsentCrewIsPromisedAgain(_ report: VisitReport) throws {
        var city = try town(["09:00"], at: "09:00")
        try city.does(.report(Self.id(1), report))
        let told = try city.does(.crew(City.id, Self.crew(1), .absent(Self.day)))
        #expect(told.unkept.map(\.number) == [1])
        #expect(city.desk.book[1]?.state == .promised && city.desk.book[1]?.isUnkept == true)
        let other = try #require(told.unkept.first?.alternatives.first)
        try city.does(.promise(Self.id(1), start: other.window.start))
        #expect(city.desk.book[1]?.isUnkept == false)
    }

    /// Without a place, or with one elsewhere, a visit is with the crew that tells of it.
    @Test(arguments: [VisitReport.underWay, .arrived, .done, .nobodyHome, .longer(minutes: 5)])
    func whoTellsOfAVisitHasIt(_ report: VisitReport) throws {
        for crews in [1, 2] {
            var city = try town(["10:00", "11:00"], crews: crews, at: "09:50")
            try city.does(.crew(City.id, Self.crew(1), .absent(Self.day)))
            #expect(city.crew(of: 1) == (crews == 1 ? nil : Self.crew(2)))
            if crews == 1 {
                #expect(throws: VisitRefusal.withoutPlace(1)) {
                    try city.desk.answer(.explain(Self.id(1)), city.terms, now: city.now)
                }
                #expect(throws: VisitRefusal.notToday(1)) {
                    try city.does(.report(Self.id(1), report))
                }
            }
            #expect(throws: VisitRefusal.unknownCrew(Self.crew(9), known: city.crews)) {
                try city.does(.report(Self.id(1), report, by: Self.crew(9)))
            }
            try city.does(.report(Self.id(1), report, by: Self.crew(1)))
            let places = try places(&city, 1)
            #expect(places.count == 1 && places[0].hasPrefix("crew-1 "))
            let state: HomeVisit.State =
                switch report {
                case .done: .done
                case .nobodyHome: .failed
                default: .underWay
                }
            #expect(city.desk.book[1]?.state == state && city.desk.book[1]?.isUnkept == false)
        }
    }

    /// What a crew has done is done, though it was called off, or was to be another day.
    @Test func whatIsDoneIsDone() throws {
        var city = try town(["10:00", "11:00"], at: "10:10")
        try city.does(.cancel(Self.id(1), by: .applicant, reason: ""))
        for report in [VisitReport.arrived, .nobodyHome, .underWay] {
            #expect(throws: VisitRefusal.visitIs(.cancelled, 1)) {
                try city.does(.report(Self.id(1), report, by: Self.crew(1)))
            }
        }
        #expect(throws: VisitRefusal.visitIs(.cancelled, 1)) {
            try city.does(.report(Self.id(1), .done))
        }
        try city.does(.report(Self.id(1), .done, by: Self.crew(1)))
        #expect(city.desk.book[1]?.state == .done)
        #expect(try places(&city, 1) == ["crew-1 09:50-10:10"])
        #expect(throws: VisitRefusal.visitIs(.done, 1)) {
            try city.does(.report(Self.id(1), .done, by: Self.crew(1)))
        }
        // A day before its time.
        city.now = City.second("2026-03-16T15:00")
        try city.does(.report(Self.id(2), .done, by: Self.crew(1)))
        #expect(city.desk.book[2]?.state == .done)
        #expect(try places(&city, 2) == [])
    }

    /// A crew that tells what it has done goes on, whatever delay was expected, though the visit was called off.
    @Test func whatIsDoneEndsADelay() throws {
        var city = try town(["09:00", "11:00"], at: "08:00")
        try city.does(.cancel(Self.id(1), by: .applicant, reason: ""))
        try city.does(.crew(City.id, Self.crew(1), .delayed(minutes: 150)))
        #expect(try places(&city, 2) == ["crew-1 11:32:40-11:52:40"])
        city.now = Self.second("09:40")
        try city.does(.report(Self.id(1), .done, by: Self.crew(1)))
        #expect(try places(&city, 2) == ["crew-1 11:00-11:20"])
        try city.isSound()
    }

    /// What is told of a day that is over ends no delay of it, also where its crew is described no more.
    @Test(arguments: [VisitReport.done, .nobodyHome], [false, true])
    func aDayThatIsOverKeepsItsDelay(_ report: VisitReport, _ isCrewGone: Bool) throws {
        var city = try town(["09:00", "11:00"], crews: 2, at: "08:00")
        let crew = try #require(city.crew(of: 1))
        try city.does(.crew(City.id, crew, .delayed(minutes: 30)))
        city.now = City.second("2026-03-18T08:30")
        if isCrewGone {
            let area = city.desk.book.area
            let others = area.crews.filter { $0.id != crew }
            try city.does(
                .describe(
                    VisitArea(
                        id: area.id, title: area.title, standard: area.standard, kind: area.kind,
                        zone: area.zone, home: area.home, needs: area.needs, crews: others,
                        duties: [], rules: area.rules)))
        }
        #expect(try places(&city, 1) == ["\(crew) 09:32:30-09:52:30"])
        let second = try places(&city, 2)
        var other = city
        try other.does(.cancel(Self.id(1), by: .office, reason: ""))
        #expect(try places(&other, 2) == second)
        try city.does(.report(Self.id(1), report))
        #expect(try places(&city, 1) == ["\(crew) 09:32:30-09:52:30"])
        #expect(try places(&city, 2) == second)
    }

    /// Of a day that is over it is told later how a visit went.
    @Test func aDayThatIsOverIsToldOf() throws {
        var city = try town(["09:00", "10:00", "11:00"], at: "20:00")
        let before = try (1...3).map { try places(&city, $0) }
        city.now = City.second("2026-03-18T08:30")
        for report in [VisitReport.underWay, .arrived, .longer(minutes: 5)] {
            #expect(throws: VisitRefusal.notToday(1)) {
                try city.does(.report(Self.id(1), report))
            }
        }
        try city.does(.report(Self.id(1), .done))
        try city.does(.report(Self.id(2), .nobodyHome, by: Self.crew(1)))
        #expect(city.desk.book[1]?.state == .done && city.desk.book[2]?.state == .failed)
        // Whoever calls off then, or is promised another day, changes nothing of what was.
        try city.does(.cancel(Self.id(3), by: .office, reason: ""))
        #expect(try (1...2).map { try places(&city, $0) } == Array(before[..<2]))
        #expect(try places(&city, 3) == [])
        let day = try city.desk.plan(Self.day, 1, since: nil, city.terms, now: city.now).crewDays[0]
        // 11:40 is when the second has ended; then the crew drives home.
        #expect(day.back == Self.second("10:20") + 160)
        try city.isSound()
    }

    /// A crew tells of a visit that was planned before one that is done.
    @Test func whatIsDoneStaysDone() throws {
        var city = try town(["09:00", "10:00", "11:00"], at: "10:00")
        try city.does(.report(Self.id(2), .done))
        let done = try places(&city, 2)
        city.now += 300
        let receipt = try city.does(.report(Self.id(1), .underWay))
        #expect(receipt.unkept.map(\.number) == [1])
        #expect(try places(&city, 2) == done)
        #expect(city.desk.book[2]?.state == .done && city.desk.book[1]?.state == .underWay)
        // That the first was over is told late, when the third is under way.
        city.now = Self.second("10:40")
        try city.does(.report(Self.id(3), .underWay))
        let first = try places(&city, 1)
        let third = try places(&city, 3)
        city.now += 60
        try city.does(.report(Self.id(1), .done))
        #expect(try places(&city, 1) == first && places(&city, 3) == third)
        #expect(city.desk.book[3]?.state == .underWay)
    }

    /// Whoever was visited late is not told to be without a place.
    @Test func whatIsDoneLateIsDone() throws {
        var city = try town(["09:00"], at: "10:40")
        try city.does(.crew(City.id, Self.crew(1), .absent(Self.day)))
        try city.does(.report(Self.id(1), .done))
        city.now += 60
        #expect(city.desk.book[1]?.state == .done && city.desk.book[1]?.isUnkept == false)
        city = try town(["09:00"], at: "08:30")
        try city.does(.crew(City.id, Self.crew(1), .absent(Self.day)))
        #expect(city.desk.book[1]?.isUnkept == true)
        city.now = Self.second("11:30")
        let receipt = try city.does(.report(Self.id(1), .done, by: Self.crew(1)))
        #expect(receipt.unkept.isEmpty && city.desk.book[1]?.isUnkept == false)
    }

    /// A crew that turns to another visit is not on its way to the first any more.
    @Test func whoIsCalledElsewhereIsNotUnderWay() throws {
        var city = try town(["10:00", "10:00"], at: "08:55")
        try city.does(.report(Self.id(2), .underWay))
        try city.does(.report(Self.id(1), .underWay))
        #expect(city.desk.book[1]?.state == .underWay && city.desk.book[2]?.state == .promised)
        try city.isSound()
    }

    /// What is held for somebody whose crew is on its way is nobody's any more.
    @Test(arguments: [VisitReport.underWay, .arrived, .done])
    func nothingIsHeldForWhoIsVisited(_ report: VisitReport) throws {
        var city = try town(["09:00"], at: "09:00")
        try city.does(.offer(OfferCommand(area: City.id, subject: .again(1))))
        #expect(city.desk.book[1]?.hold != nil)
        try city.does(.report(Self.id(1), report))
        #expect(city.desk.book[1]?.hold == nil)
        let plan = try city.desk.plan(Self.day, 7, since: nil, city.terms, now: city.now)
        #expect(!plan.crewDays.flatMap(\.stops).contains { $0.kind == .held(1) })
    }

    /// So it is for whoever calls off with a crew on its way.
    @Test func nothingIsHeldForWhoCallsOff() throws {
        var city = try town(["09:00", "09:00"], at: "09:30")
        try city.does(.offer(OfferCommand(area: City.id, subject: .again(1))))
        try city.does(.cancel(Self.id(1), by: .applicant, reason: ""))
        let plan = try city.desk.plan(Self.day, 7, since: nil, city.terms, now: city.now)
        #expect(!plan.crewDays.flatMap(\.stops).contains { $0.kind == .held(1) })
        try city.isSound()
    }

    /// A crew that has had its lunch and loses its visits has no route, and the journal follows.
    @Test func aCrewIsAbsentAfterItsLunch() throws {
        var city = try town(["16:00", "17:00"], crews: 2, at: "15:00", lunch: 30)
        let crew = try #require(city.crew(of: 1))
        try city.does(.crew(City.id, crew, .absent(Self.day)))
        #expect(city.crew(of: 1) != crew)
        try city.isSound()
    }

    /// Who was visited, as was expected, and takes another window, leaves behind the crew what is behind it.
    @Test func anotherWindowLeavesWhatIsBehindTheCrew() throws {
        var city = try town(["09:00", "10:00", "11:00"], at: "11:05")
        try city.does(.report(Self.id(3), .underWay))
        let before = try (2...3).map { try places(&city, $0) }
        city.now += 60
        let start = City.second("2026-03-18T10:00")
        #expect(try city.does(.promise(Self.id(1), start: start)).unkept.isEmpty)
        #expect(try (2...3).map { try places(&city, $0) } == before)
        #expect(city.desk.book[3]?.state == .underWay)
        try city.isSound()
    }

    /// So it is where the other window is held later on the same crew's day.
    @Test func aHeldWindowOfTheDayLeavesWhatIsBehindTheCrew() throws {
        var city = try town(["09:00", "10:00"], at: "10:10")
        try city.does(.report(Self.id(2), .done))
        let done = try places(&city, 2)
        city.now += 600
        let offer = try city.does(.offer(OfferCommand(area: City.id, subject: .again(1)))).offer
        let held = try #require(
            offer?.windows.first { $0.isHeld && $0.window.start < Self.second("20:00") })
        try city.does(.promise(Self.id(1), start: held.window.start))
        #expect(try places(&city, 2) == done)
        try city.isSound()
    }

    /// A crew that has told of a visit before its hours is late from their beginning on.
    @Test func aDelayBeforeTheHoursIsToldToWhomItHarms() throws {
        var city = try town(["11:00", "09:00"], at: "08:00")
        try city.does(.report(Self.id(1), .done, by: Self.crew(1)))
        city.now = Self.second("08:40")
        let receipt = try city.does(.crew(City.id, Self.crew(1), .delayed(minutes: 60)))
        #expect(receipt.unkept.map(\.number) == [2])
        try city.isSound()
    }

    /// No crew sets out for a place that is only held, so it is held where that ends before: 15 minutes to
    /// drive, 5 to hold.
    @Test(arguments: [(39, true), (40, false)])
    func nothingIsHeldForWhichACrewWouldSetOut(_ minute: Int, _ isHeld: Bool) throws {
        var rules = VisitRules()
        (rules.windowMinutes, rules.lunchMinutes, rules.leadMinutes) = (60, 0, 0)
        let area = City.area(crews: 1, rules: rules)
        var city = try City(area, at: "2026-03-16T09:\(minute)")
        // For ten the crew sets out at 09:45.
        let offer = try #require(try city.asks(1, 84_000).offer)
        let ten = City.second("2026-03-16T10:00")
        let first = offer.windows.first { $0.window.start == ten }
        #expect(first?.isHeld == isHeld)
    }
}
