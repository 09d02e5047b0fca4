// SPDX-License-Identifier: Apache-2.0

/// Finds room by moving few bookings: one takes the window of others, these take those of others
/// again, until all have one.
///
/// Each booking is moved once at most. First it tries with one booking moved, then with two, and so
/// on: who has found a window stays there while the others look. It finds what is near quickly, and
/// proves nothing.
struct Displacing {
    private let seats: Seats
    private var isSettled: [Bool]
    private var looking: [Int]
    private var limit = 0
    private var steps = 0

    init(_ seats: Seats) {
        self.seats = seats
        isSettled = Array(repeating: false, count: seats.jobs.count)
        looking = Array(seats.known..<seats.jobs.count)
    }

    /// Whether all have a window after at most so many moves; if not, all are where they were.
    mutating func run(moves: Int, atMost limit: Int) -> Bool {
        self.limit = limit
        guard looking.count <= moves else { return false }
        for moves in looking.count...moves where steps < limit {
            if seat(moves) { return true }
        }
        return false
    }

    /// How many would have to leave a window for a booking; nil if one of them is settled.
    private func asked(_ job: Int, at window: Int) -> Int? {
        var count = 0
        var last: Int?
        for cell in seats.firsts[job]..<seats.ends[job] {
            let other = seats.occupant(cell, window)
            if let other, other != last {
                if isSettled[other] { return nil }
                count += 1
            }
            last = other
        }
        return count
    }

    /// Seats all who look for a window with so many moves.
    private mutating func seat(_ moves: Int) -> Bool {
        guard !looking.isEmpty else { return true }
        steps += 1
        guard steps <= limit, let next = choose(moves) else { return false }
        let job = looking.remove(at: next.place)
        isSettled[job] = true
        let others = looking.count
        for count in 0...next.most {
            var windows = next.windows
            while windows != 0 {
                let window = windows.trailingZeroBitCount
                windows &= windows - 1
                guard Int(next.asked[window]) == count else { continue }
                let left = displace(job, window)
                if seat(moves - 1) { return true }
                looking.removeSubrange(others...)
                seats.take(job)
                for other in left { seats.put(other, window) }
                if steps > limit { break }
            }
        }
        isSettled[job] = false
        looking.insert(job, at: next.place)
        return false
    }

    private mutating func displace(_ job: Int, _ window: Int) -> [Int] {
        var left: [Int] = []
        for cell in seats.firsts[job]..<seats.ends[job] {
            guard let other = seats.occupant(cell, window) else { continue }
            seats.take(other)
            left.append(other)
        }
        seats.put(job, window)
        looking += left
        return left
    }

    private struct Choice {
        var place = 0
        var windows: UInt64 = 0
        /// For each of the windows, how many have to leave it; and the most of them.
        var asked = SIMD64<UInt8>()
        var most = 0
    }

    /// Who looks for a window and has the fewest to choose from; nil if it takes more moves.
    private func choose(_ moves: Int) -> Choice? {
        // Who finds none open moves at least one other.
        let least = looking.reduce(0) { $0 + (seats.open($1) == 0 ? 2 : 1) }
        guard least <= moves else { return nil }
        var best: (choice: Choice, count: Int)?
        for (place, job) in looking.enumerated() {
            var choice = Choice(place: place)
            let open = seats.open(job)
            if open != 0 {
                // One open window is as good as another, mostly.
                choice.windows = open & (0 &- open)
                if best == nil { best = (choice, WindowStays.width) }
                continue
            }
            var windows = seats.able(job)
            while windows != 0 {
                let window = windows.trailingZeroBitCount
                windows &= windows - 1
                guard let count = asked(job, at: window), least + count - 1 <= moves else {
                    continue
                }
                choice.windows |= 1 << UInt64(window)
                choice.asked[window] = UInt8(count)
                choice.most = max(choice.most, count)
            }
            let count = choice.windows.nonzeroBitCount
            if count == 0 { return nil }
            if count < best?.count ?? .max { best = (choice, count) }
        }
        return best?.choice
    }
}
