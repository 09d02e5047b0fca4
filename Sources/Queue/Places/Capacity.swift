// SPDX-License-Identifier: Apache-2.0

/// The places of one day: which bookings have one, and how many more there are.
///
/// All bookings that have a place can be served: each at one window that renders its service and is
/// there for its whole time, no two at once at a window. A booking has none only if the plan was
/// changed under it, or if it was made by a rule that counted otherwise; it gets one as soon as one
/// becomes free.
public struct Capacity: Sendable {
    let grid: SlotGrid
    private var counts: CellCounts
    /// Nil where every booking takes one cell, so that the counts decide.
    var assignment: Assignment?
    /// The bookings that have no place, in the order in which they get one.
    private(set) var waiting: [Taker] = []
    /// When those are served instead who are here and whose own slot is gone, by their bookings.
    private(set) var elsewhere: [UInt32: Int32] = [:]

    /// A booking that takes a place, or should.
    struct Taker: Hashable, Sendable {
        let number: UInt32
        let start: Int32
        let service: UInt8
        let channel: BookingChannel
        var visit = PackedTurns()
    }

    init(_ grid: SlotGrid) {
        self.grid = grid
        counts = CellCounts(grid)
        assignment = grid.stays.map { Assignment($0) }
    }

    // MARK: Asking

    /// When the slots of a service start.
    @inline(__always)
    func starts(of service: Int) -> [Int32] { grid.slots[service].starts }

    /// The cells of the slot of a service that starts then; nil if none does.
    func slot(at start: Int32, service: Int) -> Range<Int>? {
        grid.cell(at: start).flatMap { grid.cells(from: $0, service: service) }
    }

    /// Whether one more booking of the service can be served in a slot, shares aside.
    func admits(_ slot: Range<Int>, service: Int) -> Bool {
        guard counts.left(in: slot, service: service, grid) > 0 else { return false }
        guard let assignment, let stays = grid.stays else { return true }
        return assignment.admits(service, slot, grid, stays)
    }

    /// Whether the channel has a part of its share left in every cell of a slot.
    func hasShare(_ slot: Range<Int>, channel: BookingChannel) -> Bool {
        counts.share(in: slot, channel: channel, grid) > 0
    }

    /// How many more bookings the channel may make in each slot of a service, if they were all of
    /// that service and in that slot; 0 in slots before `earliest`.
    func free(of service: Int, channel: BookingChannel, from earliest: Int32) -> [Int32] {
        let slots = grid.slots[service]
        guard grid.stays != nil else {
            return counts.free(slots, service: service, channel: channel, from: earliest, grid)
        }
        let length = Int(grid.length[service])
        var rearranging = rearranging
        return slots.cells.indices.map { slot in
            let first = Int(slots.cells[slot])
            return slots.starts[slot] < earliest
                ? 0 : Int32(free(first..<first + length, service, channel, &rearranging))
        }
    }

    private func free(
        _ slot: Range<Int>, _ service: Int, _ channel: BookingChannel,
        _ rearranging: inout Rearranging?
    ) -> Int {
        let most = min(
            counts.left(in: slot, service: service, grid),
            counts.share(in: slot, channel: channel, grid))
        guard most > 0, let assignment, let stays = grid.stays else { return most }
        let least = assignment.count(service, slot, stays)
        guard least < most else { return most }
        return rearranging?.most(from: least, to: most, service, slot) ?? least
    }

    private var rearranging: Rearranging? {
        guard let assignment, let stays = grid.stays else { return nil }
        return Rearranging(assignment, grid, stays)
    }

    // MARK: Taking and giving back

    /// Gives a booking its place, whatever its channel's share; it waits for one if there is none.
    mutating func take(_ taker: Taker) {
        if !serve(taker) { waiting.append(taker) }
    }

    /// Gives somebody who is here and has no place the free one nearest to their time, so that nobody
    /// else is promised the time that they will take at a window; nil if none is free.
    mutating func takeNearby(_ taker: Taker, from earliest: Int32) -> Int32? {
        starts(of: taker).filter { $0 >= earliest }
            .sorted { (abs($0 - taker.start), $0) < (abs($1 - taker.start), $1) }
            .first { take(taker, at: $0) }
    }

