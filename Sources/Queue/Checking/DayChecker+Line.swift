// SPDX-License-Identifier: Apache-2.0

/// What is on the books about one ticket.
struct TicketBook {
    enum Stage {
        case waiting
        case called
        case serving
        case parked
        case skipped
        case finished
    }

    var service: UInt8
    /// From when on it is due.
    var due: Int32
    let came: Int
    /// Of two that are due alike, who came to the end of the line first goes first.
    var order: Int
    /// It came to the end of the line once more.
    ///
    /// In entries of before, its first coming counted.
    var cameAgain = false
    var stage = Stage.waiting
    /// Where it is.
    var window: UInt8?
    /// The window for which alone it waits.
    var directed: UInt8?
    /// It has been called since.
    ///
    /// In entries of before, any window could call it then.
    var wasCalled = false
    var calls: Int32 = 0
    let booking: UInt32
    /// How many turns of its visit are over.
    var turnsOver = 0
    /// What became of it, in order.
    var turns: [TicketTurn] = []
}

struct WindowBook {
    enum Stage {
        case closed
        case open
        case onBreak
    }

    var stage = Stage.closed
    var ticket: TicketLabel?
}

struct LeaseBook {
    let letter: UInt8
    let first: Int
    let count: Int
    var used = 0
    var lastTaken: Int32
    var isOver = false
}

// MARK: Numbers

extension DayChecker {
    /// The label is its letter's next number, and of the service's letter.
    mutating func giveOut(
        _ label: TicketLabel, service: UInt8, _ plan: DayPlan
    ) throws(Violation) {
        try require(plan.services[Int(service)].letter == label.letter, .number, "\(label)")
        try require(tickets[label] == nil, .number, "\(label)")
        let next = nextNumber[label.letter] ?? 1
        try require(Int(label.number) == next, .number, "\(label)")
        nextNumber[label.letter] = next + 1
    }

    /// `taken` is when the ticket was taken; nil for now.
    mutating func enter(
        _ label: TicketLabel, service: UInt8, due: Int32, booking: UInt32, taken: Int32? = nil
    ) {
        tickets[label] = TicketBook(
            service: service, due: due, came: tickets.count, order: comings,
            booking: booking)
        comings += 1
        note(label, at: taken)
    }

    mutating func take(_ taken: TicketTaken, _ plan: DayPlan) throws(Violation) {
        try requireService(taken.service, plan)
        try require(taken.at == now, .time, "\(taken.label)")
        let isReceiving = plan.hours.contains { $0.start <= now && now < $0.end }
        try require(isReceiving, .reception, "\(taken.label)")
        try requireReason(of: taken, plan)
        try giveOut(taken.label, service: taken.service, plan)
        enter(taken.label, service: taken.service, due: taken.at, booking: 0)
    }

    mutating func lease(_ lease: NumberLease) throws(Violation) {
        let who = "lease \(lease.id)"
        try requireToday(who)
        try require(Int(lease.id) == leases.count + 1, .lease, who)
        try require(Int(lease.first) == nextNumber[lease.letter] ?? 1, .lease, who)
        nextNumber[lease.letter] = Int(lease.first) + Int(lease.count)
        leases[lease.id] = LeaseBook(
            letter: lease.letter, first: Int(lease.first), count: Int(lease.count), lastTaken: now)
    }

    mutating func report(_ taken: TicketTaken, _ plan: DayPlan) throws(Violation) {
        let who = "\(taken.label)"
        try requireService(taken.service, plan)
        try require(tickets[taken.label] == nil, .number, who)
        let (id, book) = try nextOfLease(taken.label)
        try require(book.lastTaken <= taken.at && taken.at <= now, .time, who)
        let then = former.first { taken.at < $0.until }?.plan ?? plan
        let letter = then.services.dropFirst(Int(taken.service)).first?.letter
        try require(letter == taken.label.letter, .number, who)
        let isReceiving = then.hours.contains { $0.start <= taken.at && taken.at < $0.end }
        try require(isReceiving, .reception, who)
        try requireReason(of: taken, then)
        leases[id]?.used += 1
        leases[id]?.lastTaken = taken.at
        enter(
            taken.label, service: taken.service, due: taken.at, booking: 0, taken: taken.at)
    }

