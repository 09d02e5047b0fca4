// SPDX-License-Identifier: Apache-2.0

/// A problem as flat tables of 32-bit numbers, which the search reads without a check.
///
/// Nodes are numbered: the visits, then the start of every shift, the end of every shift, and every
/// lunch. Times count from the start of the first shift.
final class ProblemTables: @unchecked Sendable {
    /// Beyond every time that occurs, and still far from overflowing when two are added.
    static let never: Int32 = 1 << 30

    /// Nodes below it are visits.
    let visitCount: Int
    let shiftCount: Int
    let nodeCount: Int
    let firstStart: Int
    let firstEnd: Int
    let firstLunch: Int
    /// The moment that is counted as 0.
    let origin: Int

    /// Where `from` and `to` are from, which lives as long as they are read.
    let ways: WayTables
    let stride: Int
    let from: UnsafeMutablePointer<Int32>
    let to: UnsafeMutablePointer<Int32>
    /// Per shift the tables of its profile, and where those are from.
    let fromOf: UnsafeMutablePointer<UnsafeMutablePointer<Int32>>
    let toOf: UnsafeMutablePointer<UnsafeMutablePointer<Int32>>
    let otherWays: [WayTables]

    /// Per node.
    let place: UnsafeMutablePointer<Int32>
    let service: UnsafeMutablePointer<Int32>
    let setup: UnsafeMutablePointer<Int32>
    let due: UnsafeMutablePointer<Int32>
    /// The first start and the last that the windows of a node permit.
    let opens: UnsafeMutablePointer<Int32>
    let closes: UnsafeMutablePointer<Int32>
    /// Where the windows of a node begin and end in `windowStarts` and `windowEnds`.
    let windowsFrom: UnsafeMutablePointer<Int32>
    let windowsTo: UnsafeMutablePointer<Int32>
    let windowStarts: UnsafeMutablePointer<Int32>
    let windowEnds: UnsafeMutablePointer<Int32>
    let isFixed: UnsafeMutablePointer<Bool>
    let isRequired: UnsafeMutablePointer<Bool>
    /// Whether any visit has a set-up.
    let hasSetups: Bool

    let dimensions: Int
    /// Per visit and dimension, per shift and dimension.
    let demand: UnsafeMutablePointer<Int32>
    let capacity: UnsafeMutablePointer<Int32>
    /// Per visit: its demand of the first kind; 0 if amounts are not counted.
    let firstDemand: UnsafeMutablePointer<Int32>

    /// The start and the end of a shift's hours, and its lunches among the nodes.
    let shiftOpens: UnsafeMutablePointer<Int32>
    /// From when on a way from its start counts: `shiftOpens`, or earlier where the crew is on its way.
    let shiftBase: UnsafeMutablePointer<Int32>
    let shiftCloses: UnsafeMutablePointer<Int32>
    let lunchFrom: UnsafeMutablePointer<Int32>
    /// Whether the crew goes to its end without a visit, too.
    let isOut: UnsafeMutablePointer<Bool>
    /// Where the rivals of each shift begin in `rivalList`, and where those of the last end.
    let rivalFrom: UnsafeMutablePointer<Int32>
    let rivalList: UnsafeMutablePointer<Int32>
    /// Whether a crew has shifts of which it cannot work all.
    let hasRivals: Bool

    /// Per visit and shift, and the same as lists.
    let fits: UnsafeMutablePointer<Bool>
    let shiftListFrom: UnsafeMutablePointer<Int32>
    let shiftListTo: UnsafeMutablePointer<Int32>
    let shiftList: UnsafeMutablePointer<Int32>
    /// Whether all shifts are alike for every visit.
    let isUniform: Bool