    /// Gives somebody who has no place one at another time than their own; false if it is not free.
    @discardableResult
    mutating func take(_ taker: Taker, at start: Int32) -> Bool {
        guard let index = waiting.firstIndex(of: taker), serve(taker.at(start)) else {
            return false
        }
        waiting.remove(at: index)
        elsewhere[taker.number] = start
        return true
    }

    /// Whether the booking has a place at another time than its own.
    func isElsewhere(_ number: UInt32) -> Bool { elsewhere[number] != nil }

    /// Whether the booking has got a place.
    mutating func serve(_ taker: Taker) -> Bool {
        guard taker.visit.isNone else { return serveVisit(taker) }
        let service = Int(taker.service)
        guard let slot = slot(at: taker.start, service: service),
            counts.left(in: slot, service: service, grid) > 0
        else { return false }
        if let stays = grid.stays {
            guard assignment?.take(taker.number, service, slot, grid, stays) ?? false else {
                return false
            }
        }
        for cell in slot {
            counts.count(cell, service: service, channel: taker.channel, taken: true, grid)
        }
        return true
    }

    /// Takes a booking's place back; who waits may have it.
    mutating func give(_ taker: Taker) {
        if !waiting.isEmpty, let index = waiting.firstIndex(where: { $0.number == taker.number }) {
            waiting.remove(at: index)
            return
        }
        let service = Int(taker.service)
        let start = elsewhere.removeValue(forKey: taker.number) ?? taker.start
        guard taker.visit.isNone else { return giveVisit(taker.at(start)) }
        guard let slot = slot(at: start, service: service) else { return }
        if let stays = grid.stays { assignment?.give(taker.number, grid, stays) }
        for cell in slot {
            counts.count(cell, service: service, channel: taker.channel, taken: false, grid)
        }
        if !waiting.isEmpty { serveWaiting() }
    }

    mutating func serveWaiting() {
        let all = waiting
        waiting = []
        for taker in all where !serve(taker) { waiting.append(taker) }
    }

    /// Counts the places of a booking, or counts them no more.
    mutating func count(_ cells: Range<Int>, service: Int, channel: BookingChannel, taken: Bool) {
        for cell in cells {
            counts.count(cell, service: service, channel: channel, taken: taken, grid)
        }
    }

    /// How many more bookings of a service cells could take, each by itself.
    func left(in cells: Range<Int>, service: Int) -> Int {
        counts.left(in: cells, service: service, grid)
    }

    /// How many more bookings a channel may have in all of the cells.
    func share(in cells: Range<Int>, channel: BookingChannel) -> Int {
        counts.share(in: cells, channel: channel, grid)
    }

    /// The same places in another grid of the same plan, so far as it has them; `takers` are all that have some.
    ///
    /// False if not all of these have one then: nothing is known to be kept that was.
    func moved(to grid: SlotGrid, _ takers: [Taker]) -> (capacity: Capacity, isWhole: Bool) {
        var new = Capacity(grid)
        new.elsewhere = elsewhere
        var isWhole = true
        for taker in takers where !isWithoutPlace(taker.number) {
            guard !new.serve(elsewhere[taker.number].map { taker.at($0) } ?? taker) else {
                continue
            }
            isWhole = false
            new.elsewhere[taker.number] = nil
            new.waiting.append(taker)
        }
        new.waiting += waiting
        return (new, isWhole)
    }

    /// At which window of the plan each booking could be served, by its number; empty where every
    /// booking takes one cell, as a count decides there.
    var seating: [UInt32: Int] {
        guard let assignment, let stays = grid.stays else { return [:] }
        return Seats(assignment, grid, stays, new: 0, service: 0, cell: 0).places
    }

    /// Whether the booking has no place.
    func isWithoutPlace(_ number: UInt32) -> Bool { waiting.contains { $0.number == number } }
}

extension Capacity.Taker {
    /// The same at another time.
    func at(_ start: Int32) -> Self {
        Self(number: number, start: start, service: service, channel: channel, visit: visit)
    }
}

extension Capacity: Hashable {
    /// Days with equal plans have equal grids, and equal bookings are assigned alike.
    public static func == (a: Capacity, b: Capacity) -> Bool {
        a.counts == b.counts && a.waiting == b.waiting && a.elsewhere == b.elsewhere
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(counts) }
}
