// SPDX-License-Identifier: Apache-2.0

/// Looks for room for more bookings where others would have to go to other windows.
///
/// Sending bookings away (``Ejecting``) finds most of what there is. Mixing rotas (``RotaMix``) finds
/// the rest, or proves that there is no room. Where a mixture is not of whole rotas, those that there
/// is most of serve nearly all, and who is left sends others away again; after that a search among the
/// windows whose rotas were mixed decides (``WindowSearch``). Each does so much work at most.
struct Rearranging {
    /// How many bookings look for a window at most when they send others away, before rotas are mixed.
    static let ejectingBefore = 100

    /// The same after that: a look costs by the number of windows, and in an office of a dozen there is time
    /// for many more.
    static func ejectingAfter(windows: Int) -> Int { max(1_000, 48_000 / max(1, windows)) }

    /// The work of mixing rotas at most, and the steps of one search.
    static let mixing = 50_000
    static let searching = 1_500

    let assignment: Assignment
    let grid: SlotGrid
    let stays: WindowStays
    /// What has been proved about these bookings, and how many there are of each slot.
    private var proofs: [FullProof] = []
    private var counts: [Int32] = []

    init(_ assignment: Assignment, _ grid: SlotGrid, _ stays: WindowStays) {
        self.assignment = assignment
        self.grid = grid
        self.stays = stays
    }

    /// Where bookings go so that others have room.
    struct Found {
        var moves: [(job: Int, kind: UInt8)] = []
        /// The kinds of windows for the new ones.
        var new: [UInt8] = []
    }

    /// New bookings of one slot.
    struct Wanted {
        let count: Int
        let service: Int
        let cells: Range<Int>
    }

    /// The most bookings of a slot that could be added, between two bounds.
    mutating func most(
        from least: Int, to most: Int, _ service: Int, _ cells: Range<Int>
    ) -> Int {
        let most = min(most, proved(service, cells.lowerBound))
        var count = least
        while count < most {
            let wanted = Wanted(count: count + 1, service: service, cells: cells)
            guard room(for: wanted) != nil else { return count }
            count += 1
        }
        return count
    }

    /// Room for new bookings; nil if there is none, or none was found.
    mutating func room(for wanted: Wanted) -> Found? {
        let seats = Seats(
            assignment, grid, stays, new: wanted.count, service: wanted.service,
            cell: wanted.cells.lowerBound)
        if hasRoom(seats, Rearranging.ejectingBefore) { return seats.found() }
        seats.reset()
        let rotas = Rotas(seats)
        var mix = RotaMix(
            rotas, missing: wanted.count, of: rotas.slot(wanted.service, wanted.cells.lowerBound))
        let answer = mix.run(atMost: Rearranging.mixing)
        if let proof = mix.proof {
            proofs.append(proof)
            return nil
        }
        seats.follow(mix.mostly, rotas)
        let limit = Rearranging.ejectingAfter(windows: grid.plan.windows.count)
        if hasRoom(seats, limit) { return seats.found() }
        guard answer == .served else { return nil }
        return searched(wanted, mixedKinds(mix)) ?? searched(wanted, .max)
    }

    private func hasRoom(_ seats: Seats, _ limit: Int) -> Bool {
        var ejecting = Ejecting(seats)
        return ejecting.run(atMost: limit)
    }

    /// How many more bookings of a slot there may be, as far as has been proved.
    private mutating func proved(_ service: Int, _ cell: Int) -> Int {
        guard !proofs.isEmpty else { return .max }
        if counts.isEmpty { counts = assignment.counts(grid) }
        let slot = service * grid.starts.count + cell
        return proofs.reduce(.max) { min($0, $1.more(of: slot, counts)) }
    }

    // MARK: Searching among mixtures

    private func mixedKinds(_ mix: borrowing RotaMix) -> UInt64 {
        var kinds: UInt64 = 0
        for index in mix.mixed {
            let turn = mix.rotas.turns[index]
            let place = turn.cells.lowerBound * WindowStays.width + turn.window
            kinds |= 1 << UInt64(stays.kinds[place])
        }
        return kinds
    }

    /// Searches for room at some kinds of windows, where all others stay.
    private func searched(_ wanted: Wanted, _ kinds: UInt64) -> Found? {
        let region = Region(self, wanted, kinds)
        let search = WindowSearch(
            self, region, wanted.count, wanted.service, wanted.cells.lowerBound)
        guard search.run(atMost: Rearranging.searching) else { return nil }
        var found = Found()
        for (place, job) in region.jobs.enumerated()
        where assignment.jobs[job].kind != search.kind(of: place) {
            found.moves.append((job, search.kind(of: place)))
        }
        found.new = (region.jobs.count..<search.count).map { search.kind(of: $0) }
        return found
    }

    /// The bookings at some kinds of windows.
    struct Region {
        private(set) var jobs: [Int] = []
        /// All cells that they and the new ones take.
        private(set) var hull: Range<Int>
        let kinds: UInt64

        init(_ all: Rearranging, _ wanted: Wanted, _ kinds: UInt64) {
            var (low, high) = (wanted.cells.lowerBound, wanted.cells.upperBound)
            for (index, job) in all.assignment.jobs.enumerated()
            where job.kind != Assignment.Job.nowhere && kinds & 1 << UInt64(job.kind) != 0 {
                let first = Int(job.cell)
                jobs.append(index)
                low = min(low, first)
                high = max(high, first + Int(all.grid.length[Int(job.service)]))
            }
            hull = low..<high
            self.kinds = kinds
        }
    }
}
