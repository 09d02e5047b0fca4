// SPDX-License-Identifier: Apache-2.0

/// What a route knows at a node, so that an insertion before or after it is judged at once.
///
/// A lunch has no place: a crew that leaves it is still on its way from the last place
/// (`leave`) to the next (`reach`), and what was driven before the lunch counts.
struct RouteNode {
    var next: Int32
    /// From this moment on the crew may go on with what comes next.
    var ready: Int32
    /// The next arrival is at least this plus the way from `leave`.
    var base: Int32
    /// The crew must be free for this node by now, wherever it comes from.
    var limit: Int32
    /// And must by now have left, less the way to `reach`; a set-up is counted in.
    var late: Int32
    /// The last place up to this node, and the next place from this node on.
    var leave: Int32
    var reach: Int32
    /// The way from the last place before this node to `reach`, in seconds.
    var leg: Int32
}

/// `limit` and `late` of a node for the node that is before it now, set-up left out if the place
/// is the same.
struct RouteLimits {
    var limit: Int32
    var late: Int32
}

/// The cheapest place for a visit in a route as it was at a stamp.
struct CachedPosition {
    var stamp: UInt64
    var delta: Int32
    var after: Int32
}

/// Routes that are changed in place: chains of nodes with their earliest and latest times.
final class RouteState {
    let tables: ProblemTables
    let nodes: UnsafeMutablePointer<RouteNode>
    let here: UnsafeMutablePointer<RouteLimits>
    let previous: UnsafeMutablePointer<Int32>
    /// Per visit: its shift, or -1.
    let shiftOf: UnsafeMutablePointer<Int32>
    /// Per visit: its place among the absent, or -1.
    let absentAt: UnsafeMutablePointer<Int32>
    let absent: UnsafeMutablePointer<Int32>
    /// Per shift.
    let count: UnsafeMutablePointer<Int32>
    let stamp: UnsafeMutablePointer<UInt64>
    let load: UnsafeMutablePointer<Int32>
    /// Whether visits may be put on a shift; changed by `setOpen`.
    let isOpen: UnsafeMutablePointer<Bool>
    /// What an open shift can still take of the first kind; -1 for a closed one.
    let room: UnsafeMutablePointer<Int32>
    /// All shifts, those that are used first, and where each stands.
    let order: UnsafeMutablePointer<Int32>
    let orderAt: UnsafeMutablePointer<Int32>
    /// The lunches of every shift in an order in which they can be taken.
    let lunchOrder: UnsafeMutablePointer<Int32>
    /// Per shift: how many of its rivals are used.
    let rivalUse: UnsafeMutablePointer<Int32>
    /// Per visit and shift.
    let cache: UnsafeMutablePointer<CachedPosition>
    /// Shifts that were found to have room for a visit, and what is known of them.
    let candidates: UnsafeMutablePointer<Int32>
    let fetched: UnsafeMutablePointer<CachedPosition>
    /// Per visit: the shift of the published plan, or -1.
    let published: UnsafeMutablePointer<Int32>

    @exclusivity(unchecked) var absentCount = 0
    @exclusivity(unchecked) var usedCount = 0
    @exclusivity(unchecked) var lastStamp: UInt64 = 0
    /// Seconds on the way, over all routes.
    @exclusivity(unchecked) var travel = 0
    /// Visits that are on another shift than published.
    @exclusivity(unchecked) var movedCount = 0
    /// What one such visit costs, in seconds of travel.
    @exclusivity(unchecked) var movePrice: Int32 = 0
    /// How visits are to be shared between crews; nil if that is all the same.
    @exclusivity(unchecked) var shares: CrewShares?
    let journal: RouteJournal

    init(_ tables: ProblemTables) {
        self.tables = tables
        let (visits, shifts) = (tables.visitCount, tables.shiftCount)
        nodes = Self.table(
            tables.nodeCount,
            RouteNode(
                next: 0, ready: 0, base: 0, limit: 0, late: 0, leave: 0, reach: 0, leg: 0))
        here = Self.table(tables.nodeCount, RouteLimits(limit: 0, late: 0))
        previous = Self.table(tables.nodeCount, -1)
        shiftOf = Self.table(visits, -1)
        absentAt = Self.table(visits, -1)
        absent = Self.table(visits, -1)
        count = Self.table(shifts, 0)
        stamp = Self.table(shifts, 0)
        candidates = Self.table(shifts + 1, 0)
        fetched = Self.table(shifts, CachedPosition(stamp: 0, delta: 0, after: 0))
        load = Self.table(shifts * tables.dimensions, 0)
        isOpen = Self.table(shifts, true)
        room = Self.table(shifts, 0)
        order = Self.table(shifts, 0)
        orderAt = Self.table(shifts, 0)
        lunchOrder = Self.table(tables.nodeCount - tables.firstLunch, 0)
        rivalUse = Self.table(shifts, 0)
        cache = Self.table(visits * shifts, CachedPosition(stamp: 0, delta: 0, after: 0))
        published = Self.table(visits, -1)
        journal = RouteJournal(tables)
        for visit in 0..<tables.visitCount { addAbsent(visit) }
        for shift in 0..<shifts {
            order[shift] = Int32(shift)
            orderAt[shift] = Int32(shift)
            linkEmpty(shift)
        }
    }

