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
        if tables.hasSetups { return scanWithSetups(visit, shift) }
        let place = tables.place[visit]
        let (toHere, fromHere) = (tables.row(tables.to, place), tables.row(tables.from, place))
        let opens = tables.opens[visit]
        let service = tables.service[visit]
        let closes = min(tables.closes[visit], tables.due[visit] &- service)
        let hasOneWindow = tables.windowsTo[visit] &- tables.windowsFrom[visit] <= 1
        let last = end(shift)
        var best = CachedPosition(stamp: stamp[shift], delta: ProblemTables.never, after: -1)
        var node = start(shift)
        var (ready, base, leave) = (nodes[node].ready, nodes[node].base, nodes[node].leave)
        while ready <= closes {
            let after = Int(nodes[node].next)
            let next = nodes + after
            // Most gaps are at the wrong time of day, which is known without a look at the ways.
            let limit = min(next.pointee.limit &- service, closes)
            if max(ready, opens) <= limit {
                let (way, onward) = (toHere[Int(leave)], fromHere[Int(next.pointee.reach)])
                let delta = way &+ onward &- next.pointee.leg
                let lo = max(max(ready, base &+ way), opens)
                let hi = min(limit, next.pointee.late &- onward &- service)
                if delta < best.delta, lo <= hi,
                    hasOneWindow || tables.firstStart(visit, from: lo) <= hi
                {
                    best.delta = delta
                    best.after = Int32(truncatingIfNeeded: node)
                }
            }
            if after == last { break }
            node = after
            (ready, base, leave) = (next.pointee.ready, next.pointee.base, next.pointee.leave)
        }
        return best
    }

    /// `scan` where a set-up depends on where the crew comes from.
    private func scanWithSetups(_ visit: Int, _ shift: Int) -> CachedPosition {
        let place = tables.place[visit]
        let (toHere, fromHere) = (tables.row(tables.to, place), tables.row(tables.from, place))
        let (opens, closes) = (tables.opens[visit], tables.closes[visit])
        let last = end(shift)
        var best = CachedPosition(stamp: stamp[shift], delta: ProblemTables.never, after: -1)
        var node = start(shift)
        while nodes[node].ready <= closes {
            let (before, after) = (nodes[node], Int(nodes[node].next))
            let next = nodes[after]
            let (way, onward) = (toHere[Int(before.leave)], fromHere[Int(next.reach)])
            let isSame = next.reach == place
            let limits =
                isSame
                ? limitsWithoutSetup(after) : RouteLimits(limit: next.limit, late: next.late)
            let length = tables.service[visit] &+ (before.leave == place ? 0 : tables.setup[visit])
            let lo = max(max(before.ready, before.base &+ way), opens)
            let free = min(min(limits.limit, limits.late &- onward), tables.due[visit])
            let hi = min(free &- length, closes)
            if lo <= hi, tables.firstStart(visit, from: lo) <= hi {
                let delta = way &+ onward &- next.leg
                if delta < best.delta {
                    best.delta = delta
                    best.after = Int32(truncatingIfNeeded: node)
                }
            }
            if after == last { break }
            node = after
        }
        return best
    }

    /// `scan`, or what it said the last time if the route has not changed since.
    @inline(__always)
    func cheapest(_ visit: Int, _ shift: Int) -> CachedPosition {
        let slot = cache + (visit &* tables.shiftCount &+ shift)
        if slot.pointee.stamp == stamp[shift] { return slot.pointee }
        let position = scan(visit, shift)
        // A route that this step has changed may well be taken back; then the old answer holds.
        if journal.savedIn[shift] != journal.step { slot.pointee = position }
        return position
    }

    /// Whether the shift may take the visit as far as amounts and its crew's day go.
    @inline(__always)
    func hasRoom(_ visit: Int, _ shift: Int) -> Bool {
        guard tables.firstDemand[visit] <= room[shift] else { return false }
        let dimensions = tables.dimensions
        var kind = 1
        while kind < dimensions {
            if load[shift &* dimensions &+ kind] &+ tables.demand[visit &* dimensions &+ kind]
                > tables.capacity[shift &* dimensions &+ kind]
            {
                return false
            }
            kind &+= 1
        }
        guard tables.crewDayCount > 0 else { return true }
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
        if likelyLimit > 0, end &- index > likelyLimit / 2 {
            query &+= 1
            let likely = tables.likely + visit &* ProblemTables.likelyLimit
            var rank = 0
            let ranks = min(likelyLimit, Int(tables.likelyCount[visit]))
            while rank <= ranks {
                // After the likely neighbours an empty shift.
                let shift =
                    rank < ranks
                    ? Int(shiftOf[Int(likely[rank])])
                    : usedCount < tables.shiftCount && uniform ? Int(order[usedCount]) : -1
                rank &+= 1
                guard shift >= 0, asked[shift] != query else { continue }
                asked[shift] = query
                guard uniform || tables.fits[visit &* tables.shiftCount &+ shift] else { continue }
                guard hasRoom(visit, shift) else { continue }
                let position = cheapest(visit, shift)
                let delta = Int(position.delta) &+ surcharge(visit, shift)
                guard delta < best.delta, position.after >= 0 else { continue }
                if blink > 0, dice.next() & 0xFFFF < blink { continue }
                best = Position(shift: shift, after: Int(position.after), delta: delta)
            }
            if best.exists { return best }
        }
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
