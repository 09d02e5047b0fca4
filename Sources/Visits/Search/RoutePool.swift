// SPDX-License-Identifier: Apache-2.0

/// Routes that the search has come through, each set of visits once and in its shortest order.
///
/// When there are too many, the older half is forgotten.
struct RoutePool {
    struct Entry {
        let key: UInt64
        let shift: Int32
        /// Seconds on the way, and the price of its moved visits.
        var cost: Int32
        /// Where its nodes begin and end in `nodes`.
        var from: Int32
        var to: Int32
    }

    private let tables: ProblemTables
    private(set) var entries: [Entry] = []
    /// The visits and, as negative numbers from -1 down, the lunches of a shift.
    private(set) var nodes: [Int32] = []
    /// Per shift: the stamp of its route when it was looked at last.
    private var seen: [UInt64]
    /// A random number per visit and shift; those of a route are added up for its key.
    private let keys: [UInt64]
    /// Where the entries are, by their keys; -1 for nowhere.
    private var slots: [Int32]

    private static let limit = 1 << 16
    private static let nodeLimit = 1 << 22
    private static let slotCount = 1 << 18

    init(_ tables: ProblemTables) {
        self.tables = tables
        var dice = Dice(seed: 0)
        keys = (0..<tables.visitCount + tables.shiftCount).map { _ in dice.next() }
        seen = [UInt64](repeating: .max, count: tables.shiftCount)
        slots = [Int32](repeating: -1, count: Self.slotCount)
    }

    /// Takes up the routes that have changed since the last time.
    mutating func add(_ state: RouteState) {
        for index in 0..<state.usedCount {
            let shift = Int(state.order[index])
            guard seen[shift] != state.stamp[shift] else { continue }
            seen[shift] = state.stamp[shift]
            add(state, shift)
        }
        if entries.count > Self.limit || nodes.count > Self.nodeLimit { forgetOlderHalf() }
    }

    private mutating func add(_ state: RouteState, _ shift: Int) {
        let from = nodes.count
        // Where all shifts are alike it does not matter whose route it was.
        var key = tables.isUniform ? 0 : keys[tables.visitCount + shift]
        var cost = state.travelOf(shift)
        var node = Int(state.nodes[state.start(shift)].next)
        while !state.isEnd(node) {
            if state.isVisit(node) {
                key &+= keys[node]
                cost += state.surcharge(node, shift)
                nodes.append(Int32(node))
            } else {
                nodes.append(tables.lunchFrom[shift] - Int32(node) - 1)
            }
            node = Int(state.nodes[node].next)
        }
        let slot = slot(of: key)
        let known = Int(slots[slot])
        guard known >= 0 else {
            slots[slot] = Int32(entries.count)
            entries.append(
                Entry(
                    key: key, shift: Int32(shift), cost: Int32(clamping: cost), from: Int32(from),
                    to: Int32(nodes.count)))
            return
        }
        if cost < Int(entries[known].cost) {
            entries[known].cost = Int32(cost)
            for index in from..<nodes.count {
                nodes[Int(entries[known].from) + index - from] = nodes[index]
            }
        }
        nodes.removeLast(nodes.count - from)
    }

    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: key) & (Self.slotCount - 1)
        while slots[slot] >= 0, entries[Int(slots[slot])].key != key {
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        return slot
    }

    private mutating func forgetOlderHalf() {
        let first = entries.count / 2
        let base = entries[first].from
        entries.removeFirst(first)
        nodes.removeFirst(Int(base))
        for index in slots.indices { slots[index] = -1 }
        for index in entries.indices {
            entries[index].from -= base
            entries[index].to -= base
            slots[slot(of: entries[index].key)] = Int32(index)
        }
    }

    /// The nodes of an entry in a shift.
    func chain(_ entry: Int, on shift: Int) -> [Int] {
        nodes[Int(entries[entry].from)..<Int(entries[entry].to)].map {
            $0 >= 0 ? Int($0) : Int(tables.lunchFrom[shift] - $0 - 1)
        }
    }
}
