// SPDX-License-Identifier: Apache-2.0

extension RouteState {
    /// Puts an absent visit behind a node of a shift; the position must be feasible.
    @inline(__always)
    func insert(_ visit: Int, after node: Int, shift: Int) {
        touch(shift)
        let next = Int(nodes[node].next)
        let oldLeg = Int(nodes[next].leg)
        nodes[visit].next = Int32(truncatingIfNeeded: next)
        nodes[node].next = Int32(truncatingIfNeeded: visit)
        previous[visit] = Int32(truncatingIfNeeded: node)
        previous[next] = Int32(truncatingIfNeeded: visit)
        take(visit, shift)
        _ = passForward(visit, node, tables.fromOf[shift])
        propagate(from: visit, shift: shift)
        travel &+= Int(nodes[visit].leg) &+ Int(nodes[next].leg) &- oldLeg
    }

    /// Takes a visit out of its route, whose times must be computed anew before they are used.
    @inline(__always)
    func unlink(_ visit: Int) {
        let shift = Int(shiftOf[visit])
        touch(shift)
        let (before, next) = (Int(previous[visit]), Int(nodes[visit].next))
        nodes[before].next = Int32(truncatingIfNeeded: next)
        previous[next] = Int32(truncatingIfNeeded: before)
        release(visit, shift)
    }

    /// Counts an absent visit as one of a shift.
    @inline(__always)
    func take(_ visit: Int, _ shift: Int) {
        removeAbsent(visit)
        shiftOf[visit] = Int32(truncatingIfNeeded: shift)
        change(shift, visit, by: 1)
    }

    /// Counts a visit of a shift as absent.
    @inline(__always)
    func release(_ visit: Int, _ shift: Int) {
        shiftOf[visit] = -1
        addAbsent(visit)
        change(shift, visit, by: -1)
    }

    /// Seconds on the way in one route.
    func travelOf(_ shift: Int) -> Int {
        var node = start(shift)
        var sum = 0
        while !isEnd(node) {
            node = Int(nodes[node].next)
            if node < tables.firstLunch { sum &+= Int(nodes[node].leg) }
        }
        return sum
    }

    /// Seconds on the way of a crew that pays nobody a visit.
    func travelOf(empty shift: Int) -> Int {
        guard tables.isOut[shift] else { return 0 }
        let (from, to) = (tables.place[start(shift)], tables.place[end(shift)])
        return Int(tables.row(tables.fromOf[shift], from)[Int(to)])
    }

    @inline(__always)
    private func change(_ shift: Int, _ visit: Int, by step: Int32) {
        let dimensions = tables.dimensions
        for kind in 0..<dimensions {
            load[shift &* dimensions &+ kind] &+=
                step &* tables.demand[visit &* dimensions &+ kind]
        }
        measureRoom(shift)
        let old = count[shift]
        count[shift] = old &+ step
        if old == 0 || old &+ step == 0 { setUsed(shift, old == 0) }
        if published[visit] >= 0, Int(published[visit]) != shift { movedCount &+= Int(step) }
    }

    /// Moves a lunch behind another node of its route if all stays in time; false if not.
    func moveLunch(_ lunch: Int, after target: Int, shift: Int) -> Bool {
        guard target != lunch, target != Int(previous[lunch]) else { return true }
        touch(shift)
        let before = Int(previous[lunch])
        link(lunch, after: target)
        if refresh(shift) { return true }
        link(lunch, after: before)
        refresh(shift)
        return false
    }

    private func link(_ lunch: Int, after target: Int) {
        let (before, next) = (Int(previous[lunch]), Int(nodes[lunch].next))
        nodes[before].next = Int32(truncatingIfNeeded: next)
        previous[next] = Int32(truncatingIfNeeded: before)
        let behind = Int(nodes[target].next)
        nodes[target].next = Int32(truncatingIfNeeded: lunch)
        previous[lunch] = Int32(truncatingIfNeeded: target)
        nodes[lunch].next = Int32(truncatingIfNeeded: behind)
        previous[behind] = Int32(truncatingIfNeeded: lunch)
    }
}
