// SPDX-License-Identifier: Apache-2.0

/// What is made small first.
public enum Objective: String, CaseIterable, Hashable, Sendable {
    /// Seconds on the way.
    case distance
    /// Shifts that are used, then seconds on the way.
    case vehicles
}

/// How far a search has come.
public struct SearchProgress: Hashable, Sendable {
    public let steps: Int
    /// Of the best plan so far: seconds on the way, visits without a shift, shifts used, visits on
    /// another shift than published.
    public let travel: Int
    public let unassigned: Int
    public let shiftsUsed: Int
    public let moved: Int
}

/// The plan that a search arrived at.
public struct SearchOutcome: Sendable {
    public let plan: Plan
    public let progress: SearchProgress
    /// What of the plan to start from could not be taken over.
    public let refusals: [StartRefusal]
}

/// Makes plans for a problem, from nothing or from an earlier plan.
public struct Planner: Sendable {
    public let problem: RoutingProblem
    public var objective: Objective
    public var seed: UInt64
    /// Where the search starts.
    public var start: Plan?
    /// What the crews and applicants were told; nil if nothing was.
    public var published: Plan?
    /// The most visits that may be on another shift than published; nil for any number.
    public var movedLimit: Int?
    /// What each of them costs, in seconds on the way.
    ///
    /// Under a limit it is where the search begins: it makes moves dearer or cheaper until about as many are
    /// made as may be.
    public var movePrice: Int
    /// What a visit costs for each other one of its crew, divided by the crew's shifts, in seconds on the way: from
    /// 1 on crews get shares that are alike; 0 if that is all the same.
    public var sharePrice = 0

    /// The price that a search under a limit usually begins with.
    public static let usualMovePrice = 1_000
    /// A higher price of shares counts as this.
    public static let mostSharePrice = 36_000
    var tuning = SearchTuning()

    public init(
        _ problem: RoutingProblem, objective: Objective = .distance, seed: UInt64 = 1,
        start: Plan? = nil, published: Plan? = nil, movedLimit: Int? = nil, movePrice: Int = 0
    ) {
        self.problem = problem
        self.objective = objective
        self.seed = seed
        self.start = start
        self.published = published
        self.movedLimit = movedLimit
        self.movePrice = movePrice
    }

    /// The best plan found until `budget` says that all of it is used.
    ///
    /// The same problem, settings and answers of `budget` give the same plan. There is always a
    /// plan; with no budget at all it is the one put together first.
    ///
    /// `budget` is asked again and again how much of the budget is used, from 0 to 1; it is told how
    /// far the search has come. What it says must not fall.
    public func search(budget: (SearchProgress) -> Double) -> SearchOutcome {
        let search = PlanSearch(problem.tables, seed: seed)
        if let published { search.publish(published, problem) }
        search.state.movePrice = Int32(clamping: min(max(movePrice, 0), 1 << 24))
        search.movedLimit = movedLimit ?? .max
        if sharePrice > 0 {
            search.state.shares = CrewShares(
                problem.shifts, price: min(sharePrice, Self.mostSharePrice))
        }
        let refusals = start.map { search.load($0, problem) } ?? []
        search.construct()
        var annealing = Annealing(search: search, tuning: tuning)
        annealing.run(objective, budget)
        return SearchOutcome(
            plan: search.plan(problem), progress: annealing.progress, refusals: refusals)
    }
}

/// The numbers that were found by trying.
struct SearchTuning: Sendable {
    /// The first temperature and the last, in the travel that a visit takes on average.
    var hot = 3.0
    var cold = 0.03
    var meanRemoved = 10
    var longestString = 10
    var blink = 655
    /// How fast the price of moved visits changes.
    var pricePull = 200.0
}
