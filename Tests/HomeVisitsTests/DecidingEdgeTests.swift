// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Testing
import Visits

@testable import HomeVisits

/// Guards of what the desk decides, on both sides of their edge.
@Suite struct DecidingEdgeTests {
    private static let crew = CrewID("crew-1")!

    private static func second(_ time: String) -> Int64 { City.second("2026-03-17T\(time)") }

    /// A town with one crew on Tuesday morning, and somebody ten minutes away who was promised 15:00.
    private func town(
        _ change: (inout VisitRules) -> Void = { _ in }, roads: MeasuredWays? = nil
    ) throws -> (City, HomeVisitID) {
        var rules = VisitRules()
        (rules.lunchMinutes, rules.windowMinutes) = (0, 60)
        (rules.visitMinutes, rules.setupMinutes) = (20, 0)
        change(&rules)
        let area = City.area(crews: 1, rules: rules)
        var city = try City(area, at: "2026-03-16T10:00")
        if let roads {
            city.desk = VisitDesk(VisitBook(area), WayTable(StraightWays(), roads: roads))
            city.take([.described(area)])
        }
        let number = try #require(try city.asks(1, 54_000).visit)
        try city.does(.promise(number, start: Self.second("15:00")))
        city.now = Self.second("08:00")
        return (city, number)
    }

    // MARK: Why a window is refused

    /// Where its crew is busy, the visit that would end with its due time finds no time; a minute later it is past due.
    @Test(arguments: [(60, RefusedWindow.Reason.noSlack), (61, .pastDue)])
    func whatEndsWithItsDueTimeIsNotPastDue(
        _ minutes: Int, _ reason: RefusedWindow.Reason
    ) throws {
        var rules = VisitRules()
        (rules.windowMinutes, rules.lunchMinutes, rules.leadMinutes) = (60, 0, 0)
        (rules.visitMinutes, rules.dueDays) = (minutes, 1)
        var city = try City(City.area(crews: 1, rules: rules), at: "2026-03-16T12:00")
        let visit = try #require(try city.asks(1, 9_000).visit)
        // It is due when the office closes on Tuesday, at eight; the last window begins at seven.
        city.now = Self.second("18:50")
        try city.does(.crew(City.id, Self.crew, .delayed(minutes: 90)))
        let again = VisitCommand.offer(OfferCommand(area: City.id, subject: .again(visit.number)))
        let offer = try #require(try city.does(again).offer)
        #expect(offer.due == Self.second("20:00"))
        let last = offer.refused.first { $0.window.start == Self.second("19:00") }
        #expect(last?.reason == reason)
    }

    // MARK: When a crew was there

    /// Whoever finds nobody at home was there when it was expected, or is there now if it did not have to set out
    /// before: who sets out at nine waits for the window.
    @Test(arguments: [("15:10", "09:10"), ("09:10", "09:10"), ("09:09", "09:09")])
    func whoFoundNobodyWasThereBeforeNow(told: String, arrival: String) throws {
        var (city, visit) = try town()
        city.now = Self.second(told)
        try city.does(.report(visit, .nobodyHome))
        let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        let stop = plan.crewDays.first?.stops.first
        #expect(stop?.outcome == .nobodyHome)
        #expect(stop?.arrival == Self.second(arrival))
        #expect(stop?.end == city.now)
    }

    /// Who is called from one visit to the next has left the first now, or when it was expected to, if that was
    /// before.
    @Test(arguments: [
        ("15:10", "15:10"), ("15:19", "15:19"), ("15:20", "15:20"), ("15:30", "15:20"),
    ])
    func whoSetsOutHasLeft(told: String, end: String) throws {
        var (city, first) = try town()
        city.now = City.second("2026-03-16T11:00")
        let next = try #require(try city.asks(2, -54_000).visit)
        try city.does(.promise(next, start: Self.second("16:00")))
        city.now = Self.second(told)
        try city.does(.report(next, .underWay))
        let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        let stops = try #require(plan.crewDays.first).stops
        #expect(stops.map(\.kind) == [.visit(first.number), .visit(next.number)])
        #expect(stops.first?.end == Self.second(end))
        #expect(stops.last?.arrival == city.now + 1_140)
    }

