// SPDX-License-Identifier: Apache-2.0

/// Assigns bookings to kinds of windows, or proves that it cannot be done.
///
/// Each booking has the kinds at which it may still be served. In each cell the bookings are matched
/// with windows, and a kind that is in no such matching is struck out (``CellMatching``); what is
/// struck out in one cell may strike out more in others. Then each booking is tried where it was
/// before. Of those that collide one is put somewhere, and it all begins again; if that leads
/// nowhere, it is struck out there.
final class WindowSearch {
    /// How many bookings there are: those of the region, then the new ones.
    let count: Int
    private var steps = 0
    private let stretches: Stretches
    /// For each booking, the kinds at which it may be served, and where it is tried.
    private let domains: UnsafeMutablePointer<UInt64>
    private let tried: UnsafeMutablePointer<UInt8>
    private let matching: CellMatching
    private var pending: [Int] = []
    private var isPending: [Bool]
    /// What was put where, and the domains before each.
    private var decisions: [(job: Int, kind: Int)] = []
    private var saved: [UInt64] = []

    init(
        _ all: Rearranging, _ region: Rearranging.Region, _ new: Int, _ service: Int, _ cell: Int
    ) {
        count = region.jobs.count + new
        stretches = Stretches(all, region, new, service, cell)
        domains = .allocate(capacity: count)
        tried = .allocate(capacity: count)
        matching = CellMatching(domains, tried)
        isPending = Array(repeating: false, count: stretches.count)
        for job in 0..<count {
            domains[job] = stretches.domain(job, all) & region.kinds
            tried[job] =
                job < region.jobs.count
                ? all.assignment.jobs[region.jobs[job]].kind
                : UInt8(truncatingIfNeeded: domains[job].trailingZeroBitCount)
        }
        for stretch in 0..<stretches.count { enqueue(stretch) }
    }

    deinit {
        domains.deallocate()
        tried.deallocate()
    }

    /// Where a booking is served, once an assignment was found.
    func kind(of job: Int) -> UInt8 { tried[job] }

    /// Whether an assignment was found with so much work.
    func run(atMost limit: Int) -> Bool {
        for job in 0..<count where domains[job] == 0 { return false }
        guard propagate() else { return false }
        while let (job, kind) = collision() {
            guard steps < limit else { return false }
            saved.append(contentsOf: UnsafeBufferPointer(start: domains, count: count))
            decisions.append((job, kind))
            restrict(job, to: 1 << UInt64(kind))
            while !propagate() {
                guard steps < limit else { return false }
                guard takeBack() else { return false }
            }
        }
        return true
    }

    /// Takes the last decision back: it leads nowhere; false if there was none.
    private func takeBack() -> Bool {
        while let (job, kind) = decisions.popLast() {
            let from = saved.count - count
            for place in 0..<count { domains[place] = saved[from + place] }
            saved.removeLast(count)
            // Nor does it with another booking that is just like it.
            let domain = domains[job]
            for other in 0..<count
            where domains[other] == domain && stretches.areAlike(job, other) {
                restrict(other, to: domain & ~(1 << UInt64(kind)))
            }
            if domains[job] != 0 { return true }
        }
        return false
    }

    private func restrict(_ job: Int, to kinds: UInt64) {
        domains[job] = kinds
        for stretch in stretches.range(job) { enqueue(stretch) }
    }

    private func enqueue(_ stretch: Int) {
        guard !isPending[stretch] else { return }
        isPending[stretch] = true
        pending.append(stretch)
    }

    /// Strikes out what is in no matching; false if there is none in some cell.
    private func propagate() -> Bool {
        while let stretch = pending.popLast() {
            isPending[stretch] = false
            let isPossible = matching.match(
                stretches.jobs(in: stretch), stretches.capacity(of: stretch))
            steps += matching.work
            guard isPossible else {
                for stretch in pending { isPending[stretch] = false }
                pending = []
                return false
            }
            for job in matching.changed {
                for other in stretches.range(job) where other != stretch { enqueue(other) }
            }
        }
        return true
    }

    /// Tries each booking where it was: one that has no room there or elsewhere, and the best kind
    /// of window to put it at; nil if all have room.
    private func collision() -> (job: Int, kind: Int)? {
        let left = stretches.freshCapacities()
        defer { left.deallocate() }
        steps += count / 4 + stretches.count
        var without: [Int] = []
        for isCertain in [true, false] {
            for job in 0..<count {
                let domain = domains[job]
                guard (domain & (domain - 1) == 0) == isCertain else { continue }
                if isCertain { tried[job] = UInt8(domain.trailingZeroBitCount) }
                let kind = Int(tried[job])
                if domain & 1 << UInt64(kind) != 0, stretches.hasRoom(job, kind, left) {
                    stretches.take(job, kind, left)
                } else {
                    without.append(job)
                }
            }
        }
        var worst: (job: Int, kind: Int)?
        var fewest = Int.max
        for job in without {
            let blocked = stretches.leastBlocked(job, domains[job], left)
            if blocked.cells == 0 {
                tried[job] = UInt8(blocked.kind)
                stretches.take(job, blocked.kind, left)
            } else if domains[job].nonzeroBitCount < fewest {
                fewest = domains[job].nonzeroBitCount
                worst = (job, blocked.kind)
            }
        }
        return worst
    }
}
