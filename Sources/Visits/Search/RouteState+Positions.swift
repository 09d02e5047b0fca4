// SPDX-License-Identifier: Apache-2.0

/// Where a visit could go, and the travel that it adds there, in seconds.
struct Position {
    var shift: Int
    /// The node that it would follow.
    var after: Int
    var delta: Int

    static let none = Position(shift: -1, after: -1, delta: Int(ProblemTables.never))

    var exists: Bool { shift >= 0 }
}

extension RouteState {
    /// The cheapest position in a route that keeps every window, due time and the hours.
    ///
    /// Each gap is judged at once: the visit can start from `lo`, when the crew can be there, to
    /// `hi`, from where it is still in time for what follows. This is exact with several windows
    /// too, as earlier is never worse.
    ///
    /// - Complexity: linear in the nodes of the route.
    func scan(_ visit: Int, _ shift: Int) -> CachedPosition {
        let place = tables.place[visit]
        let (toHere, fromHere) = (tables.row(tables.to, place), tables.row(tables.from, place))
        let (opens, closes) = (tables.opens[visit], tables.closes[visit])
        let due = tables.due[visit]
        let hasOneWindow = tables.windowsTo[visit] &- tables.windowsFrom[visit] <= 1
        let hasSetups = tables.hasSetups
        let (service, setup) = (tables.service[visit], tables.setup[visit])
        let last = end(shift)
        var best = CachedPosition(stamp: stamp[shift], delta: ProblemTables.never, after: -1)
        var node = start(shift)
        var (ready, base, leave) = (nodes[node].ready, nodes[node].base, nodes[node].leave)
        while ready <= closes {
            let after = Int(nodes[node].next)
            let next = nodes[after]
            let way = toHere[Int(leave)]
            let onward = fromHere[Int(next.reach)]
            var (limit, late) = (next.limit, next.late)
            var length = service
            if hasSetups {
                if leave != place { length &+= setup }
                if next.reach == place {
                    let limits = limitsWithoutSetup(after)
                    (limit, late) = (limits.limit, limits.late)
                }
            }
            let lo = max(max(ready, base &+ way), opens)
            let hi = min(min(min(limit, late &- onward), due) &- length, closes)
            if lo <= hi, hasOneWindow || tables.firstStart(visit, from: lo) <= hi {
                let delta = way &+ onward &- next.leg
                if delta < best.delta {
                    best.delta = delta
                    best.after = Int32(truncatingIfNeeded: node)
                }
            }
            if after == last { break }
            node = after
            (ready, base, leave) = (next.ready, next.base, next.leave)
        }
        return best
    }

    /// `scan`, or what it said the last time if the route has not changed since.
    @inline(__always)
    func cheapest(_ visit: Int, _ shift: Int) -> CachedPosition {
        let slot = cache + (visit &* tables.shiftCount &+ shift)
        if slot.pointee.stamp != stamp[shift] { slot.pointee = scan(visit, shift) }
        return slot.pointee
    }

    /// Whether the shift may take the visit as far as amounts and its crew's day go.
    @inline(__always)
    func hasRoom(_ visit: Int, _ shift: Int) -> Bool {
        guard isOpen[shift] else { return false }
        let dimensions = tables.dimensions
        for kind in 0..<dimensions
        where load[shift &* dimensions &+ kind] &+ tables.demand[visit &* dimensions &+ kind]
            > tables.capacity[shift &* dimensions &+ kind]
        {
            return false
        }
        let group = tables.crewDay[shift]
        return group < 0 || count[shift] > 0 || crewDayUse[Int(group)] == 0
    }

    /// What it costs beyond travel to put the visit on this shift.
    @inline(__always)
    func surcharge(_ visit: Int, _ shift: Int) -> Int {
        let old = published[visit]
        return old < 0 || Int(old) == shift ? 0 : Int(movePrice)
    }

    /// The cheapest position of all routes; one in so many better ones is overlooked.
    ///
    /// `blink` is how often, of 65,536 times; never for 0.
    @inline(__always)
    func bestPosition(_ visit: Int, blink: UInt64, _ dice: inout Dice) -> Position {
        var best = Position.none
        let uniform = tables.isUniform
        var index = uniform ? 0 : Int(tables.shiftListFrom[visit])
        let end =
            uniform
            ? min(usedCount &+ 1, tables.shiftCount) : Int(tables.shiftListTo[visit])
        let list = uniform ? order : tables.shiftList
        if uniform, tables.shiftListFrom[visit] == tables.shiftListTo[visit] { return best }
        while index < end {
            let shift = Int(list[index])
            index &+= 1
            guard hasRoom(visit, shift) else { continue }
            let position = cheapest(visit, shift)
            let delta = Int(position.delta) &+ surcharge(visit, shift)
            guard delta < best.delta, position.after >= 0 else { continue }
            if blink > 0, dice.next() & 0xFFFF < blink { continue }
            best = Position(shift: shift, after: Int(position.after), delta: delta)
        }
        return best
    }
}