    /// A visit that was called off on the way to it is behind that crew, until another tells that it is done.
    @Test func whatAnotherCrewHasDoneIsBehindItAlone() throws {
        var rules = VisitRules()
        (rules.lunchMinutes, rules.windowMinutes, rules.visitMinutes) = (0, 60, 20)
        var city = try City(City.area(crews: 2, rules: rules), at: "2026-03-16T10:00")
        let (one, two) = (CrewID("crew-1")!, CrewID("crew-2")!)
        var visits: [HomeVisitID] = []
        for (avoided, time) in [(two, "13:00"), (two, "15:00"), (one, "15:00")] {
            let visit = try city.asks(visits.count + 1, 54_000, avoided: [avoided]).visit
            visits.append(try #require(visit))
            try city.does(.promise(visits.last!, start: Self.second(time)))
        }
        func numbers(_ crew: CrewID) throws -> [UInt32] {
            let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
            return plan.crewDays.first { $0.crew == crew }?.stops.compactMap { stop in
                if case .visit(let number) = stop.kind { number } else { nil }
            } ?? []
        }
        city.now = Self.second("14:55")
        try city.does(.report(visits[1], .underWay))
        try city.does(.cancel(visits[1], by: .applicant, reason: ""))
        let before = [try numbers(one), try numbers(two)]
        #expect(before == [[1, 2], [3]])
        city.now = Self.second("15:30")
        try city.does(.report(visits[1], .done, by: two))
        let after = [try numbers(one), try numbers(two)]
        #expect(after == [[1], [3, 2]])
    }

    // MARK: Roads

    /// An answer in which each way that is none takes so many seconds.
    private func measure(_ city: inout City, _ seconds: Int32) throws -> (MeasuredWays, [HomePoint])
    {
        var roads = try #require(city.desk.roads())
        let question = try #require(
            roads.question(about: city.desk.placesInPlan(city.terms, now: city.now)))
        #expect(question.places.count == 2)
        roads.take(
            RoadAnswer(
                from: question.places.map { a in question.places.map { a == $0 ? 0 : seconds } },
                to: question.places.map { _ in [] }), to: question)
        return (roads, question.places)
    }

    /// From nine the crew is there at three, and back by eight, if a way takes four hours and forty minutes
    /// at the most: a promise that can be kept by road is kept, and one that cannot is told.
    @Test(arguments: [(16_800 as Int32, true), (16_801, false)])
    func whatRoadsMakeOfThePlanIsTold(_ seconds: Int32, _ isKept: Bool) throws {
        var (city, visit) = try town(roads: MeasuredWays())
        let (roads, places) = try measure(&city, seconds)
        _ = try city.desk.answer(.explain(visit), city.terms, now: city.now)
        let isOther = city.desk.take(roads, about: places)
        #expect(isOther)
        let events = try city.desk.repairMeasured(city.terms, now: city.now)
        let broken = events.compactMap(\.broken)
        #expect(broken.isEmpty == isKept, "\(events)")
        city.take(events)
        #expect(city.desk.book[visit.number]?.isUnkept == !isKept)
    }

    /// Of a place that nobody's way leads to nothing is other than before.
    @Test func roadsAboutStrangersChangeNothing() throws {
        var (city, _) = try town(roads: MeasuredWays())
        let strange = HomePoint(longitude: 71_000_000, latitude: 51_000_000)!
        var roads = try #require(city.desk.roads())
        let question = try #require(roads.question(about: [strange]))
        roads.take(RoadAnswer(from: [[0]], to: [[]]), to: question)
        let isOther = city.desk.take(roads, about: [strange])
        #expect(!isOther)
    }

