// SPDX-License-Identifier: Apache-2.0

/// The places of one day: how many there are in each slot, and how many are taken.
///
/// Whether the windows of a cell can serve the bookings in it is Hall's condition: for every set of
/// services, the bookings for them are no more than the windows that render any of them. So the
/// places left for a service are the least difference over all sets that contain it.
public struct Capacity: Sendable {
    let grid: SlotGrid
    /// For each cell, channel and service, the bookings that take a place.
    private var booked: [UInt8]
    /// For each channel, service and cell, the places left in that cell.
    private var left: [UInt8]

    private static let channels = BookingChannel.allCases.count

    init(_ grid: SlotGrid) {
        self.grid = grid
        let count = grid.starts.count * Capacity.channels * grid.services
        booked = Array(repeating: 0, count: count)
        left = Array(repeating: 0, count: count)
        for cell in grid.starts.indices { refresh(cell) }
    }

    /// When the slots of a service start.
    @inline(__always)
    func starts(of service: Int) -> [Int32] { grid.slots[service].starts }

    /// The places left in each of those slots for a channel; 0 in those before `earliest`.
    func free(of service: Int, channel: BookingChannel, from earliest: Int32) -> [Int32] {
        let slots = grid.slots[service]
        let row = (channel.index * grid.services + service) * grid.starts.count
        let length = Int(grid.length[service])
        return [Int32](unsafeUninitializedCapacity: slots.cells.count) { target, count in
            left.withUnsafeBufferPointer { left in
                for slot in slots.cells.indices {
                    let first = row + Int(slots.cells[slot])
                    var least = left[first]
                    for cell in 1..<max(1, length) { least = min(least, left[first + cell]) }
                    (target.baseAddress! + slot).initialize(
                        to: slots.starts[slot] >= earliest ? Int32(least) : 0)
                }
            }
            count = slots.cells.count
        }
    }

    /// The cell that starts then; nil if none does.
    func cell(at start: Int32) -> Int? { grid.cell(at: start) }

    /// The windows that render the service all through its slot from that cell on.
    func places(from cell: Int, service: Int) -> Int {
        guard let cells = grid.cells(from: cell, service: service) else { return 0 }
        var least = UInt8.max
        for cell in cells {
            least = min(least, grid.windows[cell << grid.services + 1 << service])
        }
        return Int(least)
    }

    /// How many more bookings of the service the channel may make from that cell on.
    func free(from cell: Int, service: Int, channel: BookingChannel) -> Int {
        guard let cells = grid.cells(from: cell, service: service) else { return 0 }
        let row = (channel.index * grid.services + service) * grid.starts.count
        var least = UInt8.max
        for cell in cells { least = min(least, left[row + cell]) }
        return Int(least)
    }

    /// Takes a place from that cell on, or gives it back.
    ///
    /// A cell that the plan no longer has is passed over.
    mutating func occupy(_ start: Int32, service: Int, channel: BookingChannel, taken: Bool) {
        guard let first = grid.cell(at: start) else { return }
        let last = min(first + Int(grid.length[service]), grid.starts.count)
        for cell in first..<last {
            // A plan that was changed may have a gap where there was none.
            guard grid.starts[cell] == start + Int32(cell - first) * grid.cellSeconds else { break }
            let place = (cell * Capacity.channels + channel.index) * grid.services + service
            booked[place] = taken ? booked[place] &+ 1 : booked[place] &- 1
            refresh(cell)
        }
    }

    /// Works out the places left in a cell.
    private mutating func refresh(_ cell: Int) {
        let services = grid.services
        let sets = 1 << services
        // There are at most eight services.
        var total = SIMD8<Int32>()
        for channel in 0..<Capacity.channels {
            let row = (cell * Capacity.channels + channel) * services
            for service in 0..<services { total[service] += Int32(booked[row + service]) }
        }
        var least = SIMD8<Int32>(repeating: Int32(UInt8.max))
        for set in 1..<max(sets, 1) {
            var slack = Int32(grid.windows[cell * sets + set])
            for service in 0..<services where set & 1 << service != 0 { slack -= total[service] }
            for service in 0..<services where set & 1 << service != 0 {
                least[service] = min(least[service], slack)
            }
        }
        for service in 0..<services {
            let all = Int(grid.windows[cell * sets + 1 << service])
            for channel in 0..<Capacity.channels {
                let share = (all * grid.percent[channel] + 99) / 100
                let taken = Int(booked[(cell * Capacity.channels + channel) * services + service])
                left[(channel * services + service) * grid.starts.count + cell] = UInt8(
                    clamping: min(Int(least[service]), share - taken))
            }
        }
    }
}

extension Capacity: Hashable {
    /// Days with equal plans have equal grids.
    public static func == (a: Capacity, b: Capacity) -> Bool {
        a.booked == b.booked && a.left == b.left
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(booked) }
}
