// SPDX-License-Identifier: Apache-2.0

public import Visits

/// Looks whether a plan can be driven and keeps what was promised, apart from what made it.
///
/// Of the planner it shares the values of problem and plan, and no function that computes a time or
/// decides what is allowed; so a mistake in one is seen by the other.
public struct PlanChecker: Sendable {
    private let problem: RoutingProblem
    private let visits: [VisitID: Visit]
    private let shifts: [ShiftID: Shift]
    private let soFar: DaySoFar

    /// A checker of plans of a problem, after what has happened of its day.
    public init(_ problem: RoutingProblem, after soFar: DaySoFar = DaySoFar()) {
        self.problem = problem
        self.soFar = soFar
        visits = Dictionary(uniqueKeysWithValues: problem.visits.map { ($0.id, $0) })
        shifts = Dictionary(uniqueKeysWithValues: problem.shifts.map { ($0.id, $0) })
    }

    /// Every fault of a plan, and its totals.
    ///
    /// A stated time is taken as it is unless the crew cannot be there; where none is stated,
    /// every crew goes on as early as it may. What has begun is as it was, whatever the plan states of it,
    /// and is no fault; of the rest it is asked whether it can be driven from there. Visits on another shift
    /// than in `published` are counted, and more of them than `movedLimit` are a fault.
    public func check(
        _ plan: TimedPlan, published: Plan? = nil, movedLimit: Int? = nil
    ) -> PlanReport {
        var sitting = Sitting()
        let plan = plan.recalling(soFar)
        for course in plan.courses { walk(course, &sitting) }
        for id in plan.unassigned { list(id, &sitting) }
        for visit in problem.visits { lookFor(visit, &sitting) }
        checkCrews(&sitting)
        if let published { compare(published, movedLimit, &sitting) }
        sitting.report.paid = sitting.payers.count
        sitting.report.unpaid = problem.visits.count - sitting.payers.count
        return sitting.report
    }

    /// What is known of a plan while it is gone through.
    private struct Sitting {
        var report = PlanReport()
        /// The first shift that pays each visit.
        var payers: [VisitID: ShiftID] = [:]
        var unassigned: Set<VisitID> = []
        var seen: Set<ShiftID> = []
        /// Shifts at work, from when to when.
        var atWork: [(shift: Shift, from: Int, to: Int)] = []
    }

    private func walk(_ course: TimedPlan.Course, _ sitting: inout Sitting) {
        guard let shift = shifts[course.shift] else {
            sitting.report.faults.append(PlanFault(.unknownShift, shift: course.shift))
            return
        }
        if !sitting.seen.insert(shift.id).inserted {
            sitting.report.faults.append(PlanFault(.repeatedShift, shift: shift.id))
        }
        let begun = soFar.route(of: shift.id).map(\.stop)
        let isAsItWas = course.steps.prefix(begun.count).map(\.stop) == begun
        if !isAsItWas {
            sitting.report.faults.append(PlanFault(.begunOtherwise, shift: shift.id))
        }
        let ahead = isAsItWas ? course.steps.dropFirst(begun.count) : course.steps[...]
        let hasBegun = isAsItWas && soFar.begun[shift.id] != nil
        // When it set out for what has begun is as it was, too.
        var walk = RouteWalk(
            shift, travel: problem.travel(of: shift), leaves: hasBegun ? nil : course.leaves,
            isOver: hasBegun && ahead.allSatisfy { $0.stop.visit == nil })
        var load = Load(shift)
        for entry in isAsItWas ? soFar.begun[shift.id] ?? [] : [] {
            let place = entry.place ?? entry.done.stop.visit.flatMap { visits[$0]?.place }
            walk.recall(entry.done, at: place)
            if !entry.isInVain { take(entry.done.stop, shift, &load, &sitting) }
        }
        walk.goOn(at: soFar.now)
        for step in ahead {
            guard take(step.stop, shift, &load, &sitting) else { continue }
            switch step.stop {
            case .visit(let id): walk.pay(visits[id]!, stated: step.start)
            case .lunch(let number):
                walk.eat(shift.lunches.first { $0.number == number }!, stated: step.start)
            }
        }
        walk.goHome(stated: course.returns)
        // A crew that pays nobody a visit stays where it is.
        guard load.visits > 0 || isAsItWas && soFar.isOut(shift.id) else { return }
        sitting.report.faults += walk.faults
        sitting.report.faults += load.faults
        for lunch in shift.lunches
        where !load.lunches.contains(lunch.number) && !walk.isExcused(lunch) {
            sitting.report.faults.append(
                PlanFault(.missingLunch, shift: shift.id, item: lunch.number))
        }
        if let stated = course.travel, stated != walk.onTheWay {
            sitting.report.faults.append(
                PlanFault(.statedTravel, shift: shift.id, by: stated - walk.onTheWay))
        }
        sitting.report.travel += walk.onTheWay
        sitting.report.waiting += walk.waited
        sitting.report.service += walk.worked
        sitting.report.shiftsUsed += 1
        sitting.atWork.append((shift, walk.began, walk.end))
    }

