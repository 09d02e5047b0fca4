// SPDX-License-Identifier: Apache-2.0

import KezekRoads
import KezekVisitFiles
import PretendedRoads
import TestKit
import Testing
import Visits

extension PretendedRoads {
    fileprivate var server: RoadServer { RoadServer(address)! }
}

/// A server of roads that answers well, slowly, wrongly, or not at all.
@Suite(.waits) struct RoadServerTests {
    private static let short = RoadLimits(
        connect: 60, answer: 0.3, all: 1_200, bytes: 100_000, batch: 100)
    private static let patient = RoadLimits(
        connect: 60, answer: 600, all: 1_200, bytes: 100_000, batch: 10)

    /// Patient ones, but where it is waited for in vain.
    private static func limits(_ words: String) -> RoadLimits {
        words.hasPrefix("longer") ? short : patient
    }

    private static func places(_ count: Int) -> [Coordinate] {
        (0..<count).map {
            Coordinate(
                longitude: 71 + Double($0 * 37 % 101) * 0.01,
                latitude: 51 - Double($0 * 53 % 97) * 0.01)!
        }
    }

    private static func expected(_ a: Coordinate, _ b: Coordinate) -> Int {
        Int(
            PretendedRoads.seconds([a.longitude, a.latitude], [b.longitude, b.latitude]).rounded())
    }

    /// What a live area asks: a few new places, and many that are known.
    @Test(arguments: [(1, 0), (1, 1), (1, 9), (1, 23), (2, 0), (3, 11), (7, 1), (12, 30)])
    func newPlacesAreAskedForBothWays(_ new: Int, _ known: Int) async throws {
        let roads = try await PretendedRoads(.good)
        let all = Self.places(known + new)
        let rows = try await roads.server.rows(
            of: Array(all[known...]), among: Array(all[..<known]), limits: Self.patient)
        try await roads.stop()
        #expect(rows.from.count == new && rows.to.count == new)
        for row in 0..<new {
            let place = all[known + row]
            for (column, other) in all.enumerated() {
                #expect(rows.from[row][column] == Int32(Self.expected(place, other)))
            }
            for (column, other) in all[..<known].enumerated() {
                #expect(rows.to[row][column] == Int32(Self.expected(other, place)))
            }
        }
        // One place is asked for in two calls for each nine that are known.
        if new == 1 { #expect(roads.calls.count == (known + 8) / 9 * 2) }
        for call in roads.calls { #expect(call.count { $0 == "," } <= 10) }
    }

    /// Places beyond the server's map all lie on its last road, with no way between them.
    @Test func whatIsFarFromEveryRoadIsOffTheMap() async throws {
        let roads = try await PretendedRoads(.border(east: 71.5))
        let places = Self.places(12)
        let table = try await roads.server.table(of: places, limits: Self.patient)
        let rows = try await roads.server.rows(
            of: Array(places[6...]), among: Array(places[..<6]), limits: Self.patient)
        try await roads.stop()
        for (from, a) in places.enumerated() {
            for (to, b) in places.enumerated() {
                let isOff = from != to && (a.longitude > 71.5 || b.longitude > 71.5)
                let told = isOff ? nil : Int32(Self.expected(a, b))
                #expect(table.seconds[from * 12 + to] == told)
                if from >= 6 { #expect(rows.from[from - 6][to] == told) }
                if from < 6, to >= 6 { #expect(rows.to[to - 6][from] == told) }
            }
        }
    }

    @Test(arguments: [1, 2, 10, 11, 23])
    func everyPairIsAskedForWhateverTheBatch(_ count: Int) async throws {
        for manner in [PretendedRoads.Manner.good, .pieces] {
            let roads = try await PretendedRoads(manner)
            let places = Self.places(count)
            let table = try await roads.server.table(of: places, limits: Self.patient)
            try await roads.stop()
            #expect(table.gaps == 0)
            let matrix = try table.matrix(filling: .usual)
            for (from, a) in places.enumerated() {
                for (to, b) in places.enumerated() {
                    #expect(matrix[Place(from), Place(to)] == Self.expected(a, b))
                }
            }
            // Blocks of five: as many calls as pairs of blocks.
            let blocks = (count + 4) / 5
            // A block of one place is never asked for against itself.
            let idle = count % 5 == 1 ? 1 : 0
            #expect(
                roads.calls.count == (count == 1 ? 0 : count <= 10 ? 1 : blocks * blocks - idle))
            for call in roads.calls {
                #expect(call.hasPrefix("/osrm/table/v1/driving/71."))
                #expect(call.contains("?annotations=duration"))
                #expect(call.count { $0 == "," } <= 10)
            }
        }
    }

    /// Degrees near zero and west of Greenwich are written out, never with an exponent.
    @Test func smallDegreesAreWrittenOut() async throws {
        let roads = try await PretendedRoads(.good)
        let places = [(-0.00001, 0.000_000_4), (-12.5, -0.5), (0.1, 0)].map {
            Coordinate(longitude: $0.0, latitude: $0.1)!
        }
        _ = try await roads.server.table(of: places, limits: Self.patient)
        try await roads.stop()
        #expect(
            roads.calls == [
                "/osrm/table/v1/driving/-0.000010,0.000000;-12.500000,-0.500000;"
                    + "0.100000,0.000000?annotations=duration"
            ])
    }

    @Test func whereThereIsNoRoadTheWayIsEstimated() async throws {
        let roads = try await PretendedRoads(.island(east: 71.5))
        let places = Self.places(12)
        let table = try await roads.server.table(of: places, limits: Self.patient)
        try await roads.stop()
        let isEast = places.map { $0.longitude > 71.5 }
        #expect(isEast.contains(true) && isEast.contains(false))
        let matrix = try table.matrix(filling: .usual)
        var gaps = 0
        for (from, a) in places.enumerated() {
            for (to, b) in places.enumerated() {
                let isGap = from != to && (isEast[from] || isEast[to])
                gaps += isGap ? 1 : 0
                #expect(
                    matrix[Place(from), Place(to)]
                        == (isGap
                            ? TravelEstimate.usual.seconds(from: a, to: b) : Self.expected(a, b)))
            }
        }
        #expect(table.gaps == gaps)
    }

    @Test(arguments: [
        (
            PretendedRoads.Manner.says(400, "{\"code\":\"TooBig\",\"message\":\"Too many\"}"),
            "status 400: Too many"
        ),
        (.says(500, "<html>"), "status 500"),
        (.says(200, "{\"code\":\"NoSegment\"}"), "NoSegment"),
        (.says(200, "[]"), "refused"), (.says(200, ""), "refused"),
        (.says(301, "{}"), "status 301"),
        (.says(200, "{\"code\":\"Ok\"}"), "3 rows"),
        (.says(200, "{\"code\":\"Ok\",\"durations\":[[0,1,2],[1,0,2]]}"), "3 rows"),
        (.says(200, "{\"code\":\"Ok\",\"durations\":[[0,1,2],[1,0,2],[1,2]]}"), "3 durations"),
        (.says(200, "{\"code\":\"Ok\",\"durations\":[[0,-1,2],[1,0,2],[1,2,0]]}"), "seconds"),
        (.says(200, "{\"code\":\"Ok\",\"durations\":[[0,1e12,2],[1,0,2],[1,2,0]]}"), "seconds"),
        (.says(200, "{\"code\":\"Ok\",\"durations\":[[0,\"1\",2],[1,0,2],[1,2,0]]}"), "seconds"),
        (.silent, "longer than 0.3 s"), (.drips, "longer than 0.3 s"), (.rude, "closed"),
        (.babbles, "not understood"), (.endless(100_001), "100000 bytes"),
    ])
    func whatGoesWrongIsSaid(_ manner: PretendedRoads.Manner, _ words: String) async throws {
        let roads = try await PretendedRoads(manner)
        let fault = await #expect(throws: RoadFault.self) {
            _ = try await roads.server.table(of: Self.places(3), limits: Self.limits(words))
        }
        try await roads.stop()
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
    }