    deinit {
        nodes.deallocate()
        here.deallocate()
        stamp.deallocate()
        fetched.deallocate()
        isOpen.deallocate()
        cache.deallocate()
        for table in [
            previous, shiftOf, absentAt, absent, count, load, room, order, orderAt, rivalUse,
            published, candidates, lunchOrder,
        ] { table.deallocate() }
    }

    static func table<T>(_ count: Int, _ value: T) -> UnsafeMutablePointer<T> {
        let table = UnsafeMutablePointer<T>.allocate(capacity: max(1, count))
        table.initialize(repeating: value, count: max(1, count))
        return table
    }

    /// What is made small: seconds on the way, and the price of visits moved to another crew and of crews
    /// that have more visits than others.
    @inline(__always)
    var cost: Int { travel &+ movedCount &* Int(movePrice) &+ shareCost }

    /// What it costs that crews have more visits than others.
    @inline(__always)
    var shareCost: Int { shares?.cost(self) ?? 0 }

    @inline(__always)
    func start(_ shift: Int) -> Int { tables.firstStart &+ shift }

    @inline(__always)
    func end(_ shift: Int) -> Int { tables.firstEnd &+ shift }

    /// Whether the node is a visit; the other nodes are starts, ends and lunches.
    @inline(__always)
    func isVisit(_ node: Int) -> Bool { node < tables.visitCount }

    @inline(__always)
    func isEnd(_ node: Int) -> Bool { node >= tables.firstEnd && node < tables.firstLunch }

    /// Chains start, lunches and end of a shift that pays no visit.
    private func linkEmpty(_ shift: Int) {
        var node = start(shift)
        nodes[node].ready = tables.shiftOpens[shift]
        nodes[node].base = tables.shiftBase[shift]
        nodes[node].leave = tables.place[node]
        nodes[node].reach = tables.place[node]
        let lunches = (tables.lunchFrom[shift]..<tables.lunchFrom[shift + 1]).map { Int($0) }
        // Their numbers need not follow the times of day.
        let placement = LunchPlacement(tables: tables, shift: shift, missing: lunches)
        for (index, lunch) in (placement.complete([]) ?? lunches).enumerated() {
            lunchOrder[lunches[0] - tables.firstLunch + index] = Int32(lunch)
            nodes[node].next = Int32(lunch)
            node = lunch
        }
        nodes[node].next = Int32(end(shift))
        setOpen(shift, refresh(shift))
        travel += travelOf(shift)
    }

    /// Opens a shift for visits or closes it.
    func setOpen(_ shift: Int, _ isOpen: Bool) {
        self.isOpen[shift] = isOpen
        measureRoom(shift)
    }

    /// Sets `room` from the load.
    @inline(__always)
    func measureRoom(_ shift: Int) {
        let at = shift &* tables.dimensions
        room[shift] =
            !isOpen[shift] ? -1 : tables.dimensions > 0 ? tables.capacity[at] &- load[at] : 0
    }

    @inline(__always)
    func addAbsent(_ visit: Int) {
        absentAt[visit] = Int32(truncatingIfNeeded: absentCount)
        absent[absentCount] = Int32(truncatingIfNeeded: visit)
        absentCount &+= 1
    }

    @inline(__always)
    func removeAbsent(_ visit: Int) {
        absentCount &-= 1
        let last = absent[absentCount]
        absent[Int(absentAt[visit])] = last
        absentAt[Int(last)] = absentAt[visit]
        absentAt[visit] = -1
    }

    /// Puts a shift among the used ones or takes it out.
    func setUsed(_ shift: Int, _ isUsed: Bool) {
        let at = Int(orderAt[shift])
        guard (at < usedCount) != isUsed else { return }
        let other = isUsed ? usedCount : usedCount &- 1
        let moved = order[other]
        order[other] = Int32(truncatingIfNeeded: shift)
        orderAt[shift] = Int32(truncatingIfNeeded: other)
        order[at] = moved
        orderAt[Int(moved)] = Int32(truncatingIfNeeded: at)
        usedCount &+= isUsed ? 1 : -1
        for rival in tables.rivals(of: shift) { rivalUse[Int(rival)] &+= isUsed ? 1 : -1 }
    }

    @inline(__always)
    func newStamp(_ shift: Int) {
        lastStamp &+= 1
        stamp[shift] = lastStamp
    }
}
