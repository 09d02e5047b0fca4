// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing
import Texts

/// Why a window cannot be promised: what is told is what keeps the crews from coming.
@Suite struct HurdleTests {
    private static let day = date("2026-03-16")

    /// A town of two crews, of which the first alone speaks sign language; its hours end at eight in the evening.
    private func town(at time: String, dueDays: Int = 5) throws -> City {
        var rules = VisitRules()
        rules.dueDays = dueDays
        (rules.windowMinutes, rules.lunchMinutes, rules.leadMinutes) = (60, 0, 0)
        return try City(City.area(crews: 2, rules: rules), at: "2026-03-16T\(time)")
    }

    private static func crew(_ number: Int) -> CrewID { CrewID("crew-\(number)")! }

    /// Why the last window of the day is refused, by an offer and by a question; nil if it is not.
    private func reason(
        _ city: City, needs: [NeedID] = [], avoided: [Int] = []
    ) throws -> RefusedWindow.Reason? {
        var (asked, held) = (city, city)
        let avoided = avoided.map(Self.crew)
        let place = HomePoint(
            longitude: City.home.longitude + 9_000, latitude: City.home.latitude)!
        let question = WindowsQuestion(
            area: City.id, place: place, needs: needs, avoided: avoided)
        guard
            case .windows(let free) = try asked.desk.answer(
                .windows(question), city.terms, now: city.now)
        else { return nil }
        let offer = try #require(try held.asks(99, 9_000, needs: needs, avoided: avoided).offer)
        func last(_ refused: [RefusedWindow]) -> RefusedWindow.Reason? {
            refused.first { $0.window.end == City.second("2026-03-16T20:00") }?.reason
        }
        #expect(last(offer.refused) == last(free.refused))
        return last(offer.refused)
    }

    /// Both crews are as they are told, and what is asked for.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// How the first and the second crew are: busy until after their hours, absent, or free.
        let crews: [String]
        var needs: [NeedID] = []
        var avoided: [Int] = []
        let reason: RefusedWindow.Reason?
    }

    private static let cases = [
        Case(testDescription: "both are free", crews: ["free", "free"], reason: nil),
        Case(testDescription: "both are busy", crews: ["busy", "busy"], reason: .noSlack),
        Case(testDescription: "one is busy", crews: ["busy", "absent"], reason: .noSlack),
        Case(testDescription: "none is there", crews: ["absent", "absent"], reason: .noShift),
        Case(
            testDescription: "whoever is busy must not come", crews: ["busy", "absent"],
            avoided: [1], reason: .avoided),
        Case(
            testDescription: "whoever is free must not come, and the other is busy",
            crews: ["free", "busy"], avoided: [1], reason: .noSlack),
        Case(
            testDescription: "whoever is busy lacks what is needed", crews: ["absent", "busy"],
            needs: [City.signs], reason: .need),
        Case(
            testDescription: "whoever has what is needed is busy", crews: ["busy", "free"],
            needs: [City.signs], reason: .noSlack),
        Case(
            testDescription: "whoever has what is needed must not come", crews: ["busy", "free"],
            needs: [City.signs], avoided: [1], reason: .need),
        Case(
            testDescription: "whoever has what is needed is absent", crews: ["absent", "free"],
            needs: [City.signs], reason: .need),
    ]

    @Test(arguments: cases) func whatIsToldKeepsTheCrewsFromComing(_ known: Case) throws {
        var city = try town(at: "19:05")
        for (index, state) in known.crews.enumerated() {
            let crew = Self.crew(index + 1)
            switch state {
            case "busy": try city.does(.crew(City.id, crew, .delayed(minutes: 60)))
            case "absent": try city.does(.crew(City.id, crew, .absent(Self.day)))
            default: continue
            }
        }
        #expect(try reason(city, needs: known.needs, avoided: known.avoided) == known.reason)
    }

    /// A delay up to the end of the hours, to the second after them and beyond is the same: there is no time.
    @Test(arguments: [54, 55, 56, 600]) func whoIsLateHasNoTime(_ minutes: Int) throws {
        var city = try town(at: "19:05")
        for number in 1...2 {
            try city.does(.crew(City.id, Self.crew(number), .delayed(minutes: minutes)))
        }
        #expect(try reason(city) == .noSlack)
    }

    /// Of a visit that is past due that is told, also where the crews are busy.
    @Test(arguments: [(0, RefusedWindow.Reason.noSlack), (1, .pastDue)])
    func whatIsPastDueIsToldAsThat(_ days: Int, _ reason: RefusedWindow.Reason) throws {
        var city = try town(at: "12:00", dueDays: 1)
        let visit = try city.asks(1, 9_000).visit!
        city.now = City.second("2026-03-1\(7 + days)T19:05")
        for number in 1...2 {
            try city.does(.crew(City.id, Self.crew(number), .delayed(minutes: 60)))
        }
        let again = VisitCommand.offer(OfferCommand(area: City.id, subject: .again(visit.number)))
        let offer = try #require(try city.does(again).offer)
        let tonight = City.second("2026-03-1\(7 + days)T20:00")
        #expect(offer.refused.first { $0.window.end == tonight }?.reason == reason)
    }

    /// Whoever asks why a visit stands where it stands hears of a crew that has no time either.
    @Test func aBusyCrewIsNamedAmongTheOthers() throws {
        var city = try town(at: "12:00")
        let visit = try city.asks(1, 9_000, needs: [City.signs]).visit!
        try city.does(.promise(visit, start: City.second("2026-03-16T19:00")))
        city.now = City.second("2026-03-16T18:00")
        func elsewhere(_ city: City) throws -> [String] {
            var city = city
            let answer = try city.desk.answer(.explain(visit), city.terms, now: city.now)
            guard case .explanation(let told) = answer else { return ["none"] }
            return told.elsewhere.map {
                "\($0.crew) \($0.reason.map { "\($0)" } ?? "possible")"
            }
        }
        #expect(try elsewhere(city) == ["crew-2 need"])
        var busy = city
        try busy.does(.crew(City.id, Self.crew(2), .delayed(minutes: 180)))
        #expect(try elsewhere(busy) == ["crew-2 need"])
        var absent = city
        try absent.does(.crew(City.id, Self.crew(2), .absent(Self.day)))
        #expect(try elsewhere(absent) == [])
        // Of a visit that any crew may pay.
        city = try town(at: "12:00")
        let other = try city.asks(1, 9_000).visit!
        try city.does(.promise(other, start: City.second("2026-03-16T19:00")))
        city.now = City.second("2026-03-16T18:00")
        let free = city.crew(of: 1) == Self.crew(1) ? 2 : 1
        #expect(try elsewhere(city) == ["crew-\(free) possible"])
        try city.does(.crew(City.id, Self.crew(free), .delayed(minutes: 180)))
        #expect(try elsewhere(city) == ["crew-\(free) noSlack"])
        city.now = City.second("2026-03-16T19:00")
        try city.does(.report(other, .arrived))
        #expect(try elsewhere(city) == [])
    }

    /// An absence of a day that is over is refused as that; on that day the crew had a shift.
    @Test func aDayThatIsOverIsNotOneWithoutAShift() throws {
        var city = try town(at: "12:00")
        city.now = City.second("2026-03-17T09:00")
        #expect(
            throws: VisitRefusal.fault(AreaFault(field: "date", problem: "the day is over"))
        ) { try city.does(.crew(City.id, Self.crew(1), .absent(Self.day))) }
    }
}
