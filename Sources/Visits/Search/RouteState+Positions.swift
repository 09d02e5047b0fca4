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

/// The rows of the travel tables that a visit's positions are judged with.
struct GapQuestion {
    let place: Int32
    let toHere: UnsafeMutablePointer<Int32>
    let fromHere: UnsafeMutablePointer<Int32>

    @inline(__always)
    init(_ tables: ProblemTables, _ visit: Int) {
        place = tables.place[visit]
        toHere = tables.row(tables.to, place)
        fromHere = tables.row(tables.from, place)
    }

    /// Travel that is added between two nodes that follow each other.
    @inline(__always)
    func delta(_ before: RouteNode, _ next: RouteNode) -> Int32 {
        toHere[Int(before.leave)] &+ fromHere[Int(next.reach)] &- next.leg
    }
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

    /// The cheapest position next to one of the visits that are likely neighbours, or in a shift
    /// that is not used yet; `none` if there is no feasible one among these.
    func bestLikelyPosition(
        _ visit: Int, limit: Int, blink: UInt64, _ dice: inout Dice
    ) -> Position {
        let place = tables.place[visit]
        let ask = GapQuestion(tables, visit)
        let list = tables.likely + visit &* ProblemTables.likelyLimit
        var best = Position.none
        for index in 0..<min(limit, Int(tables.likelyCount[visit])) {
            let neighbour = Int(list[index])
            let shift = Int(shiftOf[neighbour])
            guard shift >= 0, hasRoom(visit, shift),
                tables.isUniform || tables.fits[visit &* tables.shiftCount &+ shift]
            else { continue }
            let surcharge = surcharge(visit, shift)
            // Right behind the neighbour and right before it, with the lunches in between.
            var node = Int(previous[neighbour])
            while node >= tables.firstLunch { node = Int(previous[node]) }
            var passed = false
            while true {
                let after = Int(nodes[node].next)
                let delta = Int(ask.delta(nodes[node], nodes[after])) &+ surcharge
                if delta < best.delta, fits(visit, node, after, ask),
                    blink == 0 || dice.next() & 0xFFFF >= blink
                {
                    best = Position(shift: shift, after: node, delta: delta)
                }
                if passed, after < tables.firstLunch { break }
                if after == neighbour { passed = true }
                node = after
            }
        }
        _ = place
        return best
    }

    /// Whether an absent visit can be put between two nodes that follow each other.
    @inline(__always)
    func fits(_ visit: Int, _ node: Int, _ after: Int, _ ask: GapQuestion) -> Bool {
        let before = nodes[node]
        let next = nodes[after]
        var (limit, late) = (next.limit, next.late)
        var length = tables.service[visit]
        if tables.hasSetups {
            if before.leave != ask.place { length &+= tables.setup[visit] }
            if next.reach == ask.place {
                let limits = limitsWithoutSetup(after)
                (limit, late) = (limits.limit, limits.late)
            }
        }
        let way = ask.toHere[Int(before.leave)]
        let onward = ask.fromHere[Int(next.reach)]
        let lo = max(max(before.ready, before.base &+ way), tables.opens[visit])
        let hi = min(
            min(min(limit, late &- onward), tables.due[visit]) &- length, tables.closes[visit])
        guard lo <= hi else { return false }
        return tables.windowsTo[visit] &- tables.windowsFrom[visit] <= 1
            || tables.firstStart(visit, from: lo) <= hi
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
        if likelyLimit > 0 {
            best = bestLikelyPosition(visit, limit: likelyLimit, blink: blink, &dice)
            if best.exists { return best }
        }
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
