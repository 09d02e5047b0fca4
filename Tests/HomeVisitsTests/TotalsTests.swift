// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing

/// What a plan adds up to.
@Suite struct TotalsTests {
    private typealias Kind = AreaPlan.Stop.Kind

    /// A crew's day from second 0 to 36,000, with stops of so many seconds one after the other.
    private func day(
        _ crew: Int, on date: String = "2026-03-17", isAbsent: Bool = false, travel: Int32 = 0,
        waiting: Int32 = 0, _ stops: [(Kind, Int64)] = [], back: Int64? = nil
    ) -> AreaPlan.CrewDay {
        AreaPlan.CrewDay(
            crew: CrewID("crew-\(crew)")!, date: TestKit.date(date),
            hours: VisitWindow(start: 0, end: 36_000)!, isAbsent: isAbsent, travel: travel,
            waiting: waiting,
            stops: stops.map {
                AreaPlan.Stop(kind: $0.0, arrival: -60, start: 7, end: 7 + $0.1, isBegun: false)
            }, back: back)
    }

    private func totals(_ days: [AreaPlan.CrewDay]) -> AreaTotals {
        AreaTotals(
            AreaPlan(
                area: City.id, revision: 1, isWhole: true, from: date("2026-03-17"), days: 2,
                crewDays: days, visits: []))
    }

    @Test func everyStopCountsByItsKind() {
        let totals = totals([
            day(
                2, travel: 1_000, waiting: 30,
                [(.visit(1), 600), (.lunch, 3_600), (.held(9), 300), (.visit(2), 500)],
                back: 36_100),
            day(1, travel: 200, waiting: 4, [(.visit(3), 50)], back: 36_000),
            day(2, on: "2026-03-18", travel: 10, [(.visit(4), 5)], back: 36_001),
            day(1, on: "2026-03-18", [(.held(9), 300)], back: 400),
        ])
        #expect(totals.visits == 4 && totals.held == 2 && totals.usedShifts == 3)
        #expect(totals.travel == 1_210 && totals.waiting == 34)
        #expect(totals.service == 1_755 && totals.overtime == 101)
        // By name, each with its days together.
        #expect(totals.crews.map(\.crew.description) == ["crew-1", "crew-2"])
        #expect(totals.crews.map(\.visits) == [1, 3])
        #expect(totals.crews.map(\.work) == [550, 2_415])
        #expect(totals.spread == 1_865)
    }

    @Test func aVisitThatIsPaidAgainCountsOnceAndItsTimeTwice() {
        let totals = totals([
            day(1, [(.visit(1), 100), (.visit(1), 200)]), day(2, [(.visit(1), 300)]),
        ])
        #expect(totals.visits == 1 && totals.usedShifts == 2 && totals.service == 600)
        #expect(totals.crews.map(\.visits) == [1, 1])
    }

    /// A crew that was somewhere in vain has driven and pays nobody.
    @Test func whatWasTriedInVainIsNoVisit() {
        func stop(_ number: UInt32, _ outcome: AreaPlan.Stop.Outcome?) -> AreaPlan.Stop {
            AreaPlan.Stop(
                kind: .visit(number), arrival: 0, start: 0, end: 60, isBegun: true, outcome: outcome
            )
        }
        func day(_ crew: Int, _ stops: [AreaPlan.Stop]) -> AreaPlan.CrewDay {
            AreaPlan.CrewDay(
                crew: CrewID("crew-\(crew)")!, date: date("2026-03-17"),
                hours: VisitWindow(start: 0, end: 36_000)!, isAbsent: false, travel: 500,
                waiting: 0, stops: stops, back: 600)
        }
        let totals = totals([
            day(1, [stop(1, .nobodyHome), stop(1, nil), stop(2, .calledOff)]),
            day(2, [stop(3, .nobodyHome)]),
        ])
        #expect(totals.visits == 1 && totals.usedShifts == 2)
        #expect(totals.travel == 1_000 && totals.service == 240)
        #expect(totals.crews.map(\.visits) == [1, 0] && totals.crews.map(\.work) == [680, 560])
    }

    /// The days, the crews that count, and how far the busiest is from the idlest.
    @Test func theIdlestCrewIsOneThatHasADay() {
        let busy = day(1, travel: 100, [(.visit(1), 1_000)])
        let cases: [([AreaPlan.CrewDay], crews: Int, spread: Int64)] = [
            ([], 0, 0), ([busy], 1, 0), ([busy, day(2)], 2, 1_100),
            // Whoever is absent counts only by what was done before.
            ([busy, day(2, isAbsent: true)], 1, 0),
            ([busy, day(2, isAbsent: true, [(.visit(2), 300)])], 2, 800),
            // A crew that is absent on one day has the other.
            ([busy, day(2, isAbsent: true), day(2, on: "2026-03-18")], 2, 1_100),
            ([busy, day(2, [(.lunch, 3_600)])], 2, 1_100),
        ]
        for (days, crews, spread) in cases {
            let totals = totals(days)
            #expect(totals.crews.count == crews && totals.spread == spread, "\(days)")
        }
    }

    /// What a desk tells has room in the hours of its crews.
    @Test func aDayIsTheSumOfItsParts() throws {
        var city = try City(City.area(crews: 2))
        for caller in 1...12 {
            let receipt = try city.asks(caller, Int32(caller) * 2_000, Int32(caller % 5) * 4_000)
            guard let best = receipt.offer?.windows.first else { continue }
            try city.does(.promise(receipt.visit!, start: best.window.start))
        }
        city.now += 600
        city.time()
        let plan = try city.desk.plan(nil, 6, since: nil, city.terms, now: city.now)
        let totals = AreaTotals(plan)
        #expect(totals.visits == 12 && totals.held == 0)
        #expect(totals.service == 12 * 20 * 60)
        #expect(totals.travel + totals.service == totals.crews.reduce(0) { $0 + $1.work })
        for day in plan.crewDays where day.back != nil {
            let parts = AreaTotals(
                AreaPlan(
                    area: plan.area, revision: 1, isWhole: true, from: day.date, days: 1,
                    crewDays: [day], visits: []))
            let lunch = day.stops.reduce(0) { $0 + ($1.kind == .lunch ? $1.end - $1.start : 0) }
            // All of it is between leaving and being back; a crew may set out later, or wait for lunch.
            let least = parts.travel + parts.waiting + parts.service + lunch
            #expect(day.back! - day.hours.start >= least)
        }
    }

    /// Crews that are described no more, or absent, do not stand idle.
    @Test func whoHasNoDayIsNotTheIdlest() throws {
        var city = try City(City.area(crews: 3))
        _ = try city.asks(1, 9_000)
        // What was held ends, so that the crews' days have changed.
        city.now += 3_600
        try city.does(.crew(City.id, CrewID("crew-2")!, .absent(date("2026-03-16"))))
        try city.does(.describe(City.area(crews: 2)))
        let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        #expect(plan.crewDays.map(\.crew.description) == ["crew-1", "crew-2"])
        #expect(plan.crewDays.map(\.isAbsent) == [false, true])
        #expect(AreaTotals(plan).crews.map(\.crew.description) == ["crew-1"])
        try city.isSound()
    }
}
