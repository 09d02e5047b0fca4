// SPDX-License-Identifier: Apache-2.0

/// The known routes that pay visits of a few routes of the best plan, and no others.
///
/// As columns of a table with a row per visit: a better plan of these shifts is a choice of columns that
/// together pay every row once.
struct RouteColumns {
    /// The shifts that may be planned anew.
    let shifts: [Int]
    /// The visits by their rows.
    private(set) var visits: [Int] = []
    /// Whether it does not matter whose route a column is.
    let isUniform: Bool
    /// The most routes that may be used.
    let fleet: Int
    /// The first columns are the routes of the best plan, in the order of the shifts.
    private(set) var costs: [Float] = []
    /// Per column its entry in the pool, or -1 for a route of the best plan.
    private(set) var entries: [Int32] = []
    /// Per column: its shift's place in `shifts`; 0 if all shifts are alike.
    private(set) var groups: [Int32] = []
    /// Where the rows of each column begin in `rows`, and where those of the last end.
    private(set) var starts: [Int32] = [0]
    private(set) var rows: [Int32] = []

    init(
        _ pool: RoutePool, _ best: BestRoutes, _ state: RouteState, shifts: [Int], spare: Int
    ) {
        let tables = state.tables
        self.shifts = shifts
        isUniform = tables.isUniform
        fleet = shifts.count + spare
        var rowOf = [Int32](repeating: -1, count: tables.visitCount)
        var groupOf = [Int32](repeating: -1, count: tables.shiftCount)
        for (group, shift) in shifts.enumerated() {
            groupOf[shift] = isUniform ? 0 : Int32(group)
            let nodes = best.nodes(shift)
            for node in nodes where state.isVisit(node) {
                rowOf[node] = Int32(visits.count)
                rows.append(Int32(visits.count))
                visits.append(node)
            }
            close(best.cost(nodes, shift, state), entry: -1, group: groupOf[shift])
        }
        pool.nodes.withUnsafeBufferPointer { nodes in
            for (index, entry) in pool.entries.enumerated() {
                let group = isUniform ? 0 : groupOf[Int(entry.shift)]
                let from = rows.count
                var isInside = group >= 0
                var at = Int(entry.from)
                while isInside, at < Int(entry.to) {
                    if nodes[at] >= 0 {
                        isInside = rowOf[Int(nodes[at])] >= 0
                        rows.append(rowOf[Int(nodes[at])])
                    }
                    at += 1
                }
                if isInside {
                    close(Int(entry.cost), entry: index, group: group)
                } else {
                    rows.removeLast(rows.count - from)
                }
            }
        }
    }

    private mutating func close(_ cost: Int, entry: Int, group: Int32) {
        costs.append(Float(cost))
        entries.append(Int32(entry))
        groups.append(group)
        starts.append(Int32(rows.count))
    }

    var count: Int { costs.count }

    /// Where the rows of a column are in `rows`.
    func places(_ column: Int) -> Range<Int> { Int(starts[column])..<Int(starts[column + 1]) }

    /// What a column costs above the prices of its rows.
    func excess(_ column: Int, over prices: [Float]) -> Float {
        places(column).reduce(costs[column]) { $0 - prices[Int(rows[$1])] }
    }
}
