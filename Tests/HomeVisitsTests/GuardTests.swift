// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Testing
import Visits

/// Every guard on both sides of its edge.
@Suite struct GuardTests {
    private static func id(_ number: UInt32) -> HomeVisitID {
        HomeVisitID(area: City.id, number: number)!
    }

    private static let crew = CrewID("crew-1")!

    private func ask(
        _ city: inout City, _ applicant: Int, minutes: Int? = nil, needs: [NeedID] = [],
        avoided: [CrewID] = [], words: PersonWords? = nil
    ) throws(VisitRefusal) -> VisitReceipt {
        let usual = PersonWords(
            name: "N", address: "A", telephone: "1", place: City.home)
        return try city.does(
            .offer(
                OfferCommand(
                    area: City.id,
                    subject: .new(
                        NewVisit(
                            applicant: .reference("r\(applicant)"), words: words ?? usual,
                            needs: needs, avoided: avoided, minutes: minutes)))), applicant)
    }

    /// Whether a command is refused, and nothing is changed then.
    private func isRefused(
        _ city: City, _ work: (inout City) throws(VisitRefusal) -> Void
    ) -> VisitRefusal? {
        var copy = city
        do { try work(&copy) } catch { return error }
        return nil
    }

    /// A place is within the reach of the area's crews, on both sides of the edge and either way round.
    @Test func aPlaceIsWithinReach() throws {
        let city = try City()
        func refusal(_ longitude: Int32, _ latitude: Int32) throws -> VisitRefusal? {
            let place = try #require(HomePoint(longitude: longitude, latitude: latitude))
            return isRefused(city) { (city) throws(VisitRefusal) in
                _ = try ask(
                    &city, 1,
                    words: PersonWords(name: "N", address: "A", telephone: "1", place: place))
            }
        }
        // A degree of latitude is 111.195 km, so 500.5 km are 4.5011 of them.
        #expect(try refusal(71_430_000, 51_128_000 - 4_501_000) == nil)
        #expect(
            try refusal(71_430_000, 51_128_000 - 4_502_000)
                == .tooFar(kilometres: 501, isSwapped: false))
        guard case .tooFar(let far, isSwapped: true)? = try refusal(51_128_000, 71_430_000) else {
            Issue.record("the longitude comes first")
            return
        }
        #expect((2_000...3_000).contains(far))
        #expect(throws: VisitRefusal.self) {
            var city = city
            let centre = try #require(HomePoint(longitude: 51_128_000, latitude: 71_430_000))
            let closure = try #require(
                RoadClosure(name: NeedID("b")!, centre: centre, radius: 9, extra: 60))
            _ = try city.does(.closeRoad(City.id, closure))
        }
    }

    @Test(arguments: [(0, false), (1, true), (480, true), (481, false), (-1, false)])
    func minutesHaveTheirBounds(_ minutes: Int, _ isTaken: Bool) throws {
        let city = try City()
        let refusal = isRefused(city) { (city) throws(VisitRefusal) in
            _ = try ask(&city, 1, minutes: minutes)
        }
        #expect((refusal == nil) == isTaken)
        var told = try City()
        let visit = try told.asks(1, 5_000)
        let start = try #require(
            visit.offer?.windows.filter { $0.window.end < City.second("2026-03-16T20:00") }.first)
        try told.does(.promise(visit.visit!, start: start.window.start))
        let longer = isRefused(told) { (city) throws(VisitRefusal) in
            try city.does(.report(visit.visit!, .longer(minutes: minutes)))
        }
        #expect((longer == nil) == isTaken, "\(String(describing: longer))")
    }

    @Test(arguments: [(0, false), (1, true), (600, true), (601, false)])
    func delaysHaveTheirBounds(_ minutes: Int, _ isTaken: Bool) throws {
        let refusal = isRefused(try City()) { (city) throws(VisitRefusal) in
            try city.does(.crew(City.id, Self.crew, .delayed(minutes: minutes)))
        }
        #expect((refusal == nil) == isTaken)
    }

    @Test func onlyWhatTheAreaHasIsNamed() throws {
        let city = try City()
        let (need, crew) = (NeedID("wings")!, CrewID("crew-9")!)
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in _ = try ask(&city, 1, needs: [need]) }
                == .unknownNeed(need, known: city.needs))
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in
                _ = try ask(&city, 1, avoided: [crew])
            } == .unknownCrew(crew, known: city.crews))
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in
                _ = try ask(&city, 1, needs: [City.kit], avoided: [Self.crew])
            } == nil)
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in
                try city.does(.crew(City.id, crew, .delayed(minutes: 5)))
            } == .unknownCrew(crew, known: city.crews))
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in
                try city.does(.cancel(Self.id(1), by: .office, reason: ""))
            } == .unknownVisit(1))
    }

    @Test(arguments: [(200, true), (201, false)])
    func wordsHaveTheirLength(_ length: Int, _ isTaken: Bool) throws {
        let words = PersonWords(
            name: String(repeating: "n", count: length), address: "A", telephone: "1",
            place: City.home)
        let refusal = isRefused(try City()) { (city) throws(VisitRefusal) in
            _ = try ask(&city, 1, words: words)
        }
        #expect((refusal == nil) == isTaken)
    }

    /// Without a name, an address and a telephone the crew stands before an unknown door, and nobody can be
    /// called; all that is missing is told at once.
    @Test(arguments: ["", " ", "\u{200B}"])
    func whoIsVisitedIsTold(_ nothing: String) throws {
        for missing in [
            [], [.name], [.address], [.telephone], [.name, .telephone], PersonWords.Field.allCases,
        ] as [[PersonWords.Field]] {
            func text(_ field: PersonWords.Field) -> String {
                missing.contains(field) ? nothing : "x"
            }
            let words = PersonWords(
                name: text(.name), address: text(.address), telephone: text(.telephone),
                place: City.home)
            let refusal = isRefused(try City()) { (city) throws(VisitRefusal) in
                _ = try ask(&city, 1, words: words)
            }
            // A character that nobody sees is no plain text, and told as that.
            if nothing == "\u{200B}", !missing.isEmpty {
                guard case .fault? = refusal else {
                    Issue.record("\(missing)")
                    continue
                }
            } else {
                #expect(refusal == (missing.isEmpty ? nil : .withoutWords(missing)))
            }
        }
    }

    /// Who has a visit that is not over asks for no second one, until the day of its promise is past.
    @Test func oneVisitAtATime() throws {
        var city = try City()
        let receipt = try ask(&city, 1)
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in _ = try ask(&city, 1) }
                == .alreadyAsked(1))
        #expect(isRefused(city) { (city) throws(VisitRefusal) in _ = try ask(&city, 2) } == nil)
        let window = try #require(receipt.offer?.windows.first).window
        try city.does(.promise(receipt.visit!, start: window.start))
        let day = city.terms.zone.civil(at: Timestamp(second: window.end)!).date
        city.now = City.second("\(day)T23:59")
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in _ = try ask(&city, 1) }
                == .alreadyAsked(1))
        city.now += 61
        #expect(isRefused(city) { (city) throws(VisitRefusal) in _ = try ask(&city, 1) } == nil)
    }

    /// What can be done in each state, and what not.
    @Test func everyStateAllowsWhatItAllows() throws {
        var city = try City()
        let visit = try ask(&city, 1).visit!
        let windows = try #require(city.desk.book[1]?.hold?.windows)
        let today = try #require(
            windows.first { $0.end < City.second("2026-03-16T20:00") } ?? windows.first)
        func allowed(_ city: City) -> [Bool] {
            let commands: [VisitCommand] = [
                .offer(OfferCommand(area: City.id, subject: .again(1))),
                .cancel(visit, by: .applicant, reason: ""), .report(visit, .arrived),
            ]
            return commands.map { command in
                isRefused(city) { (city) throws(VisitRefusal) in try city.does(command) } == nil
            }
        }
        #expect(city.desk.book[1]?.state == .held && allowed(city) == [true, true, false])
        try city.does(.promise(visit, start: today.start))
        city.now = today.start
        #expect(allowed(city) == [true, true, true])
        try city.does(.report(visit, .underWay))
        #expect(city.desk.book[1]?.state == .underWay && allowed(city) == [false, true, true])
        var vain = city
        try vain.does(.report(visit, .nobodyHome))
        #expect(vain.desk.book[1]?.state == .failed && allowed(vain) == [true, true, false])
        var cancelled = city
        try cancelled.does(.cancel(visit, by: .office, reason: ""))
        #expect(allowed(cancelled) == [false, false, false])
        try city.does(.report(visit, .done))
        #expect(allowed(city) == [false, false, false])
    }

    /// A window is one that begins at a second that was offered, and no other.
    @Test func aWindowBeginsWhenItBegins() throws {
        var city = try City()
        let receipt = try ask(&city, 1)
        let window = try #require(receipt.offer?.windows.first { !$0.isHeld }).window
        for shift in [-1, 1] as [Int64] {
            #expect(
                isRefused(city) { (city) throws(VisitRefusal) in
                    try city.does(.promise(receipt.visit!, start: window.start + shift))
                } == .notAWindow(window.start + shift))
        }
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in
                try city.does(.promise(receipt.visit!, start: window.start))
            } == nil)
        // What is held is released at its second, not before.
        let until = try #require(city.desk.book[1]?.hold?.until)
        city.now = until - 1
        city.time()
        #expect(city.desk.book[1]?.state == .held)
        city.now = until
        city.time()
        #expect(city.desk.book[1]?.state == .requested)
    }

    /// Whoever is forgotten is offered and promised nothing.
    @Test func whoIsForgottenIsNotVisited() throws {
        var city = try City()
        let receipt = try ask(&city, 1)
        let window = try #require(receipt.offer?.windows.first).window
        city.desk.forget([Applicant(high: 1, low: 1)])
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in
                try city.does(.offer(OfferCommand(area: City.id, subject: .again(1))))
            } == .forgotten(1))
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in
                try city.does(.promise(receipt.visit!, start: window.start))
            } == .forgotten(1))
    }

    @Test func thirtyTwoRoadsAreClosedAtMost() throws {
        var city = try City()
        func close(_ city: inout City, _ number: Int) throws(VisitRefusal) {
            try city.does(
                .closeRoad(
                    City.id,
                    RoadClosure(
                        name: NeedID("road-\(number)")!, centre: City.home, radius: 1, extra: 1)!))
        }
        for number in 1...32 { try close(&city, number) }
        #expect(
            isRefused(city) { (city) throws(VisitRefusal) in try close(&city, 33) }
                == .tooManyClosures)
        // One of the same name takes its place.
        #expect(isRefused(city) { (city) throws(VisitRefusal) in try close(&city, 7) } == nil)
        try city.does(.openRoad(City.id, NeedID("road-7")!))
        #expect(isRefused(city) { (city) throws(VisitRefusal) in try close(&city, 33) } == nil)
    }

    /// A crew is absent once, on a day on which it has a shift, and not on a day that is past.
    @Test func aCrewIsAbsentWhereItHasAShift() throws {
        var city = try City()
        func tell(_ city: City, _ report: CrewReport) -> VisitRefusal? {
            isRefused(city) { (city) throws(VisitRefusal) in
                try city.does(.crew(City.id, Self.crew, report))
            }
        }
        #expect(tell(city, .absent(date("2026-03-16"))) == nil)
        #expect(
            tell(city, .absent(date("2026-03-15"))) == .noShift(Self.crew, on: date("2026-03-15")))
        // A Sunday.
        #expect(
            tell(city, .absent(date("2026-03-29"))) == .noShift(Self.crew, on: date("2026-03-29")))
        // Nobody knows who works in a year that is not published, in the plan either.
        for day in ["2035-01-15", "2001-01-15"] {
            guard case .yearNotPublished(let year, _)? = tell(city, .absent(date(day))) else {
                Issue.record("\(day)")
                continue
            }
            #expect("\(year)" == day.prefix(4))
            var desk = city.desk
            for days in [1, 14] {
                #expect(throws: VisitRefusal.self) {
                    try desk.answer(
                        .plan(City.id, from: date(day), days: days), city.terms, now: city.now)
                }
            }
        }
        #expect(
            tell(city, .present(date("2026-03-16")))
                == .crewIs(Self.crew, absent: false, on: date("2026-03-16")))
        try city.does(.crew(City.id, Self.crew, .absent(date("2026-03-16"))))
        #expect(
            tell(city, .absent(date("2026-03-16")))
                == .crewIs(Self.crew, absent: true, on: date("2026-03-16")))
        #expect(
            tell(city, .delayed(minutes: 5))
                == .crewIs(Self.crew, absent: true, on: date("2026-03-16")))
        #expect(tell(city, .present(date("2026-03-16"))) == nil)
    }
}
