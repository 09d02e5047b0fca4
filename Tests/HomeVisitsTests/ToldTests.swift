// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import Parties
import TestKit
import Testing

/// How long a visit takes by what its crew tells.
@Suite struct ToldTests {
    private static let place: Int32 = 9_000

    /// A town of one crew whose callers, all in one building, were promised hours of Tuesday.
    private func town(_ hours: [String], setup: Int) throws -> City {
        var rules = VisitRules()
        rules.setupMinutes = setup
        rules.windowMinutes = 60
        rules.lunchMinutes = 0
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
        for (index, hour) in hours.enumerated() {
            let visit = try city.asks(index + 1, Self.place).visit!
            try city.does(.promise(visit, start: Self.second(hour)))
        }
        return city
    }

    private static func second(_ time: String) -> Int64 { City.second("2026-03-17T\(time)") }

    private static func id(_ number: UInt32) -> HomeVisitID {
        HomeVisitID(area: City.id, number: number)!
    }

    private func stop(_ city: inout City, _ number: UInt32) throws -> AreaPlan.Stop {
        let plan = try city.desk.plan(
            date("2026-03-17"), 1, since: nil, city.terms, now: city.now)
        return try #require(
            plan.crewDays.flatMap(\.stops).first { $0.kind == .visit(number) })
    }

    /// Before the second visit in a building nothing is set up, whatever its crew tells of it.
    @Test(arguments: [VisitReport.underWay, .arrived])
    func aSetUpIsNeededOnceInABuilding(_ report: VisitReport) throws {
        var city = try town(["09:00", "10:00"], setup: 30)
        city.now = Self.second("09:05")
        try city.does(.report(Self.id(1), .arrived))
        #expect(try stop(&city, 1).end == Self.second("09:55"))
        city.now = Self.second("09:50")
        try city.does(.report(Self.id(1), .done))
        #expect(try stop(&city, 2).end == Self.second("10:20"))
        city.now = Self.second("10:02")
        try city.does(.report(Self.id(2), report))
        let second = try stop(&city, 2)
        #expect(second.start == city.now && second.end == Self.second("10:22"))
        try city.isSound()
    }

    /// When it is told that a visit until 09:25 takes ten minutes more, and until when it takes then.
    @Test(arguments: [
        ("09:06", "09:35"), ("09:24", "09:35"), ("09:25", "09:35"), ("09:34", "09:35"),
        // It cannot have ended before it was told of.
        ("09:36", "09:36"), ("10:00", "10:00"),
    ])
    func aVisitTakesLongerAfterItsTimeToo(_ told: String, _ end: String) throws {
        var city = try town(["09:00", "11:00"], setup: 0)
        city.now = Self.second("09:05")
        try city.does(.report(Self.id(1), .arrived))
        city.now = Self.second(told)
        let receipt = try city.does(.report(Self.id(1), .longer(minutes: 10)))
        #expect(receipt.unkept.isEmpty)
        #expect(try stop(&city, 1).end == Self.second(end))
        #expect(try stop(&city, 2).start == Self.second("11:00"))
        try city.isSound()
    }

    /// The crew is still there, though it was expected to be on its way to the next.
    @Test func whoTakesLongerIsNotAtTheNext() throws {
        var city = try town(["09:00", "09:00"], setup: 0)
        let crew = [1, 2] as [UInt32]
        let starts = try crew.map { try stop(&city, $0).start }
        let first: UInt32 = starts[0] < starts[1] ? 1 : 2
        city.now = Self.second("09:05")
        try city.does(.report(Self.id(first), .arrived))
        #expect(try stop(&city, 3 - first).start == Self.second("09:25"))
        city.now = Self.second("09:30")
        let receipt = try city.does(.report(Self.id(first), .longer(minutes: 15)))
        #expect(receipt.unkept.isEmpty)
        #expect(try stop(&city, first).end == Self.second("09:40"))
        let next = try stop(&city, 3 - first)
        #expect(next.start == Self.second("09:40") && !next.isBegun)
        try city.isSound()
    }

    /// Who is early has its lunch while it waits, if that is over before the window begins, and else behind the
    /// visit; the next promise stays.
    @Test(
        arguments: [
            ("16:30", true), ("13:00", true), ("12:30", false),
        ], [VisitReport.underWay, .arrived])
    func whoWaitsHasLunchMeanwhile(_ promised: (String, Bool), _ report: VisitReport) throws {
        var rules = VisitRules()
        rules.windowMinutes = 30
        rules.lunchMinutes = 60
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
        for (index, hour) in [promised.0, "17:00"].enumerated() {
            let visit = try city.asks(index + 1, Self.place).visit!
            try city.does(.promise(visit, start: Self.second(hour)))
        }
        city.now = Self.second("11:40")
        let receipt = try city.does(.report(Self.id(1), report))
        #expect(receipt.unkept.isEmpty)
        let stops = try city.desk.plan(
            date("2026-03-17"), 1, since: nil, city.terms, now: city.now
        ).crewDays[0].stops
        let lunch: [AreaPlan.Stop.Kind] = [.lunch]
        #expect(
            stops.map(\.kind)
                == (promised.1 ? lunch + [.visit(1)] : [.visit(1)] + lunch) + [.visit(2)])
        let eaten = try #require(stops.first { $0.kind == .lunch })
        #expect(eaten.end - eaten.start == 3_600)
        if promised.1 { #expect(eaten.start == Self.second("12:00")) }
        let visit = try stop(&city, 1)
        #expect(visit.start == Self.second(promised.0))
        #expect(!promised.1 || visit.arrival == eaten.end)
        #expect(try stop(&city, 2).start == Self.second("17:00"))
        try city.isSound()
    }

    /// Nothing is told: after its lunch a crew sets out when it has to, and until then it can be sent elsewhere.
    @Test(arguments: [0, 60]) func aCrewSetsOutInTimeAfterItsLunch(_ lunch: Int) throws {
        var rules = VisitRules()
        rules.windowMinutes = 60
        rules.leadMinutes = 30
        rules.lunchMinutes = lunch
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
        let visit = try city.asks(1, Self.place).visit!
        try city.does(.promise(visit, start: Self.second("17:00")))
        let out = Self.second("17:00") - Int64(try stop(&city, 1).way)
        for (moment, isBegun) in [
            (Self.second("12:30"), false), (Self.second("13:05"), false),
            (Self.second("16:00"), false), (out - 1, false), (out, true),
        ] {
            city.now = moment
            #expect(try stop(&city, 1).isBegun == isBegun, "\(moment - out)")
        }
        city.now = Self.second("13:05")
        let windows = try city.asks(2, 2 * Self.place).offer?.windows ?? []
        #expect(windows.contains { $0.window.start == Self.second("14:00") })
        #expect(windows.contains { $0.window.start == Self.second("15:00") })
        try city.isSound()
    }
}