    /// What a shift has to do so far.
    private struct Load {
        let shift: Shift
        var visits = 0
        var lunches: Set<Int> = []
        var amounts: [Int]

        init(_ shift: Shift) {
            self.shift = shift
            amounts = [Int](repeating: 0, count: shift.capacity.count)
        }

        var faults: [PlanFault] {
            var faults: [PlanFault] = []
            for (index, load) in amounts.enumerated() where load > shift.capacity[index] {
                faults.append(
                    PlanFault(
                        .overload, shift: shift.id, item: index, by: load - shift.capacity[index]))
            }
            if let limit = shift.visitLimit, visits > limit {
                faults.append(PlanFault(.tooManyVisits, shift: shift.id, by: visits - limit))
            }
            return faults
        }
    }

    /// Counts a stop; false for one that the problem lacks.
    @discardableResult
    private func take(
        _ stop: Stop, _ shift: Shift, _ load: inout Load, _ sitting: inout Sitting
    ) -> Bool {
        switch stop {
        case .visit(let id):
            guard let visit = known(id, shift, &sitting) else { return false }
            load.visits += 1
            for (index, amount) in visit.demand.enumerated() where index < load.amounts.count {
                load.amounts[index] += amount
            }
        case .lunch(let number):
            guard shift.lunches.contains(where: { $0.number == number }) else {
                sitting.report.faults.append(
                    PlanFault(.unknownLunch, shift: shift.id, item: number))
                return false
            }
            if !load.lunches.insert(number).inserted {
                sitting.report.faults.append(
                    PlanFault(.repeatedLunch, shift: shift.id, item: number))
            }
        }
        return true
    }

    /// The visit of a step, unless it is unknown; one that is paid twice is walked to twice.
    private func known(_ id: VisitID, _ shift: Shift, _ sitting: inout Sitting) -> Visit? {
        guard let visit = visits[id] else {
            sitting.report.faults.append(PlanFault(.unknownVisit, visit: id, shift: shift.id))
            return nil
        }
        if sitting.payers[id] != nil {
            sitting.report.faults.append(PlanFault(.repeatedVisit, visit: id, shift: shift.id))
        } else {
            sitting.payers[id] = shift.id
        }
        return visit
    }

    private func list(_ id: VisitID, _ sitting: inout Sitting) {
        if visits[id] == nil {
            sitting.report.faults.append(PlanFault(.unknownVisit, visit: id))
        } else if !sitting.unassigned.insert(id).inserted {
            sitting.report.faults.append(PlanFault(.repeatedVisit, visit: id))
        } else if let shift = sitting.payers[id] {
            sitting.report.faults.append(PlanFault(.paidAndUnassigned, visit: id, shift: shift))
        }
    }

    private func lookFor(_ visit: Visit, _ sitting: inout Sitting) {
        guard sitting.payers[visit.id] == nil else { return }
        if !sitting.unassigned.contains(visit.id) {
            sitting.report.faults.append(PlanFault(.missingVisit, visit: visit.id))
        }
        if visit.isRequired {
            sitting.report.faults.append(PlanFault(.requiredUnpaid, visit: visit.id))
        }
    }

    /// No crew has two shifts on one day, or is in two places at once.
    private func checkCrews(_ sitting: inout Sitting) {
        var crews: [String: [(shift: Shift, from: Int, to: Int)]] = [:]
        for work in sitting.atWork {
            guard let crew = work.shift.crew else { continue }
            for other in crews[crew] ?? [] where other.shift.id != work.shift.id {
                if let day = work.shift.day, day == other.shift.day {
                    sitting.report.faults.append(
                        PlanFault(.secondShift, shift: work.shift.id, item: other.shift.id.number))
                }
                let overlap = min(work.to, other.to) - max(work.from, other.from)
                if overlap > 0 {
                    sitting.report.faults.append(
                        PlanFault(
                            .twoPlaces, shift: work.shift.id, item: other.shift.id.number,
                            by: overlap))
                }
            }
            crews[crew, default: []].append(work)
        }
    }

    private func compare(_ published: Plan, _ limit: Int?, _ sitting: inout Sitting) {
        var moved = 0
        for route in published.routes {
            for case .visit(let id) in route.stops {
                guard let visit = visits[id] else { continue }
                let shift = sitting.payers[id]
                guard shift != route.shift else { continue }
                if shift == nil { sitting.report.dropped.append(id) } else { moved += 1 }
                if visit.isFixed {
                    sitting.report.faults.append(
                        PlanFault(
                            .movedFixed, visit: id, shift: shift, item: route.shift.number))
                }
            }
        }
        sitting.report.moved = moved
        if let limit, moved > limit {
            sitting.report.faults.append(PlanFault(.movedTooMany, by: moved - limit))
        }
    }
}
