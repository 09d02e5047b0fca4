// SPDX-License-Identifier: Apache-2.0

/// A plan for the rest of the day, and the week, after things went otherwise than planned.
///
/// What has happened is frozen. The other visits are paid as they were told, by other crews where
/// their own cannot; those that nobody can pay so are `unkept`, each with its ways out, and the plan
/// leaves them out until `choosing` says what is done about them.
///
/// ```swift
/// let log = DayLog(asPlanned: plan, problem, now: 32_000)
/// let incidents: [Incident] = [.delay(ShiftID(1), seconds: 5_400), .absent(ShiftID(2))]
/// var repair = try DayRepair(problem, plan, log, incidents, windows: [morning])
/// for unkept in repair.unkept where unkept.late != nil {
///     repair = try repair.choosing(.late, for: unkept.visit)
/// }
/// ```
public struct DayRepair: Sendable {
    /// What is still to be done, with the crews where they are now.
    public let problem: RoutingProblem
    /// Who does it; its routes hold only what is not done yet.
    public let plan: Plan
    /// The plan made ready to answer callers.
    public let board: OfferBoard
    /// The log after the incidents.
    public let log: DayLog
    /// Visits that are not paid as they were told, in the order of their numbers.
    public let unkept: [UnkeptVisit]
    /// Visits of the log that begin after what was promised.
    public let lateAlready: [LateVisit]
    /// Crews whose way home ends after their hours, and by how many seconds.
    public let overtime: [ShiftID: Int]
    /// Shifts whose lunch is taken after its windows.
    public let lateLunches: [ShiftID]
    let ways: WaysOut

    /// The most steps for the visits that lost their crew on one day.
    public static let usualSteps = 1_000

    /// Repairs a plan.
    ///
    /// `windows` are those that may be offered anew. The search ends as soon as every visit has a
    /// crew, or after `steps`; the same seed gives the same plan.
    ///
    /// ```swift
    /// try DayRepair(problem, plan, log, [], windows: []).unkept  // []: nothing has happened
    /// ```
    ///
    /// - Throws: what an incident or the log names wrongly.
    public init(
        _ problem: RoutingProblem, _ plan: Plan, _ log: DayLog, _ incidents: [Incident],
        windows: [TimeWindow], seed: UInt64 = 1, steps: Int = DayRepair.usualSteps
    ) throws(RepairError) {
        let changes = try LogChanges(problem, plan, log, incidents)
        do {
            let rest = try RestOfPlan(changes, plan)
            var search = RestSearch(rest, plan, seed, steps)
            try search.run()
            let ways = WaysOut(
                asked: rest.asked, hours: rest.hours, windows: windows,
                givenBack: changes.givenBack)
            self.ways = ways
            self.problem = rest.problem
            let board = OfferBoard(rest.problem, search.plan)
            self.board = board
            self.plan = board.plan
            self.log = DayLog(now: log.now, done: changes.done)
            let told = Set(plan.shifts.keys).union(changes.givenBack)
            let listed = board.plan.unassigned.filter {
                told.contains($0) || rest.problem.visit($0)?.promise != nil
            }
            unkept = try ways.list(listed.sorted(), board, original: problem)
            lateAlready = Self.late(changes)
            overtime = rest.overtime
            lateLunches = rest.lateLunches
        } catch { throw .problem(error) }
    }

    private static func late(_ changes: LogChanges) -> [LateVisit] {
        var late: [LateVisit] = []
        for (shift, entries) in changes.done {
            for entry in entries {
                guard let id = entry.stop.visit, !changes.cancelled.contains(id),
                    !changes.givenBack.contains(id),
                    let promise = changes.problem.visit(id)?.promise,
                    entry.start > promise.window.end
                else { continue }
                late.append(
                    LateVisit(
                        visit: id, shift: shift, start: entry.start,
                        by: entry.start - promise.window.end))
            }
        }
        return late.sorted { $0.visit < $1.visit }
    }

    /// The repair after the dispatcher has decided about one visit; the ways out of the others are
    /// looked for anew.
    ///
    /// ```swift
    /// let accepted = try repair.choosing(.late, for: VisitID(4))
    /// accepted.plan.shifts[VisitID(4)] == repair.unkept[0].late?.offer.shift  // true
    /// ```
    ///
    /// - Throws: `noSuchChoice` if the visit is not unkept or the choice is not one of its ways out.
    public func choosing(
        _ choice: UnkeptChoice, for id: VisitID
    ) throws(RepairError) -> DayRepair {
        guard let chosen = unkept.first(where: { $0.visit == id }),
            var visit = ways.asked[id]
        else { throw .noSuchChoice(id) }
        var accepted: Offer?
        switch choice {
        case .late:
            guard let late = chosen.late, let promise = chosen.promise else {
                throw .noSuchChoice(id)
            }
            visit.promise = Promise(window: late.offer.window, shifts: promise.shifts)
            accepted = late.offer
        case .alternative(let offer):
            guard chosen.alternatives.contains(offer) else { throw .noSuchChoice(id) }
            visit.promise = Promise(window: offer.window)
            accepted = offer
        case .giveUp: break
        }
        visit.isRequired = accepted != nil
        do { return try DayRepair(self, visit, accepted) } catch { throw .problem(error) }
    }

    private init(_ old: DayRepair, _ visit: Visit, _ offer: Offer?) throws(ProblemError) {
        let names = Set(old.problem.shifts.map(\.id))
        problem = try RoutingProblem(
            visits: old.problem.visits.map { $0.id == visit.id ? visit.limited(to: names) : $0 },
            shifts: old.problem.shifts, travel: old.problem.travel,
            others: old.problem.others)
        let before = OfferBoard(old.problem, old.plan)
        plan = offer.map { before.plan(accepting: $0, by: visit.id) } ?? before.plan
        log = old.log
        lateAlready = old.lateAlready
        overtime = old.overtime
        lateLunches = old.lateLunches
        ways = old.ways
        let left = old.unkept.filter { $0.visit != visit.id }
        board = OfferBoard(problem, plan)
        unkept = try ways.list(again: left, board)
    }
}
