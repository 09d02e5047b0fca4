// SPDX-License-Identifier: Apache-2.0

/// Runs a search from hot to cold while the budget lasts.
struct Annealing {
    let search: PlanSearch
    let tuning: SearchTuning
    private var used = 0.0
    /// What a moved visit costs now, if their number is limited.
    private var price: Double

    /// Steps between two questions for the budget.
    static let stretch = 32
    /// The part of the budget that making the fleet smaller may take.
    static let shrinkingPart = 0.3

    init(search: PlanSearch, tuning: SearchTuning) {
        self.search = search
        self.tuning = tuning
        price = Double(search.state.movePrice)
        search.ruin.meanRemoved = tuning.meanRemoved
        search.ruin.longestString = tuning.longestString
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
        defer { search.complete() }
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
            let part = (used - from) / (1 - from)
            stretch(temperature(at: part))
            used = budget(progress)
            setPrice(after: (used - from) / (1 - from) - part)
        }
    }

    /// Makes moved visits dearer while there are too many of them, and cheaper while there could be more.
    private mutating func setPrice(after part: Double) {
        let limit = search.movedLimit
        guard limit != .max else { return }
        let excess = Double(search.state.movedCount - limit) / Double(max(1, limit))
        price *= Elementary.exp(tuning.pricePull * part * max(-1, min(1, excess)))
        price = max(1, min(price, Double(1 << 24)))
        search.state.movePrice = Int32(price)
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
