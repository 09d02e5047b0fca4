// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing

/// What a new plan leaves as it is.
@Suite struct ReplanKeepsTests {
    /// Four visits of a town of two crews: on Tuesday two in one building and one far away, all of the first
    /// crew; on Friday one that either crew may pay, and one of the second crew in the same building.
    ///
    /// The first crew is late on Tuesday: it keeps its promises only as it sets up once in the building.
    private func town() throws -> City {
        var rules = VisitRules()
        (rules.setupMinutes, rules.windowMinutes, rules.lunchMinutes) = (30, 60, 0)
        rules.movePrice = 60
        var city = try City(City.area(crews: 2, rules: rules), at: "2026-03-16T12:00")
        let (one, two) = (CrewID("crew-1")!, CrewID("crew-2")!)
        let asked: [(Int32, Int32, [CrewID], String)] = [
            (9_000, 0, [two], "17T09:00"), (9_000, 0, [two], "17T10:00"),
            (240_000, 0, [two], "17T11:00"),
            (0, 60_000, [], "20T09:00"), (0, 60_000, [one], "20T10:00"),
        ]
        for (number, visit) in asked.enumerated() {
            let id = try city.asks(number + 1, visit.0, visit.1, avoided: visit.2).visit!
            try city.does(.promise(id, start: City.second("2026-03-\(visit.3)")))
        }
        city.now = City.second("2026-03-17T08:30")
        let receipt = try city.does(.crew(City.id, one, .delayed(minutes: 50)))
        #expect(receipt.unkept.isEmpty)
        return city
    }

    /// Friday's plan is made better, and nobody of Tuesday loses a place.
    @Test func aNewPlanTakesNoPlaceFromWhoLeansOnASetUp() throws {
        var city = try town()
        let before = (1...3).map { city.crew(of: $0) }
        try city.isSound()
        let figures = try #require(try city.replans())
        #expect(figures.isPublished && figures.moved == 1)
        #expect((1...3).map { city.crew(of: $0) } == before)
        #expect(city.crew(of: 4) == city.crew(of: 5))
        try city.isSound()
    }
}
