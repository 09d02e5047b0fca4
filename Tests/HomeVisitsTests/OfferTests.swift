// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing
import Visits

@Suite struct OfferTests {
    @Test func aCallerHearsOfEveryWindowOfTheHorizon() throws {
        var city = try City()
        let offer = try #require(try city.asks(1, 5_000).offer)
        // Monday 16 March; 21 to 23 March are Nauryz, the 24th a day off for it: five working days
        // by the act. It is due by the end of the fifth day after the call.
        let all = (offer.windows.map(\.window) + offer.refused.map(\.window)).sorted {
            $0.start < $1.start
        }
        #expect(all.first?.start == City.second("2026-03-16T10:30"))
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.end <= $1.start })
        for window in all {
            let start = Timestamp(second: window.start)!
            #expect(city.terms.calendarSays(city.terms.zone.civil(at: start).date))
        }
        #expect(Set(all).count == all.count)
        #expect(offer.windows.filter(\.isHeld).count == 4)
        #expect(offer.windows.allSatisfy { Int64($0.window.start) < offer.due })
        #expect(offer.windows.map(\.extraTravel) == offer.windows.map(\.extraTravel).sorted())
        #expect(offer.windows[0].isHeld)
        try city.isSound()
    }

    @Test func whatIsPromisedIsKeptByThePlan() throws {
        var city = try City()
        let receipt = try city.asks(1, 5_000)
        let id = try #require(receipt.visit)
        let window = try #require(receipt.offer?.windows.first { $0.isHeld }).window
        let promised = try city.does(.promise(id, start: window.start))
        #expect(promised.state == .promised && promised.promise == window)
        #expect(city.desk.book[1]?.hold == nil)
        try city.isSound()
        // Its other places are free again.
        let places = city.desk.book.shiftRecords.values.flatMap(\.stops).filter { $0 != .lunch(1) }
        #expect(places.count == 1)
    }

    @Test func aWindowThatIsNotHeldCanBeChosenToo() throws {
        var city = try City()
        let receipt = try city.asks(1, 5_000)
        let window = try #require(receipt.offer?.windows.last { !$0.isHeld }).window
        try city.does(.promise(receipt.visit!, start: window.start))
        #expect(city.desk.book[1]?.promise == window)
        try city.isSound()
    }

    @Test func whatIsHeldForOneIsNotPromisedToAnother() throws {
        // One crew that can pay few visits: its whole day is one window.
        var rules = VisitRules()
        rules.visitMinutes = 240
        rules.windowMinutes = 660
        rules.horizonDays = 1
        rules.lunchMinutes = 0
        var city = try City(City.area(crews: 1, rules: rules))
        let first = try city.asks(1, 1_000)
        #expect(first.offer?.windows.map(\.isHeld) == [true])
        let second = try city.asks(2, 2_000)
        #expect(second.offer?.windows.filter(\.isHeld).count == 1)
        // A third has no place as long as two are held.
        let third = try city.asks(3, 3_000)
        #expect(third.offer?.windows == [])
        #expect(third.offer?.refused.map(\.reason) == [.noSlack])
        #expect(third.offer!.refused[0].missing > 0)
        #expect(third.state == .requested)
        // When the first hangs up, there is one.
        try city.does(.cancel(first.visit!, by: .applicant, reason: ""))
        let again = try city.does(
            .offer(OfferCommand(area: City.id, subject: .again(third.visit!.number))))
        #expect(again.offer?.windows.map(\.isHeld) == [true])
        try city.does(.promise(second.visit!, start: second.offer!.windows[0].window.start))
        try city.does(.promise(third.visit!, start: again.offer!.windows[0].window.start))
        try city.isSound()
    }

    @Test func aHoldEndsByItself() throws {
        var city = try City()
        let receipt = try city.asks(1, 5_000)
        city.now += 5 * 60
        city.time()
        #expect(city.desk.book[1]?.state == .requested)
        #expect(city.desk.book.shiftRecords.values.allSatisfy { $0.stops.isEmpty })
        #expect(city.desk.nextDue == nil)
        // Whoever calls back hears of other windows, and may still choose this one.
        try city.does(.promise(receipt.visit!, start: receipt.offer!.windows.last!.window.start))
        try city.isSound()
    }

    @Test func whatIsNotOfferedHasItsReason() throws {
        var city = try City()
        let offer = try #require(
            try city.asks(1, needs: [City.signs], avoided: [CrewID("crew-1")!]).offer)
        #expect(offer.windows.isEmpty)
        #expect(Set(offer.refused.map(\.reason)) == [.need])
        #expect(city.desk.book[1]?.state == .requested)
        let other = try #require(
            try city.asks(2, avoided: [1, 2, 3].map { CrewID("crew-\($0)")! }).offer)
        #expect(Set(other.refused.map(\.reason)) == [.avoided])
    }

    @Test func refusalsNameWhatIsWrong() throws {
        var city = try City()
        let id = HomeVisitID(area: City.id, number: 1)!
        #expect(throws: VisitRefusal.unknownVisit(1)) {
            try city.does(.promise(id, start: 0))
        }
        let receipt = try city.asks(1)
        #expect(throws: VisitRefusal.alreadyAsked(1)) { try city.asks(1) }
        #expect(throws: VisitRefusal.notAWindow(5)) { try city.does(.promise(id, start: 5)) }
        #expect(throws: VisitRefusal.unknownNeed(NeedID("wings")!, known: city.needs)) {
            try city.asks(2, needs: [NeedID("wings")!])
        }
        #expect(throws: VisitRefusal.unknownCrew(CrewID("crew-9")!, known: city.crews)) {
            try city.asks(2, avoided: [CrewID("crew-9")!])
        }
        #expect(throws: VisitRefusal.visitIs(.held, 1)) { try city.does(.report(id, .done)) }
        try city.does(.promise(id, start: receipt.offer!.windows[0].window.start))
        try city.does(.cancel(id, by: .applicant, reason: "well again"))
        #expect(throws: VisitRefusal.visitIs(.cancelled, 1)) {
            try city.does(.cancel(id, by: .office, reason: ""))
        }
        #expect(city.desk.book.shiftRecords.values.allSatisfy { $0.stops.isEmpty })
        // Who has called off may ask again.
        let second = try city.asks(1)
        #expect(second.visit?.number == 2)
    }

    @Test func aMemberWhoServesInTheOfficeIsNotOnAShift() throws {
        let usual = City.area(crews: 1)
        let duty = VisitArea.OfficeDuty(
            member: MemberID("m-1b")!, date: date("2026-03-17"))
        let area = VisitArea(
            id: usual.id, title: usual.title, standard: usual.standard, kind: usual.kind,
            zone: usual.zone, home: usual.home, needs: usual.needs, crews: usual.crews,
            duties: [duty], rules: usual.rules)
        var city = try City(area)
        let offer = try #require(try city.asks(1).offer)
        let tuesday =
            City.second("2026-03-17T09:00")...City.second("2026-03-17T20:00")
        #expect(!offer.windows.contains { tuesday.contains($0.window.start) })
        let refused = offer.refused.filter { tuesday.contains($0.window.start) }
        #expect(refused.count == 6 && refused.allSatisfy { $0.reason == .noShift })
    }

    @Test func aFullDayMakesRoomForOneMore() throws {
        // Two crews, one of which alone has the kit: who needs no kit moves to the other.
        var rules = VisitRules()
        rules.visitMinutes = 120
        rules.windowMinutes = 660
        rules.horizonDays = 1
        rules.lunchMinutes = 0
        rules.frozenOrderDays = 0
        rules.frozenCrewDays = 0
        var city = try City(City.area(crews: 2, rules: rules))
        let crewOne = CrewID("crew-1")!
        for caller in 1...3 {
            // The first crew is filled, as these must not be paid by the second.
            let receipt = try city.asks(caller, Int32(caller) * 500, avoided: [CrewID("crew-2")!])
            try city.does(.promise(receipt.visit!, start: receipt.offer!.windows[0].window.start))
        }
        let flexible = try city.asks(5, 700)
        try city.does(.promise(flexible.visit!, start: flexible.offer!.windows[0].window.start))
        #expect(city.crew(of: flexible.visit!.number) == crewOne)
        let signs = try city.asks(6, 900, needs: [City.signs])
        let window = try #require(signs.offer?.windows.first)
        #expect(window.crew == crewOne && window.moved == 1 && !window.isHeld)
        try city.does(.promise(signs.visit!, start: window.window.start))
        #expect(city.crew(of: flexible.visit!.number) == CrewID("crew-2")!)
        #expect(city.crew(of: signs.visit!.number) == crewOne)
        try city.isSound()
    }
}
