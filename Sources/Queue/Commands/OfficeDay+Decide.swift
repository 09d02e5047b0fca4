// SPDX-License-Identifier: Apache-2.0

extension OfficeDay {
    /// The events that a command leads to; it changes nothing itself.
    ///
    /// What time has brought about by then (`due`) must have been applied before. Each command is a
    /// list of guards, and the first that does not hold is the refusal: what is named must exist,
    /// then the office's rules, then the state, then the place.
    ///
    /// `daysAhead` says how many dates after the present one the day is, for a hold; nil where no clocks are
    /// changed between.
    ///
    /// - Throws: a ``QueueRefusal`` with its reason; nothing has changed.
    public func decide(
        _ command: DayCommand, at moment: DayMoment, daysAhead: Int? = nil
    ) throws(QueueRefusal) -> [DayEvent] {
        let now = moment.time
        return switch command {
        case .hold(let service, let start, let channel, let applicant, let further):
            [
                .held(
                    try hold(
                        service, start, channel, applicant, further, moment,
                        daysAhead: daysAhead ?? self.daysAhead(at: now)))
            ]
        case .confirm(let number): [try confirm(number, now)]
        case .release(let number): [try release(number)]
        case .cancel(let number, let by, let reason): [try cancel(number, by, reason, moment)]
        case .arrive(let number): [try arrive(number, now)]
        case .takeTicket(let service, let reason): [try takeTicket(service, reason, now)]
        case .leaseNumbers(let service, let count, let kiosk):
            [try lease(service, count, kiosk, now)]
        case .reportTickets(let lease, let tickets, let ends):
            try report(lease, tickets, ends, now)
        case .openWindow(let id, let who): try open(id, who, now)
        case .closeWindow(let id): [.windowClosed(try idle(id, [.open, .onBreak]))]
        case .beginBreak(let id, let reason): try pause(id, reason)
        case .endBreak(let id): [.breakEnded(try idle(id, [.onBreak]))]
        case .callNext(let id): [try callNext(id, now)]
        case .call(let label, let id): [try call(label, id, now)]
        case .recall(let label): [try recall(label)]
        case .serve(let label): [try serve(label)]
        case .skip(let label): [.skipped(try require(label, [.called]))]
        case .park(let label): [.parked(try require(label, [.called, .serving]))]
        case .resume(let label): [.resumed(try require(label, [.parked, .skipped]))]
        case .transfer(let label, let service, let window):
            [try transfer(label, service, window)]
        case .finish(let label, let outcome, let ending): try finish(label, outcome, ending)
        case .join(let entry):
            [try join(entry, moment, daysAhead: daysAhead ?? self.daysAhead(at: now))]
        case .leaveWaitingList(let number): try leaveWaitingList(number)
        case .declineOffer(let number): [try declineOffer(number)]
        case .acceptOffer(let number, let giving): [try acceptOffer(number, giving: giving)]
        }
    }

    /// What time alone has brought about by now: holds that ran out, bookings whose applicant did
    /// not come within the grace, places that may be booked again, and at midnight the end of all
    /// that is still open.
    public func due(at now: DayMoment) -> [DayEvent] {
        guard now.time >= nextDue else { return [] }
        var events = now.time >= OfficeDay.end ? closing : []
        for (index, booking) in bookings.enumerated() where isDue(booking, now) {
            let number = UInt32(index + 1)
            switch booking.state {
            case .held: events.append(.expired(number))
            case .confirmed: events.append(.missed(number))
            case .offered: events.append(.offerEnded(number, .unanswered))
            default: events.append(.placeFreed(number))
            }
        }
        return events
    }

    /// Seconds after midnight at which a day is over.
    static let end: Int32 = 86_400

    /// What ends with the day: tickets that nobody finished, and windows that nobody closed.
    private var closing: [DayEvent] {
        tickets.filter { $0.state != .finished }
            .map { .finished($0.label, $0.state == .skipped ? .noShow : .left) }
            + windows.indices.filter { windows[$0].state != .closed }
            .map { .windowClosed(UInt8($0)) }
    }

    private func isDue(_ booking: Booking, _ now: DayMoment) -> Bool {
        dueMoment(booking).map { $0 <= now } ?? false
    }

    /// When time alone changes the booking; nil if it does not.
    private func dueMoment(_ booking: Booking) -> DayMoment? {
        switch booking.state {
        case .held, .offered: booking.until
        case .confirmed: DayMoment(booking.start + plan.rules.graceSeconds)
        case .cancelled: booking.takesPlace ? booking.until : nil
        default: nil
        }
    }

    /// The earliest time at which time alone changes something; nil if it changes nothing.
    ///
    /// While the clock stands still, that may be a while after it has begun to show it.
    public var nextDueTime: Int32? {
        var least = closing.isEmpty ? nil : OfficeDay.end
        for booking in bookings {
            if let time = dueMoment(booking)?.time { least = min(least ?? time, time) }
        }
        return least
    }

    /// Brings the bound on `due` up to date, after its events were applied.
    public mutating func settleDue() { nextDue = nextDueTime ?? .max }
}

// MARK: Windows and calls

extension OfficeDay {
    /// - Throws: unless the present is within the day.
    func requirePresent(_ now: Int32) throws(QueueRefusal) {
        guard (0..<86_400).contains(now) else { throw .notToday }
    }

    /// - Throws: unless the present is within the day, and the office receives on it.
    func requireToday(_ now: Int32) throws(QueueRefusal) {
        try requirePresent(now)
        if let because = plan.closedBecause { throw .closed(because) }
    }

