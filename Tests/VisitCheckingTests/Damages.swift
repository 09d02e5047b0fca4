// SPDX-License-Identifier: Apache-2.0

import VisitChecking
import Visits

extension Damage {
    /// Every way there is.
    static let all = identity + times + crews + lunch + amounts

    private static let identity: [Damage] = [
        Damage(name: "drop") { plan, week, dice in
            guard let spot = dice.pick(spots(plan, week)) else { return nil }
            plan.courses[spot.course].steps.remove(at: spot.step)
            return Expected(kind: .missingVisit, visit: spot.visit.id)
        },
        Damage(name: "leave out what is required") { plan, week, dice in
            let required = spots(plan, week).filter(\.visit.isRequired)
            guard let spot = dice.pick(required) else { return nil }
            plan.courses[spot.course].steps.remove(at: spot.step)
            plan.unassigned.append(spot.visit.id)
            return Expected(kind: .requiredUnpaid, visit: spot.visit.id)
        },
        Damage(name: "double") { plan, week, dice in
            guard let spot = dice.pick(spots(plan, week)) else { return nil }
            let course = dice.roll(plan.courses.count)
            plan.courses[course].steps.append(TimedPlan.Step(.visit(spot.visit.id)))
            return Expected(kind: .repeatedVisit, visit: spot.visit.id)
        },
        Damage(name: "list what is paid") { plan, week, dice in
            guard let spot = dice.pick(spots(plan, week)) else { return nil }
            plan.unassigned.append(spot.visit.id)
            return Expected(
                kind: .paidAndUnassigned, visit: spot.visit.id, shift: spot.shift.id)
        },
        Damage(name: "list twice") { plan, week, dice in
            guard let spot = dice.pick(spots(plan, week)) else { return nil }
            plan.courses[spot.course].steps.remove(at: spot.step)
            plan.unassigned += [spot.visit.id, spot.visit.id]
            return Expected(kind: .repeatedVisit, visit: spot.visit.id)
        },
        Damage(name: "a visit from nowhere") { plan, _, dice in
            let course = dice.roll(plan.courses.count)
            plan.courses[course].steps.append(TimedPlan.Step(.visit(VisitID(9_999))))
            return Expected(
                kind: .unknownVisit, visit: VisitID(9_999), shift: plan.courses[course].shift)
        },
        Damage(name: "a listed visit from nowhere") { plan, _, _ in
            plan.unassigned.append(VisitID(9_999))
            return Expected(kind: .unknownVisit, visit: VisitID(9_999))
        },
        Damage(name: "a shift from nowhere") { plan, _, _ in
            plan.courses.append(TimedPlan.Course(shift: ShiftID(99), steps: []))
            return Expected(kind: .unknownShift, shift: ShiftID(99))
        },
        Damage(name: "a shift twice") { plan, week, dice in
            guard let spot = dice.pick(spots(plan, week)) else { return nil }
            let step = plan.courses[spot.course].steps.remove(at: spot.step)
            plan.courses.append(TimedPlan.Course(shift: spot.shift.id, steps: [step]))
            return Expected(kind: .repeatedShift, shift: spot.shift.id)
        },
    ]

