// SPDX-License-Identifier: Apache-2.0

import Parties

extension OfficeDay {
    /// The booking's number that comes next.
    var nextBooking: UInt32 { UInt32(bookings.count + 1) }

    /// Holds a slot: the place is taken from now until the hold expires.
    func hold(
        _ id: ServiceID, _ start: Int32, _ channel: BookingChannel, _ applicant: Applicant,
        _ further: FurtherServices?, _ now: DayMoment, daysAhead: Int
    ) throws(QueueRefusal) -> Held {
        let service = try bookable(id, daysAhead: daysAhead)
        let turns = try bookable(further, beside: service)
        let lead = plan.rules.leadSeconds
        if let turns {
            let taker = visit(service, turns, channel, at: start)
            try requireFree(taker, now.time, capacity(knowing: taker), lead: lead)
        } else {
            try requireFree(start, service, channel, now.time, capacity, lead: lead)
        }
        return Held(
            number: nextBooking, applicant: applicant, service: UInt8(service), start: start,
            channel: channel, until: endOfHold(start, now), movedFrom: nil, further: turns)
    }

    /// How many dates after the present one the day is, where no clocks are changed between; less than 0 for
    /// one that is over.
    func daysAhead(at now: Int32) -> Int {
        let (days, second) = Int(now).quotientAndRemainder(dividingBy: 86_400)
        return second < 0 ? 1 - days : -days
    }

    /// Whether the day is further away than slots are open for: the horizon counts dates, whatever the
    /// clocks do between.
    private func isTooFar(_ daysAhead: Int) -> Bool { daysAhead > Int(plan.rules.horizonDays) }

    /// The service, if the day takes bookings for it.
    func bookable(_ id: ServiceID, daysAhead: Int) throws(QueueRefusal) -> Int {
        let service = try service(id)
        guard plan.policy.takesBookings else {
            throw .noBookings(rule: plan.policyRule)
        }
        if let because = plan.closedBecause { throw .closed(because) }
        guard !isTooFar(daysAhead) else {
            throw .tooFar(horizonDays: plan.rules.horizonDays)
        }
        try requireRendered(service)
        return service
    }

    private func requireFree(
        _ start: Int32, _ service: Int, _ channel: BookingChannel, _ now: Int32,
        _ capacity: borrowing Capacity, lead: Int32
    ) throws(QueueRefusal) {
        guard let slot = capacity.slot(at: start, service: service) else {
            throw .notASlot(start)
        }
        guard start >= now, end(of: start) > now else { throw .slotPassed(start) }
        guard start >= now + lead else { throw .tooSoon(leadSeconds: lead) }
        guard capacity.hasShare(slot, channel: channel), capacity.admits(slot, service: service)
        else { throw .slotTaken(start) }
    }

    /// - Throws: unless the day has places for the whole visit.
    private func requireFree(
        _ taker: Capacity.Taker, _ now: Int32, _ capacity: Capacity, lead: Int32
    ) throws(QueueRefusal) {
        let start = taker.start
        guard !capacity.knows(taker) || capacity.cells(of: taker) != nil else {
            throw .notASlot(start)
        }
        guard start >= now, end(of: start) > now else { throw .slotPassed(start) }
        guard start >= now + lead else { throw .tooSoon(leadSeconds: lead) }
        guard capacity.hasShare(taker), capacity.admits(taker) else { throw .slotTaken(start) }
    }

    /// When a booking for this start is over whose applicant has not come.
    func end(of start: Int32) -> Int32 { start + plan.rules.graceSeconds }

    /// A hold stands for its time, whatever becomes of the clocks, and never longer than its booking could.
    private func endOfHold(_ start: Int32, _ now: DayMoment) -> DayMoment {
        min(plan.moment(plan.rules.holdSeconds, after: now), DayMoment(end(of: start)))
    }

    /// The first start that can be booked now.
    func earliestStart(at now: Int32) -> Int32 {
        max(now + plan.rules.leadSeconds, nextStart(at: now))
    }

    /// The first start that has not passed.
    func nextStart(at now: Int32) -> Int32 {
        // Without a grace, a booking that starts now would be over at once.
        now + (plan.rules.graceSeconds == 0 ? 1 : 0)
    }

