// SPDX-License-Identifier: Apache-2.0

/// Closes one shift after the other, as long as all visits can be placed on the rest.
struct FleetReduction {
    private let search: PlanSearch
    private let state: RouteState
    /// Shifts that were open before.
    private let wasOpen: [Bool]

    init(_ search: PlanSearch) {
        self.search = search
        state = search.state
        let state = search.state
        wasOpen = (0..<search.tables.shiftCount).map { state.isOpen[$0] }
    }

    /// Closes the used shift whose visits were absent least often, and all unused ones.
    ///
    /// False if visits are absent already, or no shift may be closed: one must be left, and one with a
    /// fixed visit stays.
    func closeOne() -> Bool {
        guard state.absentCount == 0, state.usedCount > 1 else { return false }
        for shift in wasOpen.indices where state.count[shift] == 0 { state.setOpen(shift, false) }
        let used = (0..<state.usedCount).map { Int(state.order[$0]) }
        let candidates = used.compactMap { shift in
            absences(shift).map { (absences: $0, shift: shift) }
        }
        guard let chosen = candidates.min(by: { $0 < $1 })?.shift else { return false }
        state.clear(chosen)
        state.setOpen(chosen, false)
        return true
    }

    /// How often the visits of a shift were absent; nil if one of them is fixed there.
    private func absences(_ shift: Int) -> Int? {
        var node = Int(state.nodes[state.start(shift)].next)
        var sum = 0
        while !state.isEnd(node) {
            if state.isVisit(node) {
                if search.tables.isFixed[node] { return nil }
                sum += Int(search.absences[node]) + 1
            }
            node = Int(state.nodes[node].next)
        }
        return sum
    }

    /// Goes back to the best plan, with no more shifts than that one uses.
    func finish() {
        for shift in wasOpen.indices { state.setOpen(shift, wasOpen[shift]) }
        search.best.restore(state)
        guard state.absentCount == 0 else { return }
        for shift in wasOpen.indices where state.count[shift] == 0 { state.setOpen(shift, false) }
    }
}
