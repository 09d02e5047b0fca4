// SPDX-License-Identifier: Apache-2.0

import KezekVisitFiles
import Texts
import VisitChecking
import Visits

extension VisitInput {
    /// What is left of the problem; nil where nothing is said of what has happened.
    var rest: RestOfDay? {
        get throws {
            guard !soFar.isEmpty || soFar.now != nil else { return nil }
            do { return try RestOfDay(problem, after: soFar) } catch {
                throw CommandFailure(Phrase(sentence: "\(error)"))
            }
        }
    }

    /// A plan of the whole for one of the rest, with the times at which the crews go on.
    func timed(_ plan: Plan, of rest: RestOfDay) -> TimedPlan {
        let courses = plan.routes.map { route in
            var steps: [TimedPlan.Step] = []
            var course = TimedPlan.Course(shift: route.shift, steps: [])
            for step in Schedule(route, rest.problem)?.steps ?? [] {
                switch step.kind {
                case .start: continue
                case .visit(let id):
                    steps.append(
                        TimedPlan.Step(.visit(id), start: step.start, arrival: step.arrival))
                case .lunch(let number):
                    steps.append(TimedPlan.Step(.lunch(number), start: step.start))
                case .end: course.returns = step.start
                }
            }
            course.steps = steps
            return course
        }
        return TimedPlan(courses: courses, unassigned: plan.unassigned).recalling(soFar)
    }
}
