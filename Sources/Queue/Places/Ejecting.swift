// SPDX-License-Identifier: Apache-2.0

/// Finds room by sending bookings away: who finds no window free takes one from others, and these
/// look for windows of their own.
///
/// Who was sent away often is sent away again only where it costs others more, so that who can be
/// served at few windows keeps one in the end. It finds most of what there is quickly, and proves
/// nothing.
struct Ejecting: ~Copyable {
    private let seats: Seats
    /// Those who have looked for a window, and behind `next` those who are to look.
    private var looking: [Int]
    private var next = 0
    /// How often each was sent away.
    private let sentAway: UnsafeMutablePointer<Int32>

    init(_ seats: Seats) {
        self.seats = seats
        looking = seats.unseated
        sentAway = .allocate(capacity: seats.jobs.count)
        sentAway.initialize(repeating: 0, count: seats.jobs.count)
    }

    deinit { sentAway.deallocate() }

    /// Whether all have a window after so many steps at most; if not, some have none.
    mutating func run(atMost limit: Int) -> Bool {
        while next < looking.count {
            guard next < limit else { return false }
            let job = looking[next]
            next += 1
            let open = seats.open(job)
            let window = open != 0 ? open.trailingZeroBitCount : mildest(job)
            if open == 0 { sendAway(from: window, job) }
            seats.put(job, window)
        }
        return true
    }

    private mutating func sendAway(from window: Int, _ job: Int) {
        for cell in seats.firsts[job]..<seats.ends[job] {
            guard let other = seats.occupant(cell, window) else { continue }
            seats.take(other)
            sentAway[other] += 1
            looking.append(other)
        }
    }

    /// The window at which the fewest have to go, those counting more who went before.
    private func mildest(_ job: Int) -> Int {
        // Not always the same one of windows alike.
        let turn = next &* 23 & 63
        let able = seats.able(job)
        var rest = able &>> UInt64(turn) | able &<< UInt64(64 - turn)
        var (best, least) = (0, Int32.max)
        let cells = seats.firsts[job]..<seats.ends[job]
        while rest != 0 {
            let window = (rest.trailingZeroBitCount + turn) & 63
            rest &= rest - 1
            var (cost, last) = (Int32(0), -1)
            for cell in cells {
                guard let other = seats.occupant(cell, window), other != last else { continue }
                cost += 1 + sentAway[other]
                last = other
            }
            if cost < least { (best, least) = (window, cost) }
        }
        return best
    }
}
