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

    /// Whoever calls and is promised nothing must not be remembered for ever: tables are squares.
    @Test func waysOfWhoeverCalledOnceAreForgotten() throws {
        var table = WayTable(StraightWays())
        for caller in 1...3_000 {
            let wanted = [City.home, place(caller), place(caller + 1)]
            let matrix = try table.matrix(wanted, [])
            for (a, from) in wanted.enumerated() {
                for (b, to) in wanted.enumerated() {
                    #expect(
                        matrix[Place(a), Place(b)] == Int(StraightWays.seconds(from, to)),
                        "caller \(caller)")
                }
            }
            #expect(table.count <= 2 * wanted.count + WayTable.spare + wanted.count)
        }
    }

    @Test func aClosedRoadIsOnTheWaysThroughItAlone() throws {
        var table = WayTable(StraightWays())
        let west = HomePoint(longitude: 71_400_000, latitude: 51_128_000)!
        let east = HomePoint(longitude: 71_460_000, latitude: 51_128_000)!
        let north = HomePoint(longitude: 71_400_000, latitude: 51_160_000)!
        let closure = RoadClosure(
            name: NeedID("bridge")!, centre: City.home, radius: 200, extra: 900)!
        let matrix = try table.matrix([west, east, north], [closure])
        #expect(matrix[Place(0), Place(1)] == Int(StraightWays.seconds(west, east)) + 900)
        #expect(matrix[Place(1), Place(0)] == matrix[Place(0), Place(1)])
        #expect(matrix[Place(0), Place(2)] == Int(StraightWays.seconds(west, north)))
        let row = table.row(of: east, [west, north], [closure])
        #expect(row.from == row.to && row.from[0] == Int32(matrix[Place(1), Place(0)]))
    }
}
