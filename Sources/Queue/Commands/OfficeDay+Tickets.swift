// SPDX-License-Identifier: Apache-2.0

import CallLimits

extension OfficeDay {
    /// The most numbers of one lease, and the most leases of one day.
    public static let leaseLimit = CallLimit.leaseNumbers
    public static let leasesLimit = CallLimit.leasesOfADay

    /// The label that the service's series gives out next.
    func nextLabel(_ service: Int) throws(QueueRefusal) -> TicketLabel {
        let letter = plan.services[service].letter
        guard let label = TicketLabel(letter: letter, number: nextNumber(letter)) else {
            throw .numbersExhausted(letter)
        }
        return label
    }

    /// - Throws: unless the office receives now.
    func requireReception(_ now: Int32) throws(QueueRefusal) {
        try requireToday(now)
        guard plan.hours.contains(where: { $0.contains(now) }) else { throw .outsideReception }
    }

    /// - Throws: if the office did not receive when the ticket was taken, or not for its service.
    private func requireReception(of ticket: ReportedTicket.Given) throws(QueueRefusal) {
        let plan = plan(at: ticket.takenAt)
        guard plan.closedBecause == nil, plan.hours.contains(where: { $0.contains(ticket.takenAt) })
        else { throw .takenOutsideReception(ticket.takenAt) }
        guard let service = plan.service(ticket.service), plan.renders(service) else {
            throw plan.unknownService(ticket.service)
        }
    }

    /// - Throws: if no window of the day renders the service, so that nobody would ever be called.
    func requireRendered(_ service: Int) throws(QueueRefusal) {
        guard plan.renders(service) else {
            throw plan.unknownService(plan.services[service].id)
        }
    }

    func takeTicket(
        _ id: ServiceID, _ reason: ListedCode?, _ now: Int32
    ) throws(QueueRefusal) -> DayEvent {
        let service = try service(id)
        try requireReception(now)
        try requireRendered(service)
        try plan.requireReason(reason)
        return .ticketTaken(
            TicketTaken(
                label: try nextLabel(service), service: UInt8(service), at: now,
                foretold: forecast(of: service, from: now, at: now), reason: reason))
    }

    /// Numbers for a kiosk that may lose its connection; they can be leased before the office opens.
    func lease(
        _ id: ServiceID, _ count: Int, _ kiosk: String, _ now: Int32
    ) throws(QueueRefusal) -> DayEvent {
        let service = try service(id)
        try requireToday(now)
        try requireRendered(service)
        try plan.requireSomeReason()
        let letter = plan.services[service].letter
        let first = nextNumber(letter)
        guard leases.count < OfficeDay.leasesLimit else { throw .leasesExhausted }
        guard (1...OfficeDay.leaseLimit).contains(count),
            first + count - 1 <= TicketLabel.numberLimit
        else { throw .numbersExhausted(letter) }
        return .numbersLeased(
            NumberLease(
                id: UInt32(leases.count + 1), letter: letter, first: UInt16(first),
                count: UInt16(count), kiosk: kiosk))
    }

    /// What became of a kiosk's numbers, in their order without gaps.
    ///
    /// Each ticket is taken as `takeTicket` would have given it out at its time.
    func report(
        _ id: UInt32, _ tickets: [ReportedTicket], _ ends: Bool, _ now: Int32
    ) throws(QueueRefusal) -> [DayEvent] {
        guard id >= 1, id <= leases.count else { throw .unknownLease(id) }
        let lease = leases[Int(id) - 1]
        guard !lease.isOver else { throw .unknownLease(id) }
        var (used, last) = (lease.used, lease.lastTakenAt)
        var events: [DayEvent] = []
        for (index, reported) in tickets.enumerated() {
            do throws(QueueRefusal) {
                events.append(try report(reported, of: lease, used: used, since: last, now))
            } catch { throw .reported(index, error) }
            used += 1
            last = reported.given?.takenAt ?? last
        }
        if ends { events.append(.leaseEnded(id, used: Int32(used))) }
        return events
    }

    /// What became of the lease's next number, given out no earlier than the one before.
    private func report(
        _ reported: ReportedTicket, of lease: Lease, used: Int, since last: Int32, _ now: Int32
    ) throws(QueueRefusal) -> DayEvent {
        guard Int(reported.number) == Int(lease.lease.first) + used,
            used < Int(lease.lease.count),
            let label = TicketLabel(letter: lease.lease.letter, number: Int(reported.number))
        else { throw .notInLease(reported.number) }
        guard let ticket = reported.given else { return .numberVoided(label) }
        let service = try service(ticket.service)
        // By the plan of that time: a letter may be another since.
        let then = plan(at: ticket.takenAt)
        guard then.services.indices.contains(service),
            then.services[service].letter == lease.lease.letter
        else { throw .otherSeries(ticket.service, lease.lease.letter) }
        guard (last...max(last, now)).contains(ticket.takenAt), ticket.takenAt <= now else {
            throw .impossibleTime(ticket.takenAt)
        }
        try requireReception(of: ticket)
        try then.requireReason(ticket.reason)
        return .ticketReported(
            TicketTaken(
                label: label, service: UInt8(service), at: ticket.takenAt, foretold: nil,
                reason: ticket.reason))
    }
}

extension DayPlan {
    /// - Throws: unless a ticket may be had without a booking for the reason; where it takes none, none may be
    ///   named.
    func requireReason(_ reason: ListedCode?) throws(QueueRefusal) {
        let only = policy == .bookingsOnly ? reception.bookingsOnly : nil
        guard let reason else {
            if let only { throw .bookingsOnly(only) }
            return
        }
        guard only?.reason(reason) != nil else {
            throw .unknownReason(reason, known: only?.withoutBooking ?? [])
        }
    }

    /// - Throws: if no ticket at all is given without a booking.
    func requireSomeReason() throws(QueueRefusal) {
        guard policy == .bookingsOnly, let only = reception.bookingsOnly,
            only.withoutBooking.isEmpty
        else { return }
        throw .bookingsOnly(only)
    }

    /// The refusal of a service that nobody renders on this day, with those that somebody does.
    public func unknownService(_ id: ServiceID) -> QueueRefusal {
        .unknownService(
            id,
            known: services.indices.filter(renders).map { services[$0].id })
    }

    /// The refusal of a window that the office does not have on this day, with those that it has.
    func unknownWindow(_ id: WindowID) -> QueueRefusal {
        .unknownWindow(id, known: windows.map(\.id))
    }
}
