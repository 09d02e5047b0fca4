// SPDX-License-Identifier: Apache-2.0

/// Ruin and recreate with simulated annealing: the search that makes plans better.
///
/// It knows neither a clock nor a limit: whoever runs it says before each stretch of steps how
/// much of the budget is used.
final class PlanSearch {
    let tables: ProblemTables
    let state: RouteState
    let best: BestRoutes
    var dice: Dice
    var ruin = Ruin()
    let near: NearVisits
    var recreate: Recreate
    private var focus: Focus
    /// How often a visit stayed absent: what is hard to place is put back first of all.
    let absences: UnsafeMutablePointer<Int32>
    @exclusivity(unchecked) var steps = 0
    /// The most visits that may be on another shift than published.
    var movedLimit = Int.max
    /// Required visits that the best plan leaves out.
    private var requiredAbsentInBest = 0
    /// Whether the number of used shifts is still to be made smaller.
    var isShrinking = false

    init(_ tables: ProblemTables, seed: UInt64) {
        self.tables = tables
        state = RouteState(tables)
        best = BestRoutes(tables)
        dice = Dice(seed: seed)
        near = NearVisits(tables)
        recreate = Recreate(tables)
        focus = Focus(tables.visitCount)
        absences = RouteState.table(tables.visitCount, 0)
    }

    deinit {
        recreate.deallocate()
        absences.deallocate()
    }

    /// Places what is absent, without leaving anything to chance, and takes that for the best.
    func construct() {
        let blink = recreate.blink
        recreate.blink = 0
        recreate.putBack(state, &dice)
        recreate.blink = blink
        while insertPair() { recreate.putBack(state, &dice) }
        best.save(state)
        requiredAbsentInBest = leftOut().required
    }

    /// One step: some visits out, all absent ones back, and the outcome kept or taken back.
    ///
    /// - Parameter temperature: how much worse a kept outcome may be, on average, in seconds.
    @inline(__always)
    func step(temperature: Double) {
        steps &+= 1
        let state = state
        let (oldCost, oldAbsent) = (state.cost, state.absentCount)
        let old = leftOut()
        state.begin()
        let limit = oldCost &+ allowance(temperature)
        guard ruin.removeStrings(around: focus.seed(near, &dice), near, state, &dice),
            recreate.putBack(state, &dice, below: oldAbsent == 0 ? limit : .max)
        else {
            state.rollBack()
            return
        }
        let newAbsent = state.absentCount
        let new = leftOut()
        if newAbsent &+ oldAbsent > 0 {
            // A promised visit is given up for nothing, however many others would find room.
            guard new.required <= old.required else {
                state.rollBack()
                return
            }
            let isBetter =
                new.required < old.required || newAbsent < oldAbsent
                || new.absences < old.absences
            for index in 0..<newAbsent { absences[Int(state.absent[index])] &+= 1 }
            guard isBetter || newAbsent == oldAbsent && state.cost < limit else {
                state.rollBack()
                return
            }
        } else if state.cost >= limit {
            state.rollBack()
            return
        }
        state.commit()
        saveIfBest(required: new.required)
    }

    /// By how much less than this a plan may cost more and still be kept: 1 at least, so that a plan as good is.
    @inline(__always)
    private func allowance(_ temperature: Double) -> Int {
        let worse = -temperature * Elementary.log(dice.fraction())
        return max(1, Int(min(worse.rounded(.up), 0x1p40)))
    }

    @inline(__always)
    private func saveIfBest(required: Int) {
        // A step never leaves out more of them than the one before.
        let keepsMore = required < requiredAbsentInBest
        // A start may have moved too many.
        let obeys = best.movedCount > movedLimit
        if !keepsMore, state.absentCount > best.absentCount { return }
        if state.movedCount > movedLimit { return }
        if isShrinking, state.usedCount > best.usedCount { return }
        if keepsMore || obeys || state.absentCount < best.absentCount
            || isShrinking && state.usedCount < best.usedCount
            || (worth(state.travel, state.movedCount) &+ state.shareCost, state.movedCount)
                < (worth(best.travel, best.movedCount) &+ best.shareCost, best.movedCount)
        {
            best.save(state)
            requiredAbsentInBest = required
        }
    }

    /// What is made small: with a limit on moved visits their price only leads the way there.
    @inline(__always)
    private func worth(_ travel: Int, _ moved: Int) -> Int {
        movedLimit == .max ? travel &+ moved &* Int(state.movePrice) : travel
    }

    /// Puts into the best plan what chance has left out of it, and takes that for the best.
    ///
    /// No visit is left that could be put somewhere without another change.
    func complete() {
        guard best.absentCount > 0 else { return }
        best.restore(state)
        let price = state.movePrice
        var count: Int
        repeat {
            count = state.absentCount
            let absent = (0..<count).map { Int(state.absent[$0]) }
            for visit in absent.sorted(by: { rank($0) < rank($1) }) {
                // Beyond the limit nothing is worth a move.
                state.movePrice = state.movedCount < movedLimit ? price : .max
                let position = state.bestPosition(visit, blink: 0, &dice)
                guard position.exists else { continue }
                state.insert(visit, after: position.after, shift: position.shift)
            }
        } while state.absentCount < count || insertPair()
        state.movePrice = price
        best.save(state)
        requiredAbsentInBest = leftOut().required
    }

    /// Required visits first.
    func rank(_ visit: Int) -> Int {
        tables.isRequired[visit] ? visit : visit + tables.visitCount
    }

    /// How many required visits are absent, and how often all that are absent were so before, a
    /// required one counted more.
    @inline(__always)
    private func leftOut() -> (required: Int, absences: Int) {
        var (required, sum) = (0, 0)
        for index in 0..<state.absentCount {
            let visit = Int(state.absent[index])
            let isRequired = tables.isRequired[visit]
            if isRequired { required &+= 1 }
            sum &+= (Int(absences[visit]) &+ 1) &* (isRequired ? 64 : 1)
        }
        return (required, sum)
    }
}
