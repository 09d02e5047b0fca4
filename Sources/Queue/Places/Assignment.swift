// SPDX-License-Identifier: Apache-2.0

/// Which bookings of a day are served at which kind of window: the proof that all can be kept.
///
/// Each booking that is served lies in one stay of a window (``WindowStays``), and no kind has more
/// at once than it has windows.
struct Assignment: Sendable {
    /// A booking's service, first cell, and kind of window.
    struct Job: Sendable {
        let cell: Int16
        let service: UInt8
        var kind: UInt8

        static let nowhere: UInt8 = 255
    }

    /// By the bookings' numbers, unless ``names`` says otherwise; those that are not served are nowhere.
    private(set) var jobs: [Job] = []
    /// Of what each job is a part, once a booking has several; empty while job n is that of booking n + 1.
    private(set) var names: [UInt32] = []
    /// The other way round.
    private var places: [UInt32: Int] = [:]
    /// For each cell and kind, how many bookings are there.
    private(set) var load: [UInt8]
    /// For each cell, the kinds that could take another booking.
    private(set) var room: [UInt64]

    init(_ stays: WindowStays) {
        load = Array(repeating: 0, count: stays.size.count)
        room = stays.there
    }

    /// The kinds at which a booking of the service has a place as things are.
    @inline(__always)
    func open(_ service: Int, _ cells: Range<Int>, _ stays: WindowStays) -> UInt64 {
        var kinds = stays.able[service * room.count + cells.lowerBound]
        for cell in cells { kinds &= room[cell] }
        return kinds
    }

    /// Of some kinds, those where a booking leaves no gap to others, before it or behind it, so that
    /// long ones find room later.
    private func fitting(_ kinds: UInt64, _ cells: Range<Int>) -> UInt64 {
        let before = cells.lowerBound > 0 ? ~room[cells.lowerBound - 1] : .max
        let behind = cells.upperBound < room.count ? ~room[cells.upperBound] : .max
        for best in [kinds & before & behind, kinds & (before | behind)] where best != 0 {
            return best
        }
        return kinds
    }

    /// How many bookings of the service have a place there with all others where they are.
    func count(_ service: Int, _ cells: Range<Int>, _ stays: WindowStays) -> Int {
        var (kinds, count) = (open(service, cells, stays), 0)
        while kinds != 0 {
            let kind = kinds.trailingZeroBitCount
            kinds &= kinds - 1
            var least = UInt8.max
            for cell in cells {
                let place = cell * WindowStays.width + kind
                least = min(least, stays.size[place] - load[place])
            }
            count += Int(least)
        }
        return count
    }

    /// Whether one more booking could be served, all others too but perhaps elsewhere.
    func admits(_ service: Int, _ cells: Range<Int>, _ grid: SlotGrid, _ stays: WindowStays) -> Bool
    {
        open(service, cells, stays) != 0 || room(service, cells, grid, stays) != nil
    }

    /// Where others would have to go so that one more booking could be served; nil if it cannot be.
    private func room(
        _ service: Int, _ cells: Range<Int>, _ grid: SlotGrid, _ stays: WindowStays
    ) -> Rearranging.Found? {
        var rearranging = Rearranging(self, grid, stays)
        return rearranging.room(
            for: Rearranging.Wanted(count: 1, service: service, cells: cells))
    }

    /// How many bookings each slot has: service after service, one for each cell.
    func counts(_ grid: SlotGrid) -> [Int32] {
        var counts = [Int32](repeating: 0, count: room.count * grid.length.count)
        for job in jobs where job.kind != Job.nowhere {
            counts[Int(job.service) * room.count + Int(job.cell)] += 1
        }
        return counts
    }

    /// Serves a booking, the others perhaps elsewhere than before; false if it cannot be.
    mutating func take(
        _ number: UInt32, _ service: Int, _ cells: Range<Int>, _ grid: SlotGrid,
        _ stays: WindowStays
    ) -> Bool {
        let open = fitting(open(service, cells, stays), cells)
        var kind = UInt8(truncatingIfNeeded: open.trailingZeroBitCount)
        if open == 0 {
            guard let found = room(service, cells, grid, stays), let own = found.new.first else {
                return false
            }
            for move in found.moves { leave(move.job, grid, stays) }
            for move in found.moves { enter(move.job, move.kind, grid, stays) }
            kind = own
        }
        let job = place(adding: number)
        jobs[job] = Job(
            cell: Int16(cells.lowerBound), service: UInt8(service), kind: Job.nowhere)
        enter(job, kind, grid, stays)
        return true
    }

    /// A booking is served no more.
    mutating func give(_ number: UInt32, _ grid: SlotGrid, _ stays: WindowStays) {
        leave(names.isEmpty ? Int(number) - 1 : places[number] ?? 0, grid, stays)
    }

    /// The place of a booking, or of a part of one, among the jobs.
    private mutating func place(adding number: UInt32) -> Int {
        let nowhere = Job(cell: 0, service: 0, kind: Job.nowhere)
        if names.isEmpty, number < Capacity.Taker.partUnit {
            while jobs.count < Int(number) { jobs.append(nowhere) }
            return Int(number) - 1
        }
        if names.isEmpty, !jobs.isEmpty {
            names = (1...UInt32(jobs.count)).map { $0 }
            places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        }
        if let place = places[number] { return place }
        names.append(number)
        jobs.append(nowhere)
        places[number] = jobs.count - 1
        return jobs.count - 1
    }

    private mutating func enter(
        _ job: Int, _ kind: UInt8, _ grid: SlotGrid, _ stays: WindowStays
    ) {
        jobs[job].kind = kind
        let first = Int(jobs[job].cell)
        for cell in first..<first + Int(grid.length[Int(jobs[job].service)]) {
            let place = cell * WindowStays.width + Int(kind)
            load[place] += 1
            if load[place] == stays.size[place] { room[cell] &= ~(1 << UInt64(kind)) }
        }
    }

    private mutating func leave(_ job: Int, _ grid: SlotGrid, _ stays: WindowStays) {
        let (first, kind) = (Int(jobs[job].cell), jobs[job].kind)
        jobs[job].kind = Job.nowhere
        for cell in first..<first + Int(grid.length[Int(jobs[job].service)]) {
            load[cell * WindowStays.width + Int(kind)] -= 1
            room[cell] |= 1 << UInt64(kind)
        }
    }
}
