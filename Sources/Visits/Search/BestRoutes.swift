// SPDX-License-Identifier: Apache-2.0

/// The best routes that a search has seen, kept by copying only what changed.
final class BestRoutes {
    private let tables: ProblemTables
    private let next: UnsafeMutablePointer<Int32>
    private let stamp: UnsafeMutablePointer<UInt64>
    private(set) var travel = Int.max
    private(set) var movedCount = 0
    private(set) var shareCost = 0
    private(set) var absentCount = Int.max
    private(set) var usedCount = Int.max

    init(_ tables: ProblemTables) {
        self.tables = tables
        next = RouteState.table(tables.nodeCount, -1)
        stamp = RouteState.table(tables.shiftCount, UInt64.max)
    }

    deinit {
        next.deallocate()
        stamp.deallocate()
    }

    func save(_ state: RouteState) {
        for shift in 0..<tables.shiftCount where stamp[shift] != state.stamp[shift] {
            stamp[shift] = state.stamp[shift]
            var node = state.start(shift)
            while !state.isEnd(node) {
                next[node] = state.nodes[node].next
                node = Int(next[node])
            }
        }
        travel = state.travel
        movedCount = state.movedCount
        shareCost = state.shareCost
        absentCount = state.absentCount
        usedCount = state.usedCount
    }

    /// The nodes of a route between its start and its end.
    func nodes(_ shift: Int) -> [Int] {
        var nodes: [Int] = []
        var node = Int(next[tables.firstStart + shift])
        while node != tables.firstEnd + shift {
            nodes.append(node)
            node = Int(next[node])
        }
        return nodes
    }

    /// What a route with these nodes costs: seconds on the way, and the price of its moved visits.
    func cost(_ nodes: [Int], _ shift: Int, _ state: RouteState) -> Int {
        guard nodes.contains(where: state.isVisit) else { return state.travelOf(empty: shift) }
        var cost = 0
        var place = tables.place[tables.firstStart + shift]
        for node in nodes + [tables.firstEnd + shift] where node < tables.firstLunch {
            cost += Int(tables.row(tables.fromOf[shift], place)[Int(tables.place[node])])
            if node < tables.visitCount { cost += state.surcharge(node, shift) }
            place = tables.place[node]
        }
        return cost
    }

    /// Puts the state back to these routes.
    func restore(_ state: RouteState) {
        for shift in 0..<tables.shiftCount where stamp[shift] != state.stamp[shift] {
            state.clear(shift)
        }
        for shift in 0..<tables.shiftCount where stamp[shift] != state.stamp[shift] {
            state.load(nodes(shift), shift)
            stamp[shift] = state.stamp[shift]
        }
    }
}

extension RouteState {
    /// Takes every visit of a shift out.
    func clear(_ shift: Int) {
        let before = travelOf(shift)
        var node = Int(nodes[start(shift)].next)
        while !isEnd(node) {
            let next = Int(nodes[node].next)
            if isVisit(node) { unlink(node) }
            node = next
        }
        refresh(shift)
        travel += travelOf(shift) - before
    }

    /// Fills an empty shift with nodes in this order, lunches included; false, and the shift is
    /// empty again, if that cannot be kept.
    @discardableResult
    func load(_ chain: [Int], _ shift: Int) -> Bool {
        let emptyTravel = travelOf(shift)
        var before = start(shift)
        for node in chain + [end(shift)] {
            nodes[before].next = Int32(node)
            previous[node] = Int32(before)
            before = node
            guard isVisit(node) else { continue }
            take(node, shift)
        }
        if refresh(shift), hasOnlyWhatFits(shift) {
            travel += travelOf(shift) - emptyTravel
            return true
        }
        for node in chain where isVisit(node) { release(node, shift) }
        before = start(shift)
        let lunches = (tables.lunchFrom[shift]..<tables.lunchFrom[shift + 1]).map {
            Int(lunchOrder[Int($0) - tables.firstLunch])
        }
        for node in lunches + [end(shift)] {
            nodes[before].next = Int32(node)
            before = node
        }
        refresh(shift)
        return false
    }

    private func hasOnlyWhatFits(_ shift: Int) -> Bool {
        var node = Int(nodes[start(shift)].next)
        while !isEnd(node) {
            if isVisit(node), !tables.fits[node * tables.shiftCount + shift] { return false }
            node = Int(nodes[node].next)
        }
        // Added up anew in full width: what a plan from outside claims may wrap the running load.
        for kind in 0..<tables.dimensions
        where demandOf(shift, kind) > Int(tables.capacity[shift * tables.dimensions + kind]) {
            return false
        }
        return count[shift] == 0 || rivalUse[shift] == 0
    }

    private func demandOf(_ shift: Int, _ kind: Int) -> Int {
        var node = Int(nodes[start(shift)].next)
        var sum = 0
        while !isEnd(node) {
            if isVisit(node) { sum += Int(tables.demand[node * tables.dimensions + kind]) }
            node = Int(nodes[node].next)
        }
        return sum
    }
}
