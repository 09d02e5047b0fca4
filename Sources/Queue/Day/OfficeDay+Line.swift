// SPDX-License-Identifier: Apache-2.0

/// The line: tickets, leased numbers, and what windows call.
extension OfficeDay {
    /// Whether one ticket's place in the line is before another's.
    private func isBefore(_ a: Int32, _ b: Int32) -> Bool {
        let (one, other) = (tickets[Int(a)], tickets[Int(b)])
        return (one.key, one.order) < (other.key, other.order)
    }

    private mutating func nextOrder() -> Int32 {
        ordered += 1
        return ordered
    }

    private mutating func enterLine(_ index: Int32) {
        var (low, high) = (0, line.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(line[middle], index) { low = middle + 1 } else { high = middle }
        }
        line.insert(index, at: low)
    }

    mutating func changeTicket(_ label: TicketLabel, _ body: (inout Ticket) -> Void) {
        guard let index = ticketIndex(label) else { return }
        body(&tickets[index])
        tickets[index].changed = revision
    }

    private mutating func add(
        _ label: TicketLabel, service: UInt8, booking: UInt32, takenAt: Int32, key: Int32,
        foretold: WaitQuantiles?, reason: ListedCode? = nil
    ) {
        let index = Int32(tickets.count)
        tickets.append(
            Ticket(
                label: label, service: service, booking: booking, takenAt: takenAt, since: takenAt,
                key: key, foretold: foretold, changed: revision, reason: reason))
        nextDue = min(nextDue, OfficeDay.end)
        tickets[Int(index)].order = nextOrder()
        let series = seriesIndex(label.letter)
        let number = Int(label.number)
        reserve(series, upTo: number)
        self.series[series].tickets[number - 1] = index
        enterLine(index)
    }

    private mutating func seriesIndex(_ letter: UInt8) -> Int {
        if let index = series.firstIndex(where: { $0.letter == letter }) { return index }
        series.append(Series(letter: letter))
        return series.count - 1
    }

    private mutating func reserve(_ index: Int, upTo number: Int) {
        while series[index].tickets.count < number { series[index].tickets.append(-1) }
        series[index].next = max(series[index].next, number + 1)
    }

    mutating func void(_ label: TicketLabel) {
        guard let lease = leases.firstIndex(where: { $0.contains(label) }) else { return }
        leases[lease].used += 1
    }

    mutating func take(_ taken: TicketTaken) {
        if let lease = leases.firstIndex(where: { $0.contains(taken.label) }) {
            leases[lease].used += 1
            leases[lease].lastTakenAt = taken.at
        }
        add(
            taken.label, service: taken.service, booking: 0, takenAt: taken.at, key: taken.at,
            foretold: taken.foretold, reason: taken.reason)
    }

    mutating func arrive(_ arrived: Arrived, _ now: Int32) {
        let index = Int32(tickets.count)
        change(arrived.booking) {
            $0.state = .arrived
            $0.ticket = index
        }
        let booking = bookings[Int(arrived.booking) - 1]
        add(
            arrived.label, service: booking.service, booking: arrived.booking, takenAt: now,
            key: booking.start, foretold: arrived.foretold)
    }

    mutating func add(_ lease: NumberLease, _ now: Int32) {
        leases.append(Lease(lease: lease, at: now, lastTakenAt: now))
        reserve(seriesIndex(lease.letter), upTo: Int(lease.first) + Int(lease.count) - 1)
    }

    /// Numbers at the end of the series that were not used go back to it; others are void.
    mutating func endLease(_ id: UInt32, _ used: Int32) {
        let index = Int(id) - 1
        leases[index].isOver = true
        let lease = leases[index].lease
        let series = seriesIndex(lease.letter)
        guard self.series[series].next == Int(lease.first) + Int(lease.count) else { return }
        self.series[series].next = Int(lease.first) + Int(used)
        self.series[series].tickets.removeLast(Int(lease.count) - Int(used))
    }

    mutating func call(_ label: TicketLabel, _ window: UInt8, _ now: Int32) {
        guard let index = ticketIndex(label) else { return }
        line.removeAll { $0 == Int32(index) }
        endWait(index, now, isCalled: true)
        changeTicket(label) {
            $0.state = .called
            // Where its own window renders its service no more, another has it from now on.
            if $0.window != window { $0.isDirected = false }
            $0.window = window
            $0.calls = 1
            $0.calledAt = now
            if $0.firstCalledAt == 0 { $0.firstCalledAt = now }
            $0.servedAt = 0
        }
        windows[Int(window)].ticket = Int32(index)
        windows[Int(window)].changed = revision
    }

    /// A turn of a visit is over: the ticket stays where all of the visit is to be, or goes on in the line.
    mutating func endTurn(_ label: TicketLabel, _ outcome: Outcome, _ now: Int32) {
        guard let index = ticketIndex(label), let next = nextTurn(of: tickets[index]) else {
            return
        }
        let ticket = tickets[index]
        let stays = staysForNextTurn(ticket, next)
        endedTurns.append(
            EndedTurn(
                ticket: Int32(index), service: ticket.service, window: ticket.window,
                outcome: outcome))
        creditSeat(index, outcome)
        clearWindow(label, wasThere: true, isServed: true, now)
        changeTicket(label) {
            $0.turn += 1
            $0.service = next
            $0.since = now
            if stays {
                $0.state = .serving
                $0.calledAt = now
                $0.servedAt = now
            } else {
                $0.state = .waiting
                $0.window = Ticket.noWindow
                $0.isDirected = false
            }
        }
        if stays {
            windows[Int(ticket.window)].ticket = Int32(index)
        } else {
            enterLine(Int32(index))
        }
    }