    /// The lease of which the number is the next.
    private func nextOfLease(_ label: TicketLabel) throws(Violation) -> (UInt32, LeaseBook) {
        let number = Int(label.number)
        let lease = leases.first { _, lease in
            !lease.isOver && lease.letter == label.letter && lease.first <= number
                && number < lease.first + lease.count
        }
        guard let (id, book) = lease, book.first + book.used == number else {
            throw violation(.lease, "\(label)")
        }
        return (id, book)
    }

    mutating func void(_ label: TicketLabel) throws(Violation) {
        leases[try nextOfLease(label).0]?.used += 1
    }

    /// The numbers not given out are void, but those at the very end are given out anew.
    mutating func endLease(_ id: UInt32, _ used: Int) throws(Violation) {
        guard let lease = leases[id], !lease.isOver else { throw violation(.lease, "lease \(id)") }
        try require(lease.used <= used && used <= lease.count, .lease, "lease \(id)")
        leases[id]?.isOver = true
        if nextNumber[lease.letter] == lease.first + lease.count {
            nextNumber[lease.letter] = lease.first + used
        }
    }
}

// MARK: Windows and calls

extension DayChecker {
    mutating func turn(
        _ window: UInt8, from stages: [WindowBook.Stage], to stage: WindowBook.Stage,
        _ plan: DayPlan
    ) throws(Violation) {
        try requireWindow(window, plan)
        let book = windows[window] ?? WindowBook()
        try require(stages.contains(book.stage), .windowState, "window \(window)")
        try require(book.ticket == nil, .oneAtAWindow, "window \(window)")
        windows[window] = WindowBook(stage: stage)
    }

    func ticket(
        _ label: TicketLabel, in stages: [TicketBook.Stage]
    ) throws(Violation) -> TicketBook {
        guard let ticket = tickets[label] else { throw violation(.existence, "\(label)") }
        try require(stages.contains(ticket.stage), .ticketState, "\(label)")
        return ticket
    }

    mutating func call(
        _ label: TicketLabel, _ window: UInt8, _ plan: DayPlan
    ) throws(Violation) {
        try requireToday("\(label)")
        try requireWindow(window, plan)
        let ticket = try ticket(label, in: [.waiting, .parked])
        let book = windows[window] ?? WindowBook()
        try require(book.stage == .open, .windowState, "window \(window)")
        try require(book.ticket == nil, .oneAtAWindow, "window \(window)")
        func mayCall(_ ticket: TicketBook) -> Bool { self.mayCall(ticket, window, plan) }
        let isRendered = plan.windows[Int(window)].services >> ticket.service % 2 == 1
        try require(
            mayCall(ticket) || ticket.wasCalled && isRendered, .service, "\(label)")
        if ticket.stage == .waiting {
            for (other, book) in tickets
            where book.stage == .waiting && mayCall(book) {
                // Of these two entries of before have the other first.
                let isAlike = book.due == ticket.due && (book.cameAgain || ticket.cameAgain)
                try require(
                    isAlike || (book.due, book.order) >= (ticket.due, ticket.order), .overtaking,
                    "\(label) before \(other)")
            }
        }
        windows[window]?.ticket = label
        tickets[label]?.stage = .called
        tickets[label]?.window = window
        if ticket.directed != window { tickets[label]?.directed = nil }
        tickets[label]?.wasCalled = true
        tickets[label]?.calls = 1
        note(label)
    }

    /// Whether the window renders the ticket's service and the ticket is not sent to another that does;
    /// where no window renders it any more, each may call.
    private func mayCall(_ ticket: TicketBook, _ window: UInt8, _ plan: DayPlan) -> Bool {
        let able = plan.windows.indices.filter {
            plan.windows[$0].services >> ticket.service % 2 == 1
        }
        if let directed = ticket.directed, able.contains(Int(directed)) {
            return directed == window
        }
        return able.isEmpty || able.contains(Int(window))
    }

