// SPDX-License-Identifier: Apache-2.0

/// Matches the bookings of a cell with windows, and strikes out what is in no such matching.
///
/// A booking that finds all its windows taken asks those there whether they can go elsewhere. Once
/// all are matched, a kind of window is in some matching for a booking if whoever is there can make
/// room by going round: to a window that is free, or back to where the booking was (Régin, A
/// filtering algorithm for constraints of difference, 1994).
final class CellMatching {
    /// The bookings for which something was struck out.
    private(set) var changed: [Int] = []
    /// How much there was to do.
    private(set) var work = 0
    private let domains: UnsafeMutablePointer<UInt64>
    private let tried: UnsafeMutablePointer<UInt8>
    /// For each kind, the bookings matched with it, a bit for each in the cell's order.
    private let members: UnsafeMutablePointer<UInt64>
    /// For each kind that is full, the kinds to which one of those could go, later through others.
    private let onward: UnsafeMutablePointer<UInt64>
    /// For each booking, in the cell's order, its domain and its kind.
    private let wanted: UnsafeMutablePointer<UInt64>
    private let at: UnsafeMutablePointer<Int>
    /// For each kind, which booking asks for it.
    private let asking: UnsafeMutablePointer<Int>

    init(_ domains: UnsafeMutablePointer<UInt64>, _ tried: UnsafeMutablePointer<UInt8>) {
        self.domains = domains
        self.tried = tried
        members = .allocate(capacity: WindowStays.width)
        onward = .allocate(capacity: WindowStays.width)
        wanted = .allocate(capacity: WindowStays.width)
        at = .allocate(capacity: WindowStays.width)
        asking = .allocate(capacity: WindowStays.width)
    }

    deinit {
        members.deallocate()
        onward.deallocate()
        wanted.deallocate()
        at.deallocate()
        asking.deallocate()
    }

    /// Whether the bookings can be matched; if so, their domains hold what is in some matching.
    func match(_ jobs: ArraySlice<Int32>, _ capacity: SIMD64<UInt8>) -> Bool {
        changed.removeAll(keepingCapacity: true)
        work = jobs.count
        guard jobs.count <= WindowStays.width else { return false }
        var left = capacity
        var free = begin(jobs, &left)
        guard complete(jobs.count, &left, &free) else { return false }
        strikeOut(jobs, free)
        return true
    }

    /// Matches each booking with the kind at which it is tried, as far as there is room: the kinds
    /// that still have some.
    private func begin(_ jobs: ArraySlice<Int32>, _ left: inout SIMD64<UInt8>) -> UInt64 {
        var all: UInt64 = 0
        for (place, job) in jobs.enumerated() {
            wanted[place] = domains[Int(job)]
            all |= wanted[place]
            at[place] = -1
        }
        var free: UInt64 = 0
        var rest = all
        while rest != 0 {
            let kind = rest.trailingZeroBitCount
            rest &= rest - 1
            members[kind] = 0
            if left[kind] > 0 { free |= 1 << UInt64(kind) }
        }
        for (place, job) in jobs.enumerated() {
            let kind = Int(tried[Int(job)])
            guard wanted[place] & free & 1 << UInt64(kind) != 0 else { continue }
            put(place, kind, &left, &free)
        }
        return free
    }

    @inline(__always)
    private func put(
        _ place: Int, _ kind: Int, _ left: inout SIMD64<UInt8>, _ free: inout UInt64
    ) {
        members[kind] |= 1 << UInt64(place)
        at[place] = kind
        left[kind] -= 1
        if left[kind] == 0 { free &= ~(1 << UInt64(kind)) }
    }

    /// Matches the bookings that are left; false if that cannot be done.
    private func complete(
        _ count: Int, _ left: inout SIMD64<UInt8>, _ free: inout UInt64
    ) -> Bool {
        for place in 0..<count where at[place] < 0 {
            let room = wanted[place] & free
            if room != 0 {
                put(place, room.trailingZeroBitCount, &left, &free)
            } else if !makeRoom(for: place, &left, &free) {
                return false
            }
        }
        return true
    }

    /// Moves bookings on until one of the kinds wanted has room, and matches the booking with it.
    private func makeRoom(
        for place: Int, _ left: inout SIMD64<UInt8>, _ free: inout UInt64
    ) -> Bool {
        var asked = wanted[place]
        var seen = asked
        each(asked) { asking[$0] = place }
        while asked != 0 {
            let kind = asked.trailingZeroBitCount
            asked &= asked - 1
            work += 1
            var there = members[kind]
            while there != 0 {
                let other = there.trailingZeroBitCount
                there &= there - 1
                let room = wanted[other] & free
                if room != 0 {
                    moveOn(other, to: room.trailingZeroBitCount, &left, &free)
                    return true
                }
                let more = wanted[other] & ~seen
                seen |= more
                asked |= more
                each(more) { asking[$0] = other }
            }
        }
        return false
    }

    /// A booking goes to a kind that has room, who asked for its place goes there, and so on.
    private func moveOn(
        _ first: Int, to kind: Int, _ left: inout SIMD64<UInt8>, _ free: inout UInt64
    ) {
        var (place, target, from) = (first, kind, at[first])
        put(place, target, &left, &free)
        while from >= 0 {
            members[from] &= ~(1 << UInt64(place))
            (place, target) = (asking[from], from)
            from = at[place]
            members[target] |= 1 << UInt64(place)
            at[place] = target
        }
    }

    @inline(__always)
    private func each(_ kinds: UInt64, _ body: (Int) -> Void) {
        var rest = kinds
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
    }

    // MARK: Striking out

    private func strikeOut(_ jobs: ArraySlice<Int32>, _ free: UInt64) {
        let (tight, loose) = split(jobs.count, free)
        guard tight != 0 else { return }
        close(tight)
        for (place, job) in jobs.enumerated() {
            let kind = at[place]
            let allowed = loose & 1 << UInt64(kind) != 0 ? loose : goingRound(kind)
            let domain = wanted[place] & allowed
            guard domain != wanted[place] else { continue }
            domains[Int(job)] = domain
            changed.append(Int(job))
        }
    }

    /// The kinds that no booking there can leave for one with room, and the others.
    private func split(_ count: Int, _ free: UInt64) -> (tight: UInt64, loose: UInt64) {
        var full: UInt64 = 0
        for place in 0..<count where free & 1 << UInt64(at[place]) == 0 {
            let kind = at[place]
            if full & 1 << UInt64(kind) == 0 {
                full |= 1 << UInt64(kind)
                onward[kind] = 0
            }
            onward[kind] |= wanted[place]
        }
        var loose = free
        var isSettled = false
        while !isSettled {
            isSettled = true
            each(full) { kind in
                guard onward[kind] & loose != 0 else { return }
                loose |= 1 << UInt64(kind)
                full &= ~(1 << UInt64(kind))
                isSettled = false
            }
        }
        return (full, loose)
    }

    /// Follows the ways from each of the tight kinds to their ends.
    private func close(_ tight: UInt64) {
        each(tight) { onward[$0] |= 1 << UInt64($0) }
        each(tight) { middle in
            let beyond = onward[middle]
            each(tight) { if onward[$0] & 1 << UInt64(middle) != 0 { onward[$0] |= beyond } }
        }
        work += tight.nonzeroBitCount
    }

    /// The tight kinds from which a way leads to this one.
    private func goingRound(_ kind: Int) -> UInt64 {
        var kinds: UInt64 = 0
        each(onward[kind]) { if onward[$0] & 1 << UInt64(kind) != 0 { kinds |= 1 << UInt64($0) } }
        return kinds
    }
}
