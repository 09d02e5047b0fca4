// SPDX-License-Identifier: Apache-2.0

/// Puts absent visits back, one after the other, each where it adds the least.
struct Recreate {
    /// How often a better position is overlooked, of 65,536 times.
    var blink: UInt64 = 655

    private let tables: ProblemTables
    private let keys: UnsafeMutablePointer<Int64>
    private let queue: UnsafeMutablePointer<Int32>
    /// Per visit: how far it lies from where its shifts set out.
    private let remoteness: UnsafeMutablePointer<Int32>
    private let hasDemand: Bool

    /// The orders in which visits are put back, and how often each is taken.
    private enum Order: Int {
        case random, demand, far, close, shortWindow, earlyStart, earlyEnd
    }

    init(_ tables: ProblemTables) {
        self.tables = tables
        keys = .allocate(capacity: max(1, tables.visitCount))
        queue = .allocate(capacity: max(1, tables.visitCount))
        remoteness = RouteState.table(tables.visitCount, 0)
        for visit in 0..<tables.visitCount
        where tables.shiftListFrom[visit] < tables.shiftListTo[visit] {
            let shift = Int(tables.shiftList[Int(tables.shiftListFrom[visit])])
            let start = tables.place[tables.firstStart + shift]
            remoteness[visit] = tables.row(tables.fromOf[shift], start)[Int(tables.place[visit])]
        }
        hasDemand = tables.dimensions > 0
    }

    func deallocate() {
        keys.deallocate()
        queue.deallocate()
        remoteness.deallocate()
    }

    /// Tries to put every absent visit back; those for which there is no room stay absent.
    ///
    /// False, with the rest left absent, as soon as the plan costs as much as `limit`: visits that are still
    /// to come do not make it cheaper.
    @discardableResult
    func putBack(_ state: RouteState, _ dice: inout Dice, below limit: Int = .max) -> Bool {
        let count = state.absentCount
        guard count > 0 else { return true }
        arrange(state, count, &dice)
        for index in 0..<count {
            let visit = Int(queue[index])
            let position = state.bestPosition(visit, blink: blink, &dice)
            if position.exists {
                if state.cost &+ position.delta >= limit { return false }
                state.insert(visit, after: position.after, shift: position.shift)
            }
        }
        return true
    }

    private func arrange(_ state: RouteState, _ count: Int, _ dice: inout Dice) {
        let order: Order
        switch dice.below(hasDemand ? 17 : 13) {
        case 0..<4: order = .random
        case 4..<6: order = .far
        case 6: order = .close
        case 7..<9: order = .shortWindow
        case 9..<11: order = .earlyStart
        case 11..<13: order = .earlyEnd
        default: order = .demand
        }
        for index in 0..<count {
            let visit = Int(state.absent[index])
            // Ties fall at random.
            let key = (key(visit, order) << 20) | Int64(dice.next() & 0xF_FFFF)
            if count > 64 {
                keys[index] = key
                queue[index] = Int32(visit)
                continue
            }
            var at = index
            while at > 0, keys[at &- 1] > key {
                keys[at] = keys[at &- 1]
                queue[at] = queue[at &- 1]
                at &-= 1
            }
            keys[at] = key
            queue[at] = Int32(truncatingIfNeeded: visit)
        }
        if count > 64 { sortMany(count) }
    }

    /// Many visits are sorted by the library, as inserting them one by one would be slow.
    private func sortMany(_ count: Int) {
        let sorted = (0..<count).map { (keys[$0], queue[$0]) }.sorted { $0 < $1 }
        for (index, entry) in sorted.enumerated() {
            keys[index] = entry.0
            queue[index] = entry.1
        }
    }

    @inline(__always)
    private func key(_ visit: Int, _ order: Order) -> Int64 {
        switch order {
        case .random: 0
        case .demand: -Int64(tables.demand[visit &* tables.dimensions])
        case .far: -Int64(remoteness[visit])
        case .close: Int64(remoteness[visit])
        case .shortWindow: Int64(tables.closes[visit]) - Int64(tables.opens[visit])
        case .earlyStart: Int64(tables.opens[visit])
        case .earlyEnd: -Int64(tables.closes[visit])
        }
    }
}
