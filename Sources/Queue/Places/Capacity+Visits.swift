// SPDX-License-Identifier: Apache-2.0

/// Places of bookings that are for several services, one turn after another.
///
/// A visit in several turns is served as one booking of each: in slots right after one another, each at any
/// window that renders it. A visit at one window is served as a booking of one service more, of which the slots
/// are those of all its turns (``LoneVisit``). Either way all of it has its places, or none.
extension Capacity {
    /// When visits as this one could start, whoever else is there.
    func starts(of taker: Taker) -> [Int32] {
        guard !taker.visit.isNone else { return starts(of: Int(taker.service)) }
        return grid.starts.filter { cells(of: taker.at($0)) != nil }
    }

    /// The cells of each turn; nil if no such visit can start then, as windows are there.
    func cells(of taker: Taker) -> [Range<Int>]? {
        guard let first = grid.cell(at: taker.start),
            let cells = grid.cells(from: first, turns: taker.turns)
        else { return nil }
        guard taker.isAtOneWindow else { return cells }
        // Of a kind that the grid does not know nothing can be said.
        guard let place = place(of: taker), let stays = grid.stays,
            stays.able[place * grid.starts.count + first] != 0
        else { return nil }
        return cells
    }

    /// Whether places can be told for such a booking.
    func knows(_ taker: Taker) -> Bool { !taker.isAtOneWindow || place(of: taker) != nil }

    /// The place among the grid's services of a visit at one window.
    private func place(of taker: Taker) -> Int? {
        grid.visits.firstIndex(of: grid.plan.loneVisit(taker.turns)).map { grid.services + $0 }
    }

    /// Whether one more such booking can be served, shares aside.
    func admits(_ taker: Taker) -> Bool {
        guard !taker.visit.isNone else {
            return slot(at: taker.start, service: Int(taker.service)).map {
                admits($0, service: Int(taker.service))
            } ?? false
        }
        var trial = self
        return trial.serveVisit(taker)
    }

    /// Whether the channel of the booking has a part of its share left in every cell of it.
    func hasShare(_ taker: Taker) -> Bool {
        guard let cells = cells(of: taker), let first = cells.first, let last = cells.last else {
            return false
        }
        return share(in: first.lowerBound..<last.upperBound, channel: taker.channel) > 0
    }

    /// How many more such visits there may be at each start, if they were all there; 0 at starts before `earliest`.
    ///
    /// `taker` has a number of no booking, and of none that comes.
    func free(of taker: Taker, from earliest: Int32) -> [Int32] {
        starts(of: taker).map { start in
            guard start >= earliest, let cells = cells(of: taker.at(start)),
                let first = cells.first, let last = cells.last
            else { return 0 }
            let most = share(in: first.lowerBound..<last.upperBound, channel: taker.channel)
            var (trial, count) = (self, 0)
            while count < most {
                let more = Taker(
                    number: taker.number + UInt32(count), start: start, service: taker.service,
                    channel: taker.channel, visit: taker.visit)
                guard trial.serveVisit(more) else { break }
                count += 1
            }
            return Int32(count)
        }
    }

    /// Whether the visit has got places for all of its turns; it has none if not.
    mutating func serveVisit(_ taker: Taker) -> Bool {
        let turns = taker.turns
        guard let cells = cells(of: taker),
            zip(turns, cells).allSatisfy({ left(in: $1, service: Int($0)) > 0 }),
            seat(taker, cells)
        else { return false }
        for (service, cells) in zip(turns, cells) {
            count(cells, service: Int(service), channel: taker.channel, taken: true)
        }
        return true
    }

    private mutating func seat(_ taker: Taker, _ cells: [Range<Int>]) -> Bool {
        guard let stays = grid.stays, var trial = assignment else { return true }
        if taker.isAtOneWindow {
            let whole = cells[0].lowerBound..<cells[cells.count - 1].upperBound
            guard let place = place(of: taker),
                trial.take(taker.number, place, whole, grid, stays)
            else { return false }
        } else {
            for (part, service) in taker.turns.enumerated() {
                guard trial.take(taker.part(part), Int(service), cells[part], grid, stays) else {
                    return false
                }
            }
        }
        assignment = trial
        return true
    }

    mutating func giveVisit(_ taker: Taker) {
        guard let cells = cells(of: taker) else { return }
        if let stays = grid.stays {
            for part in taker.isAtOneWindow ? 0..<1 : cells.indices {
                assignment?.give(taker.part(part), grid, stays)
            }
        }
        for (service, cells) in zip(taker.turns, cells) {
            count(cells, service: Int(service), channel: taker.channel, taken: false)
        }
        if !waiting.isEmpty { serveWaiting() }
    }
}

extension Capacity.Taker {
    /// What tells the parts of a booking apart; no day has so many bookings.
    static let partUnit: UInt32 = 1 << 28

    /// The name of a part: the booking's number for the first, with the part's place in the highest four bits.
    func part(_ place: Int) -> UInt32 { UInt32(place) * Capacity.Taker.partUnit | number }

    var turns: [UInt8] { [service] + visit.services }
    var isAtOneWindow: Bool { visit.isAtOneWindow }
}
