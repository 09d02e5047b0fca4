// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

@testable import HomeVisits

/// Ways by road beside estimated ones.
@Suite struct MeasuredWaysTests {
    private static func place(_ number: Int) -> HomePoint {
        HomePoint(
            longitude: City.home.longitude + Int32(number * 37 % 9_000),
            latitude: City.home.latitude + Int32(number * 91 % 7_000))!
    }

    /// By road it is another time there than back, and never one that is estimated.
    private static func road(_ a: HomePoint, _ b: HomePoint) -> Int32? {
        a == b ? 0 : 5_000 + (a.longitude - b.longitude + 3 * (a.latitude - b.latitude)) % 4_000
    }

    private static func answer(
        _ question: RoadQuestion, _ road: (HomePoint, HomePoint) -> Int32? = road
    ) -> RoadAnswer {
        let all = question.known + question.places
        return RoadAnswer(
            from: question.places.map { place in all.map { road(place, $0) } },
            to: question.places.map { place in question.known.map { road($0, place) } })
    }

    @Test func whatWasAskedForIsSettled() throws {
        var ways = MeasuredWays()
        var next = 0
        for count in [1, 1, 3, 7, 1] {
            let new = (next..<next + count).map(Self.place)
            let question = try #require(ways.question(about: new + new + [Self.place(0)]))
            #expect(question.places == new && question.known == (0..<next).map(Self.place))
            ways.take(Self.answer(question), to: question)
            next += count
            for a in (0..<next).map(Self.place) {
                #expect(ways.isSettled(a))
                for b in (0..<next).map(Self.place) {
                    #expect(ways.seconds(from: a, to: b) == Self.road(a, b))
                }
            }
        }
        #expect(ways.question(about: [Self.place(3), Self.place(9)]) == nil)
        #expect(ways.seconds(from: Self.place(0), to: Self.place(50)) == nil)
    }

    /// Two callers at the same time are not asked about together: one of them is asked about again.
    @Test func placesThatWereAskedForSideBySideAreAskedForAgain() throws {
        var ways = MeasuredWays()
        let first = try #require(ways.question(about: [Self.place(0)]))
        ways.take(Self.answer(first), to: first)
        let a = try #require(ways.question(about: [Self.place(1)]))
        let b = try #require(ways.question(about: [Self.place(2)]))
        ways.take(Self.answer(a), to: a)
        ways.take(Self.answer(b), to: b)
        // What was measured counts, but the way between the two is missing.
        #expect(ways.seconds(from: Self.place(2), to: Self.place(0)) != nil)
        #expect(ways.seconds(from: Self.place(1), to: Self.place(2)) == nil)
        let again = try #require(ways.question(about: [Self.place(1), Self.place(2)]))
        #expect(again.places == [Self.place(2)])
        ways.take(Self.answer(again), to: again)
        #expect(
            ways.seconds(from: Self.place(1), to: Self.place(2))
                == Self.road(Self.place(1), Self.place(2)))
        #expect(ways.question(about: (0...2).map(Self.place)) == nil)
        // An answer to a question from before something was forgotten settles nothing.
        let late = try #require(ways.question(about: [Self.place(3)]))
        ways.keep([Self.place(0), Self.place(2)])
        ways.take(Self.answer(late), to: late)
        #expect(!ways.isSettled(Self.place(3)))
        #expect(ways.seconds(from: Self.place(3), to: Self.place(1)) == nil)
        #expect(
            ways.seconds(from: Self.place(2), to: Self.place(0))
                == Self.road(Self.place(2), Self.place(0)))
    }

    @Test func whereThereIsNoRoadNothingIsAskedTwice() throws {
        var ways = MeasuredWays()
        let question = try #require(ways.question(about: (0..<4).map(Self.place)))
        let wrong: [Int32?] = [nil, -1, MeasuredWays.longest + 1, .max]
        for (index, seconds) in wrong.enumerated() {
            var ways = ways
            ways.take(
                Self.answer(question) { a, b in
                    a == Self.place(index) && b != a ? seconds : Self.road(a, b)
                }, to: question)
            for other in 0..<4 where other != index {
                #expect(ways.seconds(from: Self.place(index), to: Self.place(other)) == nil)
                #expect(ways.seconds(from: Self.place(other), to: Self.place(index)) != nil)
            }
            #expect(ways.question(about: (0..<4).map(Self.place)) == nil)
        }
        // An answer of another shape is none.
        for answer in [
            RoadAnswer(from: [], to: []), RoadAnswer(from: [[0]], to: [[]]),
            RoadAnswer(from: Array(repeating: [0, 1, 2], count: 4), to: [[], [], [], []]),
        ] {
            ways.take(answer, to: question)
            #expect(ways.count == 0)
        }
    }

    @Test func aFileOfWaysIsWhole() throws {
        let places = (0..<5).map(Self.place)
        let seconds = places.flatMap { a in places.map { Self.road(a, $0) } }
        let ways = try #require(MeasuredWays(places, seconds: seconds))
        for a in places {
            for b in places { #expect(ways.seconds(from: a, to: b) == Self.road(a, b)) }
        }
        #expect(MeasuredWays(places, seconds: Array(seconds.dropLast())) == nil)
        #expect(MeasuredWays(places + [places[0]], seconds: seconds) == nil)
    }

    /// The table gives roads where they are known and estimates elsewhere, whenever it learns of them.
    @Test func aTableHasRoadsInPlaceOfEstimates() throws {
        var table = WayTable(StraightWays(), roads: MeasuredWays())
        func check(_ count: Int, _ isByRoad: (Int, Int) -> Bool) throws {
            let rows = (0..<count).map { table.learn(Self.place($0)) }
            let matrix = try table.matrix([])
            for a in 0..<count {
                for b in 0..<count where a != b {
                    let (from, to) = (Self.place(a), Self.place(b))
                    #expect(
                        matrix[Place(rows[a]), Place(rows[b])]
                            == Int(
                                isByRoad(a, b)
                                    ? Self.road(from, to)! : StraightWays.seconds(from, to)))
                }
            }
        }
        try check(4) { _, _ in false }
        var roads = MeasuredWays()
        let first = try #require(roads.question(about: [1, 3, 8].map(Self.place)))
        roads.take(Self.answer(first), to: first)
        let isOther = table.take(roads, about: first.places)
        #expect(isOther)
        try check(6) { [1, 3].contains($0) && [1, 3].contains($1) }
        // Of a place that the table lacks nothing is other than before; it is known when it comes.
        let isNone = table.take(roads, about: [Self.place(8)])
        #expect(!isNone)
        try check(9) { [1, 3, 8].contains($0) && [1, 3, 8].contains($1) }
        #expect(table.origin(of: Self.place(8), to: [1, 3]) == .roads)
        #expect(table.origin(of: Self.place(8), to: [0, 1, 3]) == .roadsMissing)
        #expect(WayTable(StraightWays()).origin(of: Self.place(8), to: [0]) == .estimated)
        // A caller whom the table does not keep.
        let ways = table.ways(of: Self.place(77), toFirst: 9, [])
        #expect(ways.from[0] == StraightWays.seconds(Self.place(77), Self.place(0)))
        table.forget(allBut: [Self.place(3), Self.place(8), Self.place(5)])
        let matrix = try table.matrix([])
        #expect(matrix[Place(0), Place(2)] == Int(Self.road(Self.place(3), Self.place(8))!))
    }
}
