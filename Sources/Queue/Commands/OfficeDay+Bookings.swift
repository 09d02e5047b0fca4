// SPDX-License-Identifier: Apache-2.0

public import Parties

extension OfficeDay {
    /// The booking's number that comes next.
    private var nextBooking: UInt32 { UInt32(bookings.count + 1) }

    /// Holds a slot: the place is taken from now until the hold expires.
    func hold(
        _ id: ServiceID, _ start: Int32, _ channel: BookingChannel, _ applicant: Applicant,
        _ now: Int32
    ) throws(QueueRefusal) -> Held {
        let service = try bookable(id, now)
        try requireFree(start, service, channel, now)
        return Held(
            number: nextBooking, applicant: applicant, service: UInt8(service), start: start,
            channel: channel, until: now + plan.rules.holdSeconds, movedFrom: nil)
    }

    /// The service, if the day takes bookings for it.
    private func bookable(_ id: ServiceID, _ now: Int32) throws(QueueRefusal) -> Int {
        let service = try service(id)
        guard plan.policy == .electronicQueue else {
            throw .noBookings(rule: plan.policyRule)
        }
        if let because = plan.closedBecause { throw .closed(because) }
        guard -now <= plan.rules.horizonDays * 86_400 else {
            throw .tooFar(horizonDays: plan.rules.horizonDays)
        }
        return service
    }

    private func requireFree(
        _ start: Int32, _ service: Int, _ channel: BookingChannel, _ now: Int32
    ) throws(QueueRefusal) {
        guard let cell = capacity.cell(at: start),
            capacity.places(from: cell, service: service) > 0
        else { throw .notASlot(start) }
        guard start >= now + plan.rules.leadSeconds else {
            throw .tooSoon(leadSeconds: plan.rules.leadSeconds)
        }
        guard capacity.free(from: cell, service: service, channel: channel) > 0 else {
            throw .slotTaken(start)
        }
    }

    func confirm(_ number: UInt32) throws(QueueRefusal) -> DayEvent {
        .confirmed(try require(number, [.held]))
    }

    func release(_ number: UInt32) throws(QueueRefusal) -> DayEvent {
        .released(try require(number, [.held]))
    }

    func cancel(
        _ number: UInt32, _ by: Canceller, _ reason: String, _ now: Int32
    ) throws(QueueRefusal) -> DayEvent {
        .cancelled(
            Cancelled(
                number: try require(number, [.held, .confirmed]), by: by, reason: reason,
                freeFrom: now + plan.rules.rereleaseSeconds))
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
    public func moveIn(
        _ old: Booking, service id: ServiceID, channel: BookingChannel, from: Held.MovedFrom,
        start: Int32, at now: Int32
    ) throws(QueueRefusal) -> Held {
        let service = try bookable(id, now)
        try requireFree(start, service, channel, now)
        return Held(
            number: nextBooking, applicant: old.applicant, service: UInt8(service), start: start,
            channel: channel,
            until: old.state == .held ? now + plan.rules.holdSeconds : nil, movedFrom: from)
    }

    /// The booking that is to be moved away, which must be held or confirmed.
    public func movable(_ number: UInt32) throws(QueueRefusal) -> Booking {
        try booking(try require(number, [.held, .confirmed]))
    }

    // MARK: Availability

    /// The slots of a service with the places that a channel may still book; none are left where it
    /// is too late or too early to book.
    public func slots(
        of service: Int, channel: BookingChannel, at now: Int32
    ) -> (starts: [Int32], free: [Int32]) {
        let isOpen =
            plan.policy == .electronicQueue && -now <= plan.rules.horizonDays * 86_400
        let earliest = isOpen ? now + plan.rules.leadSeconds : .max
        return (
            capacity.starts(of: service),
            capacity.free(of: service, channel: channel, from: earliest)
        )
    }

    /// The live bookings that the plan has no place for: to be moved or cancelled before it holds.
    ///
    /// Earlier numbers keep their places.
    public func displaced(by plan: DayPlan) -> [UInt32] {
        var fitting = Capacity(SlotGrid(plan))
        var displaced: [UInt32] = []
        for (index, booking) in bookings.enumerated() where booking.state.isLive {
            let service = Int(booking.service)
            if booking.ticket < 0 {
                // A plan without bookings has a place for none (R7.3).
                guard plan.policy == .electronicQueue, let cell = fitting.cell(at: booking.start),
                    fitting.free(from: cell, service: service, channel: .office) > 0
                else {
                    displaced.append(UInt32(index + 1))
                    continue
                }
            }
            fitting.occupy(
                booking.start, service: service, channel: booking.channel, taken: true)
        }
        return displaced
    }
}
