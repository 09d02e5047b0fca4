// SPDX-License-Identifier: Apache-2.0

/// The rotas that the windows of a day could have: what each serves, one after another.
///
/// What is to be served is counted by its slot, that is by service and first cell: bookings of one
/// slot are alike. Each window has one or more turns, runs of cells that it can fill as it likes.
final class Rotas {
    /// A run of cells of one window.
    struct Turn {
        let window: Int
        let cells: Range<Int>
        /// Where the slots stand that it serves now.
        let now: Range<Int>
    }

    let turns: [Turn]
    /// How many slots there are: a service's are in a row, one for each cell.
    let slots: Int
    private let cells: Int
    private let stays: WindowStays
    /// How many bookings each slot has, the new ones included.
    private var wanted: [Int32]
    /// The slots that turns serve now, turn after turn.
    private let served: [Int32]
    /// For each cell, the services of which a wanted slot starts there.
    private let starting: UnsafeMutablePointer<UInt64>
    private let lengths: UnsafeMutablePointer<Int>
    private let values: UnsafeMutablePointer<Double>
    private let choices: UnsafeMutablePointer<Int8>
    private let isNow: UnsafeMutablePointer<Bool>

    /// The windows' rotas are now as bookings are seated.
    init(_ seats: Seats) {
        let (services, cells) = (seats.grid.length.count, seats.grid.starts.count)
        self.cells = cells
        stays = seats.stays
        slots = services * cells
        starting = .allocate(capacity: cells)
        starting.initialize(repeating: 0, count: cells)
        lengths = .allocate(capacity: services)
        for service in 0..<services {
            (lengths + service).initialize(to: Int(seats.grid.length[service]))
        }
        values = .allocate(capacity: cells + 1)
        choices = .allocate(capacity: cells + 1)
        isNow = .allocate(capacity: slots)
        isNow.initialize(repeating: false, count: slots)
        (turns, served) = Rotas.now(seats)
        wanted = Array(repeating: 0, count: slots)
        for slot in served { wanted[Int(slot)] += 1 }
        for job in seats.known..<seats.jobs.count {
            wanted[slot(Int(seats.jobs[job].service), seats.firsts[job])] += 1
        }
        for slot in 0..<slots where wanted[slot] > 0 {
            starting[slot % cells] |= 1 << UInt64(slot / cells)
        }
    }

    deinit {
        starting.deallocate()
        lengths.deallocate()
        values.deallocate()
        choices.deallocate()
        isNow.deallocate()
    }

    /// The turns of the windows, one window after another, and what they serve.
    private static func now(_ seats: Seats) -> (turns: [Turn], served: [Int32]) {
        let cells = seats.grid.starts.count
        var turns: [Turn] = []
        var served: [Int32] = []
        for window in seats.stays.services.indices {
            var (first, before) = (0, served.count)
            func end(at cell: Int) {
                if first < cell {
                    turns.append(
                        Turn(window: window, cells: first..<cell, now: before..<served.count))
                }
                before = served.count
            }
            var cell = 0
            while cell < cells {
                let isThere = seats.stays.present[cell] & 1 << UInt64(window) != 0
                if !isThere || seats.grid.isFirst(cell) {
                    end(at: cell)
                    first = isThere ? cell : cell + 1
                }
                guard isThere, let job = seats.occupant(cell, window) else {
                    cell += 1
                    continue
                }
                served.append(Int32(Int(seats.jobs[job].service) * cells + cell))
                cell = seats.ends[job]
            }
            end(at: cells)
        }
        return (turns, served)
    }

    /// The slot of a service from a cell on.
    func slot(_ service: Int, _ cell: Int) -> Int { service * cells + cell }

    /// The cell in which a slot starts.
    func cell(_ slot: Int) -> Int { slot % cells }

    /// The windows that can serve a slot.
    func able(_ slot: Int) -> UInt64 { stays.each[slot] }

    /// The slots that a turn serves now.
    func now(_ turn: Int) -> ArraySlice<Int32> { served[turns[turn].now] }

    /// What a turn earns now.
    func earned(_ turn: Int, _ prices: UnsafeMutablePointer<Double>) -> Double {
        var earned = 0.0
        for place in turns[turn].now { earned += prices[Int(served[place])] }
        return earned
    }

    /// The most that a turn can earn if each slot has a price (``chosen(_:)`` says how); where it
    /// makes no difference, it rather serves what it serves now.
    func best(_ index: Int, _ prices: UnsafeMutablePointer<Double>) -> Double {
        let turn = turns[index]
        let services = stays.services[turn.window]
        for place in turn.now { isNow[Int(served[place])] = true }
        let base = turn.cells.lowerBound
        let count = turn.cells.count
        values[count] = 0
        for place in stride(from: count - 1, through: 0, by: -1) {
            var (value, choice) = (values[place + 1], Int8(-1))
            var asked = starting[base + place] & services
            while asked != 0 {
                let service = asked.trailingZeroBitCount
                asked &= asked - 1
                let end = place + lengths[service]
                guard end <= count else { continue }
                let slot = service * cells + base + place
                let own = prices[slot] + (isNow[slot] ? Rotas.habit : 0)
                guard own > 0 else { continue }
                if own + values[end] > value + Rotas.habit / 1_000 {
                    (value, choice) = (own + values[end], Int8(service))
                }
            }
            values[place] = value
            choices[place] = choice
        }
        for place in turn.now { isNow[Int(served[place])] = false }
        var earned = 0.0
        walk(turn) { earned += prices[$0] }
        return earned
    }

    /// What it is worth to a window to serve what it serves now, far less than any price.
    static let habit = 1e-5

    /// The slots that the turn serves which was asked about last.
    func chosen(_ turn: Int) -> [Int32] {
        var slots: [Int32] = []
        walk(turns[turn]) { slots.append(Int32($0)) }
        return slots
    }

    @inline(__always)
    private func walk(_ turn: Turn, _ body: (Int) -> Void) {
        let base = turn.cells.lowerBound
        var place = 0
        while place < turn.cells.count {
            let service = Int(choices[place])
            if service < 0 {
                place += 1
            } else {
                body(service * cells + base + place)
                place += lengths[service]
            }
        }
    }

    /// That all windows together earn less than all bookings would pay, in whole numbers: then not
    /// all can be served, whatever the prices are; nil if they do not.
    func proof(_ prices: UnsafeMutablePointer<Double>) -> FullProof? {
        let whole = (0..<slots).map { slot in
            wanted[slot] > 0 ? Int(max(0, prices[slot]) * 65_536 + 0.5) : 0
        }
        let paid = (0..<slots).reduce(0) { $0 + whole[$1] * Int(wanted[$1]) }
        var values = [Int](repeating: 0, count: cells + 1)
        let bound = turns.reduce(0) { $0 + most($1, whole, &values) }
        guard bound < paid else { return nil }
        return FullProof(
            prices: whole.indices.filter { whole[$0] > 0 }.map { ($0, whole[$0]) }, most: bound)
    }

    private func most(_ turn: Turn, _ prices: [Int], _ values: inout [Int]) -> Int {
        let count = turn.cells.count
        values[count] = 0
        for place in stride(from: count - 1, through: 0, by: -1) {
            values[place] = values[place + 1]
            let cell = turn.cells.lowerBound + place
            var asked = starting[cell] & stays.services[turn.window]
            while asked != 0 {
                let service = asked.trailingZeroBitCount
                asked &= asked - 1
                let end = place + lengths[service]
                guard end <= count else { continue }
                values[place] = max(values[place], prices[service * cells + cell] + values[end])
            }
        }
        return values[0]
    }
}