    @Test(arguments: [
        (PretendedRoads.Manner.refuses(east: 71.9), "status 400: One of them"),
        (.says(200, "{\"code\":\"Ok\",\"durations\":[[1,-2,3]]}"), "seconds"),
        (.says(200, "{\"code\":\"Ok\",\"durations\":[[1,2]]}"), "3 durations"),
        (.silent, "longer than 0."), (.drips, "longer than 0."), (.endless(100_001), "100000"),
    ])
    func newPlacesHaveFaultsOfTheirOwn(
        _ manner: PretendedRoads.Manner, _ words: String
    ) async throws {
        let roads = try await PretendedRoads(manner)
        let places = Self.places(3) + [Coordinate(longitude: 71.95, latitude: 51)!]
        let fault = await #expect(throws: RoadFault.self) {
            _ = try await roads.server.rows(
                of: Array(places[3...]), among: Array(places[..<3]), limits: Self.limits(words))
        }
        try await roads.stop()
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
    }

    @Test func aServerThatIsNotThereIsSaidNotToBe() async throws {
        let roads = try await PretendedRoads(.good)
        try await roads.stop()
        let fault = await #expect(throws: RoadFault.self) {
            _ = try await roads.server.table(of: Self.places(3), limits: Self.patient)
        }
        #expect(fault == .unreachable("Connection refused"))
    }

    @Test func theTimeForAllCallsIsLimited() async throws {
        let roads = try await PretendedRoads(.good)
        var limits = Self.patient
        limits.all = 0
        let fault = await #expect(throws: RoadFault.self) {
            _ = try await roads.server.table(of: Self.places(30), limits: limits)
        }
        try await roads.stop()
        #expect(fault == .slow(seconds: 0))
    }

    @Test func anAddressIsTakenOrNot() {
        for (text, host, port, prefix) in [
            ("http://localhost:5000", "localhost", 5_000, ""), ("http://a.b", "a.b", 80, ""),
            ("http://127.0.0.1:5000/x/y/", "127.0.0.1", 5_000, "/x/y"),
            ("http://[::1]:5000/", "::1", 5_000, ""), ("http://[fe80::1]", "fe80::1", 80, ""),
        ] {
            let server = RoadServer(text)
            #expect(server?.host == host && server?.port == port && server?.prefix == prefix)
        }
        for text in [
            "https://a", "a:5000", "http://", "http://:5000", "http://a:0", "http://a:65536",
            "http://a:b", "http://u@a", "http://a/?x", "http://a/#x", "http://a b",
            "http://a\r\nX: y",
            "http://::1", "http://[::1", "http://ä",
            "http://" + String(repeating: "a", count: 1_000),
        ] { #expect(RoadServer(text) == nil, "\(text)") }
        #expect(RoadServer("http://127.0.0.1")?.isLocal == true)
        #expect(RoadServer("http://example.org")?.isLocal == false)
    }
}
