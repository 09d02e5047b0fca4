// SPDX-License-Identifier: Apache-2.0

/// Bookings for several services, or for several persons: one turn after another.
extension OfficeDay {
    /// The services in turn that a booking is to be for beside its first.
    ///
    /// - Throws: unless the office takes so many at once, renders each of them, and has one window for all
    ///   where they are to be at one. What is moved may stay as long as it is.
    public func bookable(
        _ further: FurtherServices?, beside first: Int, isMoved: Bool = false
    ) throws(QueueRefusal) -> FurtherTurns? {
        guard let further, !further.services.isEmpty else { return nil }
        guard isMoved || further.services.count <= Int(plan.rules.furtherServices) else {
            throw .tooManyServices(limit: Int(plan.rules.furtherServices) + 1)
        }
        var turns: [UInt8] = []
        for id in further.services {
            let service = try service(id)
            try requireRendered(service)
            turns.append(UInt8(service))
        }
        if further.isAtOneWindow {
            let all = turns.reduce(UInt8(1) << UInt8(first)) { $0 | 1 << $1 }
            guard plan.windows.contains(where: { $0.services & all == all }) else {
                throw .noWindowForAll
            }
        }
        return FurtherTurns(services: turns, isAtOneWindow: further.isAtOneWindow)
    }

    /// One more visit, as places are asked for it.
    func visit(
        _ service: Int, _ further: FurtherTurns, _ channel: BookingChannel, at start: Int32
    ) -> Capacity.Taker {
        Capacity.Taker(
            number: nextBooking, start: start, service: UInt8(service), channel: channel,
            visit: PackedTurns(further))
    }

    /// Places as they are, with those of such a booking told: with none of them if that could not be worked out.
    ///
    /// A visit at one window of a kind that the day has not had is one more service to tell places of, for which
    /// all who have one are seated anew.
    func capacity(knowing taker: Capacity.Taker) -> Capacity {
        guard !capacity.knows(taker) else { return capacity }
        let moved = widened(for: taker)
        return moved.isWhole ? moved.capacity : capacity
    }

    /// Takes a kind of visit up, whatever becomes of those who have places.
    mutating func learn(_ taker: Capacity.Taker) {
        guard !capacity.knows(taker) else { return }
        capacity = widened(for: taker).capacity
    }

    private func widened(for taker: Capacity.Taker) -> (capacity: Capacity, isWhole: Bool) {
        let takers = bookings.indices.filter {
            bookings[$0].takesPlace && UInt32($0 + 1) != taker.number
        }.map { self.taker(UInt32($0 + 1)) }
        return capacity.moved(
            to: SlotGrid(grid.plan, visits: loneVisits(takers + [taker], grid.plan)), takers)
    }

    /// The kinds of visits at one window among some bookings, as a plan has them; the last come first, as the new
    /// one is the last.
    func loneVisits(_ takers: [Capacity.Taker], _ plan: DayPlan) -> [LoneVisit] {
        var kinds: [LoneVisit] = []
        for taker in takers.reversed() where taker.isAtOneWindow {
            let kind = plan.loneVisit(taker.turns)
            if !kinds.contains(kind), kinds.count < LoneVisit.limit { kinds.append(kind) }
        }
        return kinds
    }
}
