// SPDX-License-Identifier: Apache-2.0

/// What is left of a problem after what has happened of its day, as a problem of its own.
///
/// Each crew goes on from where it is, with the time and the room that it has left; what it has begun is no
/// visit of this problem.
///
/// ```swift
/// let rest = try RestOfDay(problem, after: soFar)
/// let plan = rest.whole(Planner(rest.problem).search { Double($0.steps) / 1_000 }.plan)
/// ```
public struct RestOfDay: Sendable {
    public let problem: RoutingProblem
    /// What has happened.
    public let soFar: DaySoFar
    let whole: RoutingProblem

    /// The rest of a problem.
    ///
    /// - Throws: what is named and not there, or times that run backwards.
    public init(_ whole: RoutingProblem, after soFar: DaySoFar) throws(RepairError) {
        // Where somebody was tried in vain the crew is all the same: as a visit that nobody asks for.
        var next = (whole.visits.map(\.id.number).max() ?? 0) + 1
        var vain: [Visit] = []
        var done: [ShiftID: [DoneStop]] = [:]
        for (shift, entries) in soFar.begun.sorted(by: { $0.key < $1.key }) {
            for entry in entries {
                guard entry.isInVain, let id = entry.done.stop.visit else {
                    done[shift, default: []].append(entry.done)
                    continue
                }
                guard let there = entry.place ?? whole.visit(id)?.place else {
                    throw .unknownVisit(id)
                }
                let place = Visit(id: VisitID(next), place: there, service: 0)
                next += 1
                vain.append(place)
                let told = entry.done
                done[shift, default: []].append(
                    DoneStop(
                        .visit(place.id), arrival: told.arrival, start: told.start, end: told.end))
            }
        }
        let routes = done.sorted { $0.key < $1.key }.map {
            Route(shift: $0.key, stops: $0.value.map(\.stop))
        }
        var log = DayLog(now: soFar.now ?? -ProblemLimits.moment, done: done)
        log.crewsStay = true
        self.soFar = soFar
        self.whole = whole
        let plan = Plan(routes: routes)
        let known: RoutingProblem
        do throws(ProblemError) {
            known = try RoutingProblem(
                visits: whole.visits + vain, shifts: whole.shifts, travel: whole.travel,
                others: whole.others)
        } catch { throw .problem(error) }
        var changes = try LogChanges(known, plan, log, [])
        changes.vain = Set(vain.map(\.id))
        changes.countsDriven = true
        do throws(ProblemError) {
            problem = try RestOfPlan(changes, plan).problem
        } catch { throw .problem(error) }
    }

    /// A plan of the rest, behind what has begun.
    public func whole(_ rest: Plan) -> Plan {
        var routes = Dictionary(rest.routes.map { ($0.shift, $0.stops) }) { a, _ in a }
        for shift in soFar.begun.keys {
            let begun = soFar.route(of: shift).map(\.stop)
            routes[shift] = begun + (routes[shift] ?? [])
        }
        return Plan(
            routes: routes.filter { $0.value.contains { $0.visit != nil } }
                .sorted { $0.key < $1.key }.map { Route(shift: $0.key, stops: $0.value) },
            unassigned: rest.unassigned)
    }

    /// What is left of a plan of the whole: without what has begun, and without visits that are another crew's
    /// by now.
    public func rest(_ whole: Plan) -> Plan {
        let routes = whole.routes.map { route in
            let begun = Set(soFar.route(of: route.shift).map(\.stop))
            return Route(
                shift: route.shift,
                stops: route.stops.filter { stop in
                    guard !begun.contains(stop) else { return false }
                    return stop.visit.map { problem.visit($0) != nil } ?? true
                })
        }
        return Plan(
            routes: routes.filter { !$0.visits.isEmpty },
            unassigned: whole.unassigned.filter { problem.visit($0) != nil })
    }
}
