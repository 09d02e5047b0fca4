// SPDX-License-Identifier: Apache-2.0

/// Puts routes that a search came through together to a better plan than all it met.
///
/// Some neighbouring routes of the best plan are taken at a time. Of all known routes that pay their visits
/// alone those are chosen that pay each once for the least.
final class Recombination {
    private let search: PlanSearch
    private let tables: ProblemTables
    private var pool: RoutePool
    /// Per visit: its price when it was looked at last, 0 at first.
    private var prices: [Float]
    /// What was looked at so far, each about as long as a nanosecond.
    private(set) var work = 0

    /// Visits that are planned anew together.
    private static let visitLimit = 120
    private static let iterations = 600
    private static let choiceLimit = 1_000_000

    init(_ search: PlanSearch) {
        self.search = search
        tables = search.tables
        pool = RoutePool(search.tables)
        prices = [Float](repeating: 0, count: search.tables.visitCount)
    }

    /// Remembers the routes as they are now.
    func remember() { pool.add(search.state) }

    /// Plans the routes around a random visit anew.
    func run() {
        let shifts = neighbours()
        work += 10 * (tables.nodeCount + pool.entries.count)
        guard shifts.count > 1 else { return }
        let columns = RouteColumns(
            pool, search.best, search.state, shifts: shifts, spare: spareRoutes())
        var relaxation = Relaxation(columns, known: columns.visits.map { prices[$0] })
        relaxation.run(Self.iterations)
        for (row, visit) in columns.visits.enumerated() { prices[visit] = relaxation.prices[row] }
        let choice = RouteChoice(columns, relaxation, workLimit: Self.choiceLimit)
        work += relaxation.work + 10 * choice.work
        if let found = choice.found { search.adopt(found, columns, pool) }
    }

    /// Routes more than now that a plan may have: one, if another shift is like those that are used.
    private func spareRoutes() -> Int {
        guard tables.isUniform, !search.isShrinking else { return 0 }
        let isFree = (0..<tables.shiftCount).contains {
            search.state.isOpen[$0] && search.best.nodes($0).allSatisfy { $0 >= tables.visitCount }
        }
        return isFree ? 1 : 0
    }

    /// Shifts of the best plan that serve near a random visit.
    private func neighbours() -> [Int] {
        var shiftOf = [Int](repeating: -1, count: tables.visitCount)
        var counts = [Int](repeating: 0, count: tables.shiftCount)
        for shift in 0..<tables.shiftCount {
            for node in search.best.nodes(shift) where node < tables.visitCount {
                shiftOf[node] = shift
                counts[shift] += 1
            }
        }
        let seed = search.dice.below(tables.visitCount)
        var shifts: [Int] = []
        var count = 0
        for visit in [Int32(seed)] + search.near.list(of: seed) {
            let shift = shiftOf[Int(visit)]
            guard shift >= 0, !shifts.contains(shift) else { continue }
            count += counts[shift]
            guard count <= Self.visitLimit else { break }
            shifts.append(shift)
        }
        return shifts
    }
}

extension PlanSearch {
    /// Goes on from the best plan with these columns in it, if they can be driven and it is better so.
    func adopt(_ chosen: [Int], _ columns: RouteColumns, _ pool: RoutePool) {
        best.restore(state)
        let cost = state.cost
        let kept = Set(chosen.filter { columns.entries[$0] < 0 }.map { columns.shifts[$0] })
        for shift in columns.shifts where !kept.contains(shift) { state.clear(shift) }
        var free = (0..<tables.shiftCount).filter { state.isOpen[$0] && state.count[$0] == 0 }[...]
        for column in chosen where columns.entries[column] >= 0 {
            let entry = Int(columns.entries[column])
            let shift = tables.isUniform ? free.popFirst() : Int(pool.entries[entry].shift)
            guard let shift, state.load(pool.chain(entry, on: shift), shift) else { break }
        }
        if state.absentCount == best.absentCount, state.cost < cost {
            best.save(state)
        } else {
            best.restore(state)
        }
    }
}
