// SPDX-License-Identifier: Apache-2.0

/// Runs a search from hot to cold while the budget lasts.
struct Annealing {
    let search: PlanSearch
    let tuning: SearchTuning
    private var used = 0.0

    /// Steps between two questions for the budget.
    static let stretch = 32
    /// The part of the budget that making the fleet smaller may take.
    static let shrinkingPart = 0.3

    init(search: PlanSearch, tuning: SearchTuning) {
        self.search = search
        self.tuning = tuning
        search.ruin.meanRemoved = tuning.meanRemoved
        search.ruin.longestString = tuning.longestString
        search.state.likelyLimit = tuning.likely
        search.recreate.blink = UInt64(max(0, tuning.blink))
    }

    var progress: SearchProgress {
        SearchProgress(
            steps: search.steps, travel: search.best.travel,
            unassigned: search.best.absentCount, shiftsUsed: search.best.usedCount,
            moved: search.best.movedCount)
    }

    mutating func run(_ objective: Objective, _ budget: (SearchProgress) -> Double) {
        used = budget(progress)
        guard search.tables.visitCount > 0, search.tables.shiftCount > 0 else { return }
        if objective == .vehicles {
            let fleet = FleetReduction(search)
            search.isShrinking = true
            while used < Self.shrinkingPart, fleet.closeOne() {
                while used < Self.shrinkingPart, search.state.absentCount > 0 {
                    stretch(temperature(at: 0.5))
                    used = budget(progress)
                }
            }
            fleet.finish()
        }
        let from = used
        while used < 1 {
            stretch(temperature(at: (used - from) / (1 - from)))
            used = budget(progress)
        }
    }

    private func stretch(_ temperature: Double) {
        for _ in 0..<Self.stretch { search.step(temperature: temperature) }
    }

    /// The temperature at a part of the budget, in seconds: it falls by equal factors.
    private func temperature(at part: Double) -> Double {
        let visits = max(1, search.tables.visitCount - search.best.absentCount)
        let typical = max(1, Double(search.best.travel) / Double(visits))
        let ratio = Elementary.log(tuning.cold / tuning.hot)
        return typical * tuning.hot * Elementary.exp(ratio * min(1, max(0, part)))
    }
}
