// SPDX-License-Identifier: Apache-2.0

extension PlanSearch {
    /// Absent visits that are looked at for pairs.
    private static let pairLimit = 12

    /// Puts two absent visits where neither has a place alone, as the direct way is longer than the one over
    /// the other; false if there is no such place.
    ///
    /// Where no way is longer than one over another place, none is looked for long.
    func insertPair() -> Bool {
        guard state.absentCount > 1 else { return false }
        let absent = (0..<state.absentCount).map { Int(state.absent[$0]) }
            .sorted { rank($0) < rank($1) }.prefix(Self.pairLimit)
        for first in absent {
            for second in absent where second != first {
                if insert(first, second) { return true }
            }
        }
        return false
    }

    /// Puts one visit right before another where that costs the least.
    private func insert(_ first: Int, _ second: Int) -> Bool {
        var best: (cost: Int, shift: Int, chain: [Int])?
        for shift in 0..<tables.shiftCount where state.isOpen[shift] {
            guard tables.fits[first * tables.shiftCount + shift],
                tables.fits[second * tables.shiftCount + shift]
            else { continue }
            let chain = chain(shift)
            for index in 0...chain.count where hasDetour(first, second, chain, index, shift) {
                var longer = chain
                longer.insert(contentsOf: [first, second], at: index)
                state.clear(shift)
                if state.load(longer, shift), state.movedCount <= movedLimit,
                    state.cost < best?.cost ?? .max
                {
                    best = (state.cost, shift, longer)
                }
                state.clear(shift)
                state.load(chain, shift)
            }
        }
        guard let best else { return false }
        state.clear(best.shift)
        return state.load(best.chain, best.shift)
    }

    /// The visits and lunches of a shift in their order.
    private func chain(_ shift: Int) -> [Int] {
        var chain: [Int] = []
        var node = Int(state.nodes[state.start(shift)].next)
        while !state.isEnd(node) {
            chain.append(node)
            node = Int(state.nodes[node].next)
        }
        return chain
    }

    /// Whether one of two visits is reached, or left, sooner over the other.
    private func hasDetour(
        _ first: Int, _ second: Int, _ chain: [Int], _ index: Int, _ shift: Int
    ) -> Bool {
        let before = chain[..<index].last { $0 < tables.visitCount } ?? state.start(shift)
        let after = chain[index...].first { $0 < tables.visitCount } ?? state.end(shift)
        func way(_ from: Int, _ to: Int) -> Int32 {
            tables.row(tables.fromOf[shift], tables.place[from])[Int(tables.place[to])]
        }
        return way(first, after) > way(first, second) + way(second, after)
            || way(before, second) > way(before, first) + way(first, second)
    }
}
