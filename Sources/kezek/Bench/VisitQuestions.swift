// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Texts
import Visits

/// A week of visits, and callers whose places its problem lacks.
struct VisitQuestions {
    struct Asking: Sendable {
        let visit: Visit
        let location: Coordinate
    }

    /// With the places that its visits and shifts need, and no others.
    let problem: RoutingProblem
    let plan: Plan
    let callers: [Asking]
    let windows: [TimeWindow]
    let rows: TravelRows
    /// Ways from a caller that the problem's file gives otherwise than they are estimated; nil if it has
    /// none of them.
    let differentWays: Int?

    private struct Requests: Decodable {
        struct Request: Decodable {
            let id: Int
            let location: [Double]
            let location_index: Int?
            let service: Int
            let skills: [Int]?
            let due: Int?
        }

        let candidates: [[Int]]
        let requests: [Request]
    }

    init(
        problem: String, plan: String, requests: String, estimate: TravelEstimate
    ) throws {
        let document = try VisitJSON.read(VisitInput.data(problem))
        let located = try Self.located(document)
        let travel = try document.travel ?? estimate.matrix(located.map(\.coordinate))
        let rows = TravelRows(located.map(\.coordinate), by: estimate)
        self.rows = rows
        self.problem = try Self.problem(document, travel, located.map(\.row))
        self.plan = try PlanJSON.read(VisitInput.data(plan))
        let asked: Requests
        let data = try VisitInput.data(requests)
        do { asked = try JSONDecoder().decode(Requests.self, from: data) } catch {
            throw CommandFailure("\(requests): \(ErrorWords.words(of: error))")
        }
        if let key = data.withUnsafeBytes({ RepeatedKey(in: $0) }) {
            throw CommandFailure("\(requests): \(key.path): \("is there twice" as Phrase)")
        }
        windows = try asked.candidates.map { ends in
            guard ends.count == 2, let window = TimeWindow(ends[0], ends[1]) else {
                throw CommandFailure("\(requests): \(ends) is no window")
            }
            return window
        }
        callers = try asked.requests.map { request in
            guard request.location.count == 2,
                let location = Coordinate(
                    longitude: request.location[0], latitude: request.location[1])
            else { throw CommandFailure("\(requests): request \(request.id) lies nowhere") }
            let visit = Visit(
                id: VisitID(request.id), place: Place(0), service: request.service,
                skills: (request.skills ?? []).map { Skill($0) }, due: request.due)
            return Asking(visit: visit, location: location)
        }
        guard !callers.isEmpty, !windows.isEmpty else {
            throw CommandFailure("\(requests): nobody asks, or for no window")
        }
        let known = document.travel
        var different: Int?
        for (request, caller) in zip(asked.requests, callers) {
            guard let known, let row = request.location_index, row < known.size else { continue }
            let here = rows.row(from: caller.location)
            different =
                (different ?? 0)
                + zip(located, here).count { place, seconds in
                    known[Place(row), Place(place.row)] != Int(seconds)
                        || known[Place(place.row), Place(row)] != Int(seconds)
                }
        }
        differentWays = different
    }

    /// The places that visits and shifts name, by their rows.
    private static func located(
        _ document: VisitDocument
    ) throws -> [(row: Int, coordinate: Coordinate)] {
        let named =
            document.visits.map(\.place)
            + document.shifts.flatMap { [$0.start, $0.end].compactMap { $0 } }
        return try Set(named.map(\.row)).sorted().map { row in
            guard let coordinate = document.coordinates[row] else {
                throw CommandFailure("place \(row) has no location")
            }
            return (row, coordinate)
        }
    }

    private static func problem(
        _ document: VisitDocument, _ travel: TravelMatrix, _ rows: [Int]
    ) throws -> RoutingProblem {
        guard travel.size > rows.count else { return try document.problem(travel: travel) }
        var number: [Int: Place] = [:]
        for (index, row) in rows.enumerated() { number[row] = Place(index) }
        let visits = document.visits.map { visit in
            var visit = visit
            visit.place = number[visit.place.row]!
            return visit
        }
        let shifts = document.shifts.map { shift in
            var shift = shift
            shift.start = shift.start.flatMap { number[$0.row] }
            shift.end = shift.end.flatMap { number[$0.row] }
            return shift
        }
        let seconds = rows.flatMap { from in
            rows.map { Int32(travel[Place(from), Place($0)]) }
        }
        return try RoutingProblem(
            visits: visits, shifts: shifts,
            travel: TravelMatrix(size: rows.count, seconds: seconds))
    }
}
