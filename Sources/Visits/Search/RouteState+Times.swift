// SPDX-License-Identifier: Apache-2.0

extension RouteState {
    /// Computes all times of a route anew; false if it breaks a window, a due time or the hours.
    ///
    /// An empty route keeps them if the lunches do.
    ///
    /// - Complexity: linear in the nodes of the route.
    @discardableResult
    func refresh(_ shift: Int) -> Bool {
        let (last, ways) = (end(shift), tables.fromOf[shift])
        var before = start(shift)
        var isFeasible = true
        repeat {
            let node = Int(nodes[before].next)
            previous[node] = Int32(truncatingIfNeeded: before)
            if !passForward(node, before, ways) { isFeasible = false }
            before = node
        } while before != last
        if count[shift] == 0, !tables.isOut[shift] { stay(shift) }
        nodes[last].limit = tables.shiftCloses[shift]
        nodes[last].late = tables.shiftCloses[shift]
        here[last] = RouteLimits(limit: nodes[last].limit, late: nodes[last].late)
        var node = Int(previous[last])
        let first = start(shift)
        while node != first {
            passBackward(node, Int(nodes[node].next))
            node = Int(previous[node])
        }
        newStamp(shift)
        // Whoever is out goes home all the same: of a crew that pays nobody another visit that way is no matter
        // of its hours, and one over a visit may be shorter.
        let judged = count[shift] == 0 ? Int(previous[last]) : last
        return isFeasible && nodes[judged].ready <= tables.shiftCloses[shift]
    }

    /// A crew that pays nobody a visit stays where it is, wherever it would have to end.
    private func stay(_ shift: Int) {
        let last = end(shift)
        nodes[last].leg = 0
        nodes[last].ready = nodes[Int(previous[last])].ready
        nodes[last].base = nodes[last].ready
    }

    /// Sets the earliest times of a node from the node before; false if it cannot be in time.
    ///
    /// What comes after a node that is too late never comes.
    @inline(__always)
    func passForward(
        _ node: Int, _ before: Int, _ ways: UnsafeMutablePointer<Int32>
    ) -> Bool {
        let from = nodes[before]
        if node >= tables.firstLunch {
            let start = tables.firstStart(node, from: from.ready)
            guard start < ProblemTables.never else {
                nodes[node].ready = ProblemTables.never
                nodes[node].base = ProblemTables.never
                nodes[node].leave = from.leave
                return false
            }
            nodes[node].ready = start &+ tables.service[node]
            nodes[node].base = from.base &+ tables.service[node]
            nodes[node].leave = from.leave
            return true
        }
        let place = tables.place[node]
        let leg = tables.row(ways, from.leave)[Int(place)]
        let arrival = max(from.ready, from.base &+ leg)
        var free = tables.firstStart(node, from: arrival)
        var isFeasible = free < ProblemTables.never
        if isFeasible {
            free &+= tables.service[node]
            if tables.hasSetups, from.leave != place { free &+= tables.setup[node] }
            isFeasible = free <= tables.due[node]
            if !isFeasible { free = ProblemTables.never }
        }
        nodes[node].ready = free
        nodes[node].base = free
        nodes[node].leave = place
        nodes[node].reach = place
        nodes[node].leg = leg
        return isFeasible
    }

    /// Sets the latest times of a node from the node after it.
    @inline(__always)
    func passBackward(_ node: Int, _ after: Int) {
        let to = here[after]
        if node >= tables.firstLunch {
            let length = tables.service[node]
            let next = nodes[after]
            nodes[node].reach = next.reach
            nodes[node].leg = next.leg
            nodes[node].limit = tables.lastStart(node, upTo: next.limit &- length)
            nodes[node].late = next.late &- length
            here[node] = RouteLimits(
                limit: tables.lastStart(node, upTo: to.limit &- length), late: to.late &- length)
            return
        }
        let free = min(min(to.limit, to.late &- nodes[after].leg), tables.due[node])
        let late = tables.lastStart(
            node, upTo: free &- tables.service[node] &- tables.setup[node])
        nodes[node].limit = late
        nodes[node].late = late
        if tables.hasSetups, tables.setup[node] > 0 {
            let before = Int(previous[node])
            let needsSetup = nodes[before].leave != tables.place[node]
            let same =
                needsSetup ? late : tables.lastStart(node, upTo: free &- tables.service[node])
            here[node] = RouteLimits(limit: same, late: same)
        } else {
            here[node] = RouteLimits(limit: late, late: late)
        }
    }

    /// `limit` and `late` of a node for a crew that comes from the very place it leads to.
    func limitsWithoutSetup(_ node: Int) -> RouteLimits {
        let after = Int(nodes[node].next)
        if isEnd(node) { return here[node] }
        if node >= tables.firstLunch {
            let length = tables.service[node]
            let next = limitsWithoutSetup(after)
            return RouteLimits(
                limit: tables.lastStart(node, upTo: next.limit &- length),
                late: next.late &- length)
        }
        let to = here[after]
        let free = min(min(to.limit, to.late &- nodes[after].leg), tables.due[node])
        let late = tables.lastStart(node, upTo: free &- tables.service[node])
        return RouteLimits(limit: late, late: late)
    }

    /// Carries a change at or behind `changed` forward and back until nothing differs any more.
    @inline(__always)
    func propagate(from changed: Int, shift: Int) {
        // With its first visit a crew begins to have a way to its end.
        if tables.hasSetups || count[shift] == 1 {
            refresh(shift)
            return
        }
        let (first, last, ways) = (start(shift), end(shift), tables.fromOf[shift])
        var before = changed
        while before != last {
            let node = Int(nodes[before].next)
            let old = nodes[node]
            _ = passForward(node, before, ways)
            let new = nodes[node]
            before = node
            if old.ready == new.ready, old.base == new.base, old.leave == new.leave { break }
        }
        // The lunches behind the change lead to the same place, by another way.
        var node = changed
        while Int(nodes[node].next) >= tables.firstLunch { node = Int(nodes[node].next) }
        var isBehind = true
        while node != first {
            let old = nodes[node]
            passBackward(node, Int(nodes[node].next))
            let new = nodes[node]
            if node == changed {
                isBehind = false
            } else if !isBehind, old.limit == new.limit, old.late == new.late,
                old.reach == new.reach, old.leg == new.leg
            {
                break
            }
            node = Int(previous[node])
        }
        newStamp(shift)
    }
}
