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
        let cells = grid.starts.count
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: sets) { slack in
            guard let slack = slack.baseAddress else { return }
            // First what is booked for each set: a set with one service more, from the one without.
            slack[0] = 0
            for service in 0..<services {
                let (half, own) = (1 << service, booked[cell * services + service])
                for set in 0..<half { slack[half + set] = slack[set] &+ own }
            }
            grid.windows.withUnsafeBufferPointer { windows in
                for set in 0..<sets { slack[set] = windows[cell * sets + set] &- slack[set] }
            }
            // The last service is in the second half of the sets. Of two sets that are alike but for
            // it, the lesser difference counts for the others.
            slack[0] = .max
            for service in stride(from: services - 1, through: 0, by: -1) {
                let half = 1 << service
                var least = UInt8.max
                for set in 0..<half {
                    least = min(least, slack[half + set])
                    slack[set] = min(slack[set], slack[half + set])
                }
                left[service * cells + cell] = least
            }
        }
    }
}
