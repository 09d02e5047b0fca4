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
        let (toHere, fromHere) = (
            tables.row(tables.toOf[shift], place), tables.row(tables.fromOf[shift], place)
        )
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
        let (toHere, fromHere) = (
            tables.row(tables.toOf[shift], place), tables.row(tables.fromOf[shift], place)
        )
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

    /// Whether amounts of the second kind on, and the crew's day, let the shift take the visit.
    @inline(__always)
    private func hasOtherRoom(_ visit: Int, _ shift: Int) -> Bool {
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
        return count[shift] > 0 || rivalUse[shift] == 0
    }

    /// What it costs beyond travel to put the visit on this shift.
    @inline(__always)
    func surcharge(_ visit: Int, _ shift: Int) -> Int {
        let old = published[visit]
        let moved = old < 0 || Int(old) == shift ? 0 : Int(movePrice)
        return shares.map { moved &+ $0.more(shift, self) } ?? moved
    }

    /// The cheapest position of all routes; one in so many better ones is overlooked.
    ///
    /// `blink` is how often, of 65,536 times; never for 0. What `scan` said of a route counts until that
    /// route changes.
    @inline(__always)
    func bestPosition(_ visit: Int, blink: UInt64, _ dice: inout Dice) -> Position {
        var best = Position.none
        let count = findCandidates(visit)
        let known = cache + visit &* tables.shiftCount
        // Fetched all at once, as each is likely to be far away in memory.
        for index in 0..<count { fetched[index] = known[Int(candidates[index])] }
        for index in 0..<count {
            let shift = Int(candidates[index])
            var position = fetched[index]
            if position.stamp != stamp[shift] {
                position = scan(visit, shift)
                // A route that this step has changed may well be taken back; then the old answer holds.
                if journal.savedIn[shift] != journal.step { known[shift] = position }
            }
            let delta = Int(position.delta) &+ surcharge(visit, shift)
            guard delta < best.delta, position.after >= 0 else { continue }
            if blink > 0, dice.next() & 0xFFFF < blink { continue }
            best = Position(shift: shift, after: Int(position.after), delta: delta)
        }
        return best
    }

    /// Lists the shifts that have room for a visit; returns how many.
    ///
    /// Of shifts that are all alike one that is not used is enough.
    @inline(__always)
    private func findCandidates(_ visit: Int) -> Int {
        let (from, to) = (Int(tables.shiftListFrom[visit]), Int(tables.shiftListTo[visit]))
        guard from < to else { return 0 }
        let isUniform = tables.isUniform
        let list = isUniform ? order : tables.shiftList + from
        let length = isUniform ? min(usedCount &+ 1, tables.shiftCount) : to &- from
        let demand = tables.firstDemand[visit]
        var count = 0
        for index in 0..<length {
            candidates[count] = list[index]
            count &+= demand <= room[Int(list[index])] ? 1 : 0
        }
        guard tables.dimensions > 1 || tables.hasRivals else { return count }
        var kept = 0
        for index in 0..<count where hasOtherRoom(visit, Int(candidates[index])) {
            candidates[kept] = candidates[index]
            kept &+= 1
        }
        return kept
    }
}
