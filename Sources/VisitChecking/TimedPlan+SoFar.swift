// SPDX-License-Identifier: Apache-2.0

public import Visits

extension TimedPlan {
    /// The plan with what has begun, as it was, at the beginning of its courses.
    ///
    /// A plan need not repeat what has begun: one of the rest of the day is one of the whole. A course that
    /// has some of it otherwise stays as it is, for a checker to tell.
    public func recalling(_ soFar: DaySoFar) -> TimedPlan {
        guard !soFar.isEmpty else { return self }
        var plan = self
        for index in plan.courses.indices { plan.courses[index].recall(soFar) }
        let stated = Set(courses.map(\.shift))
        for shift in soFar.begun.keys.sorted() where !stated.contains(shift) {
            // Whoever has been with nobody, not even in vain, has no route.
            guard soFar.isOut(shift) else { continue }
            let steps = soFar.route(of: shift).map { Step($0) }
            plan.courses.append(Course(shift: shift, steps: steps))
        }
        return plan
    }
}

extension TimedPlan.Course {
    fileprivate mutating func recall(_ soFar: DaySoFar) {
        let begun = soFar.route(of: shift)
        // The way to where somebody was tried in vain is no way between stops of the course.
        if soFar.begun[shift]?.contains(where: \.isInVain) == true { travel = nil }
        guard !begun.isEmpty else { return }
        let stops = begun.map(\.stop)
        if steps.prefix(stops.count).map(\.stop) == stops {
            steps.removeFirst(stops.count)
        } else {
            guard !steps.contains(where: { stops.contains($0.stop) }) else { return }
            // What is stated is of the rest alone.
            (leaves, travel) = (nil, nil)
        }
        steps = begun.map { TimedPlan.Step($0) } + steps
    }
}
