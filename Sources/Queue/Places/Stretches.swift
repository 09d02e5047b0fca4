// SPDX-License-Identifier: Apache-2.0

/// The cells in which some bookings lie, those with the same bookings taken together, and how many
/// windows of each kind there are for them.
struct Stretches {
    typealias Capacities = UnsafeMutablePointer<SIMD64<UInt8>>

    /// How many stretches there are.
    let count: Int
    private let firsts: [Int32]
    private let ends: [Int32]
    private let cells: [Range<Int>]
    private let services: [UInt8]
    private let offsets: [Int32]
    private let members: [Int32]
    private let capacities: [SIMD64<UInt8>]

    init(
        _ all: Rearranging, _ region: Rearranging.Region, _ new: Int, _ service: Int, _ cell: Int
    ) {
        let jobs = all.assignment.jobs
        services =
            region.jobs.map { jobs[$0].service }
            + Array(repeating: UInt8(service), count: new)
        let starts =
            region.jobs.map { Int(jobs[$0].cell) } + Array(repeating: cell, count: new)
        let lengths = all.grid.length
        let cells = zip(starts, services).map { $0..<$0 + Int(lengths[Int($1)]) }
        self.cells = cells
        let hull = region.hull
        // A stretch begins wherever a booking begins or ends.
        var isBorder = [Bool](repeating: false, count: hull.count + 1)
        isBorder[0] = true
        for cells in cells {
            isBorder[cells.lowerBound - hull.lowerBound] = true
            isBorder[cells.upperBound - hull.lowerBound] = true
        }
        var stretch = [Int32](repeating: 0, count: hull.count + 1)
        for place in 1...hull.count {
            stretch[place] = stretch[place - 1] + (isBorder[place] ? 1 : 0)
        }
        let count = Int(stretch[hull.count - 1]) + 1
        stretch[hull.count] = Int32(count)
        firsts = cells.map { stretch[$0.lowerBound - hull.lowerBound] }
        ends = cells.map { stretch[$0.upperBound - hull.lowerBound] }
        self.count = count
        (offsets, members) = Stretches.lists(firsts, ends, count)

        var capacities = [SIMD64<UInt8>](
            repeating: SIMD64(repeating: UInt8.max), count: count)
        // What the bookings have now is free for them.
        var own = [SIMD64<UInt8>](repeating: SIMD64(), count: hull.count)
        for (place, job) in region.jobs.enumerated() {
            let kind = Int(jobs[job].kind)
            for cell in cells[place] { own[cell - hull.lowerBound][kind] += 1 }
        }
        for (place, cell) in hull.enumerated() {
            let free =
                Stretches.row(all.stays.size, cell) &- Stretches.row(all.assignment.load, cell)
                &+ own[place]
            let at = Int(stretch[place])
            capacities[at] = pointwiseMin(capacities[at], free)
        }
        self.capacities = capacities
    }

    private static func row(_ table: [UInt8], _ cell: Int) -> SIMD64<UInt8> {
        table.withUnsafeBytes {
            $0.loadUnaligned(
                fromByteOffset: cell * WindowStays.width, as: SIMD64<UInt8>.self)
        }
    }

    /// For each stretch, the bookings in it.
    private static func lists(
        _ firsts: [Int32], _ ends: [Int32], _ count: Int
    ) -> (offsets: [Int32], members: [Int32]) {
        var offsets = [Int32](repeating: 0, count: count + 1)
        for job in firsts.indices {
            for stretch in firsts[job]..<ends[job] { offsets[Int(stretch) + 1] += 1 }
        }
        for stretch in 0..<count { offsets[stretch + 1] += offsets[stretch] }
        var next = offsets
        var members = [Int32](repeating: 0, count: Int(offsets[count]))
        for job in firsts.indices {
            for stretch in firsts[job]..<ends[job] {
                members[Int(next[Int(stretch)])] = Int32(job)
                next[Int(stretch)] += 1
            }
        }
        return (offsets, members)
    }

    func range(_ job: Int) -> Range<Int> { Int(firsts[job])..<Int(ends[job]) }

    func jobs(in stretch: Int) -> ArraySlice<Int32> {
        members[Int(offsets[stretch])..<Int(offsets[stretch + 1])]
    }

    func capacity(of stretch: Int) -> SIMD64<UInt8> { capacities[stretch] }

    /// Whether two bookings are of one service and begin together.
    func areAlike(_ a: Int, _ b: Int) -> Bool {
        services[a] == services[b] && cells[a].lowerBound == cells[b].lowerBound
    }

    /// The kinds at which a booking may be served if it were alone.
    func domain(_ job: Int, _ all: Rearranging) -> UInt64 {
        let cells = cells[job]
        var kinds =
            all.stays.able[Int(services[job]) * all.grid.starts.count + cells.lowerBound]
        var rest = kinds
        while rest != 0 {
            let kind = rest.trailingZeroBitCount
            rest &= rest - 1
            for stretch in range(job) where capacities[stretch][kind] == 0 {
                kinds &= ~(1 << UInt64(kind))
            }
        }
        return kinds
    }

    // MARK: Filling up

    /// What the windows can take while nobody is there; to be deallocated.
    func freshCapacities() -> Capacities {
        let copy = Capacities.allocate(capacity: count)
        for stretch in 0..<count { copy[stretch] = capacities[stretch] }
        return copy
    }

    func hasRoom(_ job: Int, _ kind: Int, _ left: Capacities) -> Bool {
        for stretch in range(job) where left[stretch][kind] == 0 { return false }
        return true
    }

    func take(_ job: Int, _ kind: Int, _ left: Capacities) {
        for stretch in range(job) { left[stretch][kind] -= 1 }
    }

    /// The kind of window at which a booking finds the fewest stretches full.
    func leastBlocked(
        _ job: Int, _ domain: UInt64, _ left: Capacities
    ) -> (kind: Int, cells: Int) {
        var best = (kind: 0, cells: Int.max)
        var rest = domain
        while rest != 0, best.cells > 0 {
            let kind = rest.trailingZeroBitCount
            rest &= rest - 1
            var blocked = 0
            for stretch in range(job) where left[stretch][kind] == 0 { blocked += 1 }
            if blocked < best.cells { best = (kind, blocked) }
        }
        return best
    }
}