    func confirm(_ number: UInt32, _ now: Int32) throws(QueueRefusal) -> DayEvent {
        _ = try require(number, [.held])
        let start = try booking(number).start
        guard now < end(of: start) else { throw .slotPassed(start) }
        return .confirmed(number)
    }

    func release(_ number: UInt32) throws(QueueRefusal) -> DayEvent {
        .released(try require(number, [.held]))
    }

    func cancel(
        _ number: UInt32, _ by: Canceller, _ reason: String, _ now: DayMoment
    ) throws(QueueRefusal) -> DayEvent {
        let delay = plan.rules.rereleaseSeconds
        return .cancelled(
            Cancelled(
                number: try require(number, [.held, .confirmed]), by: by, reason: reason,
                // At once is by the time that the clock shows, also while it stands still.
                freeFrom: delay == 0 ? DayMoment(now.time) : plan.moment(delay, after: now)))
    }

    func arrive(_ number: UInt32, _ now: Int32) throws(QueueRefusal) -> DayEvent {
        _ = try require(number, [.confirmed])
        try requireToday(now)
        let booking = try booking(number)
        return .arrived(
            Arrived(
                booking: number, label: try nextLabel(Int(booking.service)),
                foretold: forecast(of: Int(booking.service), from: booking.start, at: now)))
    }

    private func require(
        _ number: UInt32, _ states: [Booking.State]
    ) throws(QueueRefusal) -> UInt32 {
        let state = try booking(number).state
        guard states.contains(state) else { throw .bookingIs(state, number) }
        return number
    }

    // MARK: Moving to another slot

    /// The first half of a move to a slot of this day: the new place, for the booking of another day
    /// or of this one.
    ///
    /// It is confirmed at once if the old booking was; a hold is held anew.
    ///
    /// `leaving` is the old booking's number if it is one of this day: its own place does not stand
    /// in its way. `channel` is the one of which it is from now on. `daysAhead` says how many dates after
    /// the present one the day is; nil if the office moves the booking because of a plan of its own, so that
    /// neither its horizon nor its lead time stands in the way, nor the channel's share.
    public func moveIn(
        _ old: Booking, service id: ServiceID, further: FurtherServices? = nil,
        channel: BookingChannel, from: Held.MovedFrom,
        leaving: UInt32?, start: Int32, at now: DayMoment, daysAhead: Int?
    ) throws(QueueRefusal) -> Held {
        let service = try bookable(id, daysAhead: daysAhead ?? 0)
        // The office has given its word for so many services already.
        let turns = try bookable(further, beside: service, isMoved: true)
        let isByOffice = daysAhead == nil
        let lead = isByOffice ? 0 : plan.rules.leadSeconds
        let share = isByOffice ? .office : channel
        if let turns {
            let taker = visit(service, turns, share, at: start)
            var others = capacity(knowing: taker)
            if let leaving { give(leaving, in: &others) }
            try requireFree(taker, now.time, others, lead: lead)
        } else {
            var others = capacity
            if let leaving { give(leaving, in: &others) }
            try requireFree(start, service, share, now.time, others, lead: lead)
        }
        return Held(
            number: nextBooking, applicant: old.applicant, service: UInt8(service), start: start,
            channel: channel,
            until: old.state == .held ? endOfHold(start, now) : nil, movedFrom: from,
            isMovedByOffice: isByOffice, further: turns)
    }

    /// The booking that is to be moved away, which must be held or confirmed.
    public func movable(_ number: UInt32) throws(QueueRefusal) -> Booking {
        try booking(try require(number, [.held, .confirmed]))
    }

    // MARK: Availability

