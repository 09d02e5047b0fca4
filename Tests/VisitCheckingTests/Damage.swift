// SPDX-License-Identifier: Apache-2.0

import Testing
import VisitChecking
import Visits

/// A way to damage a good plan, and the fault that must be found then.
struct Damage: Sendable, CustomTestStringConvertible {
    typealias Fault = PlanFault.Kind

    /// What must be found: of this kind, at this visit and shift, by so much where that is known.
    struct Expected {
        let kind: Fault
        var visit: VisitID?
        var shift: ShiftID?
        var amount: Int?
    }

    let name: String
    /// Damages the plan; nil if this one has nothing to damage in this way.
    let apply: @Sendable (inout TimedPlan, DrawnWeek, inout Dice) -> Expected?

    var testDescription: String { name }

    /// Somewhere in a plan: a course, a step, and the visit of it.
    struct Spot {
        let course: Int
        let step: Int
        let visit: Visit
        let shift: Shift
    }

    static func spots(_ plan: TimedPlan, _ week: DrawnWeek) -> [Spot] {
        var spots: [Spot] = []
        for (number, course) in plan.courses.enumerated() {
            for (index, step) in course.steps.enumerated() {
                guard case .visit(let id) = step.stop, let visit = week.problem.visit(id),
                    let shift = week.problem.shift(course.shift)
                else { continue }
                spots.append(Spot(course: number, step: index, visit: visit, shift: shift))
            }
        }
        return spots
    }

    /// States that a visit begins at another second than it can or may.
    static func restate(
        _ plan: inout TimedPlan, _ spot: Spot, to start: Int
    ) {
        plan.courses[spot.course].steps[spot.step] = TimedPlan.Step(
            .visit(spot.visit.id), start: start)
    }

    /// Takes a visit off its route and puts it at the end of another, without times.
    static func move(_ plan: inout TimedPlan, _ spot: Spot, to shift: ShiftID) {
        let step = TimedPlan.Step(.visit(spot.visit.id))
        plan.courses[spot.course].steps.remove(at: spot.step)
        plan.courses[spot.course].travel = nil
        if let index = plan.courses.firstIndex(where: { $0.shift == shift }) {
            plan.courses[index].steps.append(step)
            plan.courses[index].travel = nil
            plan.courses[index].returns = nil
        } else {
            plan.courses.append(TimedPlan.Course(shift: shift, steps: [step]))
        }
    }

    static func lunches(_ plan: TimedPlan) -> [(course: Int, step: Int, number: Int)] {
        var found: [(Int, Int, Int)] = []
        for (course, content) in plan.courses.enumerated() {
            for (index, step) in content.steps.enumerated() {
                if case .lunch(let number) = step.stop { found.append((course, index, number)) }
            }
        }
        return found
    }
}
