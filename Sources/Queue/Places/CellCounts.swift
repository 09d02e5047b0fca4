// SPDX-License-Identifier: Apache-2.0

/// How many bookings each cell of a day has, and how many more it could take if cells stood alone.
///
/// Whether the windows of a cell can serve the bookings in it is Hall's condition: for every set of
/// services, the bookings for them are no more than the windows that render any of them. So what a
/// cell can still take of a service is the least difference over all sets that contain it.
///
/// Where every booking takes one cell that is exact. Where some take several it is a bound: each
/// cell could do it, but perhaps not with every booking at one window for its whole time.
struct CellCounts: Hashable, Sendable {
    /// For each cell and service, the bookings that are served in the cell.
    private(set) var booked: [UInt8]
    /// For each cell and channel, the same.
    private(set) var byChannel: [UInt8]
    /// For each service and cell, how many more the cell could take.
    private(set) var left: [UInt8]

    static let channels = BookingChannel.allCases.count

    init(_ grid: SlotGrid) {
        booked = Array(repeating: 0, count: grid.starts.count * grid.services)
        left = booked
        byChannel = Array(repeating: 0, count: grid.starts.count * CellCounts.channels)
        for cell in grid.starts.indices { refresh(cell, grid) }
    }

    /// Counts a booking in a cell, or counts it no more.
    mutating func count(
        _ cell: Int, service: Int, channel: BookingChannel, taken: Bool, _ grid: SlotGrid
    ) {
        let change: UInt8 = taken ? 1 : 255
        booked[cell * grid.services + service] &+= change
        byChannel[cell * CellCounts.channels + channel.index] &+= change
        refresh(cell, grid)
    }

    /// How many more bookings of a service the cells could take, each by itself.
    @inline(__always)
    func left(in cells: Range<Int>, service: Int, _ grid: SlotGrid) -> Int {
        let row = service * grid.starts.count
        var least = UInt8.max
        for cell in cells { least = min(least, left[row + cell]) }
        return Int(least)
    }

    /// How many more bookings a channel may have in all of the cells.
    @inline(__always)
    func share(in cells: Range<Int>, channel: BookingChannel, _ grid: SlotGrid) -> Int {
        let row = channel.index * grid.starts.count
        var least = Int.max
        for cell in cells {
            let taken = byChannel[cell * CellCounts.channels + channel.index]
            least = min(least, Int(grid.shares[row + cell]) - Int(taken))
        }
        return max(0, least)
    }

    /// How many more bookings of a service a channel may make in each of its slots of one cell; 0 in
    /// those before `earliest`.
    func free(
        _ slots: SlotGrid.Slots, service: Int, channel: BookingChannel, from earliest: Int32,
        _ grid: SlotGrid
    ) -> [Int32] {
        let (row, shares) = (service * grid.starts.count, channel.index * grid.starts.count)
        // A share of all leaves as much as there is.
        let isShared = grid.isShared[channel.index]
        return [Int32](unsafeUninitializedCapacity: slots.cells.count) { target, count in
            left.withUnsafeBufferPointer { left in
                for slot in slots.cells.indices {
                    let cell = Int(slots.cells[slot])
                    var free = Int32(left[row + cell])
                    if isShared {
                        let taken = byChannel[cell * CellCounts.channels + channel.index]
                        let share = Int32(grid.shares[shares + cell]) - Int32(taken)
                        free = max(0, min(free, share))
                    }
                    (target.baseAddress! + slot).initialize(
                        to: slots.starts[slot] >= earliest ? free : 0)
                }
            }
            count = slots.cells.count
        }
    }

    /// Works out what a cell can still take.
    private mutating func refresh(_ cell: Int, _ grid: SlotGrid) {
        let services = grid.services
        let sets = 1 << services
        // There are at most eight services. The sets are gone through so that each differs from the
        // one before in one service.
        let bits = SIMD8<Int16>(1, 2, 4, 8, 16, 32, 64, 128)
        var least = SIMD8<Int16>(repeating: Int16(UInt8.max))
        var (set, demand) = (0, Int16(0))
        for step in 1..<max(sets, 1) {
            let service = step.trailingZeroBitCount
            set ^= 1 << service
            let own = Int16(booked[cell * services + service])
            demand += set & 1 << service != 0 ? own : -own
            let slack = SIMD8<Int16>(repeating: Int16(grid.windows[cell * sets + set]) - demand)
            let isIn = (bits & SIMD8<Int16>(repeating: Int16(set))) .!= 0
            least.replace(with: pointwiseMin(least, slack), where: isIn)
        }
        for service in 0..<services {
            left[service * grid.starts.count + cell] = UInt8(clamping: least[service])
        }
    }
}