    /// The slots of a service with the places that a channel may still book; none are left where it
    /// is too late or too early to book.
    ///
    /// `daysAhead` says how many dates after the present one the day is; nil where no clocks are changed
    /// between. `leaving` is a booking that would give up its place for the new one.
    ///
    /// `further` are services that a booking is for beside it: then the starts are those of such bookings, and
    /// of none where the office has no window for a visit at one.
    public func slots(
        of service: Int, further: FurtherTurns? = nil, channel: BookingChannel, at now: Int32,
        daysAhead: Int? = nil, leaving: UInt32? = nil
    ) -> (starts: [Int32], free: [Int32]) {
        let isOpen =
            plan.policy.takesBookings && !isTooFar(daysAhead ?? self.daysAhead(at: now))
        let earliest = isOpen ? earliestStart(at: now) : .max
        if let further {
            let taker = visit(service, further, channel, at: 0)
            var others = capacity(knowing: taker)
            if let leaving { give(leaving, in: &others) }
            return (others.starts(of: taker), others.free(of: taker, from: earliest))
        }
        guard let leaving else {
            return (
                capacity.starts(of: service),
                capacity.free(of: service, channel: channel, from: earliest)
            )
        }
        var others = capacity
        give(leaving, in: &others)
        return (
            others.starts(of: service),
            others.free(of: service, channel: channel, from: earliest)
        )
    }

    /// The free slots of a service as the office may move bookings there, of which only those that have
    /// passed are not among them: those that its lead time lets applicants book before the others, and of
    /// either the nearest to a time first, the earlier of two alike.
    func starts(
        of service: Int, further: FurtherTurns? = nil, near wanted: Int32, at now: Int32
    ) -> [(start: Int32, isFree: Bool)] {
        guard plan.policy.takesBookings, plan.closedBecause == nil, plan.renders(service)
        else { return [] }
        let next = nextStart(at: now)
        let starts: [Int32]
        let free: [Int32]
        if let further {
            let taker = visit(service, further, .office, at: 0)
            let capacity = capacity(knowing: taker)
            starts = capacity.starts(of: taker)
            free = starts.map { $0 >= next && capacity.admits(taker.at($0)) ? 1 : 0 }
        } else {
            starts = capacity.starts(of: service)
            free = capacity.free(of: service, channel: .office, from: next)
        }
        let earliest = earliestStart(at: now)
        func rank(_ start: Int32) -> (Int, Int32, Int32) {
            (start < earliest ? 1 : 0, abs(start - wanted), start)
        }
        return zip(starts, free).filter { $0.0 >= next }.sorted { rank($0.0) < rank($1.0) }
            .map { ($0.0, $0.1 > 0) }
    }

    // MARK: New plans

    /// The live bookings that the plan has no place for: to be moved or cancelled before it holds.
    ///
    /// Earlier numbers keep their places.
    public func displaced(by plan: DayPlan) -> [UInt32] {
        // A plan without bookings has a place for none (R7.3).
        let hasPlaces = plan.policy.takesBookings
        var fitting = Capacity(grid(for: plan))
        return inOrderOfPlaces.filter { number in
            let booking = bookings[Int(number) - 1]
            guard booking.state.isLive, hasPlaces || booking.ticket >= 0 else {
                return booking.state.isLive
            }
            fitting.take(taker(number))
            return booking.ticket < 0 && fitting.isWithoutPlace(number)
        }
    }

    /// The bookings that take places, in the order in which they keep them under a new plan: those
    /// who are here, then those who are to come, the earlier numbers first; then places that were
    /// cancelled and are not free yet.
    var inOrderOfPlaces: [UInt32] {
        let takers = bookings.indices.filter { bookings[$0].takesPlace }
        func rank(_ index: Int) -> Int {
            !bookings[index].state.isLive ? 2 : bookings[index].ticket < 0 ? 1 : 0
        }
        return (0...2).flatMap { wanted in
            takers.filter { rank($0) == wanted }.map { UInt32($0 + 1) }
        }
    }

    private func give(_ number: UInt32, in capacity: inout Capacity) {
        guard bookings.indices.contains(Int(number) - 1), bookings[Int(number) - 1].takesPlace
        else { return }
        capacity.give(taker(number))
    }

    func taker(_ number: UInt32) -> Capacity.Taker {
        let booking = bookings[Int(number) - 1]
        return Capacity.Taker(
            number: number, start: booking.start, service: booking.service,
            channel: booking.channel, visit: booking.visit)
    }
}
