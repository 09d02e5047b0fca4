// SPDX-License-Identifier: Apache-2.0

/// When each window is there without a pause, for days on which bookings take several cells.
///
/// A stay is a run of cells all through which a window is there; a booking lies in one stay. Stays
/// of windows with the same services that begin and end together are one kind: what one of them
/// can take, any can. So bookings are assigned to kinds, and a kind is named by the first of its
/// windows. A set of windows is a bit for each of at most 64, those with the fewest services first.
///
/// What is said of services holds for visits at one window too (``LoneVisit``), which come behind them.
struct WindowStays: Sendable {
    static let width = 64

    /// For each service and cell, the kinds that can take a booking from that cell on.
    let able: [UInt64]
    /// For each cell, the kinds that are there.
    let there: [UInt64]
    /// For each cell and kind, how many windows are of the kind.
    let size: [UInt8]
    /// For each cell and window, its kind.
    let kinds: [UInt8]
    /// For each cell and kind, its windows.
    let windows: [UInt64]
    /// For each cell, the windows that are there.
    let present: [UInt64]
    /// For each service and cell, the windows that can take a booking from that cell on.
    let each: [UInt64]
    /// The services that each window renders, and the visits that it can serve alone, a bit for each.
    let services: [UInt64]
    /// The place in the plan of each window.
    let places: [Int]

    /// The stays of a plan's windows; `present` has those that are there all through each cell.
    init(
        _ plan: DayPlan, _ starts: [Int32], _ cellSeconds: Int32, _ present: [UInt64],
        _ length: [UInt8], _ visits: [LoneVisit] = []
    ) {
        let cells = starts.count
        // What a window must render for each of them.
        let needs = plan.services.indices.map { UInt8(1) << UInt8($0) } + visits.map(\.services)
        var able = [UInt64](repeating: 0, count: length.count * cells)
        var there = [UInt64](repeating: 0, count: cells)
        var size = [UInt8](repeating: 0, count: cells * WindowStays.width)
        var kinds = size
        var windows = [UInt64](repeating: 0, count: cells * WindowStays.width)
        var (each, here) = (able, there)
        var known: [Stay: Int] = [:]
        let order = WindowStays.order(plan)
        for (index, window) in order.enumerated() {
            let services = plan.windows[window].services
            for run in WindowStays.runs(of: window, starts, cellSeconds, present) {
                let stay = Stay(services: services, cells: run)
                let kind = known[stay] ?? index
                known[stay] = kind
                for cell in run {
                    let place = cell * WindowStays.width
                    size[place + kind] += 1
                    windows[place + kind] |= 1 << UInt64(index)
                    kinds[place + index] = UInt8(kind)
                    there[cell] |= 1 << UInt64(kind)
                    here[cell] |= 1 << UInt64(index)
                }
                for service in length.indices where services & needs[service] == needs[service] {
                    for cell in run where cell + Int(length[service]) <= run.upperBound {
                        able[service * cells + cell] |= 1 << UInt64(kind)
                        each[service * cells + cell] |= 1 << UInt64(index)
                    }
                }
            }
        }
        self.able = able
        self.there = there
        self.size = size
        self.kinds = kinds
        self.windows = windows
        self.each = each
        self.present = here
        services = order.map { window in
            needs.indices.reduce(0) { set, service in
                let isAble = plan.windows[window].services & needs[service] == needs[service]
                return isAble ? set | 1 << UInt64(service) : set
            }
        }
        places = order
    }

    private struct Stay: Hashable {
        let services: UInt8
        let cells: Range<Int>
    }

    /// The plan's windows that render anything, those that render least first: they are the last to
    /// be of use for others.
    private static func order(_ plan: DayPlan) -> [Int] {
        plan.windows.indices.prefix(width).filter { plan.windows[$0].services != 0 }
            .sorted { a, b in
                let (ofA, ofB) = (plan.windows[a].services, plan.windows[b].services)
                return (ofA.nonzeroBitCount, a) < (ofB.nonzeroBitCount, b)
            }
    }

    /// The runs of cells, one right after the other, in which a window is there.
    private static func runs(
        of window: Int, _ starts: [Int32], _ cellSeconds: Int32, _ present: [UInt64]
    ) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (cell, start) in starts.enumerated() where present[cell] & 1 << UInt64(window) != 0 {
            if let last = runs.last, last.upperBound == cell,
                start == starts[cell - 1] + cellSeconds
            {
                runs[runs.count - 1] = last.lowerBound..<cell + 1
            } else {
                runs.append(cell..<cell + 1)
            }
        }
        return runs
    }
}
