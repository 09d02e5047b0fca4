// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts
import Visits

/// Travel times that are made of coordinates, and files that are written.
@Suite struct TravelTimeTests {
    private static func point(_ longitude: Double, _ latitude: Double) throws -> Coordinate {
        try #require(Coordinate(longitude: longitude, latitude: latitude))
    }

    @Test func aDegreeOfAMeridianIsAsLongAsItIs() throws {
        // 6371008.8 m × π ÷ 180 = 111195.08 m; at 36 km/h as many seconds as tens of metres.
        let straight = try #require(TravelEstimate(36, detour: 1, extraMinutes: 0))
        let (here, there) = (try Self.point(71, 51), try Self.point(71, 52))
        #expect(straight.seconds(from: here, to: there) == 11_120)
        let crooked = try #require(TravelEstimate(36, detour: 2, extraMinutes: 1.5))
        #expect(crooked.seconds(from: here, to: there) == 22_239 + 90)
        #expect(crooked.seconds(from: here, to: here) == 0)
        #expect(try crooked.matrix([here, there, here]).seconds[2] == 0)
        // Longitude first: a degree of it is shorter in the north.
        let east = try Self.point(72, 51)
        #expect((6_900..<7_100).contains(straight.seconds(from: here, to: east)))
    }

    /// The same as the haversine formula, which is computed in another way.
    @Test func theGreatCircleIsThatOfTheHaversine() throws {
        let estimate = try #require(TravelEstimate(36, detour: 1, extraMinutes: 0))
        var state: UInt64 = 3
        func fraction() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return Double(state >> 11) * 0x1p-53
        }
        var places = try (0..<60).map { _ in
            try Self.point(fraction() * 360 - 180, fraction() * 180 - 90)
        }
        places += try [
            Self.point(180, 0), Self.point(-180, 0), Self.point(0, 0), Self.point(0, 90),
        ]
        places += try (0..<10).map { try Self.point(71.43 + Double($0) * 1e-4, 51.12) }
        let matrix = try estimate.matrix(places)
        for (from, a) in places.enumerated() {
            for (to, b) in places.enumerated() {
                let (p, q) = (a.latitude * .pi / 180, b.latitude * .pi / 180)
                let east = (b.longitude - a.longitude) * .pi / 180
                let h =
                    sin((q - p) / 2) * sin((q - p) / 2)
                    + cos(p) * cos(q) * sin(east / 2) * sin(east / 2)
                let metres = 2 * 6_371_008.8 * asin(min(1, h.squareRoot()))
                let counted = matrix[Place(from), Place(to)]
                #expect((Double(counted) - metres / 10).magnitude < 0.6)
                #expect(counted == estimate.seconds(from: a, to: b))
            }
        }
    }

    @Test func whatCannotBeASpeedIsNone() {
        for (speed, detour, extra) in [
            (0.0, 1.4, 3.0), (-30, 1.4, 3), (201, 1.4, 3), (30, 0.9, 3), (30, 11, 3), (30, 1.4, -1),
            (30, 1.4, 121), (.nan, 1.4, 3), (30, .infinity, 3), (30, 1.4, .nan),
        ] {
            #expect(TravelEstimate(speed, detour: detour, extraMinutes: extra) == nil)
        }
        for (longitude, latitude) in [(181.0, 0.0), (0, 91), (.nan, 0), (0, -.infinity)] {
            #expect(Coordinate(longitude: longitude, latitude: latitude) == nil)
        }
    }

    /// The row of one more place, beside a matrix with that place in it.
    @Test(arguments: 1...20) func aRowHasTheWaysOfTheMatrix(_ seed: Int) throws {
        var state = UInt64(seed) &* 7_919 &+ 1
        func roll(_ below: Int) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double((state >> 33) % UInt64(below))
        }
        let estimate = try #require(
            TravelEstimate(20 + roll(60), detour: 1 + roll(30) / 10, extraMinutes: roll(9)))
        var places = try (0..<40).map { _ in
            try Self.point(71 + roll(900) / 1_000, 51 + roll(900) / 1_000)
        }
        places.append(places[7])
        places.append(try Self.point(-108.5, -51))
        let rows = TravelRows(places, by: estimate)
        for _ in 0..<10 {
            let home = try Self.point(71 + roll(900) / 1_000, 51 + roll(900) / 1_000)
            let matrix = try estimate.matrix(places + [home])
            #expect(rows.row(from: home) == places.indices.map { matrix.seconds[42 * 43 + $0] })
        }
        let row = rows.row(from: places[7])
        #expect(row[7] == 0 && row[40] == 0)
        #expect(row.map { Int($0) } == places.map { estimate.seconds(from: places[7], to: $0) })
        // One millionth of a degree off it is another place.
        let beside = try Self.point(places[7].longitude + 1e-6, places[7].latitude)
        #expect(Double(rows.row(from: beside)[7]) == (estimate.extraMinutes * 60).rounded())
    }

    private static let located = """
        {"vehicles": [{"id": 1, "start": [71.43, 51.13], "end": [71.43, 51.13]}],
         "jobs": [{"id": 10, "location": [71.45, 51.16], "service": 60},
          {"id": 11, "location": [71.45, 51.16], "service": 60, "description": "Block 3"},
          {"id": 12, "location": [71.5, 51.1]}]}
        """

    @Test func placesAreToldByWhereTheyLie() throws {
        let document = try VisitJSON.read(Data(Self.located.utf8))
        #expect(document.travel == nil && document.coordinates.count == 3)
        #expect(document.visits.map(\.place.row) == [1, 1, 2])
        #expect(document.shifts[0].start == Place(0) && document.shifts[0].end == Place(0))
        #expect(document.notes.visits == [VisitID(11): "Block 3"])
        let places = try document.located()
        let problem = try document.problem(travel: TravelEstimate.usual.matrix(places))
        #expect(
            problem.travel[Place(0), Place(2)]
                == TravelEstimate.usual.seconds(from: places[0], to: places[2]))
        #expect(throws: VisitFileFault.self) { _ = try document.problem() }
    }

    @Test(arguments: [
        ("\"location\": [71.5, 51.1]", "\"location_index\": 0", "jobs[2].location_index"),
        ("\"start\": [71.43, 51.13], ", "\"start_index\": 0, ", "vehicles[0].end"),
        ("[71.5, 51.1]", "[71.5]", "jobs[2].location"),
        ("[71.5, 51.1]", "[51.1, 171.5]", "in this order"),
        ("\"location\": [71.5, 51.1]", "\"service\": 1", "where is the visit"),
        ("\"vehicles\"", "\"skill_names\": {\"x\": \"y\"}, \"vehicles\"", "skill_names"),
        ("Block 3", String(repeating: "b", count: 1_001), "jobs[1].description"),
    ])
    func whatIsWrongWithAPlaceIsSaid(_ old: String, _ new: String, _ words: String) {
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try VisitJSON.read(Data(Self.located.replacing(old, with: new).utf8))
        }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
    }

    @Test func aRowBeyondTheMatrixIsNamed() throws {
        let text = """
            {"vehicles": [], "jobs": [{"id": 5, "location_index": 2}], "matrix": [[0, 1], [1, 0]]}
            """
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try VisitJSON.read(Data(text.utf8))
        }
        #expect(fault?.description == "jobs[0].location_index: the matrix has 2 places, from 0")
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
    }

    @Test func aPlaceWithoutCoordinatesIsNamed() throws {
        let text = """
            {"vehicles": [{"id": 1, "start_index": 0, "start": [71.43, 51.13]}],
             "jobs": [{"id": 5, "location_index": 2, "location": [71.4, 51.1]},
                      {"id": 6, "location_index": 1}]}
            """
        let document = try VisitJSON.read(Data(text.utf8))
        let fault = #expect(throws: VisitFileFault.self) { _ = try document.located() }
        #expect(fault?.description.contains("visit 6") == true)
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
        let twice = text.replacing(
            "\"location_index\": 1", with: "\"location_index\": 2, \"location\": [71, 51]")
        #expect(throws: VisitFileFault.self) { _ = try VisitJSON.read(Data(twice.utf8)) }
    }

    /// Everything that a problem can have is there again when it is written and read.
    @Test func aProblemIsReadAsItWasWritten() throws {
        let shifts = [
            Shift(
                id: ShiftID(4), crew: "\"Алма\"\n\\1\u{1}", day: 0, start: Place(0), end: nil,
                hours: TimeWindow(-5, 900)!, capacity: [3, 0], skills: [Skill(2), Skill(1)],
                lunches: [
                    LunchBreak(number: 9, length: 60, windows: [TimeWindow(1, 2)!]),
                    LunchBreak(number: 8, length: 0, windows: []),
                ], visitLimit: 7),
            Shift(id: ShiftID(5), start: nil, end: Place(1), hours: TimeWindow(0, 900)!),
        ]
        let visits = [
            Visit(
                id: VisitID(1), place: Place(1), service: 10, setup: 5,
                windows: [TimeWindow(1, 2)!, TimeWindow(3, 4)!], skills: [Skill(2), Skill(1)],
                demand: [1, 2], due: 800,
                promise: Promise(window: TimeWindow(1, 2)!, shifts: [ShiftID(5)]),
                avoided: [ShiftID(4)], allowed: [], isRequired: false, isFixed: true),
            Visit(
                id: VisitID(2), place: Place(0), service: 0,
                promise: Promise(window: TimeWindow(1, 2)!), allowed: [ShiftID(5)]),
            Visit(id: VisitID(3), place: Place(0), service: 0, isRequired: true),
        ]
        let problem = try RoutingProblem(
            visits: visits, shifts: shifts,
            travel: TravelMatrix(size: 2, seconds: [0, 7, 9, 0]))
        var notes = VisitNotes()
        notes.visits[VisitID(2)] = "Абай к-сі, 5 \"б\""
        notes.shifts[ShiftID(4)] = "А. Б."
        notes.skills = [Skill(1): "жест тілі", Skill(2): "mobile kit"]
        notes.amounts = ["forms", "tablets"]
        let points = [try Self.point(71.4306, 51.1282), nil]
        let data = VisitJSON.write(problem, coordinates: points, notes: notes)
        #expect((try? JSONSerialization.jsonObject(with: data)) != nil)
        let again = try VisitJSON.read(data)
        #expect(again.visits == visits && again.shifts == shifts)
        #expect(again.travel == problem.travel && again.coordinates == points)
        #expect(again.notes == notes)
        #expect(VisitJSON.write(try again.problem(), coordinates: points, notes: notes) == data)
    }
}
