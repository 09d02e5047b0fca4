// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing
import Visits

/// Crews that go on foot, beside others that go by car.
@Suite struct ProfileTests {
    /// Ways on foot: a thousandth of a degree east or north takes a minute.
    private struct FootWays: WaySource {
        private var known: [HomePoint] = []

        func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
            let ways = known.map { other in
                (abs(place.longitude - other.longitude) + abs(place.latitude - other.latitude)) * 6
                    / 100
            }
            return (ways, ways)
        }

        mutating func add(_ place: HomePoint) { known.append(place) }

        mutating func keep(_ numbers: [Int]) { known = numbers.map { known[$0] } }
    }

    private static let crews = [CrewID("crew-1")!, CrewID("crew-2")!]

    /// An area of two crews without lunch, of which the second goes on foot or not.
    private static func area(isOnFoot: Bool) -> VisitArea {
        var rules = VisitRules()
        rules.lunchMinutes = 0
        let plain = City.area(crews: 2, rules: rules)
        return VisitArea(
            id: plain.id, title: plain.title, standard: plain.standard, kind: plain.kind,
            zone: plain.zone, home: plain.home, needs: plain.needs,
            crews: plain.crews.map {
                VisitArea.Crew(
                    id: $0.id, members: $0.members, needs: $0.needs, weekdays: [], hours: $0.hours,
                    profile: isOnFoot && $0.id == crews[1] ? .foot : .car)
            }, duties: [], rules: rules)
    }

    private static func city(isOnFoot: Bool) throws -> City {
        let area = area(isOnFoot: isOnFoot)
        var city = try City(area, at: "2026-03-16T12:00")
        city.desk = VisitDesk(
            VisitBook(area),
            WayTable([.car: ProfileWays(StraightWays()), .foot: ProfileWays(FootWays())]))
        let isTaken = city.desk.take([.described(area)], at: city.now)
        #expect(isTaken)
        return city
    }

    private static let nine = City.second("2026-03-17T09:00")

    private func day(_ city: inout City, _ crew: Int) throws -> AreaPlan.CrewDay {
        let plan = try city.desk.plan(
            date("2026-03-17"), 1, since: nil, city.terms, now: city.now)
        return try #require(plan.crewDays.first { $0.crew == Self.crews[crew] })
    }

    @Test func eachCrewIsOfferedByItsOwnWays() throws {
        var city = try Self.city(isOnFoot: true)
        // Who may be visited by both is visited by the one that has the shorter way.
        let any = try city.asks(3, 0, 12_000)
        #expect(any.offer?.windows.first?.crew == Self.crews[0])
        #expect(any.offer?.windows.first?.extraTravel == 360)
        try city.does(.cancel(any.visit!, by: .applicant, reason: ""))
        // Ten minutes there and ten back; by car 160 seconds.
        let walked = try city.asks(1, 10_000, 0, avoided: [Self.crews[0]])
        let best = try #require(walked.offer?.windows.first)
        #expect(best.crew == Self.crews[1] && best.extraTravel == 1_200)
        let driven = try city.asks(2, 10_000, 0, avoided: [Self.crews[1]])
        #expect(driven.offer?.windows.first?.extraTravel == 320)
        try city.does(.promise(walked.visit!, start: Self.nine))
        let again = try city.asks(4, 10_000, 0, avoided: [Self.crews[0]])
        let next = try #require(again.offer?.windows.first { $0.window.start == Self.nine })
        #expect(next.extraTravel == 0)
    }

    @Test func aDayIsToldByTheCrewsOwnWays() throws {
        var city = try Self.city(isOnFoot: true)
        let first = try city.asks(1, 10_000, 0, avoided: [Self.crews[0]]).visit!
        let second = try city.asks(2, 10_000, 5_000, avoided: [Self.crews[0]]).visit!
        try city.does(.promise(first, start: Self.nine))
        try city.does(.promise(second, start: Self.nine + 7_200))
        let day = try day(&city, 1)
        #expect(day.stops.map(\.way) == [600, 300])
        #expect(day.stops.map { $0.start - Self.nine } == [600, 7_200])
        #expect(day.travel == 600 + 300 + 900)
        #expect(day.back == Self.nine + 7_200 + 1_200 + 900)
        let answer = try city.desk.answer(.explain(second), city.terms, now: city.now)
        guard case .explanation(let found) = answer else { throw CancellationError() }
        #expect(found.extraTravel == 600)
        let other = found.elsewhere.first { $0.crew == Self.crews[0] }
        #expect(other?.reason == .avoided)
        // On the day itself, too.
        city.now = Self.nine + 30
        try city.does(.report(first, .underWay, by: nil))
        #expect(try self.day(&city, 1).stops[0].arrival == Self.nine + 630)
    }

    /// What is too far to walk is no crew's that walks.
    @Test func nobodyWalksForHours() throws {
        var city = try Self.city(isOnFoot: true)
        let far = try city.asks(1, 400_000, 0, avoided: [Self.crews[0]])
        #expect(far.offer?.windows == [])
        #expect(far.offer?.refused.contains { $0.reason == .noSlack } == true)
        let driven = try city.asks(2, 400_000, 0)
        #expect(driven.offer?.windows.allSatisfy { $0.crew == Self.crews[0] } == true)
        #expect(driven.offer?.windows.isEmpty == false)
    }

    /// A crew whose car is broken goes on foot from now on: whose promise that breaks is told before.
    @Test func aCrewGoesOnFootFromNowOn() throws {
        var city = try Self.city(isOnFoot: false)
        let east = try city.asks(1, 60_000, 0, avoided: [Self.crews[0]]).visit!
        let west = try city.asks(2, -60_000, 0, avoided: [Self.crews[0]]).visit!
        try city.does(.promise(east, start: Self.nine))
        try city.does(.promise(west, start: Self.nine))
        #expect(try day(&city, 1).travel == 660 + 1_260 + 660)
        let walking = Self.area(isOnFoot: true)
        let before = city.desk.book
        let refusal = #expect(throws: VisitRefusal.self) {
            try city.does(.describe(walking))
        }
        guard case .breaksPromises(let harmed) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(harmed.count == 1 && city.desk.book == before)
        let receipt = try city.does(.describe(walking, breaking: true))
        #expect(receipt.unkept.map(\.number) == harmed)
        #expect(try day(&city, 1).travel == 7_200)
        // With its car again it keeps both.
        try city.does(.describe(Self.area(isOnFoot: false)))
        #expect(try day(&city, 1).travel == 660 + 1_260 + 660)
        #expect(city.desk.book[harmed[0]]?.isUnkept == false)
    }
}
