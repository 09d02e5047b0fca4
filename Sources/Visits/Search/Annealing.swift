// SPDX-License-Identifier: Apache-2.0

/// Runs a search from hot to cold while the budget lasts, more than once if it lasts long.
struct Annealing {
    let search: PlanSearch
    let tuning: SearchTuning
    private var used = 0.0
    /// What a moved visit costs now, if their number is limited.
    private var price: Double
    /// How often the search goes from hot to cold; 0 as long as that is not known.
    private var rounds = 0.0
    private var recombination: Recombination?

    /// Steps between two questions for the budget.
    static let stretch = 32
    /// The part of the budget that making the fleet smaller may take.
    static let shrinkingPart = 0.3
    /// The steps of a round, in those of the square of the number of visits: a longer one gains little.
    static let roundSteps = 80.0
    static let mostRounds = 8.0
    /// The first step at which it is worth it to remember routes.
    static let firstRemembered = 1_000
    /// Parts of a round from where on routes are remembered, and from where on put together.
    static let rememberingFrom = 0.25
    static let recombiningFrom = 0.7
    /// The work on putting routes together that is paid by a step: less than a tenth of its time.
    static let workPerStep = 300

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
        defer {
            search.complete()
            // With no budget at all the plan is the one put together first.
            if search.steps > 0 { SmallSearch(search, objective)?.run() }
        }
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
        let (from, firstStep) = (used, search.steps)
        while used < 1 {
            let part = (used - from) / (1 - from)
            if rounds == 0, part >= 0.005 {
                rounds = rounds(of: Double(search.steps - firstStep) / part)
            }
            let passed = part * max(1, rounds)
            run(passed - passed.rounded(.down))
            used = budget(progress)
            setPrice(after: (used - from) / (1 - from) - part)
        }
    }

    /// How many rounds are made of so many steps.
    private func rounds(of steps: Double) -> Double {
        // A limit on moved visits asks for a price that settles.
        guard search.movedLimit == .max else { return 1 }
        let square = Double(search.tables.visitCount) * Double(search.tables.visitCount)
        return max(1, min(Self.mostRounds, (steps / square / Self.roundSteps).rounded(.down)))
    }

    /// A stretch of steps at a part of a round.
    private mutating func run(_ part: Double) {
        let temperature = temperature(at: part)
        // What a moved visit costs must not change for routes to be compared, and no route's cost lie with
        // others.
        guard part >= Self.rememberingFrom, search.steps >= Self.firstRemembered,
            search.movedLimit == .max, search.state.shares == nil
        else { return stretch(temperature) }
        let recombination = recombination ?? Recombination(search)
        self.recombination = recombination
        // A step changes a smaller part of a larger plan.
        let pause = min(Self.stretch, max(8, search.tables.visitCount / 25))
        for step in 1...Self.stretch {
            search.step(temperature: temperature)
            if step % pause == 0 { recombination.remember() }
        }
        if part >= Self.recombiningFrom, recombination.work < search.steps * Self.workPerStep {
            recombination.run()
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

    /// The temperature at a part of a round, in seconds: it falls by equal factors.
    private func temperature(at part: Double) -> Double {
        let visits = max(1, search.tables.visitCount - search.best.absentCount)
        let typical = max(1, Double(search.best.travel) / Double(visits))
        let ratio = Elementary.log(tuning.cold / tuning.hot)
        return typical * tuning.hot * Elementary.exp(ratio * min(1, max(0, part)))
    }
}
