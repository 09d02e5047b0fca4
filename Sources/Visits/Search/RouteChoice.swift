// SPDX-License-Identifier: Apache-2.0

/// Chooses of all columns those that together pay every visit once for the least cost.
///
/// It tries the columns of one visit after the other, of the visit with the fewest first, and leaves out
/// what cannot become better than what is known. Much better plans are looked for first, as few columns can be
/// in one. It ends after so much work, and then may have overlooked a plan.
struct RouteChoice {
    private let columns: RouteColumns
    /// The columns that may be in a better plan, and what they cost above their prices.
    private var candidates: [(excess: Float, column: Int)] = []
    /// Per row: the candidates that pay it, the cheapest first.
    private var lists: [[Int]]
    /// Per row: the least excess that paying it takes.
    private var least: [Float]
    private var order: [Int] = []
    private var isPaid: [Bool]
    private var isTaken: [Bool]
    private var chosen: [Int] = []
    /// A plan is better if its excess is below.
    private var limit: Float = 0
    /// The columns of the best plan that was found; nil if none is better than the one known.
    private(set) var found: [Int]?
    /// Columns that were tried.
    private(set) var work = 0
    private let workLimit: Int

    private static let candidateLimit = 20_000

    init(_ columns: RouteColumns, _ relaxation: Relaxation, workLimit: Int) {
        self.columns = columns
        self.workLimit = workLimit
        lists = [[Int]](repeating: [], count: columns.visits.count)
        least = [Float](repeating: 0, count: columns.visits.count)
        isPaid = [Bool](repeating: false, count: columns.visits.count)
        isTaken = [Bool](repeating: false, count: columns.shifts.count)
        let gap = relaxation.cost - relaxation.bound
        guard gap >= 1 else { return }
        let excesses = (0..<columns.count).map { columns.excess($0, over: relaxation.prices) }
        let known = excesses[..<columns.shifts.count].reduce(0, +)
        for part in [0.125, 0.25, 0.5, 1] as [Float] where found == nil && work <= workLimit {
            limit = known - (1 - part) * gap - 0.5
            search(excesses, below: part * gap)
        }
    }

    private mutating func search(_ excesses: [Float], below margin: Float) {
        candidates = excesses.indices.filter { excesses[$0] < margin }.map { (excesses[$0], $0) }
        candidates.sort { $0 < $1 }
        candidates.removeLast(max(0, candidates.count - Self.candidateLimit))
        for row in lists.indices {
            lists[row].removeAll(keepingCapacity: true)
            least[row] = .infinity
        }
        for (index, candidate) in candidates.enumerated() {
            let places = columns.places(candidate.column)
            for row in places.map({ Int(columns.rows[$0]) }) {
                lists[row].append(index)
                least[row] = min(least[row], candidate.excess / Float(places.count))
            }
        }
        guard lists.allSatisfy({ !$0.isEmpty }) else { return }
        order = lists.indices.sorted { (lists[$0].count, $0) < (lists[$1].count, $1) }
        go(0, 0, least.reduce(0, +))
    }

    /// - Parameters:
    ///   - first: All visits before it in `order` are paid.
    ///   - sum: The excess of what is chosen.
    ///   - rest: The least that the visits not yet paid add to it.
    private mutating func go(_ first: Int, _ sum: Float, _ rest: Float) {
        var at = first
        while at < order.count, isPaid[order[at]] { at += 1 }
        guard at < order.count else {
            limit = sum - 0.5
            found = chosen
            return
        }
        guard chosen.count < columns.fleet else { return }
        let row = order[at]
        for index in lists[row].indices {
            work += 1
            guard work <= workLimit else { return }
            let (excess, column) = candidates[lists[row][index]]
            guard columns.isUniform || !isTaken[Int(columns.groups[column])],
                let left = restWithout(column, rest), sum + excess + left < limit
            else { continue }
            set(column, isChosen: true)
            go(at + 1, sum + excess, left)
            set(column, isChosen: false)
        }
    }

    /// The least that the visits add which are not paid even with the column; nil if one is paid already.
    private func restWithout(_ column: Int, _ rest: Float) -> Float? {
        var rest = rest
        for place in columns.places(column) {
            let row = Int(columns.rows[place])
            if isPaid[row] { return nil }
            rest -= least[row]
        }
        return rest
    }

    private mutating func set(_ column: Int, isChosen: Bool) {
        for place in columns.places(column) { isPaid[Int(columns.rows[place])] = isChosen }
        isTaken[Int(columns.groups[column])] = isChosen
        if isChosen { chosen.append(column) } else { chosen.removeLast() }
    }
}