    /// Which service a visit goes on to after the present one; nil if to none.
    func nextTurn(of ticket: Ticket) -> UInt8? {
        guard ticket.booking > 0,
            case let visit = bookings[Int(ticket.booking) - 1].visit, ticket.turn < visit.count
        else { return nil }
        return visit.service(Int(ticket.turn))
    }

    private func staysForNextTurn(_ ticket: Ticket, _ next: UInt8) -> Bool {
        bookings[Int(ticket.booking) - 1].visit.isAtOneWindow
            && ticket.window != Ticket.noWindow && plan.renders(next, at: Int(ticket.window))
    }

    /// In which way a ticket has ended, or the turn of its visit that is over.
    mutating func end(_ label: TicketLabel, as ending: ListedCode) {
        guard let index = ticketIndex(label) else { return }
        if tickets[index].state == .finished {
            changeTicket(label) { $0.ending = ending }
        } else if let turn = endedTurns.lastIndex(where: { $0.ticket == Int32(index) }) {
            endedTurns[turn].ending = ending
        }
    }

    /// The ticket leaves its window, and the time spent there is the window's.
    ///
    /// `wasThere` says that the applicant came to the window, and `isServed` that it did not end with their leaving.
    private mutating func clearWindow(
        _ label: TicketLabel, wasThere: Bool, isServed: Bool, _ now: Int32
    ) {
        guard let index = ticketIndex(label) else { return }
        let ticket = tickets[index]
        guard ticket.state == .called || ticket.state == .serving else { return }
        endServing(index, now, wasThere: wasThere, isServed: isServed)
        let window = Int(ticket.window)
        windows[window].ticket = -1
        windows[window].busySeconds += within(now) - ticket.calledAt
        windows[window].changed = revision
    }

    /// Notes a ticket that is finished at a window for whoever sits there.
    private mutating func creditSeat(_ index: Int, _ outcome: Outcome) {
        let ticket = tickets[index]
        guard outcome == .served || outcome == .refused, ticket.window != Ticket.noWindow,
            let who = windows[Int(ticket.window)].who
        else { return }
        seats[who, default: SeatTime()].tickets += 1
    }

    mutating func leave(
        _ label: TicketLabel, _ state: Ticket.State, wasThere: Bool, _ now: Int32
    ) {
        clearWindow(label, wasThere: wasThere, isServed: wasThere, now)
        changeTicket(label) { $0.state = state }
    }

    mutating func resume(_ label: TicketLabel, _ now: Int32) {
        guard let index = ticketIndex(label) else { return }
        let order = tickets[index].state == .skipped ? nextOrder() : tickets[index].order
        changeTicket(label) {
            // Who was called and did not come starts anew behind those who are there.
            if $0.state == .skipped { $0.key = now }
            $0.order = order
            $0.state = .waiting
            $0.since = now
            if !$0.isDirected { $0.window = Ticket.noWindow }
        }
        enterLine(Int32(index))
    }

    mutating func transfer(
        _ label: TicketLabel, _ service: UInt8, _ window: UInt8?, _ now: Int32
    ) {
        guard let index = ticketIndex(label) else { return }
        clearWindow(label, wasThere: true, isServed: true, now)
        line.removeAll { $0 == Int32(index) }
        changeTicket(label) {
            // Who waits goes on waiting; who was at a window waits anew.
            if $0.state != .waiting { $0.since = now }
            $0.state = .waiting
            $0.service = service
            $0.window = window ?? Ticket.noWindow
            $0.isDirected = window != nil
        }
        enterLine(Int32(index))
    }

    mutating func finish(_ label: TicketLabel, _ outcome: Outcome, _ now: Int32) {
        guard let index = ticketIndex(label) else { return }
        endWait(index, now, isCalled: false)
        let end = within(now)
        let isServed = outcome == .served || outcome == .refused
        // Of whom the day left at a window nobody has said that they came.
        let wasThere = isServed || outcome == .left && now < OfficeDay.end
        creditSeat(index, outcome)
        clearWindow(label, wasThere: wasThere, isServed: isServed, now)
        line.removeAll { $0 == Int32(index) }
        changeTicket(label) {
            $0.state = .finished
            $0.outcome = outcome
            $0.finishedAt = end
        }
        let booking = tickets[index].booking
        if booking > 0 {
            change(booking) { $0.state = outcome.bookingState }
            // Who is gone needs no window any more, whenever the booking was to begin.
            freePlace(booking)
        }
    }
}

extension OfficeDay.Lease {
    /// Whether the number is one of the lease's.
    func contains(_ label: TicketLabel) -> Bool {
        label.letter == lease.letter && !isOver && label.number >= lease.first
            && Int(label.number) < Int(lease.first) + Int(lease.count)
    }
}
