// SPDX-License-Identifier: Apache-2.0

import Texts
public import Visits

/// A problem in words that other solvers know too.
public enum PlainProblem {
    /// The problem without promises, due times, and shifts that may or must not pay a visit.
    ///
    /// They become narrower windows and skills, so that a plan of this problem is one of the other.
    /// Not the other way: a due time counts the set-up even where none is needed. One shift a
    /// day for a crew cannot be said.
    ///
    /// VROOM counts no time before second 0: shifts without hours, `unbounded`, begin then, too.
    ///
    /// - Throws: a fault if the narrower problem is out of a limit, or a time that is said is before second 0.
    public static func make(
        _ problem: RoutingProblem, unbounded: Set<ShiftID> = []
    ) throws(VisitFileFault) -> RoutingProblem {
        var next =
            1
            + max(
                problem.shifts.flatMap(\.skills).map(\.number).max() ?? 0,
                problem.visits.flatMap(\.skills).map(\.number).max() ?? 0)
        var shifts = problem.shifts.map { shift in
            var shift = shift
            if unbounded.contains(shift.id) {
                shift.hours = TimeWindow(
                    max(0, shift.hours.start), max(0, shift.hours.end))!
            }
            return shift
        }
        /// The skill that stands for a set of shifts; nobody has that of none.
        var skills: [Set<ShiftID>: Skill] = [:]
        func skill(_ permitted: Set<ShiftID>) -> Skill {
            if let known = skills[permitted] { return known }
            let new = Skill(next)
            next += 1
            skills[permitted] = new
            for index in shifts.indices where permitted.contains(shifts[index].id) {
                shifts[index].skills.insert(new)
            }
            return new
        }
        let everybody = Set(problem.shifts.map(\.id))
        let opens = shifts.map(\.hours.start).min() ?? 0
        let visits = problem.visits.map { visit -> Visit in
            var permitted = everybody.subtracting(visit.avoided)
            if let allowed = visit.allowed { permitted.formIntersection(allowed) }
            if let promised = visit.promise?.shifts, !promised.isEmpty {
                permitted.formIntersection(promised)
            }
            let windows = windows(visit, opens: opens)
            if windows?.isEmpty == true { permitted = [] }
            return Visit(
                id: visit.id, place: visit.place, service: visit.service, setup: visit.setup,
                windows: windows ?? [],
                skills: permitted == everybody ? visit.skills : visit.skills + [skill(permitted)],
                demand: visit.demand, isRequired: false)
        }
        let plain: RoutingProblem
        do {
            plain = try PlainFleet(visits, shifts).problem(problem.travel, problem.others)
        } catch { throw VisitFileFault(Phrase(sentence: "\(error)")) }
        let times =
            plain.shifts.map(\.hours) + plain.shifts.flatMap { $0.lunches.flatMap(\.windows) }
        guard (times + plain.visits.flatMap(\.windows)).allSatisfy({ $0.start >= 0 }) else {
            throw VisitFileFault(
                "VROOM takes no time before second 0; count times from an earlier moment")
        }
        return plain
    }

    /// The windows that also keep promise and due time; nil for any time, empty for none.
    private static func windows(_ visit: Visit, opens: Int) -> [TimeWindow]? {
        guard visit.promise != nil || visit.due != nil || !visit.windows.isEmpty else { return nil }
        var windows = visit.windows
        if windows.isEmpty { windows = [TimeWindow(opens, Int(1) << 49)!] }
        if let promise = visit.promise?.window {
            windows = windows.compactMap { $0.intersection(promise) }
        }
        if let due = visit.due {
            let last = due - visit.service - visit.setup
            windows = windows.compactMap { TimeWindow($0.start, min($0.end, last)) }
        }
        return PlainFleet.apart(windows)
    }
}
