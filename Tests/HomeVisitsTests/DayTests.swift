// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing
import Visits

/// A day that goes otherwise than planned.
@Suite struct DayTests {
    /// A town on Tuesday morning whose callers were promised windows of that day on Monday.
    private func busy(_ callers: Int = 8, crews: Int = 2) throws -> City {
        var city = try City(City.area(crews: crews), at: "2026-03-16T10:00")
        for caller in 1...callers {
            let receipt = try city.asks(
                caller, Int32(caller % 4) * 9_000, Int32(caller / 4) * 7_000)
            let tuesday = try #require(
                receipt.offer?.windows.first {
                    $0.isHeld && $0.window.start >= City.second("2026-03-17T09:00")
                        && $0.window.end <= City.second("2026-03-17T20:00")
                }
                    ?? receipt.offer?.windows.first {
                        $0.window.start >= City.second("2026-03-17T09:00")
                            && $0.window.end <= City.second("2026-03-17T20:00")
                    })
            try city.does(.promise(receipt.visit!, start: tuesday.window.start))
        }
        city.now = City.second("2026-03-17T09:00")
        return city
    }

    private func first(_ city: inout City, crew: Int = 1) throws -> (UInt32, AreaPlan.Stop) {
        let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        let stops = plan.crewDays.first { $0.crew.description == "crew-\(crew)" }?.stops ?? []
        for stop in stops {
            if case .visit(let number) = stop.kind { return (number, stop) }
        }
        throw VisitRefusal.unknownVisit(0)
    }

    @Test func whatACrewTellsIsWhatThePlanSays() throws {
        var city = try busy()
        let (number, stop) = try first(&city)
        let id = HomeVisitID(area: City.id, number: number)!
        try city.does(.report(id, .underWay))
        #expect(city.desk.book[number]?.state == .underWay)
        city.now = stop.start + 60
        try city.does(.report(id, .arrived))
        city.now += 1_500
        try city.does(.report(id, .done))
        #expect(city.desk.book[number]?.state == .done)
        let (after, told) = try first(&city)
        #expect(after == number && told.isBegun && told.end == city.now)
        try city.isSound()
        #expect(throws: VisitRefusal.visitIs(.done, number)) { try city.does(.report(id, .done)) }
    }

    @Test func aDelayThatNobodyCanMakeUpIsSaidAtOnce() throws {
        var city = try busy(10)
        let receipt = try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 300)))
        #expect(!receipt.unkept.isEmpty)
        let said = Set(receipt.unkept.map(\.number))
        try city.isSound(lateSaid: said)
        for unkept in receipt.unkept where city.desk.book[unkept.number]!.isUnkept {
            // A way out can be chosen as it was listed.
            let id = HomeVisitID(area: City.id, number: unkept.number)!
            if let late = unkept.late {
                try city.does(.promise(id, start: late.start))
                #expect(city.desk.book[unkept.number]?.promise?.start == late.start)
            } else if let other = unkept.alternatives.first {
                try city.does(.promise(id, start: other.window.start))
                #expect(city.desk.book[unkept.number]?.promise == other.window)
            }
            #expect(city.desk.book[unkept.number]?.isUnkept == false)
        }
        try city.isSound(lateSaid: said)
    }

    @Test func othersTakeOverFromACrewThatIsAbsent() throws {
        var city = try busy(6)
        let crew = CrewID("crew-1")!
        let receipt = try city.does(
            .crew(City.id, crew, .absent(date("2026-03-17"))))
        try city.isSound(lateSaid: Set(receipt.unkept.map(\.number)))
        for number in 1...6 as ClosedRange<UInt32> {
            let visit = city.desk.book[number]!
            #expect(visit.isUnkept || city.crew(of: number) == CrewID("crew-2")!)
        }
        // Whoever watches is told that the crew has nothing to do.
        let news = try city.desk.plan(
            nil, 1, since: receipt.revision - 1, city.terms, now: city.now)
        let own = try #require(news.crewDays.first { $0.crew == crew })
        #expect(own.isAbsent && own.stops.isEmpty && !news.isWhole)
        #expect(throws: VisitRefusal.crewIs(crew, absent: true, on: date("2026-03-17"))) {
            try city.does(.crew(City.id, crew, .absent(date("2026-03-17"))))
        }
        try city.does(.crew(City.id, crew, .present(date("2026-03-17"))))
        // With the crew back, every promise has a place.
        #expect(city.desk.book.visits.allSatisfy { !$0.isUnkept })
        try city.isSound()
    }

    /// The ways out are those of the plan without the crew, so that the first can always be chosen.
    @Test(arguments: [6, 10, 14, 20])
    func whatIsListedForALostPromiseCanBeChosen(_ callers: Int) throws {
        var city = try busy(callers)
        let receipt = try city.does(
            .crew(City.id, CrewID("crew-2")!, .absent(date("2026-03-17"))))
        for unkept in receipt.unkept.prefix(1) {
            let id = HomeVisitID(area: City.id, number: unkept.number)!
            let way = try #require(unkept.alternatives.first)
            #expect(way.crew == CrewID("crew-1")! || way.window != unkept.promise)
            try city.does(.promise(id, start: way.window.start))
            #expect(city.desk.book[unkept.number]?.promise == way.window)
        }
        try city.isSound(lateSaid: Set(receipt.unkept.map(\.number)))
    }

    @Test func nobodyAtHomeIsOfferedOtherWindows() throws {
        var city = try busy()
        let (number, stop) = try first(&city)
        let id = HomeVisitID(area: City.id, number: number)!
        city.now = stop.start
        try city.does(.report(id, .arrived))
        let failed = try city.does(.report(id, .nobodyHome))
        #expect(failed.state == .failed)
        let again = try city.does(
            .offer(OfferCommand(area: City.id, subject: .again(number))))
        let window = try #require(again.offer?.windows.first)
        try city.does(.promise(id, start: window.window.start))
        #expect(city.desk.book[number]?.state == .promised)
        try city.isSound()
    }

    @Test func aClosedRoadTakesLonger() throws {
        var city = try busy(8)
        let before = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        let name = NeedID("bridge")!
        let closure = RoadClosure(name: name, centre: City.home, radius: 400, extra: 600)!
        let receipt = try city.does(.closeRoad(City.id, closure))
        let after = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        let travel = { (plan: AreaPlan) in plan.crewDays.reduce(0) { $0 + Int($1.travel) } }
        // Each crew that sets out goes through the closed place at least twice.
        #expect(travel(after) >= travel(before) + 1_200)
        try city.isSound(lateSaid: Set(receipt.unkept.map(\.number)))
        try city.does(.openRoad(City.id, name))
        #expect(city.desk.book.closures.isEmpty)
        #expect(throws: VisitRefusal.unknownClosure(name, known: [])) {
            try city.does(.openRoad(City.id, name))
        }
    }

    @Test func aVisitThatTakesLongerPushesTheRestOrIsSaid() throws {
        var city = try busy(10)
        let (number, stop) = try first(&city)
        let id = HomeVisitID(area: City.id, number: number)!
        city.now = stop.start
        try city.does(.report(id, .arrived))
        let receipt = try city.does(.report(id, .longer(minutes: 240)))
        #expect(city.desk.book[number]?.service == 20 * 60 + 240 * 60)
        try city.isSound(lateSaid: Set(receipt.unkept.map(\.number)))
        try city.does(.report(id, .longer(minutes: 480)))
        try city.does(.report(id, .longer(minutes: 480)))
        // No visit takes a day.
        #expect(throws: VisitRefusal.self) { try city.does(.report(id, .longer(minutes: 480))) }
        #expect(city.desk.book[number]?.service == 20 * 60 + 1_200 * 60)
        let (_, longer) = try first(&city)
        #expect(longer.end - longer.start == 1_220 * 60)
    }

    @Test func aHolidayThatComesLaterTakesItsVisitsElsewhereOrSaysSo() throws {
        var city = try busy(5)
        // The office's crews serve at the windows on Tuesday after all.
        let usual = city.desk.book.area
        let area = VisitArea(
            id: usual.id, title: usual.title, standard: usual.standard, kind: usual.kind,
            zone: usual.zone, home: usual.home, needs: usual.needs, crews: usual.crews,
            duties: ["m-1a", "m-2a"].map {
                VisitArea.OfficeDuty(member: MemberID($0)!, date: date("2026-03-17"))
            }, rules: usual.rules)
        // Whoever changes the area is told whom it concerns before it is done.
        let numbers = city.desk.book.visits.map(\.number)
        #expect(throws: VisitRefusal.breaksPromises(numbers)) { try city.does(.describe(area)) }
        #expect(city.desk.book.area == usual)
        let receipt = try city.does(.describe(area, breaking: true))
        #expect(receipt.unkept.count == 5)
        #expect(receipt.unkept.allSatisfy { $0.late == nil && !$0.alternatives.isEmpty })
        try city.isSound()
        // Each accepts another day.
        for unkept in receipt.unkept {
            let id = HomeVisitID(area: City.id, number: unkept.number)!
            let again = try city.does(
                .offer(OfferCommand(area: City.id, subject: .again(unkept.number))))
            let window = try #require(again.offer?.windows.first)
            try city.does(.promise(id, start: window.window.start))
        }
        #expect(city.desk.book.visits.allSatisfy { !$0.isUnkept })
        try city.isSound()
    }

    @Test func aBetterPlanIsPublishedAndKeepsEveryPromise() throws {
        var city = try City(at: "2026-03-16T09:30")
        for caller in 1...16 {
            let receipt = try city.asks(
                caller, Int32((caller * 7) % 5) * 9_000, Int32((caller * 3) % 7) * 6_000)
            // Whatever comes last: the worst for the plan.
            let window = try #require(receipt.offer?.windows.last)
            try city.does(.promise(receipt.visit!, start: window.window.start))
        }
        let promises = city.desk.book.visits.map(\.promise)
        let figures = try #require(try city.replans())
        #expect(figures.isPublished == (figures.travelAfter < figures.travelBefore))
        #expect(city.desk.book.visits.map(\.promise) == promises)
        try city.isSound()
        let (before, after) = (city.desk.book.shiftRecords, try city.replans())
        if after?.isPublished == false { #expect(city.desk.book.shiftRecords == before) }
    }

    @Test func aPlanIsExplained() throws {
        var city = try busy()
        let (number, stop) = try first(&city)
        let id = HomeVisitID(area: City.id, number: number)!
        // The crew is on its way there from nine, and then nobody else pays the visit.
        for (now, elsewhere) in [("08:59", [CrewID("crew-2")!]), ("09:00", [])] {
            city.now = City.second("2026-03-17T\(now)")
            let answer = try city.desk.answer(.explain(id), city.terms, now: city.now)
            guard case .explanation(let found) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(found.crew == CrewID("crew-1")! && found.date == date("2026-03-17"))
            #expect(found.start == stop.start && found.arrival <= found.start)
            #expect(found.slack >= 0)
            #expect(found.elsewhere.map(\.crew) == elsewhere)
        }
    }

    @Test func theJournalGivesTheSameBook() throws {
        var city = try busy(10)
        let receipt = try city.does(.crew(City.id, CrewID("crew-1")!, .delayed(minutes: 90)))
        try city.replans()
        try city.isSound(lateSaid: Set(receipt.unkept.map(\.number)))
        var book = VisitBook(City.area(crews: 2))
        for entry in city.journal {
            let follows = book.take(entry.events, at: entry.at)
            #expect(follows)
        }
        #expect(book == city.desk.book)
    }
}
