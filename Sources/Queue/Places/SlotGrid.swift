// SPDX-License-Identifier: Apache-2.0

/// The slots of one day as its plan cuts them, and who could serve them: what never changes while
/// the plan holds.
///
/// The day is cut into cells of one slot length, and a booking takes one or more cells in a row. A
/// class, as every copy of a day shares it, and days that are planned alike may.
public final class SlotGrid: Sendable {
    let plan: DayPlan
    /// When each cell starts, in seconds since midnight.
    let starts: [Int32]
    let cellSeconds: Int32
    let services: Int
    /// Visits at one window that it can tell places of: each is like one more service.
    let visits: [LoneVisit]
    /// How many cells a booking of each service takes, and behind them each of the visits.
    let length: [UInt8]
    /// For each cell and each set of services (a bit for each), the windows that render any of them.
    let windows: [UInt8]
    /// For each channel and cell, the most bookings that the channel may have there.
    let shares: [UInt8]
    /// For each channel, whether its share is less than all.
    let isShared: [Bool]
    /// For each cell, the services of which a slot starts there, a bit for each.
    let starting: [UInt8]
    let slots: [Slots]
    /// The windows one by one; nil where every booking takes one cell, so that a count decides.
    let stays: WindowStays?

    struct Slots: Sendable {
        let starts: [Int32]
        /// The first cell of each.
        let cells: [Int32]
    }

    public convenience init(_ plan: DayPlan) { self.init(plan, visits: []) }

    /// The slots with those of some visits at one window, at most ``LoneVisit/limit``.
    init(_ plan: DayPlan, visits: [LoneVisit]) {
        self.plan = plan
        self.visits = visits
        let seconds = plan.rules.slotMinutes * 60
        let starts = plan.slotHours.flatMap { span in
            stride(from: span.start, through: span.end - seconds, by: Int(seconds)).filter {
                start in
                plan.hours.contains { $0.start <= start && start + seconds <= $0.end }
            }
        }
        let present = starts.map { SlotGrid.present(plan, $0, $0 + seconds) }
        let length = plan.services.indices.map { UInt8(clamping: max(1, plan.cells(of: $0))) }
        let windows = SlotGrid.counts(plan, present)
        let stays =
            length.allSatisfy { $0 == 1 } && visits.isEmpty
            ? nil
            : WindowStays(plan, starts, seconds, present, length + visits.map(\.cells), visits)
        let sets = 1 << plan.services.count
        let starting = starts.indices.map { cell in
            plan.services.indices.reduce(UInt8(0)) { mask, service in
                let isSlot =
                    stays.map { $0.able[service * starts.count + cell] != 0 }
                    ?? (windows[cell * sets + 1 << service] > 0)
                return isSlot ? mask | 1 << UInt8(service) : mask
            }
        }
        slots = plan.services.indices.map { service in
            let cells = starts.indices.filter { starting[$0] & 1 << UInt8(service) != 0 }
            return Slots(starts: cells.map { starts[$0] }, cells: cells.map { Int32($0) })
        }
        let percent = [plan.rules.portalPercent, plan.rules.kioskPercent, 100]
        shares = percent.flatMap { percent in
            starts.indices.map { cell in
                UInt8(clamping: (Int32(windows[cell * sets + sets - 1]) * percent + 99) / 100)
            }
        }
        isShared = percent.map { $0 < 100 }
        cellSeconds = seconds
        services = plan.services.count
        self.length = length + visits.map(\.cells)
        self.starts = starts
        self.windows = windows
        self.starting = starting
        self.stays = stays
    }

    /// Whether it is the grid of this plan too.
    public func fits(_ other: DayPlan) -> Bool {
        plan.hours == other.hours && plan.slotHours == other.slotHours
            && plan.windows == other.windows
            && plan.services == other.services
            && plan.rules.slotMinutes == other.rules.slotMinutes
            && plan.rules.portalPercent == other.rules.portalPercent
            && plan.rules.kioskPercent == other.rules.kioskPercent
    }

    /// The windows that are there from one time to another, a bit for each.
    private static func present(_ plan: DayPlan, _ start: Int32, _ end: Int32) -> UInt64 {
        var present: UInt64 = 0
        for (index, window) in plan.windows.prefix(QueueOffice.windowLimit).enumerated()
        where window.spans.contains(where: { $0.start <= start && end <= $0.end }) {
            present |= 1 << UInt64(index)
        }
        return present
    }

    private static func counts(_ plan: DayPlan, _ present: [UInt64]) -> [UInt8] {
        let sets = 1 << plan.services.count
        // The windows that render any service of a set, whoever is there.
        let able = (0..<sets).map { set in
            plan.windows.prefix(QueueOffice.windowLimit).enumerated().reduce(UInt64(0)) {
                Int($1.element.services) & set != 0 ? $0 | 1 << UInt64($1.offset) : $0
            }
        }
        return present.flatMap { present in
            able.map { UInt8(($0 & present).nonzeroBitCount) }
        }
    }

    /// The cell that starts then; nil if none does.
    func cell(at start: Int32) -> Int? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < start { low = middle + 1 } else { high = middle }
        }
        return low < starts.count && starts[low] == start ? low : nil
    }

    /// How many bookings of the service the day has places for, none of another beside them.
    public func places(of service: Int) -> Int {
        let sets = 1 << services
        let cells = slots[service].cells.reduce(0) {
            $0 + Int(windows[Int($1) * sets + 1 << service])
        }
        return cells / Int(length[service])
    }

    /// Whether a cell does not follow right after the one before.
    @inline(__always)
    func isFirst(_ cell: Int) -> Bool {
        cell == 0 || starts[cell] != starts[cell - 1] + cellSeconds
    }

    /// The cells that each turn of a visit takes from a cell on, right after those of the turn before; nil if no
    /// window is there all through those of a turn, or they do not follow each other.
    func cells(from cell: Int, turns: [UInt8]) -> [Range<Int>]? {
        var all: [Range<Int>] = []
        var next = cell
        for service in turns {
            guard next < starts.count, all.isEmpty || !isFirst(next),
                let cells = cells(from: next, service: Int(service))
            else { return nil }
            all.append(cells)
            next = cells.upperBound
        }
        return all
    }

    /// The cells that a booking of the service takes from a cell on; nil if no window is there all
    /// through them.
    @inline(__always)
    func cells(from cell: Int, service: Int) -> Range<Int>? {
        guard starting[cell] & 1 << UInt8(service) != 0 else { return nil }
        return cell..<cell + Int(length[service])
    }
}