    mutating func recall(_ label: TicketLabel, _ plan: DayPlan) throws(Violation) {
        let ticket = try ticket(label, in: [.called])
        try require(ticket.calls < plan.rules.callLimit, .callLimit, "\(label)")
        tickets[label]?.calls += 1
    }

    mutating func change(
        _ label: TicketLabel, from stages: [TicketBook.Stage], to stage: TicketBook.Stage
    ) throws(Violation) {
        _ = try ticket(label, in: stages)
        tickets[label]?.stage = stage
        note(label)
    }

    mutating func leaveWindow(
        _ label: TicketLabel, from stages: [TicketBook.Stage], to stage: TicketBook.Stage,
        _ outcome: Outcome? = nil
    ) throws(Violation) {
        let ticket = try ticket(label, in: stages)
        if let window = ticket.window { windows[window]?.ticket = nil }
        tickets[label]?.window = nil
        tickets[label]?.stage = stage
        note(label, outcome)
    }

    mutating func resume(_ label: TicketLabel) throws(Violation) {
        let ticket = try ticket(label, in: [.parked, .skipped])
        if ticket.stage == .skipped {
            tickets[label]?.due = now
            tickets[label]?.order = comings
            tickets[label]?.cameAgain = true
            comings += 1
        }
        tickets[label]?.stage = .waiting
        note(label)
    }

    mutating func transfer(
        _ label: TicketLabel, _ service: UInt8, _ window: UInt8?, _ plan: DayPlan
    ) throws(Violation) {
        try requireService(service, plan)
        if let window {
            try requireWindow(window, plan)
            let services = plan.windows[Int(window)].services
            try require(services & 1 << service != 0, .service, "\(label)")
        }
        try leaveWindow(
            label, from: [.waiting, .called, .serving, .parked], to: .waiting)
        tickets[label]?.service = service
        tickets[label]?.directed = window
        tickets[label]?.wasCalled = false
    }

    /// A turn of a visit ends by what was done at a window; then comes the next that was booked, at the same
    /// window for a visit at one that renders it, and in the line at the place that it had otherwise.
    mutating func endTurn(
        _ label: TicketLabel, _ outcome: Outcome, _ plan: DayPlan
    ) throws(Violation) {
        let ticket = try ticket(label, in: [.called, .serving])
        try require(outcome == .served || outcome == .refused, .turn, "\(label)")
        guard let booking = bookings[ticket.booking], ticket.turnsOver + 1 < booking.services.count
        else { throw violation(.turn, "\(label)") }
        let next = booking.services[ticket.turnsOver + 1]
        if booking.isAtOneWindow, let window = ticket.window,
            plan.windows[Int(window)].services >> next % 2 == 1
        {
            // Where the clerk did not say when it began, it began with the call.
            if ticket.stage == .called, let call = ticket.turns.last {
                tickets[label]?.turns[ticket.turns.count - 1] = TicketTurn(
                    at: call.at, stage: .serving, due: call.due, outcome: nil, plan: call.plan)
            }
            tickets[label]?.stage = .serving
            note(label)
        } else {
            try leaveWindow(label, from: [.called, .serving], to: .waiting)
            tickets[label]?.directed = nil
            tickets[label]?.wasCalled = false
        }
        tickets[label]?.service = next
        tickets[label]?.turnsOver += 1
    }

    mutating func finish(_ label: TicketLabel, _ outcome: Outcome) throws(Violation) {
        // Who is served goes on as long as there is something booked.
        if outcome == .served || outcome == .refused, let ticket = tickets[label],
            let booking = bookings[ticket.booking]
        {
            try require(
                ticket.turnsOver + 1 == booking.services.count, .turn, "\(label)")
        }
        switch outcome {
        case .served, .refused:
            try leaveWindow(label, from: [.called, .serving], to: .finished, outcome)
        case .left, .noShow:
            try leaveWindow(
                label, from: [.waiting, .called, .serving, .parked, .skipped], to: .finished,
                outcome)
        }
        // A ticket without a booking has none of that number.
        if let booking = tickets[label]?.booking {
            bookings[booking]?.stage = .over
            bookings[booking]?.takesPlace = false
        }
    }
}
