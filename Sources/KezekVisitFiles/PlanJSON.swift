// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Texts
public import VisitChecking
public import Visits

/// Plans in the shape of VROOM's JSON output.
public enum PlanJSON {
    /// Reads the order of a plan; its stated times are not needed.
    ///
    /// - Throws: a fault that names the field.
    public static func read(_ text: Data) throws(VisitFileFault) -> Plan {
        try readTimed(text).plan
    }

    /// Reads a plan with the times that it states.
    ///
    /// - Throws: a fault that names the field.
    public static func readTimed(_ text: Data) throws(VisitFileFault) -> TimedPlan {
        let file = try JSONField(text)
        var courses: [TimedPlan.Course] = []
        for route in try file.member("routes").elements { courses.append(try course(route)) }
        var unassigned: [VisitID] = []
        for entry in try file.optional("unassigned")?.elements ?? [] {
            unassigned.append(VisitID(try entry.member("id").integer))
        }
        return TimedPlan(courses: courses, unassigned: unassigned)
    }

    private static func course(_ route: JSONField) throws(VisitFileFault) -> TimedPlan.Course {
        var course = TimedPlan.Course(
            shift: ShiftID(try route.member("vehicle").integer), steps: [],
            travel: try route.optional("duration")?.integer)
        for step in try route.member("steps").elements {
            // What is said to begin does so when the crew is there and has waited.
            let arrival = try step.optional("arrival")?.integer
            let waiting = try step.optional("waiting_time")?.integer ?? 0
            guard waiting >= 0 else {
                throw VisitFileFault(field: "\(step.path).waiting_time", "must not be negative")
            }
            let start = arrival.map { $0 + waiting }
            switch try step.member("type").string {
            case "start": course.leaves = start
            case "end": course.returns = arrival
            case "job":
                let id = VisitID(try step.member("id").integer)
                course.steps.append(TimedPlan.Step(.visit(id), start: start, arrival: arrival))
            case "break":
                let number = try step.member("id").integer
                course.steps.append(TimedPlan.Step(.lunch(number), start: start))
            case let type: throw VisitFileFault(field: step.path, "\(type) is not in the model")
            }
        }
        return course
    }

    private struct File: Encodable {
        struct Summary: Encodable {
            let cost: Int
            let duration: Int
            let unassigned: Int
            let routes: Int
        }
        struct Step: Encodable {
            let type: String
            let id: Int?
            let arrival: Int
            let waiting_time: Int
            let service: Int
            let setup: Int
        }
        struct Route: Encodable {
            let vehicle: Int
            let cost: Int
            let duration: Int
            let steps: [Step]
        }
        struct Unassigned: Encodable {
            let id: Int
            let type: String
        }
        let code: Int
        let summary: Summary
        let unassigned: [Unassigned]
        let routes: [Route]
    }

    /// The plan with its times: everybody goes on as early as possible.
    ///
    /// - Throws: a fault if a route has a shift, visit or lunch that the problem lacks; none of the
    ///   plan is left out unsaid.
    public static func write(_ plan: Plan, of problem: RoutingProblem) throws -> Data {
        try write(TimedPlan(plan), of: problem)
    }

    /// The plan with the times that it states.
    ///
    /// What crews have tried in vain, as `soFar` says, is no step; its ways count, and the times behind it.
    ///
    /// - Throws: as above.
    public static func write(
        _ plan: TimedPlan, of problem: RoutingProblem, after soFar: DaySoFar = DaySoFar()
    ) throws -> Data {
        var routes: [File.Route] = []
        for route in plan.courses {
            let begun = soFar.begun[route.shift] ?? []
            guard
                let schedule = Schedule(
                    route.route, problem, stated: route.stated, begun: begun)
            else {
                throw VisitFileFault(
                    "the route of \(Phrase(sentence: "\(route.shift)")) is of another problem")
            }
            let steps = schedule.steps.filter { !$0.isInVain }.map {
                File.Step(
                    type: $0.kind.name, id: $0.kind.number, arrival: $0.arrival,
                    waiting_time: $0.start - $0.arrival, service: $0.service, setup: $0.setup)
            }
            routes.append(
                File.Route(
                    vehicle: route.shift.number, cost: schedule.travel,
                    duration: schedule.travel, steps: steps))
        }
        let travel = routes.reduce(0) { $0 + $1.duration }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(
            File(
                code: 0,
                summary: File.Summary(
                    cost: travel, duration: travel, unassigned: plan.unassigned.count,
                    routes: routes.count),
                unassigned: plan.unassigned.map { File.Unassigned(id: $0.number, type: "job") },
                routes: routes))
    }
}

extension Schedule.Step.Kind {
    fileprivate var name: String {
        switch self {
        case .start: "start"
        case .end: "end"
        case .visit: "job"
        case .lunch: "break"
        }
    }

    fileprivate var number: Int? {
        switch self {
        case .start, .end: nil
        case .visit(let id): id.number
        case .lunch(let number): number
        }
    }
}
