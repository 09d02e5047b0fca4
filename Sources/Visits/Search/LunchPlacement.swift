// SPDX-License-Identifier: Apache-2.0

/// Puts the lunches that a route lacks into its order.
///
/// Whoever has taken the same lunches by the same visit is better off the earlier it is free, so of
/// all ways to get there only the earliest is carried on. No order that could be kept is missed, and
/// with eight lunches there are at most 3^8 cases between two visits, where trying all would take a power
/// of the number of visits.
struct LunchPlacement {
    let tables: ProblemTables
    let shift: Int
    /// The nodes of the lunches to place; a set of them is a number, with a bit for each.
    let missing: [Int]

    private var sets: Int { 1 << missing.count }

    /// The nodes up to the next place, and when they are done.
    private struct Leg {
        /// Lunches that stand where they stand, and the visit or the end of the shift behind them.
        let fixed: [Int]
        let goal: Int
        /// Per set of lunches taken up to the goal: from when on the crew is free.
        var free: [Int32]
        /// Per such set: what was taken of it before this leg.
        var earlier: [Int]
    }

    /// The chain with the missing lunches in it; nil if no place for them keeps all times.
    func complete(_ chain: [Int]) -> [Int]? {
        var legs: [Leg] = []
        var free = [Int32](repeating: ProblemTables.never, count: sets)
        free[0] = tables.shiftOpens[shift]
        let before = free
        var leave = tables.place[tables.firstStart + shift]
        var fixed: [Int] = []
        let stays = !chain.contains { $0 < tables.visitCount }
        // What was driven before the shift began counts on its first way.
        var driven = tables.shiftOpens[shift] &- tables.shiftBase[shift]
        for node in chain + [tables.firstEnd + shift] {
            if node >= tables.firstLunch {
                fixed.append(node)
                continue
            }
            let way = stays ? 0 : tables.row(tables.fromOf[shift], leave)[Int(tables.place[node])]
            let leg = drive(free, leave, way &- driven, fixed, node)
            driven = 0
            legs.append(leg)
            free = leg.free
            leave = tables.place[node]
            fixed = []
        }
        guard free[sets - 1] <= tables.shiftCloses[shift] else { return nil }
        var taken = sets - 1
        var nodes: [Int] = []
        for (index, leg) in legs.enumerated().reversed() {
            let from = leg.earlier[taken]
            let start = index > 0 ? legs[index - 1].free[from] : before[from]
            if index < legs.count - 1 { nodes.append(leg.goal) }
            nodes += Break(self, from, start, leg.fixed).order(upTo: taken).reversed()
            taken = from
        }
        return nodes.reversed()
    }

    private func drive(
        _ free: [Int32], _ leave: Int32, _ way: Int32, _ fixed: [Int], _ goal: Int
    ) -> Leg {
        var leg = Leg(
            fixed: fixed, goal: goal,
            free: [Int32](repeating: ProblemTables.never, count: sets),
            earlier: [Int](repeating: 0, count: sets))
        for before in 0..<sets where free[before] < ProblemTables.never {
            let pause = Break(self, before, free[before], fixed)
            for taken in before..<sets where taken & before == before {
                let ready = pause.ready[fixed.count][taken]
                guard ready < ProblemTables.never else { continue }
                let base = free[before] &+ pause.length(of: taken)
                let done = arrive(goal, max(ready, base &+ way), leave)
                if done < leg.free[taken] {
                    leg.free[taken] = done
                    leg.earlier[taken] = before
                }
            }
        }
        return leg
    }

    /// When the crew is free again that reaches a place at a moment; `never` if that is too late.
    private func arrive(_ node: Int, _ moment: Int32, _ leave: Int32) -> Int32 {
        let start = tables.firstStart(node, from: moment)
        guard start < ProblemTables.never else { return ProblemTables.never }
        let setup = leave == tables.place[node] ? 0 : tables.setup[node]
        let free = start &+ tables.service[node] &+ setup
        return free <= tables.due[node] ? free : ProblemTables.never
    }

    /// All ways to take lunches between two places.
    private struct Break {
        let placement: LunchPlacement
        let from: Int
        let fixed: [Int]
        /// By how many of the fixed lunches are behind, and per set: the earliest moment to go on.
        private(set) var ready: [[Int32]]
        /// The lunch that was taken last for it: an index of `missing`, or -1 for the fixed one.
        private var last: [[Int]]

        init(_ placement: LunchPlacement, _ from: Int, _ free: Int32, _ fixed: [Int]) {
            self.placement = placement
            self.from = from
            self.fixed = fixed
            let none = [Int32](repeating: ProblemTables.never, count: placement.sets)
            ready = Array(repeating: none, count: fixed.count + 1)
            last = Array(
                repeating: [Int](repeating: -1, count: placement.sets), count: fixed.count + 1)
            ready[0][from] = free
            for passed in 0...fixed.count {
                for taken in from..<placement.sets where taken & from == from {
                    if passed > 0 {
                        ready[passed][taken] = eat(fixed[passed - 1], ready[passed - 1][taken])
                    }
                    for (index, lunch) in placement.missing.enumerated()
                    where (taken & ~from) & 1 << index != 0 {
                        let done = eat(lunch, ready[passed][taken & ~(1 << index)])
                        if done < ready[passed][taken] {
                            ready[passed][taken] = done
                            last[passed][taken] = index
                        }
                    }
                }
            }
        }

        private func eat(_ lunch: Int, _ moment: Int32) -> Int32 {
            let tables = placement.tables
            guard moment < ProblemTables.never else { return moment }
            let start = tables.firstStart(lunch, from: moment)
            return start < ProblemTables.never ? start &+ tables.service[lunch] : start
        }

        /// Seconds of all lunches here, for a set taken up to their end.
        func length(of taken: Int) -> Int32 {
            let tables = placement.tables
            let fixed = fixed.reduce(Int32(0)) { $0 &+ tables.service[$1] }
            return placement.missing.indices.reduce(fixed) { sum, index in
                (taken & ~from) & 1 << index == 0
                    ? sum : sum &+ tables.service[placement.missing[index]]
            }
        }

        /// The lunches in the order that ends the earliest.
        func order(upTo taken: Int) -> [Int] {
            var (passed, taken) = (fixed.count, taken)
            var nodes: [Int] = []
            while passed > 0 || taken != from {
                let index = last[passed][taken]
                if index >= 0 {
                    nodes.append(placement.missing[index])
                    taken &= ~(1 << index)
                } else {
                    passed -= 1
                    nodes.append(fixed[passed])
                }
            }
            return nodes.reversed()
        }
    }
}
