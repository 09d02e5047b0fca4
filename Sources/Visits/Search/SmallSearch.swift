// SPDX-License-Identifier: Apache-2.0

/// Tries every plan of a problem that is so small that this takes no longer than a few hundred steps.
final class SmallSearch {
    private let search: PlanSearch
    private let tables: ProblemTables
    private let countsShifts: Bool
    /// Per shift the cheapest route for each set of visits that it can pay, a bit for each visit.
    private var routes: [[(visits: Int, route: Route)]] = []
    private var work = 0
    private var chosen: [Route] = []
    private var best: (worth: Worth, routes: [Route])?

    private struct Route {
        let shift: Int
        let chain: [Int]
        let cost: Int
    }

    /// What is made small, first things first.
    private struct Worth: Comparable {
        var required = 0
        var absent = 0
        var shifts = 0
        var cost = 0

        static func < (a: Worth, b: Worth) -> Bool {
            (a.required, a.absent, a.shifts, a.cost) < (b.required, b.absent, b.shifts, b.cost)
        }
    }

    private static let visitLimit = 6
    /// The most ways to give the visits to the shifts, and the most stops that are tried.
    private static let planLimit = 20_000
    private static let workLimit = 60_000

    /// Nil for a problem that is larger, where visits must stay or only some may move, and where what a route
    /// costs lies with others.
    init?(_ search: PlanSearch, _ objective: Objective) {
        tables = search.tables
        self.search = search
        countsShifts = objective == .vehicles
        guard tables.visitCount <= Self.visitLimit, search.movedLimit == .max,
            search.state.shares == nil,
            !(0..<tables.visitCount).contains(where: { search.tables.isFixed[$0] })
        else { return nil }
        var plans = 1
        for _ in 0..<tables.visitCount {
            plans *= min(tables.shiftCount + 1, Self.planLimit)
            guard plans <= Self.planLimit else { return nil }
        }
    }

    /// Goes over to the best of all plans, if it is better than the best one known.
    func run() {
        for shift in 0..<tables.shiftCount {
            guard let found = allRoutes(of: shift) else { return }
            routes.append(found)
        }
        combine(0, 0, Worth(), [])
        guard let best, best.worth < known else { return }
        let state = search.state
        for shift in 0..<tables.shiftCount { state.clear(shift) }
        for route in best.routes {
            guard state.load(route.chain, route.shift) else {
                search.best.restore(state)
                return
            }
        }
        search.best.save(state)
    }

    private var known: Worth {
        search.best.restore(search.state)
        let state = search.state
        let absent = (0..<state.absentCount).map { Int(state.absent[$0]) }
        return Worth(
            required: absent.count { tables.isRequired[$0] }, absent: absent.count,
            shifts: countsShifts ? state.usedCount : 0, cost: state.cost)
    }

    /// Gives the shifts from one on what those before it have left; those that are `busy` get nothing.
    private func combine(_ shift: Int, _ paid: Int, _ worth: Worth, _ busy: Set<Int32>) {
        guard shift < tables.shiftCount else {
            var whole = worth
            for visit in 0..<tables.visitCount where paid & 1 << visit == 0 {
                whole.absent += 1
                whole.required += tables.isRequired[visit] ? 1 : 0
            }
            if best.map({ whole < $0.worth }) ?? true { best = (whole, chosen) }
            return
        }
        var idle = worth
        idle.cost += search.state.travelOf(empty: shift)
        combine(shift + 1, paid, idle, busy)
        guard !busy.contains(Int32(shift)) else { return }
        let rivals = tables.rivals(of: shift)
        for (visits, route) in routes[shift] where visits & paid == 0 {
            var more = worth
            more.cost += route.cost
            more.shifts += countsShifts ? 1 : 0
            chosen.append(route)
            combine(
                shift + 1, paid | visits, more, rivals.isEmpty ? busy : busy.union(rivals))
            chosen.removeLast()
        }
    }

    // MARK: Routes

    private struct Crew {
        var chain: [Int] = []
        var visits = 0
        var ready: Int32
        var base: Int32
        var leave: Int32
        var cost = 0
    }

    /// The cheapest routes of a shift; nil if there are too many to try.
    private func allRoutes(of shift: Int) -> [(visits: Int, route: Route)]? {
        guard search.state.isOpen[shift] else { return [] }
        let opens = tables.shiftOpens[shift]
        var least: [Int: Route] = [:]
        let crew = Crew(
            ready: opens, base: tables.shiftBase[shift],
            leave: tables.place[tables.firstStart + shift])
        guard extend(crew, shift, &least) else { return nil }
        return least.sorted { $0.key < $1.key }.map { (visits: $0.key, route: $0.value) }
    }

    /// Tries what can come next; false if there was too much to try.
    private func extend(_ crew: Crew, _ shift: Int, _ least: inout [Int: Route]) -> Bool {
        work += 1
        guard work <= Self.workLimit else { return false }
        let lunches = Int(tables.lunchFrom[shift])..<Int(tables.lunchFrom[shift + 1])
        var isDone = crew.visits != 0
        for lunch in lunches where !crew.chain.contains(lunch) {
            isDone = false
            if let next = step(crew, lunch, shift), !extend(next, shift, &least) { return false }
        }
        for visit in 0..<tables.visitCount where crew.visits & 1 << visit == 0 {
            guard tables.fits[visit * tables.shiftCount + shift],
                let next = step(crew, visit, shift)
            else { continue }
            if !extend(next, shift, &least) { return false }
        }
        if isDone, let home = step(crew, tables.firstEnd + shift, shift),
            home.cost < least[crew.visits]?.cost ?? .max, hasRoom(crew.visits, shift)
        {
            least[crew.visits] = Route(shift: shift, chain: crew.chain, cost: home.cost)
        }
        return true
    }

    /// The crew after a node; nil if it comes too late.
    private func step(_ crew: Crew, _ node: Int, _ shift: Int) -> Crew? {
        var crew = crew
        let isLunch = node >= tables.firstLunch
        let place = tables.place[node]
        let leg =
            isLunch ? 0 : tables.row(tables.fromOf[shift], crew.leave)[Int(place)]
        let arrival = isLunch ? crew.ready : max(crew.ready, crew.base &+ leg)
        let start = tables.firstStart(node, from: arrival)
        guard start < ProblemTables.never else { return nil }
        crew.ready = start &+ tables.service[node]
        if isLunch {
            crew.base &+= tables.service[node]
        } else {
            if crew.leave != place { crew.ready &+= tables.setup[node] }
            crew.base = crew.ready
            crew.leave = place
            crew.cost += Int(leg)
        }
        guard crew.ready <= tables.due[node], crew.ready <= tables.shiftCloses[shift] else {
            return nil
        }
        if node < tables.visitCount {
            crew.visits |= 1 << node
            crew.cost += search.state.surcharge(node, shift)
        }
        crew.chain.append(node)
        return crew
    }

    private func hasRoom(_ visits: Int, _ shift: Int) -> Bool {
        let kinds = tables.dimensions
        return (0..<kinds).allSatisfy { kind in
            let sum = (0..<tables.visitCount).filter { visits & 1 << $0 != 0 }
                .reduce(0) { $0 + Int(tables.demand[$1 * kinds + kind]) }
            return sum <= Int(tables.capacity[shift * kinds + kind])
        }
    }
}
