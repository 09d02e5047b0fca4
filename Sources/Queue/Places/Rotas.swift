// SPDX-License-Identifier: Apache-2.0

/// The rotas that windows could have in a part of a day: what each serves there, one after another.
///
/// What is to be served is counted by its slot, that is by service and first cell: bookings of one
/// slot are alike. Each window has one or more turns, runs of cells that it can fill as it likes.
final class Rotas {
    /// A run of cells of one window, and the slots that it serves there now.
    struct Turn {
        let window: Int
        let cells: Range<Int>
        let now: [Int32]
    }

    /// The cells of the part.
    let cells: Range<Int>
    let turns: [Turn]
    /// How many slots there are: a service's are in a row.
    let slots: Int
    /// How many bookings each slot has, the new ones included.
    let wanted: UnsafeMutablePointer<Int32>
    private let seats: Seats
    /// For each cell, the services of which a wanted slot starts there.
    private let starting: UnsafeMutablePointer<UInt8>
    private let values: UnsafeMutablePointer<Double>
    private let choices: UnsafeMutablePointer<Int8>
    private let isNow: UnsafeMutablePointer<Bool>

    /// The rotas of a part of the day.
    ///
    /// If others stay, bookings that do not lie within the cells are where they are; if not, those
    /// that touch the cells may go anywhere, and all others are left out.
    init(_ seats: Seats, around cells: Range<Int>, othersStay: Bool) {
        self.seats = seats
        let services = seats.grid.services
        var hull = cells
        if !othersStay {
            for job in seats.jobs.indices where seats.window(of: job) >= 0 {
                let (first, end) = (seats.firsts[job], seats.ends[job])
                guard first < cells.upperBound, end > cells.lowerBound else { continue }
                hull = min(hull.lowerBound, first)..<max(hull.upperBound, end)
            }
        }
        self.cells = hull
        slots = services * hull.count
        wanted = .allocate(capacity: slots)
        wanted.initialize(repeating: 0, count: slots)
        starting = .allocate(capacity: hull.count)
        starting.initialize(repeating: 0, count: hull.count)
        values = .allocate(capacity: hull.count + 1)
        choices = .allocate(capacity: hull.count + 1)
        isNow = .allocate(capacity: slots)
        isNow.initialize(repeating: false, count: slots)
        var turns: [Turn] = []
        for window in 0..<seats.stays.services.count {
            Rotas.collect(seats, window, cells, hull, othersStay, &turns)
        }
        self.turns = turns
        for turn in turns { for slot in turn.now { wanted[Int(slot)] += 1 } }
        for job in seats.known..<seats.jobs.count {
            wanted[slot(Int(seats.jobs[job].service), seats.firsts[job])] += 1
        }
        for slot in 0..<slots where wanted[slot] > 0 {
            starting[slot % hull.count] |= 1 << UInt8(slot / hull.count)
        }
    }

    deinit {
        wanted.deallocate()
        starting.deallocate()
        values.deallocate()
        choices.deallocate()
        isNow.deallocate()
    }

    /// The turns of one window.
    private static func collect(
        _ seats: Seats, _ window: Int, _ part: Range<Int>, _ hull: Range<Int>, _ othersStay: Bool,
        _ turns: inout [Turn]
    ) {
        var first: Int?
        var now: [Int32] = []
        func end(at cell: Int) {
            if let first, first < cell {
                turns.append(Turn(window: window, cells: first..<cell, now: now))
            }
            first = nil
            now = []
        }
        var cell = hull.lowerBound
        while cell < hull.upperBound {
            let isThere = seats.stays.present[cell] & 1 << UInt64(window) != 0
            let isFirst =
                cell == 0
                || seats.grid.starts[cell] != seats.grid.starts[cell - 1] + seats.grid.cellSeconds
            if isFirst || !isThere { end(at: cell) }
            guard isThere else {
                cell += 1
                continue
            }
            guard let job = seats.occupant(cell, window) else {
                if first == nil { first = cell }
                cell += 1
                continue
            }
            let (start, stop) = (seats.firsts[job], seats.ends[job])
            let isIn =
                othersStay
                ? part.lowerBound <= start && stop <= part.upperBound
                : start < part.upperBound && stop > part.lowerBound
            if isIn {
                if first == nil { first = cell }
                now.append(
                    Int32(
                        Int(seats.jobs[job].service) * hull.count + start - hull.lowerBound))
            } else if othersStay {
                end(at: cell)
            } else if first == nil {
                first = cell
            }
            cell = min(stop, hull.upperBound)
        }
        end(at: hull.upperBound)
    }

