// SPDX-License-Identifier: Apache-2.0

public import VisitChecking
public import Visits

extension RestOfDay {
    /// A plan of the whole for one of the rest, with the times at which the crews go on.
    public func timed(_ rest: Plan) -> TimedPlan {
        let courses = rest.routes.map { route in
            var steps: [TimedPlan.Step] = []
            var course = TimedPlan.Course(shift: route.shift, steps: [])
            for step in Schedule(route, problem)?.steps ?? [] {
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
        return TimedPlan(courses: courses, unassigned: rest.unassigned).recalling(soFar)
    }
}
