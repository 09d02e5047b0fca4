// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing

/// Commands at the very second on which they turn.
@Suite struct MomentEdgeTests {
    private static let crew = CrewID("crew-1")!

    private static func second(_ time: String) -> Int64 { City.second("2026-03-17T\(time)") }

    /// One crew without lunch on Tuesday, and callers who were promised hours of it.
    private func town(_ callers: [(east: Int32, hour: String)]) throws -> City {
        var rules = VisitRules()
        rules.windowMinutes = 60
        rules.lunchMinutes = 0
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
        for (index, caller) in callers.enumerated() {
            let visit = try city.asks(index + 1, caller.east).visit!
            try city.does(.promise(visit, start: Self.second(caller.hour)))
        }
        return city
    }

    private static func id(_ number: UInt32) -> HomeVisitID {
        HomeVisitID(area: City.id, number: number)!
    }

    private func stop(_ city: inout City, _ number: UInt32) throws -> AreaPlan.Stop {
        let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        return try #require(plan.crewDays.flatMap(\.stops).first { $0.kind == .visit(number) })
    }

    /// Whoever begins in the last second of a window is in time; later is said, and said again only where it is
    /// later still.
    @Test func lateIsAfterTheWindow() throws {
        for (seconds, late) in [(0, []), (1, [1])] as [(Int64, [UInt32])] {
            var city = try town([(0, "09:00")])
            city.now = Self.second("10:00") + seconds
            let receipt = try city.does(.report(Self.id(1), .arrived))
            #expect(receipt.unkept.map(\.number) == late)
            #expect(try city.does(.report(Self.id(1), .arrived)).unkept.isEmpty)
            city.now += 1
            #expect(try city.does(.report(Self.id(1), .arrived)).unkept.isEmpty)
            // It was not there, but on its way, and is there now.
            #expect(try city.does(.report(Self.id(1), .underWay)).unkept.map(\.number) == [1])
        }
    }

    /// A crew that has just ended is free, and goes on later by a delay.
    @Test func whoHasJustEndedIsNotBusy() throws {
        for time in ["09:19", "09:20"] {
            var city = try town([(0, "09:00"), (6_000, "10:00")])
            city.now = Self.second("09:00")
            try city.does(.report(Self.id(1), .arrived))
            city.now = Self.second(time)
            try city.does(.crew(City.id, Self.crew, .delayed(minutes: 90)))
            // Busy until 10:50, or free at 10:50; then two minutes on the way.
            city.now += 60
            let next = try stop(&city, 2)
            #expect(next.start == Self.second("10:52"), "\(time)")
        }
    }

    @Test func aVisitTakesADayAtMost() throws {
        var city = try town([(0, "09:00")])
        city.now = Self.second("09:00")
        try city.does(.report(Self.id(1), .arrived))
        for minutes in [480, 480, 460] {
            try city.does(.report(Self.id(1), .longer(minutes: minutes)))
        }
        #expect(city.desk.book[1]?.service == 86_400)
        #expect(throws: VisitRefusal.self) {
            try city.does(.report(Self.id(1), .longer(minutes: 1)))
        }
    }

    /// To whom nobody can come as promised, any time from now on may be told.
    @Test func aLostPromiseMayBeMadeForNow() throws {
        var city = try town([(0, "09:00")])
        city.now = Self.second("08:30")
        try city.does(.crew(City.id, Self.crew, .absent(date("2026-03-17"))))
        city.now = Self.second("11:37")
        try city.does(.crew(City.id, Self.crew, .present(date("2026-03-17"))))
        #expect(city.desk.book[1]?.isUnkept == true)
        let now = city.now
        #expect(throws: VisitRefusal.notAWindow(now - 1)) {
            try city.does(.promise(Self.id(1), start: now - 1))
        }
        let receipt = try city.does(.promise(Self.id(1), start: now))
        #expect(receipt.promise?.start == now && city.desk.book[1]?.isUnkept == false)
    }

    /// A plan that saves nothing is not put in force.
    @Test func aPlanAsGoodIsNone() throws {
        var city = try town([(6_000, "09:00"), (9_000, "10:00")])
        let before = city.desk.book.shiftRecords
        let figures = try #require(try city.replans())
        #expect(!figures.isPublished && figures.travelAfter == figures.travelBefore)
        #expect(city.desk.book.shiftRecords == before)
    }

    /// Somebody whose time to be visited is over does not count among those who wait, from the next second on.
    @Test(arguments: [(3_999, 0, true), (4_000, 0, false), (4_000, -1, true)])
    func soManyWait(_ waiting: Int, _ due: Int64, _ isTaken: Bool) throws {
        var city = try City()
        let now = city.now
        let words = PersonWords(name: "", address: "", telephone: "", place: City.home)
        city.take(
            (1...UInt32(waiting)).map { number in
                .asked(
                    AskedVisit(
                        number: number, applicant: Applicant(high: 2, low: UInt64(number)),
                        words: words, service: 60, setup: 0, needs: [], avoided: [],
                        due: now + due))
            })
        if isTaken {
            _ = try city.asks(1)
        } else {
            #expect(throws: VisitRefusal.full) { try city.asks(1) }
        }
    }
}
