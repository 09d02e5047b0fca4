// SPDX-License-Identifier: Apache-2.0

/// Takes strings of neighbouring visits out of routes that lie near each other.
///
/// The rule is the adjacent string removal of Christiaens and Vanden Berghe (Slack induction by
/// string removals for vehicle routing problems, Transportation Science 54, 2020).
struct Ruin {
    /// Visits that are taken out in one step, on average.
    var meanRemoved = 10
    /// The longest string.
    var longestString = 10
    /// How often a string leaves some visits in its middle where they are, of 65,536 times.
    var splitRate: UInt64 = 32_768

    /// Removes visits near `seed`; their routes have new times afterwards.
    ///
    /// False if a route cannot be driven any more: its fixed visits are too far from each other without
    /// what lay between them.
    func removeStrings(
        around seed: Int, _ near: NearVisits, _ state: RouteState, _ dice: inout Dice
    ) -> Bool {
        let tables = state.tables
        let assigned = tables.visitCount - state.absentCount
        guard assigned > 0, state.usedCount > 0 else { return true }
        let longest = min(longestString, max(1, assigned / state.usedCount))
        let most = max(1, 4 * meanRemoved / (1 + longest))
        let strings = 1 + dice.below(max(1, most))
        let first = state.journal.savedCount
        removeString(with: seed, longest, state, &dice)
        for other in near.list(of: seed) {
            if state.journal.savedCount &- first >= strings { break }
            let visit = Int(other)
            let shift = Int(state.shiftOf[visit])
            guard shift >= 0, state.journal.savedIn[shift] != state.journal.step else { continue }
            removeString(with: visit, longest, state, &dice)
        }
        for index in first..<state.journal.savedCount {
            let shift = Int(state.journal.saved[index].shift)
            let before = Int(state.journal.travelBefore(index, state.tables))
            if !state.refresh(shift), !empty(shift, state) { return false }
            if tables.lunchFrom[shift] < tables.lunchFrom[shift + 1], dice.next() & 1 == 0 {
                shuffleLunches(shift, state, &dice)
            }
            state.travel &+= state.travelOf(shift) &- before
        }
        return true
    }

    /// Removes what is left in a route that cannot be driven without what was taken out of it, as the
    /// direct way is longer than the one over a visit; false if that is of no use.
    private func empty(_ shift: Int, _ state: RouteState) -> Bool {
        var node = Int(state.nodes[state.start(shift)].next)
        while !state.isEnd(node) {
            let next = Int(state.nodes[node].next)
            if state.isVisit(node), !state.tables.isFixed[node] { state.unlink(node) }
            node = next
        }
        return state.refresh(shift)
    }

    /// Removes a string of visits that contains this one, but for those that are fixed.
    private func removeString(
        with visit: Int, _ longest: Int, _ state: RouteState, _ dice: inout Dice
    ) {
        let shift = Int(state.shiftOf[visit])
        guard shift >= 0 else { return }
        let size = Int(state.count[shift])
        let length = 1 + dice.below(min(longest, size))
        var kept = 0
        if length > 1, length < size, dice.next() & 0xFFFF < splitRate {
            kept = 1
            while length + kept < size, dice.next() & 0xFFFF < 655 { kept += 1 }
        }
        let span = length + kept
        // How far the string may begin before the visit, and must for its end to be in the route.
        var (before, behind) = (0, 0)
        var node = Int(state.previous[visit])
        while before < span - 1, node >= 0 {
            if state.isVisit(node) { before += 1 } else if node < state.tables.firstEnd { break }
            node = Int(state.previous[node])
        }
        node = Int(state.nodes[visit].next)
        while behind < span - 1, !state.isEnd(node) {
            if state.isVisit(node) { behind += 1 }
            node = Int(state.nodes[node].next)
        }
        let least = max(0, span - 1 - behind)
        var back = least + dice.below(before - least + 1)
        node = visit
        while back > 0 {
            node = Int(state.previous[node])
            if state.isVisit(node) { back -= 1 }
        }
        let keptFrom = kept > 0 ? 1 + dice.below(length - 1) : span
        for index in 0..<span {
            while !state.isVisit(node) { node = Int(state.nodes[node].next) }
            let next = Int(state.nodes[node].next)
            let isKept = index >= keptFrom && index < keptFrom + kept
            if !isKept, !state.tables.isFixed[node] {
                state.unlink(node)
            }
            node = next
        }
        // A string of fixed visits only leaves its route alone, but counts as one that was tried.
        state.touch(shift)
    }

    /// Gives the lunches of a route another place in its order, if one is feasible.
    private func shuffleLunches(_ shift: Int, _ state: RouteState, _ dice: inout Dice) {
        let tables = state.tables
        for lunch in tables.lunchFrom[shift]..<tables.lunchFrom[shift + 1] {
            var node = state.start(shift)
            for _ in 0..<dice.below(Int(state.count[shift]) + 1) {
                node = Int(state.nodes[node].next)
            }
            guard node != Int(lunch), !state.isEnd(node) else { continue }
            _ = state.moveLunch(Int(lunch), after: node, shift: shift)
        }
    }
}

extension RouteJournal {
    /// Seconds on the way in a saved route as it was.
    @inline(__always)
    func travelBefore(_ number: Int, _ tables: ProblemTables) -> Int {
        var sum = 0
        for at in Int(saved[number].from) &+ 1..<Int(saved[number].to)
        where Int(order[at]) < tables.firstLunch {
            sum &+= Int(nodes[at].leg)
        }
        return sum
    }
}
