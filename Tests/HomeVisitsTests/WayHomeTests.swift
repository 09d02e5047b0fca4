// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import Testing
import Visits
import WorkingDays

/// A road is closed on the direct way home of a crew that is out, and not on the one over another visit.
@Suite struct WayHomeTests {
    /// One crew from nine to one, at about the first of two visits by ten past ten on Tuesday; the second, if there
    /// is one, is promised for eleven.
    private func morning(second isAsked: Bool) throws -> City {
        var rules = VisitRules()
        rules.windowMinutes = 60
        rules.lunchMinutes = 0
        rules.leadMinutes = 0
        let plain = City.area(crews: 1, rules: rules)
        let crew = plain.crews[0]
        let hours = DayInterval(
            start: TimeOfDay(hour: 9, minute: 0)!, end: TimeOfDay(hour: 13, minute: 0)!)
        let area = VisitArea(
            id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind, zone: "",
            home: plain.home, needs: plain.needs,
            crews: [
                VisitArea.Crew(
                    id: crew.id, members: crew.members, needs: crew.needs, weekdays: [],
                    hours: hours)
            ], duties: [], rules: rules)
        var city = try City(area, at: "2026-03-16T10:00")
        try promise(&city, 1, 20_000, 15_000, "10:00")
        if isAsked { try promise(&city, 2, 40_000, 0, "11:00") }
        city.now = City.second("2026-03-17T10:05")
        return city
    }

    private func promise(
        _ city: inout City, _ caller: Int, _ east: Int32, _ north: Int32, _ time: String
    ) throws {
        let number = try #require(try city.asks(caller, east, north).visit)
        try city.does(.promise(number, start: City.second("2026-03-17T\(time)")))
    }

    private let first = HomeVisitID(area: City.id, number: 1)!

    /// Three hours more on the way between the first visit and the office.
    private func close(_ city: inout City) throws -> VisitReceipt {
        let centre = HomePoint(
            longitude: City.home.longitude + 10_000, latitude: City.home.latitude + 7_500)!
        return try city.does(
            .closeRoad(
                City.id,
                RoadClosure(name: NeedID("bridge")!, centre: centre, radius: 300, extra: 10_800)!))
    }

    @Test(arguments: [false, true]) func whatCanBeKeptIsKept(isDone: Bool) throws {
        var city = try morning(second: true)
        try city.does(.report(first, .arrived))
        if isDone {
            city.now = City.second("2026-03-17T10:30")
            try city.does(.report(first, .done))
        }
        let receipt = try close(&city)
        #expect(receipt.unkept == [])
        #expect(city.desk.book[2]?.isUnkept == false)
        let day = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now).crewDays[0]
        #expect(day.stops.map(\.kind) == [.visit(1), .visit(2)])
        #expect(day.stops.last?.start == City.second("2026-03-17T11:00"))
        #expect(day.back == City.second("2026-03-17T11:27:40"))
        try city.isSound()
    }

    /// With nothing more in its route the crew is on its shift: what is far has no time, and what is near has.
    @Test func whoIsOutIsOnItsShift() throws {
        var city = try morning(second: false)
        try city.does(.report(first, .arrived))
        _ = try close(&city)
        func windows(_ east: Int32, _ north: Int32) throws -> FreeWindows {
            let place = HomePoint(
                longitude: City.home.longitude + east, latitude: City.home.latitude + north)!
            let answer = try city.desk.answer(
                .windows(WindowsQuestion(area: City.id, place: place)), city.terms, now: city.now)
            guard case .windows(let free) = answer else { throw CancellationError() }
            return free
        }
        let tuesday = City.second("2026-03-17T00:00")..<City.second("2026-03-18T00:00")
        let there = try windows(40_000, 0).windows.filter { tuesday.contains($0.window.start) }
        #expect(
            there.map(\.window.start).sorted()
                == ["10:15", "11:00", "12:00"].map { City.second("2026-03-17T\($0)") })
        // From here the way home is the closed one as well.
        let refused = try windows(20_000, 15_000).refused.filter {
            tuesday.contains($0.window.start) && $0.window.end <= City.second("2026-03-17T13:00")
        }
        #expect(!refused.isEmpty && refused.allSatisfy { $0.reason == .noSlack }, "\(refused)")
    }
}
