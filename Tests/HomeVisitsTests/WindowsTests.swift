// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import Parties
import Testing
import Visits

/// Windows that are only asked about.
@Suite struct WindowsTests {
    private func windows(
        _ city: inout City, _ east: Int32, _ needs: [NeedID] = []
    ) throws -> FreeWindows {
        let place = HomePoint(
            longitude: City.home.longitude + east, latitude: City.home.latitude - east / 3)!
        let question = WindowsQuestion(area: City.id, place: place, needs: needs)
        let answer = try city.desk.answer(.windows(question), city.terms, now: city.now)
        guard case .windows(let free) = answer else {
            Issue.record("\(answer)")
            throw CancellationError()
        }
        return free
    }

    /// A town in which much is promised.
    private func town(_ seed: Int) throws -> City {
        var rules = VisitRules()
        rules.horizonDays = 3
        rules.visitMinutes = 75
        var city = try City(City.area(crews: 2, rules: rules))
        for number in 1...30 {
            let east = Int32((number * 7_919 + seed * 104_729) % 40_000 - 20_000)
            let receipt = try city.asks(number, east, east / 2)
            guard let best = receipt.offer?.windows.first else { continue }
            try city.does(.promise(receipt.visit!, start: best.window.start))
        }
        return city
    }

    @Test(arguments: 1...6) func theyAreThoseOfAnOfferForWhichNobodyMakesRoom(_ seed: Int) throws {
        var city = try town(seed)
        let east = Int32(seed * 5_113 % 30_000)
        let (before, revision) = (city.desk.book, city.desk.book.revision)
        let free = try windows(&city, east)
        #expect(city.desk.book == before && free.revision == revision)
        // Asked again, from a place that nobody has kept, it is the same.
        #expect(try windows(&city, east) == free)
        #expect(free.windows.allSatisfy { !$0.isHeld && $0.moved == 0 })
        let offer = try #require(try city.asks(99, east, -(east / 3)).offer)
        #expect(free.due == offer.due)
        // Whatever an offer refuses has no place without room made for it, for the same reason.
        #expect(Set(offer.refused).isSubset(of: free.refused))
        let refusedLast = Set(free.refused.map(\.window))
        let direct = offer.windows.filter { !refusedLast.contains($0.window) }
        #expect(Set(direct.map(\.window)) == Set(free.windows.map(\.window)))
        // Those that are not held have the very place of the answer.
        let told = Set(free.windows)
        for window in direct where !window.isHeld { #expect(told.contains(window)) }
        #expect(!free.windows.isEmpty && !free.refused.isEmpty)
        // A place that is known by now is answered alike, but for what is held meanwhile.
        let later = try windows(&city, east)
        #expect(Set(later.windows.map(\.window)).isSubset(of: free.windows.map(\.window)))
    }

    @Test(arguments: 1...6) func theBestOfThemCanBePromised(_ seed: Int) throws {
        var city = try town(seed)
        let free = try windows(&city, 9_000)
        let receipt = try city.asks(99, 9_000, -3_000)
        let promised = try city.does(
            .promise(receipt.visit!, start: free.windows[0].window.start))
        #expect(promised.promise == free.windows[0].window)
        try city.isSound()
    }

    /// A plan that was made ready beside others is taken over only if nothing is otherwise since.
    @Test func aPlanMadeReadyOnACopyIsTakenOverUnlessSomethingHasChanged() throws {
        let city = try town(1)
        #expect(city.desk.wantsBoard(city.terms, now: city.now))
        var copy = city.desk
        try copy.refreshBoard(city.terms, now: city.now)
        #expect(!copy.wantsBoard(city.terms, now: city.now))
        var other = city.desk
        other.adoptBoard(of: copy)
        #expect(!other.wantsBoard(city.terms, now: city.now))
        // It grows old, sooner than whoever asks would have to wait for another.
        #expect(other.wantsBoard(city.terms, now: city.now + 45))
        // Somebody has called meanwhile.
        var called = city
        _ = try called.asks(98, 1_000)
        called.desk.adoptBoard(of: copy)
        #expect(called.desk.wantsBoard(city.terms, now: city.now))
        // Roads were measured meanwhile.
        var measured = city.desk
        var roads = MeasuredWays()
        let question = try #require(roads.question(about: [City.home]))
        roads.take(RoadAnswer(from: [[0]], to: [[]]), to: question)
        _ = measured.take(roads, about: question.places)
        measured.adoptBoard(of: copy)
        #expect(measured.wantsBoard(city.terms, now: city.now))
    }

    @Test func whatNobodyHasIsRefused() throws {
        var city = try City()
        let sledge = NeedID("sledge")!
        #expect(throws: VisitRefusal.unknownNeed(sledge, known: city.needs)) {
            try city.desk.answer(
                .windows(WindowsQuestion(area: City.id, place: City.home, needs: [sledge])),
                city.terms, now: city.now)
        }
        let crew = CrewID("crew-9")!
        #expect(throws: VisitRefusal.unknownCrew(crew, known: city.crews)) {
            try city.desk.answer(
                .windows(WindowsQuestion(area: City.id, place: City.home, avoided: [crew])),
                city.terms, now: city.now)
        }
        for minutes in [0, 481] {
            #expect(throws: VisitRefusal.self) {
                try city.desk.answer(
                    .windows(WindowsQuestion(area: City.id, place: City.home, minutes: minutes)),
                    city.terms, now: city.now)
            }
        }
    }
}
