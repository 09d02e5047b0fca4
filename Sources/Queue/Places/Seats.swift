// SPDX-License-Identifier: Apache-2.0

/// An assignment window by window, some bookings having none: what searches for room work on.
///
/// In the order of their starts bookings of a kind always find one of its windows free.
final class Seats {
    let grid: SlotGrid
    let stays: WindowStays
    /// Those of the assignment, by their numbers, and behind them the new ones.
    let jobs: [Assignment.Job]
    /// How many of them are not new.
    let known: Int
    private let names: [UInt32]
    let firsts: [Int]
    let ends: [Int]
    /// The window of each; −1 where it has none.
    private let windows: UnsafeMutablePointer<Int>
    /// For each cell and window, who is there; −1 for nobody.
    private let occupants: UnsafeMutablePointer<Int32>
    /// For each cell, the windows at which nobody is.
    private let idle: UnsafeMutablePointer<UInt64>

    /// The assignment, and so many new bookings of a service from a cell on.
    init(
        _ assignment: Assignment, _ grid: SlotGrid, _ stays: WindowStays, new: Int, service: Int,
        cell: Int
    ) {
        self.grid = grid
        self.stays = stays
        known = assignment.jobs.count
        names = assignment.names
        let job = Assignment.Job(
            cell: Int16(cell), service: UInt8(service), kind: Assignment.Job.nowhere)
        jobs = assignment.jobs + Array(repeating: job, count: new)
        firsts = jobs.map { Int($0.cell) }
        ends = jobs.map { Int($0.cell) + Int(grid.length[Int($0.service)]) }
        let cells = grid.starts.count
        windows = .allocate(capacity: jobs.count)
        windows.initialize(repeating: -1, count: jobs.count)
        occupants = .allocate(capacity: cells * WindowStays.width)
        occupants.initialize(repeating: -1, count: cells * WindowStays.width)
        idle = .allocate(capacity: cells)
        idle.initialize(from: stays.present, count: cells)
        seatAll()
    }

    deinit {
        windows.deallocate()
        occupants.deallocate()
        idle.deallocate()
    }

    /// Puts all where the assignment has them, the new ones nowhere.
    func reset() {
        windows.update(repeating: -1, count: jobs.count)
        occupants.update(repeating: -1, count: grid.starts.count * WindowStays.width)
        idle.update(from: stays.present, count: grid.starts.count)
        seatAll()
    }

    private func seatAll() {
        // Those who start in a cell, one after another.
        var heads = [Int32](repeating: -1, count: grid.starts.count)
        var next = [Int32](repeating: -1, count: known)
        for job in stride(from: known - 1, through: 0, by: -1)
        where jobs[job].kind != Assignment.Job.nowhere {
            next[job] = heads[firsts[job]]
            heads[firsts[job]] = Int32(job)
        }
        for cell in heads.indices {
            var job = Int(heads[cell])
            while job >= 0 {
                let kind = stays.windows[cell * WindowStays.width + Int(jobs[job].kind)]
                put(job, (kind & idle[cell]).trailingZeroBitCount)
                job = Int(next[job])
            }
        }
    }

    @inline(__always)
    func window(of job: Int) -> Int { windows[job] }

    /// Who is at a window in a cell; nil for nobody.
    @inline(__always)
    func occupant(_ cell: Int, _ window: Int) -> Int? {
        let job = occupants[cell * WindowStays.width + window]
        return job < 0 ? nil : Int(job)
    }

    /// The windows that could serve a booking if nobody else were there.
    @inline(__always)
    func able(_ job: Int) -> UInt64 {
        stays.each[Int(jobs[job].service) * grid.starts.count + firsts[job]]
    }

    /// Those of them at which nobody is all the time.
    @inline(__always)
    func open(_ job: Int) -> UInt64 {
        var windows = able(job)
        for cell in firsts[job]..<ends[job] { windows &= idle[cell] }
        return windows
    }

    func put(_ job: Int, _ window: Int) {
        windows[job] = window
        for cell in firsts[job]..<ends[job] {
            occupants[cell * WindowStays.width + window] = Int32(job)
            idle[cell] &= ~(1 << UInt64(window))
        }
    }

    func take(_ job: Int) {
        let window = windows[job]
        windows[job] = -1
        for cell in firsts[job]..<ends[job] {
            occupants[cell * WindowStays.width + window] = -1
            idle[cell] |= 1 << UInt64(window)
        }
    }

    /// The bookings that are to have a window and have none.
    var unseated: [Int] {
        jobs.indices.filter {
            windows[$0] < 0 && ($0 >= known || jobs[$0].kind != Assignment.Job.nowhere)
        }
    }

    /// Gives some turns other rotas; who is served by none of them has no window then.
    func follow(_ rotas: [(turn: Int, slots: ArraySlice<Int32>)], _ all: Rotas) {
        var waiting: [Int32: [Int]] = [:]
        for job in known..<jobs.count {
            let slot = Int32(all.slot(Int(jobs[job].service), firsts[job]))
            waiting[slot, default: []].append(job)
        }
        for (turn, _) in rotas {
            for slot in all.now(turn) {
                let cell = all.cell(Int(slot))
                guard let job = occupant(cell, all.turns[turn].window) else { continue }
                take(job)
                waiting[slot, default: []].append(job)
            }
        }
        for (turn, slots) in rotas {
            // A slot may be served too often.
            for slot in slots {
                if let job = waiting[slot]?.popLast() { put(job, all.turns[turn].window) }
            }
        }
    }

    /// The place in the plan of each booking's window, by the bookings' numbers; of a part of one, by its name
    /// (``Capacity/Taker/part(_:)``).
    var places: [UInt32: Int] {
        var places: [UInt32: Int] = [:]
        for job in jobs.indices where windows[job] >= 0 {
            places[names.isEmpty ? UInt32(job + 1) : names[job]] = stays.places[windows[job]]
        }
        return places
    }

    /// Where the bookings are that are not where the assignment has them, and the new ones.
    func found() -> Rearranging.Found {
        var found = Rearranging.Found()
        for job in jobs.indices where windows[job] >= 0 {
            let kind = stays.kinds[firsts[job] * WindowStays.width + windows[job]]
            if job >= known {
                found.new.append(kind)
            } else if kind != jobs[job].kind {
                found.moves.append((job, kind))
            }
        }
        return found
    }
}
