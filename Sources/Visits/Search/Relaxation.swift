// SPDX-License-Identifier: Apache-2.0

/// Prices for visits, by which it is seen which routes can be in a better plan.
///
/// That every visit is paid once is not asked, but rewarded with its price (Lagrange's relaxation; the prices
/// are found by steps along a subgradient, as Held and Karp did). Whatever the prices, no choice of
/// columns costs less than `bound`. So a column that costs more than the prices of its visits by as much as
/// the best plan costs more than the bound is in no better one.
struct Relaxation {
    private(set) var prices: [Float]
    private(set) var bound = -Float.infinity
    /// What the best plan costs.
    let cost: Float
    /// Numbers that were looked at.
    private(set) var work = 0
    private let columns: RouteColumns

    /// How often columns that were left out for being too dear are looked at again.
    private static let review = 25
    /// How many steps without a better bound make steps shorter.
    private static let patience = 40

    /// Begins with the known prices, by row; where one is 0, with an equal share of what the best route costs.
    init(_ columns: RouteColumns, known: [Float]) {
        self.columns = columns
        prices = known
        cost = columns.costs[..<columns.shifts.count].reduce(0, +)
        for column in columns.shifts.indices {
            let places = columns.places(column)
            for row in places.map({ Int(columns.rows[$0]) }) where known[row] == 0 {
                prices[row] = columns.costs[column] / Float(places.count)
            }
        }
    }

    mutating func run(_ iterations: Int) {
        let all = Array(0..<Int32(columns.count))
        var active = all
        var trial = prices
        var direction = [Float](repeating: 0, count: prices.count)
        var (best, length, stale) = (-Float.infinity, Float(1), 0)
        for iteration in 0..<iterations {
            var margin: Float?
            if iteration % Self.review == 0 {
                active = all
                margin = 2 * (cost - best) + 0.003 * cost
            }
            let choice = choose(trial, &active, keepingWithin: margin)
            let found = trial.reduce(0, +) + choice.sum
            if found > best {
                (best, stale) = (found, 0)
                prices = trial
                if best > cost - 1 { break }
            } else {
                stale += 1
                if stale > Self.patience {
                    (length, stale) = (length * 0.7, 0)
                    trial = prices
                    for row in direction.indices { direction[row] = 0 }
                }
            }
            // What is not paid becomes dearer, and what is paid more than once cheaper.
            for row in direction.indices { direction[row] = 0.9 * direction[row] + 1 }
            for column in choice.columns {
                for place in columns.places(column) { direction[Int(columns.rows[place])] -= 1 }
            }
            let norm = direction.reduce(0) { $0 + $1 * $1 }
            guard norm > 1e-6 else { break }
            let step = length * max(1, 1.002 * cost - found) / norm
            for row in direction.indices { trial[row] += step * direction[row] }
        }
        active = all
        bound = prices.reduce(0, +) + choose(prices, &active, keepingWithin: nil).sum
    }

    /// The columns that cost less than their prices: one of a shift, and no more than there are crews.
    ///
    /// With a margin only the columns that cost no more than that above their prices stay active.
    private mutating func choose(
        _ prices: [Float], _ active: inout [Int32], keepingWithin margin: Float?
    ) -> (columns: [Int], sum: Float) {
        var found = weigh(prices, &active, margin)
        found.sort { $0 < $1 }
        if !columns.isUniform {
            var isTaken = [Bool](repeating: false, count: columns.shifts.count)
            found.removeAll {
                let group = Int(columns.groups[$0.column])
                defer { isTaken[group] = true }
                return isTaken[group]
            }
        }
        if found.count > columns.fleet { found.removeLast(found.count - columns.fleet) }
        return (found.map(\.column), found.reduce(0) { $0 + $1.excess })
    }

    private mutating func weigh(
        _ prices: [Float], _ active: inout [Int32], _ margin: Float?
    ) -> [(excess: Float, column: Int)] {
        var found: [(excess: Float, column: Int)] = []
        var kept = 0
        let limit = margin ?? -.infinity
        columns.rows.withUnsafeBufferPointer { rows in
            prices.withUnsafeBufferPointer { prices in
                for index in active.indices {
                    let column = Int(active[index])
                    var excess = columns.costs[column]
                    let places = Int(columns.starts[column])..<Int(columns.starts[column + 1])
                    for place in places { excess -= prices[Int(rows[place])] }
                    work += places.count
                    if excess < 0 { found.append((excess, column)) }
                    if excess < limit {
                        active[kept] = Int32(column)
                        kept += 1
                    }
                }
            }
        }
        if margin != nil { active.removeLast(active.count - kept) }
        return found
    }
}
