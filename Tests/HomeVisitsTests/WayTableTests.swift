// SPDX-License-Identifier: Apache-2.0

import Testing
import Visits

@testable import HomeVisits

@Suite struct WayTableTests {
    private func place(_ number: Int) -> HomePoint {
        HomePoint(
            longitude: City.home.longitude + Int32(number * 37 % 9_000),
            latitude: City.home.latitude + Int32(number * 91 % 7_000))!
    }

    private func check(
        _ table: inout WayTable, _ places: [HomePoint], _ closures: [RoadClosure] = []
    ) throws {
        let rows = places.map { table.learn($0) }
        let matrix = try table.matrix(closures)
        #expect(matrix.size == table.count)
        for (from, a) in zip(places, rows) {
            for (to, b) in zip(places, rows) {
                let extra = closures.reduce(0) {
                    from != to && $1.isCrossed(from, to) ? $0 + $1.extra : $0
                }
                let expected = Int(StraightWays.seconds(from, to)) + extra
                #expect(matrix[Place(a), Place(b)] == expected)
            }
        }
    }

    @Test func aPlaceKeepsItsNumberWhileOthersCome() throws {
        var table = WayTable(StraightWays())
        for count in [1, 2, 3, 10, 70, 71] {
            let places = (0..<count).map(place)
            try check(&table, places)
            #expect(places.map { table.learn($0) } == Array(0..<count))
        }
    }

    @Test func whatIsForgottenIsMeasuredAgainAndTheRestIsNot() throws {
        var table = WayTable(StraightWays())
        try check(&table, (0..<40).map(place))
        table.forget(allBut: Set((0..<40).filter { $0 % 3 == 1 }.map(place)))
        #expect(table.count == 13 && table.learn(place(4)) == 1)
        try check(&table, (0..<50).map(place).reversed())
        #expect(table.count == 50)
    }

    /// Each way of travelling is measured once it is needed, for all places, also for those that came before.
    @Test func eachWayOfTravellingHasItsOwnMatrix() throws {
        struct Slow: WaySource {
            var plain = StraightWays()
            func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
                let (from, to) = plain.ways(of: place)
                return (from.map { $0 * 5 }, to.map { $0 * 7 })
            }
            mutating func add(_ place: HomePoint) { plain.add(place) }
            mutating func keep(_ numbers: [Int]) { plain.keep(numbers) }
        }
        var table = WayTable([.car: ProfileWays(StraightWays()), .foot: ProfileWays(Slow())])
        func check(_ table: inout WayTable, _ numbers: [Int]) throws {
            let rows = numbers.map { table.learn(place($0)) }
            let (cars, walks) = (try table.matrix([]), try table.matrix([], for: .foot))
            #expect(cars.size == table.count && walks.size == table.count)
            // How nobody has said that it is goes as by car.
            #expect(try table.matrix([], for: .bus) == cars)
            for (a, from) in zip(rows, numbers) {
                for (b, to) in zip(rows, numbers) {
                    let seconds = Int(StraightWays.seconds(place(from), place(to)))
                    #expect(cars[Place(a), Place(b)] == seconds)
                    // A place is measured from those that were there before.
                    #expect([seconds * 5, seconds * 7].contains(walks[Place(a), Place(b)]))
                    #expect(a <= b || walks[Place(a), Place(b)] == seconds * 5)
                }
            }
        }
        try check(&table, Array(0..<12))
        try check(&table, Array(0..<30))
        table.forget(allBut: Set((0..<30).filter { $0 % 4 == 1 }.map(place)))
        try check(&table, [1, 5, 9, 13])
        _ = table.learn(place(40))
        // It knows one place less than the table, and measures it on the way.
        let ways = table.ways(of: place(50), toFirst: 3, [], for: .foot)
        #expect(ways.from == [1, 5, 9].map { StraightWays.seconds(place(50), place($0)) * 5 })
        #expect(ways.to == [1, 5, 9].map { StraightWays.seconds(place(50), place($0)) * 7 })
        try check(&table, [1, 5, 9, 40, 2])
    }

    @Test func aNewPlaceIsMeasuredWithoutBeingKept() throws {
        var table = WayTable(StraightWays())
        try check(&table, (0..<5).map(place))
        let ways = table.ways(of: place(9), toFirst: 4, [])
        #expect(ways.from == (0..<4).map { StraightWays.seconds(place(9), place($0)) })
        #expect(ways.to == ways.from && table.count == 5)
        #expect(table.ways(of: place(4), toFirst: 4, []).from.count == 4)
        #expect(table.number(of: place(4), among: 5) == 4)
        #expect(table.number(of: place(4), among: 4) == nil)
        #expect(table.number(of: place(9), among: 5) == nil)
    }

    @Test func aClosedRoadIsOnTheWaysThroughItAlone() throws {
        var table = WayTable(StraightWays())
        let west = HomePoint(longitude: 71_400_000, latitude: 51_128_000)!
        let east = HomePoint(longitude: 71_460_000, latitude: 51_128_000)!
        let north = HomePoint(longitude: 71_400_000, latitude: 51_160_000)!
        let closure = RoadClosure(
            name: NeedID("bridge")!, centre: City.home, radius: 200, extra: 900)!
        let open = try table.matrix([])
        #expect(open.size == 0)
        // What is there already, and what comes later, with and without the closure.
        try check(&table, [west, east], [closure])
        try check(&table, [west, east, north], [closure])
        let (a, b, c) = (Place(0), Place(1), Place(2))
        let matrix = try table.matrix([closure])
        #expect(matrix[a, b] == Int(StraightWays.seconds(west, east)) + 900)
        #expect(matrix[b, a] == matrix[a, b])
        #expect(matrix[a, c] == Int(StraightWays.seconds(west, north)))
        #expect(
            table.ways(of: City.home, toFirst: 2, [closure]).from
                == [west, east].map { StraightWays.seconds(City.home, $0) + 900 })
        try check(&table, [west, east, north, place(3)])
    }
}
