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
    /// How many cells a booking of each service takes.
    let length: [UInt8]
    /// For each cell and each set of services (a bit for each), the windows that render any of them.
    let windows: [UInt8]
    /// Per cent of a cell's places for each channel.
    let percent: [Int]
    let slots: [Slots]

    struct Slots: Sendable {
        let starts: [Int32]
        /// The first cell of each.
        let cells: [Int32]
    }

    public init(_ plan: DayPlan) {
        self.plan = plan
        let length = plan.rules.slotMinutes * 60
        let starts = plan.hours.flatMap { span in
            stride(from: span.start, through: span.end - length, by: Int(length)).map { $0 }
        }
        let windows = SlotGrid.windows(plan, starts, length)
        cellSeconds = length
        services = plan.services.count
        self.length = plan.services.indices.map { UInt8(clamping: plan.cells(of: $0)) }
        self.starts = starts
        self.windows = windows
        percent = [Int(plan.rules.portalPercent), Int(plan.rules.kioskPercent), 100]
        let sets = 1 << plan.services.count
        slots = plan.services.indices.map { service in
            let count = plan.cells(of: service)
            let cells = starts.indices.filter { cell in
                SlotGrid.isInOneStretch(starts, cell, count, length)
                    && (cell..<cell + count).allSatisfy { windows[$0 * sets + 1 << service] > 0 }
            }
            return Slots(starts: cells.map { starts[$0] }, cells: cells.map { Int32($0) })
        }
    }

    /// Whether it is the grid of this plan too.
    public func fits(_ other: DayPlan) -> Bool {
        plan.hours == other.hours && plan.windows == other.windows
            && plan.services == other.services
            && plan.rules.slotMinutes == other.rules.slotMinutes
            && plan.rules.portalPercent == other.rules.portalPercent
            && plan.rules.kioskPercent == other.rules.kioskPercent
    }

    private static func windows(_ plan: DayPlan, _ starts: [Int32], _ length: Int32) -> [UInt8] {
        let sets = 1 << plan.services.count
        var windows = [UInt8](repeating: 0, count: starts.count * sets)
        for (cell, start) in starts.enumerated() {
            let present = plan.windows.filter { window in
                window.spans.contains { $0.start <= start && start + length <= $0.end }
            }
            for set in 0..<sets {
                windows[cell * sets + set] = UInt8(
                    clamping: present.filter { Int($0.services) & set != 0 }.count)
            }
        }
        return windows
    }

    /// Whether so many cells from this one on follow each other without a gap.
    @inline(__always)
    private static func isInOneStretch(
        _ starts: [Int32], _ cell: Int, _ count: Int, _ cellSeconds: Int32
    ) -> Bool {
        let end = cell + count
        return end <= starts.count
            && starts[end - 1] == starts[cell] + Int32(count - 1) * cellSeconds
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

    /// The cells that a booking of the service takes from a cell on; nil if the office closes before.
    @inline(__always)
    func cells(from cell: Int, service: Int) -> Range<Int>? {
        let count = Int(length[service])
        guard SlotGrid.isInOneStretch(starts, cell, count, cellSeconds) else { return nil }
        return cell..<cell + count
    }
}