    private func open(
        _ id: WindowID, _ who: SeatName?, _ now: Int32
    ) throws(QueueRefusal) -> [DayEvent] {
        let window = try window(id)
        try requirePresent(now)
        // Who was here when the office closed is still called, so windows open for them.
        if let because = plan.closedBecause, tickets.allSatisfy({ $0.state == .finished }) {
            throw .closed(because)
        }
        guard windows[window].state == .closed else { throw .windowIs(windows[window].state, id) }
        let place = UInt8(window)
        return [.windowOpened(place)] + (who.map { [.seated(place, $0)] } ?? [])
    }

    private func pause(
        _ id: WindowID, _ reason: ListedCode?
    ) throws(QueueRefusal) -> [DayEvent] {
        let window = try window(id)
        if let reason, !plan.reception.pauses.contains(where: { $0.code == reason }) {
            throw .unknownReason(reason, known: plan.reception.pauses)
        }
        _ = try idle(id, [.open])
        let place = UInt8(window)
        return [.breakBegun(place)] + (reason.map { [.pausedFor(place, $0)] } ?? [])
    }

    /// The window in one of these states, with nobody at it.
    private func idle(
        _ id: WindowID, _ states: [WindowStatus.State]
    ) throws(QueueRefusal) -> UInt8 {
        let window = try window(id)
        guard states.contains(windows[window].state) else {
            throw .windowIs(windows[window].state, id)
        }
        if let ticket = ticket(at: window) { throw .windowBusy(id, ticket.label) }
        return UInt8(window)
    }

    private func callNext(_ id: WindowID, _ now: Int32) throws(QueueRefusal) -> DayEvent {
        let window = try idle(id, [.open])
        try requirePresent(now)
        guard let index = next(for: Int(window)) else { throw .nobodyWaiting(id) }
        return .called(tickets[index].label, window: window)
    }

    /// A given ticket may be called if it is next, or was set aside: nobody is passed over.
    private func call(
        _ label: TicketLabel, _ id: WindowID, _ now: Int32
    ) throws(QueueRefusal) -> DayEvent {
        let ticket = try ticket(label)
        let window = try idle(id, [.open])
        try requirePresent(now)
        guard plan.mayCall(ticket.service, at: Int(window)) else {
            throw .notServed(id, plan.services[Int(ticket.service)].id)
        }
        let isOfAnother = !mayCall(ticket, window: Int(window))
        switch ticket.state {
        case .parked where isOfAnother, .waiting where isOfAnother:
            throw .notServed(id, plan.services[Int(ticket.service)].id)
        case .parked: break
        case .waiting:
            guard let first = next(for: Int(window)), tickets[first].label == label else {
                let ahead = next(for: Int(window)).map { tickets[$0].label } ?? label
                throw .wouldOvertake(ahead, rule: plan.policyRule)
            }
        case .called, .serving, .skipped, .finished: throw .ticketIs(ticket.state, label)
        }
        return .called(label, window: window)
    }

    private func recall(_ label: TicketLabel) throws(QueueRefusal) -> DayEvent {
        _ = try require(label, [.called])
        guard Int32(try ticket(label).calls) < plan.rules.callLimit else {
            throw .calledTooOften(label, limit: plan.rules.callLimit)
        }
        return .recalled(label)
    }

    private func serve(_ label: TicketLabel) throws(QueueRefusal) -> DayEvent {
        .servingBegun(try require(label, [.called]))
    }

    private func transfer(
        _ label: TicketLabel, _ service: ServiceID?, _ window: WindowID?
    ) throws(QueueRefusal) -> DayEvent {
        let ticket = try ticket(label)
        var target = Int(ticket.service)
        if let service { target = try self.service(service) }
        _ = try require(label, [.waiting, .called, .serving, .parked])
        try requireRendered(target)
        guard let window else { return .transferred(label, service: UInt8(target), window: nil) }
        let index = try self.window(window)
        guard plan.windows[index].services & 1 << UInt8(target) != 0 else {
            throw .notServed(window, plan.services[target].id)
        }
        return .transferred(label, service: UInt8(target), window: UInt8(index))
    }

    private func finish(
        _ label: TicketLabel, _ outcome: Outcome, _ ending: ListedCode?
    ) throws(QueueRefusal) -> [DayEvent] {
        _ = try ticket(label)
        if let ending {
            let known = plan.reception.endings.filter { $0.outcome == outcome }
            guard known.contains(where: { $0.code == ending }) else {
                throw .unknownEnding(
                    ending, known: known.map { ListedReason(code: $0.code, title: $0.title) })
            }
        }
        switch outcome {
        case .served, .refused: _ = try require(label, [.called, .serving])
        case .left, .noShow:
            _ = try require(label, [.waiting, .called, .serving, .parked, .skipped])
        }
        let hasNext = nextTurn(of: try ticket(label)) != nil
        let isTurn = hasNext && (outcome == .served || outcome == .refused)
        let ended: DayEvent = isTurn ? .turnEnded(label, outcome) : .finished(label, outcome)
        return [ended] + (ending.map { [.endedAs(label, $0)] } ?? [])
    }

    private func require(
        _ label: TicketLabel, _ states: [Ticket.State]
    ) throws(QueueRefusal) -> TicketLabel {
        let state = try ticket(label).state
        guard states.contains(state) else { throw .ticketIs(state, label) }
        return label
    }
}

extension OfficeDay {
    /// A time before which `due` has no events; nil if it never has any.
    public var nextDueBound: Int32? { nextDue == .max ? nil : nextDue }
}
