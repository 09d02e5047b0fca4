// SPDX-License-Identifier: Apache-2.0

/// Looks for room for more bookings where others would have to go to other windows.
///
/// Three ways are tried in turn. Moving few (``Displacing``) finds what is near. Mixing rotas
/// (``RotaMix``) finds most of the rest, or proves that there is no room. Where a mixture cannot be
/// had by whole rotas, a search among its windows decides (``WindowSearch``). Each looks at the part
/// of the day around the slot before it looks at more: if there is room while all others stay where
/// they are, there is room; if there is none even without the others, there is none.
struct Rearranging {
    /// How many bookings are moved at most by moving few, and in how many steps.
    static let moves = (most: 10, steps: 150)
    /// The work of one mixing of rotas at most, and the steps of one search.
    static let mixing = 40_000
    static let searching = 1_500

    let assignment: Assignment
    let grid: SlotGrid
    let stays: WindowStays

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
    func most(from least: Int, to most: Int, _ service: Int, _ cells: Range<Int>) -> Int {
        var count = most
        while count > least,
            room(for: Wanted(count: count, service: service, cells: cells)) == nil
        {
            count -= 1
        }
        return count
    }

    /// Room for new bookings; nil if there is none.
    func room(for wanted: Wanted) -> Found? {
        let seats = seats(wanted)
        if isProvedFull(seats, wanted, around: wanted.cells) { return nil }
        var displacing = Displacing(seats)
        if displacing.run(moves: Rearranging.moves.most, atMost: Rearranging.moves.steps) {
            return seats.found()
        }
        let (reach, whole) = (max(3, Int(grid.length.max() ?? 1)), grid.starts.indices)
        var before: Range<Int>?
        for part in [part(wanted, reach), part(wanted, 3 * reach), whole] where part != before {
            before = part
            let mix = mix(seats, wanted, around: part, othersStay: true)
            switch mix.run(atMost: Rearranging.mixing) {
            case .served:
                if let found = found(mix, wanted, part) { return found }
            case .tooMany:
                if part == whole || isProvedFull(seats, wanted, around: part) { return nil }
            case .undecided: break
            }
        }
        return searched(wanted, in: whole, .max)
    }

    private func seats(_ wanted: Wanted) -> Seats {
        Seats(
            assignment, grid, stays, new: wanted.count, service: wanted.service,
            cell: wanted.cells.lowerBound)
    }

    private func part(_ wanted: Wanted, _ reach: Int) -> Range<Int> {
        max(
            0, wanted.cells.lowerBound - reach)..<min(
                grid.starts.count, wanted.cells.upperBound + reach)
    }

    private func mix(
        _ seats: Seats, _ wanted: Wanted, around part: Range<Int>, othersStay: Bool
    ) -> RotaMix {
        let rotas = Rotas(seats, around: part, othersStay: othersStay)
        return RotaMix(
            rotas, missing: wanted.count,
            of: rotas.slot(wanted.service, wanted.cells.lowerBound))
    }

    /// Whether not even the bookings that touch a part of the day can all be served.
    private func isProvedFull(
        _ seats: Seats, _ wanted: Wanted, around part: Range<Int>
    ) -> Bool {
        mix(seats, wanted, around: part, othersStay: false).run(atMost: Rearranging.mixing)
            == .tooMany
    }

    // MARK: From mixtures to rotas

    private func found(_ mix: RotaMix, _ wanted: Wanted, _ part: Range<Int>) -> Found? {
        if mix.isWhole {
            let seats = seats(wanted)
            if seats.follow(mix.mostly, mix.rotas) { return seats.found() }
        }
        var kinds: UInt64 = 0
        for turn in mix.mixed {
            let place = turn.cells.lowerBound * WindowStays.width + turn.window
            kinds |= 1 << UInt64(stays.kinds[place])
        }
        return searched(wanted, in: part, kinds)
    }

    /// Searches for room at some kinds of windows, where bookings that do not lie within the part
    /// stay.
    private func searched(_ wanted: Wanted, in part: Range<Int>, _ kinds: UInt64) -> Found? {
        let region = Region(self, wanted, in: part, kinds)
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

    /// The bookings at some kinds of windows that lie within a part of the day.
    struct Region {
        private(set) var jobs: [Int] = []
        /// All cells that they and the new ones take.
        private(set) var hull: Range<Int>
        let kinds: UInt64

        init(_ all: Rearranging, _ wanted: Wanted, in part: Range<Int>, _ kinds: UInt64) {
            var (low, high) = (wanted.cells.lowerBound, wanted.cells.upperBound)
            for (index, job) in all.assignment.jobs.enumerated()
            where job.kind != Assignment.Job.nowhere && kinds & 1 << UInt64(job.kind) != 0 {
                let first = Int(job.cell)
                let end = first + Int(all.grid.length[Int(job.service)])
                guard part.lowerBound <= first, end <= part.upperBound else { continue }
                jobs.append(index)
                low = min(low, first)
                high = max(high, end)
            }
            hull = low..<high
            self.kinds = kinds
        }
    }
}