    private static let times: [Damage] = [
        Damage(name: "swap") { plan, _, dice in
            // Two visits trade places, and keep the times that were stated.
            let long = plan.courses.indices.filter { plan.courses[$0].steps.count > 1 }
            guard let course = dice.pick(long) else { return nil }
            let index = dice.roll(plan.courses[course].steps.count - 1)
            plan.courses[course].steps.swapAt(index, index + 1)
            return Expected(kind: .impossibleTime, shift: plan.courses[course].shift)
        },
        Damage(name: "too early to be there") { plan, week, dice in
            guard let spot = dice.pick(spots(plan, week)) else { return nil }
            restate(&plan, spot, to: spot.shift.hours.start - 1)
            return Expected(
                kind: .impossibleTime, visit: spot.visit.id, shift: spot.shift.id)
        },
        Damage(name: "late") { plan, week, dice in
            let bound = spots(plan, week).filter { !$0.visit.windows.isEmpty }
            guard let spot = dice.pick(bound) else { return nil }
            let by = 1 + dice.roll(5_000)
            let end = spot.visit.windows.map(\.end).max()!
            restate(&plan, spot, to: end + by)
            return Expected(
                kind: .late, visit: spot.visit.id, shift: spot.shift.id, amount: by)
        },
        Damage(name: "early") { plan, week, dice in
            let bound = spots(plan, week).filter {
                $0.visit.windows.count == 2 && $0.visit.windows[0].end < $0.visit.windows[1].start
            }
            guard let spot = dice.pick(bound) else { return nil }
            restate(&plan, spot, to: spot.visit.windows[1].start - 7)
            // Where the crew only arrives later than that, the time is impossible instead.
            let free =
                plan.courses[spot.course].steps[..<spot.step].last?.start
                ?? spot.shift.hours.start
            guard free + 2_500 < spot.visit.windows[1].start else { return nil }
            return Expected(
                kind: .early, visit: spot.visit.id, shift: spot.shift.id, amount: 7)
        },
        Damage(name: "break a promised time") { plan, week, dice in
            let promised = spots(plan, week).filter { $0.visit.promise != nil }
            guard let spot = dice.pick(promised) else { return nil }
            let by = 1 + dice.roll(2_000)
            restate(&plan, spot, to: spot.visit.promise!.window.end + by)
            return Expected(
                kind: .promisedTime, visit: spot.visit.id, shift: spot.shift.id, amount: by)
        },
        Damage(name: "after the due time") { plan, week, dice in
            let due = spots(plan, week).filter { $0.visit.due != nil && $0.visit.setup == 0 }
            guard let spot = dice.pick(due) else { return nil }
            let by = 1 + dice.roll(2_000)
            restate(&plan, spot, to: spot.visit.due! - spot.visit.service + by)
            return Expected(
                kind: .afterDue, visit: spot.visit.id, shift: spot.shift.id, amount: by)
        },
        Damage(name: "set out too early") { plan, week, dice in
            let course = dice.roll(plan.courses.count)
            let shift = week.problem.shift(plan.courses[course].shift)!
            plan.courses[course].leaves = shift.hours.start - 60
            return Expected(kind: .beforeHours, shift: shift.id, amount: 60)
        },
        Damage(name: "come back too late") { plan, week, dice in
            let course = dice.roll(plan.courses.count)
            let shift = week.problem.shift(plan.courses[course].shift)!
            plan.courses[course].returns = shift.hours.end + 61
            return Expected(kind: .afterHours, shift: shift.id, amount: 61)
        },
        Damage(name: "work into the night") { plan, week, dice in
            let last = spots(plan, week).filter { spot in
                spot.shift.end == nil && spot.visit.setup == 0
                    && spot.step == plan.courses[spot.course].steps.count - 1
            }
            guard let spot = dice.pick(last) else { return nil }
            restate(&plan, spot, to: spot.shift.hours.end)
            return Expected(
                kind: .afterHours, shift: spot.shift.id, amount: spot.visit.service)
        },
        Damage(name: "back before it can be") { plan, week, dice in
            let returning = plan.courses.indices.filter { plan.courses[$0].returns != nil }
            guard let course = dice.pick(returning) else { return nil }
            plan.courses[course].returns! -= 5
            return Expected(
                kind: .impossibleTime, shift: plan.courses[course].shift, amount: 5)
        },
        Damage(name: "understate the way") { plan, _, dice in
            let course = dice.roll(plan.courses.count)
            plan.courses[course].travel! -= 9
            return Expected(
                kind: .statedTravel, shift: plan.courses[course].shift, amount: -9)
        },
    ]

    private static func moving(
        _ name: String, _ kind: Fault,
        _ isWrong: @escaping @Sendable (Visit, Shift) -> Bool
    ) -> Damage {
        Damage(name: name) { plan, week, dice in
            var moves: [(Spot, ShiftID)] = []
            for spot in spots(plan, week) {
                for shift in week.problem.shifts
                where shift.id != spot.shift.id && isWrong(spot.visit, shift) {
                    moves.append((spot, shift.id))
                }
            }
            guard let (spot, shift) = dice.pick(moves) else { return nil }
            move(&plan, spot, to: shift)
            return Expected(kind: kind, visit: spot.visit.id, shift: shift)
        }
    }