    init(
        visits: [Visit], shifts: [Shift], travel: TravelMatrix, others: [TravelMatrix],
        shiftIndex: [ShiftID: Int]
    ) {
        let draft = TableDraft(
            visits: visits, shifts: shifts, travel: travel, shiftIndex: shiftIndex)
        visitCount = visits.count
        shiftCount = shifts.count
        nodeCount = draft.nodeCount
        firstStart = visits.count
        firstEnd = visits.count + shifts.count
        firstLunch = visits.count + 2 * shifts.count
        ways = travel.tables
        (stride, from, to) = (ways.stride, ways.from, ways.to)
        otherWays = others.map(\.tables)
        let all = [ways] + otherWays
        fromOf = Self.copy(shifts.map { all[$0.profile].from })
        toOf = Self.copy(shifts.map { all[$0.profile].to })
        origin = draft.origin
        place = Self.copy(draft.place)
        service = Self.copy(draft.service)
        setup = Self.copy(draft.setup)
        due = Self.copy(draft.due)
        opens = Self.copy(draft.opens)
        closes = Self.copy(draft.closes)
        windowsFrom = Self.copy(draft.windowsFrom)
        windowsTo = Self.copy(draft.windowsTo)
        windowStarts = Self.copy(draft.windowStarts)
        windowEnds = Self.copy(draft.windowEnds)
        isFixed = Self.copy(draft.isFixed)
        isRequired = Self.copy(draft.isRequired)
        hasSetups = visits.contains { $0.setup > 0 }
        dimensions = draft.dimensions
        demand = Self.copy(draft.demand)
        capacity = Self.copy(draft.capacity)
        let kinds = draft.dimensions
        firstDemand = Self.copy(visits.indices.map { kinds > 0 ? draft.demand[$0 * kinds] : 0 })
        shiftOpens = Self.copy(draft.shiftOpens)
        shiftBase = Self.copy(draft.shiftBase)
        shiftCloses = Self.copy(draft.shiftCloses)
        lunchFrom = Self.copy(draft.lunchFrom)
        isOut = Self.copy(shifts.map(\.isOut))
        let rivals = draft.rivals()
        rivalFrom = Self.copy(rivals.reduce(into: [0]) { $0.append($0.last! + Int32($1.count)) })
        rivalList = Self.copy(Array(rivals.joined()))
        hasRivals = rivals.contains { !$0.isEmpty }
        let fit = ShiftFit(draft: draft, travel: all.map(\.from))
        fits = Self.copy(fit.table)
        shiftListFrom = Self.copy(fit.from)
        shiftListTo = Self.copy(fit.to)
        shiftList = Self.copy(fit.list)
        isUniform = fit.isUniform && draft.shiftsAreAlike
    }

    deinit {
        for table in [
            place, service, setup, due, opens, closes, windowsFrom, windowStarts,
            windowsTo, windowEnds, demand, capacity, firstDemand, shiftOpens, shiftBase,
            shiftCloses, lunchFrom, rivalFrom, rivalList,
            shiftListFrom, shiftListTo, shiftList,
        ] { table.deallocate() }
        fromOf.deallocate()
        toOf.deallocate()
        for table in [isFixed, isRequired, isOut, fits] { table.deallocate() }
    }

    static func copy<T>(_ values: [T]) -> UnsafeMutablePointer<T> {
        let table = UnsafeMutablePointer<T>.allocate(capacity: max(1, values.count))
        for (index, value) in values.enumerated() { table[index] = value }
        return table
    }
}

extension ProblemTables {
    /// The row of a place in one of the two travel tables.
    @inline(__always)
    func row(_ table: UnsafeMutablePointer<Int32>, _ place: Int32) -> UnsafeMutablePointer<Int32> {
        table + Int(place) &* stride
    }

    /// Shifts of the same crew of which a plan uses none beside a shift.
    @inline(__always)
    func rivals(of shift: Int) -> UnsafeMutableBufferPointer<Int32> {
        let from = Int(rivalFrom[shift])
        return UnsafeMutableBufferPointer(
            start: rivalList + from, count: Int(rivalFrom[shift &+ 1]) &- from)
    }

    /// The first moment from `moment` on at which the node may start; `never` if there is none.
    @inline(__always)
    func firstStart(_ node: Int, from moment: Int32) -> Int32 {
        if moment > closes[node] { return Self.never }
        if moment <= opens[node] { return opens[node] }
        let last = Int(windowsTo[node])
        var window = Int(windowsFrom[node])
        if last &- window <= 1 { return moment }
        while windowEnds[window] < moment { window &+= 1 }
        return max(moment, windowStarts[window])
    }

    /// The last moment up to `moment` at which the node may start; `-never` if there is none.
    @inline(__always)
    func lastStart(_ node: Int, upTo moment: Int32) -> Int32 {
        if moment < opens[node] { return -Self.never }
        if moment >= closes[node] { return closes[node] }
        let first = Int(windowsFrom[node])
        var window = Int(windowsTo[node]) &- 1
        if window &- first < 1 { return moment }
        while windowStarts[window] > moment { window &-= 1 }
        return min(moment, windowEnds[window])
    }
}