    /// The slot of a service from a cell on.
    func slot(_ service: Int, _ cell: Int) -> Int {
        service * cells.count + cell - cells.lowerBound
    }

    /// The windows that can serve a slot.
    func able(_ slot: Int) -> UInt64 {
        let cell = cells.lowerBound + slot % cells.count
        return seats.stays.each[slot / cells.count * seats.grid.starts.count + cell]
    }

    /// The most that a turn can earn if each slot has a price (``chosen(_:)`` says how); where it
    /// makes no difference, it rather serves what it serves now.
    func best(_ turn: Turn, _ prices: UnsafeMutablePointer<Double>) -> Double {
        let (services, span) = (seats.stays.services[turn.window], cells.count)
        for slot in turn.now { isNow[Int(slot)] = true }
        let base = turn.cells.lowerBound - cells.lowerBound
        let count = turn.cells.count
        values[count] = 0
        for place in stride(from: count - 1, through: 0, by: -1) {
            var (value, choice) = (values[place + 1], Int8(-1))
            var asked = starting[base + place] & services
            while asked != 0 {
                let service = asked.trailingZeroBitCount
                asked &= asked - 1
                let end = place + Int(seats.grid.length[service])
                guard end <= count else { continue }
                let slot = service * span + base + place
                let own = prices[slot] + (isNow[slot] ? Rotas.habit : 0)
                guard own > 0 else { continue }
                if own + values[end] > value + Rotas.habit / 1_000 {
                    (value, choice) = (own + values[end], Int8(service))
                }
            }
            values[place] = value
            choices[place] = choice
        }
        for slot in turn.now { isNow[Int(slot)] = false }
        var earned = 0.0
        walk(turn) { earned += prices[$0] }
        return earned
    }

    /// What it is worth to a window to serve what it serves now, far less than any price.
    static let habit = 1e-5

    /// The slots that the turn serves which was asked about last.
    func chosen(_ turn: Turn) -> [Int32] {
        var slots: [Int32] = []
        walk(turn) { slots.append(Int32($0)) }
        return slots
    }

    @inline(__always)
    private func walk(_ turn: Turn, _ body: (Int) -> Void) {
        let base = turn.cells.lowerBound - cells.lowerBound
        var place = 0
        while place < turn.cells.count {
            let service = Int(choices[place])
            if service < 0 {
                place += 1
            } else {
                body(service * cells.count + base + place)
                place += Int(seats.grid.length[service])
            }
        }
    }

    /// Whether all windows together earn less than all bookings would pay, in whole numbers: then
    /// not all can be served, whatever the prices are.
    func provesTooMany(_ prices: UnsafeMutablePointer<Double>) -> Bool {
        let whole = (0..<slots).map { slot in
            wanted[slot] > 0 ? Int(max(0, prices[slot]) * 65_536 + 0.5) : 0
        }
        let paid = (0..<slots).reduce(0) { $0 + whole[$1] * Int(wanted[$1]) }
        return turns.reduce(0) { $0 + most($1, whole) } < paid
    }

    private func most(_ turn: Turn, _ prices: [Int]) -> Int {
        var values = [Int](repeating: 0, count: turn.cells.count + 1)
        let base = turn.cells.lowerBound - cells.lowerBound
        for place in stride(from: turn.cells.count - 1, through: 0, by: -1) {
            values[place] = values[place + 1]
            var asked = starting[base + place] & seats.stays.services[turn.window]
            while asked != 0 {
                let service = asked.trailingZeroBitCount
                asked &= asked - 1
                let end = place + Int(seats.grid.length[service])
                guard end <= turn.cells.count else { continue }
                let price = prices[service * cells.count + base + place]
                values[place] = max(values[place], price + values[end])
            }
        }
        return values[0]
    }
}
