// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekVisitFiles
import KezekVisitPapers
import Visits

/// Two crews on two days, with all that a sheet or a map may tell.
struct SmallWeek {
    let document: VisitDocument
    let problem: RoutingProblem
    let plan: Plan
    var notes: VisitNotes

    static let origin = Origin(CivilDate("2026-03-16")!)

    /// `hostile` is put wherever a file calls something by a name.
    init(hostile: String = "") throws {
        let mark = String(
            decoding: try JSONEncoder().encode(["x": hostile]), as: UTF8.self
        ).dropFirst(6).dropLast(2)
        let text = """
            {"vehicles": [
              {"id": 1, "crew": "crew-1\(mark)", "day": 0, "description": "A. Ospanova\(mark)",
               "start": [71.43, 51.13], "end": [71.43, 51.13], "time_window": [32400, 64800],
               "skills": [1], "breaks": [{"id": 1, "service": 3600,
                                          "time_windows": [[45000, 50400]]}]},
              {"id": 2, "crew": "crew-2", "day": 1, "start": [71.43, 51.13],
               "time_window": [118800, 158400]},
              {"id": 3, "crew": "crew-1\(mark)", "day": 1, "start": [71.43, 51.13]}],
             "jobs": [
              {"id": 7, "location": [71.45, 51.16], "description": "Abai 5\(mark)",
               "service": 1200, "time_windows": [[36000, 43200]], "skills": [1],
               "promised": {"window": [37800, 41400]}, "delivery": [2, 0]},
              {"id": 8, "location": [71.5, 51.1], "service": 600},
              {"id": 9, "location": [71.4, 51.1], "service": 600,
               "time_windows": [[100, 200]]},
              {"id": 10, "location": [71.41, 51.11], "service": 600}],
             "skill_names": {"1": "sign language\(mark)"}, "amount_names": ["forms\(mark)"]}
            """
        document = try VisitJSON.read(Data(text.utf8))
        notes = document.notes
        let places = try document.located()
        problem = try document.problem(
            travel: TravelEstimate(30, detour: 1.4, extraMinutes: 3)!.matrix(places))
        plan = Plan(
            routes: [
                Route(
                    shift: ShiftID(1),
                    stops: [.visit(VisitID(7)), .lunch(1), .visit(VisitID(8))]),
                Route(shift: ShiftID(2), stops: [.visit(VisitID(9))]),
            ], unassigned: [VisitID(10)])
    }

    func sheets() -> [DaySheet] {
        plan.routes.compactMap {
            DaySheet(
                $0, problem, coordinates: document.coordinates, notes: notes,
                origin: Self.origin)
        }
    }
}

/// Whether a text of markup has every element closed in its order, as XML asks for.
func isBalanced(_ markup: String, voids: Set<String> = []) -> Bool {
    var open: [Substring] = []
    for tag in markup.matches(of: /<(\/?)([a-zA-Z0-9]+)((?:\s+[a-zA-Z:-]+="[^"<>]*")*)\s*(\/?)>/) {
        if voids.contains(String(tag.2)) || tag.4 == "/" { continue }
        if tag.1.isEmpty {
            open.append(tag.2)
        } else if open.popLast() != tag.2 {
            return false
        }
    }
    return open.isEmpty
}