    /// An offer says that its ways are by road where those to the visits and to the office were all measured.
    @Test(arguments: [(true, WayOrigin.roads), (false, .roadsMissing)])
    func waysToTheOfficeCountAmongThoseOfAnOffer(_ isHomeKnown: Bool, _ origin: WayOrigin) throws {
        var (city, visit) = try town(roads: MeasuredWays())
        let home = City.home
        let other = HomePoint(longitude: home.longitude + 9_000, latitude: home.latitude)!
        let there = try #require(city.desk.book[visit.number]?.words?.place)
        var roads = try #require(city.desk.roads())
        let question = try #require(
            roads.question(about: [there, other] + (isHomeKnown ? [home] : [])))
        roads.take(
            RoadAnswer(
                from: question.places.map { a in question.places.map { a == $0 ? 0 : 300 } },
                to: question.places.map { _ in [] }), to: question)
        _ = city.desk.take(roads, about: question.places)
        let known = try city.asks(2, 9_000).offer
        #expect(known?.ways == origin)
        let unknown = try city.asks(3, 10_000).offer
        #expect(unknown?.ways == .roadsMissing)
    }

    @Test func aWayOfTravellingIsReadByItsName() {
        for profile in TravelProfile.allCases {
            #expect(TravelProfile(name: profile.name) == profile)
        }
        #expect(TravelProfile.allCases.map(\.name) == ["car", "foot", "bicycle", "bus"])
        #expect(TravelProfile(name: "plane") == nil && TravelProfile(name: "") == nil)
    }

    /// An area in which nothing is planned has nothing to be put right.
    @Test func roadsOfNoPlanBreakNothing() throws {
        var city = try City(City.area(crews: 1))
        let events = try city.desk.repairMeasured(city.terms, now: city.now)
        #expect(events.isEmpty)
    }

    // MARK: The book

    /// What a crew has done is the beginning of its route; all of it may be.
    @Test func whatIsToldOfARouteIsItsBeginning() {
        let shift = PlanNumbers.shift(CivilDate("2026-03-17")!, crew: 0)
        let stops = (1...3).map { Stop.visit(PlanNumbers.visit($0)) }
        func follows(_ told: [Stop], on shift: ShiftID = shift) -> Bool {
            var book = VisitBook(City.area(crews: 2))
            let asked = (1...3 as ClosedRange<UInt32>).map { number in
                VisitEvent.asked(
                    AskedVisit(
                        number: number, applicant: Applicant(high: 1, low: UInt64(number)),
                        words: nil, service: 1_200, setup: 0, needs: [], avoided: [], due: 0))
            }
            _ = book.take(
                asked + [.routed([RouteChange(shift: shift, stops: Array(stops.prefix(2)))])], at: 0
            )
            let done = told.map { DoneStop($0, arrival: 0, start: 0, end: 0) }
            return book.take([.progressed(shift, done)], at: 1)
        }
        #expect(follows([]) && follows([stops[0]]) && follows(Array(stops.prefix(2))))
        #expect(!follows([stops[1]]) && !follows([stops[1], stops[0]]) && !follows(stops))
        let (last, beyond) = (1, 2)
        let date = CivilDate("2026-03-17")!
        #expect(follows([stops[0]], on: PlanNumbers.shift(date, crew: last)))
        #expect(!follows([stops[0]], on: PlanNumbers.shift(date, crew: beyond)))
    }

    // MARK: What is held

    /// A report gives back what was held meanwhile: the place can be had by somebody else at once, and is not
    /// held in the plan after it.
    @Test(arguments: [VisitReport.arrived, .done, .underWay])
    func whatWasHeldIsGivenBackByAReport(_ report: VisitReport) throws {
        var (city, visit) = try town { $0.heldWindows = 3 }
        city.now = Self.second("14:50")
        let again = VisitCommand.offer(OfferCommand(area: City.id, subject: .again(visit.number)))
        let offer = try #require(try city.does(again).offer)
        let held = offer.windows.filter(\.isHeld)
        #expect(!held.isEmpty)
        city.now = Self.second("14:55")
        try city.does(.report(visit, report))
        let plan = try city.desk.plan(nil, 14, since: nil, city.terms, now: city.now)
        let stillHeld = plan.crewDays.flatMap(\.stops).filter {
            if case .held = $0.kind { true } else { false }
        }
        #expect(stillHeld.isEmpty)
        #expect(city.desk.book[visit.number]?.hold == nil)
        try city.isSound()
    }

    /// So does calling off where the crew is on its way: nothing of the visit stays ahead of any crew.
    @Test func whatWasHeldIsGivenBackByCallingOff() throws {
        var (city, visit) = try town { $0.heldWindows = 3 }
        city.now = Self.second("14:50")
        try city.does(.report(visit, .underWay))
        try city.does(.cancel(visit, by: .applicant, reason: ""))
        let plan = try city.desk.plan(nil, 14, since: nil, city.terms, now: city.now)
        let stops = plan.crewDays.flatMap(\.stops)
        #expect(stops.map(\.outcome) == [.calledOff])
        try city.isSound()
    }
}
