// SPDX-License-Identifier: Apache-2.0

/// What routes looked like before a step of the search, so that the step can be taken back.
final class RouteJournal {
    struct Saved {
        var shift: Int32
        /// Where its nodes begin and end in `order`.
        var from: Int32
        var to: Int32
        var count: Int32
        var stamp: UInt64
    }

    let saved: UnsafeMutablePointer<Saved>
    let order: UnsafeMutablePointer<Int32>
    let nodes: UnsafeMutablePointer<RouteNode>
    let here: UnsafeMutablePointer<RouteLimits>
    let loads: UnsafeMutablePointer<Int32>
    let absent: UnsafeMutablePointer<Int32>
    /// Per shift: the step in which it was saved.
    let savedIn: UnsafeMutablePointer<Int>
    @exclusivity(unchecked) var step = 0
    @exclusivity(unchecked) var savedCount = 0
    @exclusivity(unchecked) var nodeCount = 0
    @exclusivity(unchecked) var absentCount = 0
    @exclusivity(unchecked) var travel = 0
    @exclusivity(unchecked) var movedCount = 0
    @exclusivity(unchecked) var isOn = false

    init(_ tables: ProblemTables) {
        saved = .allocate(capacity: max(1, tables.shiftCount))
        order = .allocate(capacity: max(1, tables.nodeCount))
        nodes = .allocate(capacity: max(1, tables.nodeCount))
        here = .allocate(capacity: max(1, tables.nodeCount))
        loads = .allocate(capacity: max(1, tables.shiftCount * tables.dimensions))
        absent = .allocate(capacity: max(1, tables.visitCount))
        savedIn = RouteState.table(tables.shiftCount, -1)
    }

    deinit {
        saved.deallocate()
        order.deallocate()
        nodes.deallocate()
        here.deallocate()
        loads.deallocate()
        absent.deallocate()
        savedIn.deallocate()
    }
}

extension RouteState {
    /// From now on changes can be taken back with `rollBack`.
    @inline(__always)
    func begin() {
        journal.step &+= 1
        journal.savedCount = 0
        journal.nodeCount = 0
        journal.travel = travel
        journal.movedCount = movedCount
        journal.absentCount = absentCount
        for index in 0..<absentCount { journal.absent[index] = absent[index] }
        journal.isOn = true
    }

    /// Keeps what was changed since `begin`.
    @inline(__always)
    func commit() { journal.isOn = false }

    /// Saves a route that is about to change.
    @inline(__always)
    func touch(_ shift: Int) {
        guard journal.isOn, journal.savedIn[shift] != journal.step else { return }
        save(shift)
    }

    private func save(_ shift: Int) {
        let journal = journal
        journal.savedIn[shift] = journal.step
        let from = journal.nodeCount
        var at = from
        var node = start(shift)
        let last = end(shift)
        while true {
            journal.order[at] = Int32(truncatingIfNeeded: node)
            journal.nodes[at] = nodes[node]
            journal.here[at] = here[node]
            at &+= 1
            if node == last { break }
            node = Int(nodes[node].next)
        }
        let number = journal.savedCount
        for kind in 0..<tables.dimensions {
            journal.loads[number &* tables.dimensions &+ kind] =
                load[shift &* tables.dimensions &+ kind]
        }
        journal.saved[number] = RouteJournal.Saved(
            shift: Int32(truncatingIfNeeded: shift), from: Int32(truncatingIfNeeded: from),
            to: Int32(truncatingIfNeeded: at), count: count[shift], stamp: stamp[shift])
        journal.savedCount = number &+ 1
        journal.nodeCount = at
    }

    /// Takes back all changes since `begin`.
    func rollBack() {
        let journal = journal
        for index in 0..<absentCount { absentAt[Int(absent[index])] = -1 }
        for number in 0..<journal.savedCount {
            let saved = journal.saved[number]
            let shift = Int(saved.shift)
            var before: Int32 = -1
            for at in Int(saved.from)..<Int(saved.to) {
                let node = journal.order[at]
                nodes[Int(node)] = journal.nodes[at]
                here[Int(node)] = journal.here[at]
                previous[Int(node)] = before
                if isVisit(Int(node)) { shiftOf[Int(node)] = saved.shift }
                before = node
            }
            for kind in 0..<tables.dimensions {
                load[shift &* tables.dimensions &+ kind] =
                    journal.loads[number &* tables.dimensions &+ kind]
            }
            measureRoom(shift)
            count[shift] = saved.count
            stamp[shift] = saved.stamp
            setUsed(shift, saved.count > 0)
        }
        absentCount = journal.absentCount
        for index in 0..<absentCount {
            let visit = journal.absent[index]
            absent[index] = visit
            absentAt[Int(visit)] = Int32(truncatingIfNeeded: index)
            shiftOf[Int(visit)] = -1
        }
        travel = journal.travel
        movedCount = journal.movedCount
        journal.isOn = false
    }
}
