// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Visits

/// Weeks of home visits, plans and instances.
enum VisitAttempts {
    static func problem(_ bytes: UnsafeRawBufferPointer) {
        guard let problem = try? VisitJSON.readProblem(Data(bytes)) else { return }
        // A plan in which every visit is still to be placed is one of any problem.
        let plan = Plan(
            routes: problem.shifts.map { Route(shift: $0.id, stops: []) },
            unassigned: problem.visits.map(\.id))
        do {
            let again = try PlanJSON.read(PlanJSON.write(plan, of: problem))
            expect(again == plan, "a plan changes as it is written and read")
        } catch { fail("a written plan is refused: \(error)") }
    }

    static func plan(_ bytes: UnsafeRawBufferPointer) {
        _ = try? PlanJSON.read(Data(bytes))
    }

    static func matrix(_ bytes: UnsafeRawBufferPointer) {
        guard let ways = try? PlaceWays.read(Data(bytes)) else { return }
        expect(
            ways.seconds.count == ways.places.count * ways.places.count
                && Set(ways.places).count == ways.places.count, "ways are no square of places")
    }

    static func solomon(_ bytes: UnsafeRawBufferPointer) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        for isPlain in [false, true] {
            guard let instance = try? InstanceFile.read(text, isPlain: isPlain) else { continue }
            let plan = Plan(routes: [], unassigned: instance.problem.visits.map(\.id))
            expect(
                SolutionText.write(plan, of: instance).hasPrefix("Cost 0"),
                "no routes are not for nothing")
        }
    }
}