    private static let crews: [Damage] = [
        moving("a crew without the skill", .lackingSkill) { visit, shift in
            !visit.skills.allSatisfy { shift.skills.contains($0) }
        },
        moving("a crew to avoid", .avoidedShift) { $0.avoided.contains($1.id) },
        moving("a crew that is not among the allowed", .disallowedShift) {
            $0.allowed?.contains($1.id) == false
        },
        moving("another crew than promised", .promisedShift) {
            $0.promise?.shifts.isEmpty == false && $0.promise?.shifts.contains($1.id) == false
        },
        moving("a fixed visit elsewhere", .movedFixed) { visit, _ in visit.isFixed },
        moving("another day", .late) { visit, shift in
            !visit.windows.isEmpty && visit.windows.allSatisfy { $0.end < shift.hours.start }
        },
    ]

    private static let lunch: [Damage] = [
        Damage(name: "no lunch") { plan, _, dice in
            guard let lunch = dice.pick(lunches(plan)) else { return nil }
            plan.courses[lunch.course].steps.remove(at: lunch.step)
            return Expected(kind: .missingLunch, shift: plan.courses[lunch.course].shift)
        },
        Damage(name: "two lunches") { plan, _, dice in
            guard let lunch = dice.pick(lunches(plan)) else { return nil }
            plan.courses[lunch.course].steps.append(TimedPlan.Step(.lunch(lunch.number)))
            return Expected(kind: .repeatedLunch, shift: plan.courses[lunch.course].shift)
        },
        Damage(name: "a lunch from nowhere") { plan, _, dice in
            let course = dice.roll(plan.courses.count)
            plan.courses[course].steps.append(TimedPlan.Step(.lunch(77)))
            return Expected(kind: .unknownLunch, shift: plan.courses[course].shift)
        },
        Damage(name: "a late lunch") { plan, week, dice in
            guard let lunch = dice.pick(lunches(plan)) else { return nil }
            let shift = week.problem.shift(plan.courses[lunch.course].shift)!
            let end = shift.lunches.first { $0.number == lunch.number }!.windows[0].end
            plan.courses[lunch.course].steps[lunch.step] = TimedPlan.Step(
                .lunch(lunch.number), start: end + 33)
            return Expected(kind: .lunchTime, shift: shift.id, amount: 33)
        },
    ]

    private static let amounts: [Damage] = [
        Damage(name: "too much to carry") { plan, week, dice in
            guard let all = heap(&plan, week, &dice) else { return nil }
            let load = all.visits.reduce(0) { $0 + $1.demand[0] }
            guard load > all.shift.capacity[0] else { return nil }
            return Expected(
                kind: .overload, shift: all.shift.id, amount: load - all.shift.capacity[0])
        },
        Damage(name: "too many visits") { plan, week, dice in
            guard let all = heap(&plan, week, &dice), let limit = all.shift.visitLimit,
                all.visits.count > limit
            else { return nil }
            return Expected(
                kind: .tooManyVisits, shift: all.shift.id, amount: all.visits.count - limit)
        },
    ]

    /// Gives the visits of one more route to a shift.
    private static func heap(
        _ plan: inout TimedPlan, _ week: DrawnWeek, _ dice: inout Dice
    ) -> (shift: Shift, visits: [Visit])? {
        guard plan.courses.count > 1 else { return nil }
        let from = dice.roll(plan.courses.count)
        let to = (from + 1 + dice.roll(plan.courses.count - 1)) % plan.courses.count
        plan.courses[to].steps += plan.courses[from].steps.filter {
            if case .visit = $0.stop { true } else { false }
        }
        plan.courses[from].steps = []
        let visits = plan.courses[to].steps.compactMap { step -> Visit? in
            if case .visit(let id) = step.stop { week.problem.visit(id) } else { nil }
        }
        return (week.problem.shift(plan.courses[to].shift)!, visits)
    }
}
