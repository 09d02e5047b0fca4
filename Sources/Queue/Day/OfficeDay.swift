// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// One office's day in the queue: bookings, the line, and the windows, as the day's events made them.
///
/// `decide` says which events a command leads to, and `apply` makes them true; neither reads a clock.
/// All times are seconds since the day's midnight.
public struct OfficeDay: Hashable, Sendable {
    public internal(set) var plan: DayPlan
    /// How many entries have made the day what it is; 0 for a day on which nothing has happened.
    public internal(set) var revision: UInt32 = 0
    /// When the last of them happened: no later one happens before, as long as the day is under way.
    public internal(set) var lastAt: Int32 = .min
    /// In the order of their numbers, which count from 1.
    public internal(set) var bookings: [Booking] = []
    /// In the order in which they came into the line.
    public internal(set) var tickets: [Ticket] = []
    /// In the plan's order.
    public internal(set) var windows: [WindowStatus]
    public internal(set) var leases: [Lease] = []
    /// The waits and times at windows that are over, in the order in which they ended.
    var spells: [Spell] = []
    /// The plans that were in force before, each until a time.
    var former: [FormerPlan] = []
    /// The revision at which a window last took another's place: boards of before are told the whole.
    var renamedAt: UInt32 = 0
    /// Breaks that are over, of those whose reason was told.
    var pauses: [PauseSpell] = []
    /// What those have done at windows who were named, but for what lasts.
    var seats: [SeatName: SeatTime] = [:]
    /// A bit for each service and window that an event has named.
    var servicesNamed: UInt8 = 0
    var windowsNamed: UInt64 = 0
    /// Of each booking that was moved, the one it was given up for, and the other way round.
    var counterparts: [UInt32: Held.MovedFrom] = [:]
    /// Who joined the day's waiting list, in the order in which they did.
    public internal(set) var waitingList: [WaitingSpot] = []
    /// Why bookings were cancelled, in the canceller's words.
    var reasons = TypedWords()
    /// Turns of visits that are over.
    var endedTurns: [EndedTurn] = []
    var capacity: Capacity
    /// The waiting tickets' places in `tickets`, in the order in which they are to be called.
    var line: [Int32] = []
    /// How often somebody came to the end of the line.
    var ordered: Int32 = 0
    var series: [Series] = []
    /// No hold, grace or delay ends before this.
    var nextDue: Int32 = .max

    /// The numbers of one letter.
    struct Series: Hashable, Sendable {
        let letter: UInt8
        var next = 1
        /// The place in `tickets` of each number from 1 on; −1 for one that is leased or void.
        var tickets: [Int32] = []
    }

    /// Numbers that a kiosk may give out by itself.
    public struct Lease: Hashable, Sendable {
        public let lease: NumberLease
        public let at: Int32
        /// How many of its numbers were given out, so far as is known.
        public internal(set) var used = 0
        public internal(set) var lastTakenAt: Int32
        public internal(set) var isOver = false
    }

    /// A day on which nothing has happened.
    ///
    /// `grid` is that of another day which fits the plan; nil to make one.
    public init(plan: DayPlan, grid: SlotGrid? = nil) {
        self.plan = plan
        capacity = Capacity(grid ?? SlotGrid(plan))
        windows = Array(repeating: WindowStatus(), count: plan.windows.count)
    }

    /// A day on which nothing has happened, which shares with other days what they have alike.
    ///
    /// - Precondition: the grid fits the plan.
    public init(planned plan: DayPlan, like grid: SlotGrid) {
        self.init(plan: plan.sharing(grid.plan), grid: grid)
    }

    // MARK: Looking things up

    /// When an event of a timestamp happens on the day: while the day is under way never before the last one,
    /// as the clock may have been ahead then.
    @inline(__always)
    public func time(of timestamp: Timestamp) -> Int32 {
        let time = plan.time(at: timestamp)
        return time < lastAt && isUnderWay ? lastAt : time
    }

    /// The moment of an event of a timestamp, as ``time(of:)`` has it.
    public func moment(of timestamp: Timestamp) -> DayMoment {
        let moment = plan.moment(at: timestamp)
        return moment.time < lastAt && isUnderWay ? DayMoment(lastAt) : moment
    }

    /// Whether somebody is in the line or at a window, or a window is open: what is decided next must follow on
    /// what was, in the order of times.
    public var isUnderWay: Bool {
        tickets.contains { $0.state != .finished } || windows.contains { $0.state != .closed }
    }

    /// At which window of the plan each booking could be served, by its number.
    ///
    /// It proves that all can be kept; nobody is told. It is empty where every service takes one slot.
    public var seating: [UInt32: Int] { capacity.seating }

    /// The slots, to be shared with other days.
    public var grid: SlotGrid { capacity.grid }

    func booking(_ number: UInt32) throws(QueueRefusal) -> Booking {
        guard number >= 1, number <= bookings.count else { throw .unknownBooking(number) }
        return bookings[Int(number) - 1]
    }

    public func ticketIndex(_ label: TicketLabel) -> Int? {
        guard let series = series.first(where: { $0.letter == label.letter }),
            Int(label.number) <= series.tickets.count
        else { return nil }
        let index = series.tickets[Int(label.number) - 1]
        return index < 0 ? nil : Int(index)
    }

    func ticket(_ label: TicketLabel) throws(QueueRefusal) -> Ticket {
        guard let index = ticketIndex(label) else { throw .unknownTicket(label) }
        return tickets[index]
    }

    func service(_ id: ServiceID) throws(QueueRefusal) -> Int {
        guard let index = plan.service(id) else { throw plan.unknownService(id) }
        return index
    }

    func window(_ id: WindowID) throws(QueueRefusal) -> Int {
        guard let index = plan.window(id) else { throw plan.unknownWindow(id) }
        return index
    }

    /// The number that the series gives out next.
    func nextNumber(_ letter: UInt8) -> Int {
        series.first { $0.letter == letter }?.next ?? 1
    }

    /// Whether the window may call the ticket.
    func mayCall(_ ticket: Ticket, window: Int) -> Bool {
        plan.mayCall(ticket.service, at: window)
            && (direction(of: ticket).map { $0 == UInt8(window) } ?? true)
    }

    /// The window for which alone the ticket waits; nil for none, or for one that renders its service
    /// no more.
    func direction(of ticket: Ticket) -> UInt8? {
        guard ticket.isDirected, plan.renders(ticket.service, at: Int(ticket.window)) else {
            return nil
        }
        return ticket.window
    }

    /// The plan that was in force at a time of the day.
    func plan(at time: Int32) -> DayPlan { former.first { time < $0.until }?.plan ?? plan }

    /// The ticket that the window is to call next: of those it may call, the first in the line.
    ///
    /// The line is in the order of being due, and of coming where two are due alike. A booking is
    /// due from its time on, so one that came early is called before its time only when nobody else
    /// waits for the window (R7.3, R7.5).
    public func next(for window: Int) -> Int? {
        line.first { mayCall(tickets[Int($0)], window: window) }.map { Int($0) }
    }

    /// The waiting tickets, first to be called first.
    public var waiting: [Ticket] { line.map { tickets[Int($0)] } }

    /// What the window is busy with; nil if with nothing.
    public func ticket(at window: Int) -> Ticket? {
        let index = windows[window].ticket
        return index < 0 ? nil : tickets[Int(index)]
    }
}

// MARK: Applying events

extension OfficeDay {
    /// Makes an entry's events true.
    ///
    /// `now` is by the clock of the plan before them. `isPart` says that more of the same entry follows: a
    /// plan then gives nobody another place, and what does is told by ``nearby(at:)``.
    ///
    /// - Precondition: the day decided them, or they were decided in its history.
    public mutating func apply(
        _ events: [DayEvent], revision: UInt32, at now: Int32, isPart: Bool = false
    ) {
        self.revision = revision
        lastAt = now
        var now = now
        for event in events {
            note(event)
            if case .planned(let plan) = event, !plan.hasClock(of: self.plan) {
                now = plan.time(when: self.plan, shows: now)
                takeClock(of: plan)
            }
            if case .planned(let plan) = event {
                replan(plan, now, isSeating: !isPart && !events.contains(where: \.isSeating))
            } else {
                apply(event, now)
            }
        }
    }

    private mutating func apply(_ event: DayEvent, _ now: Int32) {
        switch event {
        case .planned: break
        case .held(let held): add(held)
        case .confirmed(let number):
            change(number) { $0.state = .confirmed }
            nextDue = min(nextDue, bookings[Int(number) - 1].start + plan.rules.graceSeconds)
        case .released(let number): end(number, .released)
        case .expired(let number): end(number, .expired)
        case .cancelled(let cancelled): cancel(cancelled, now)
        case .placeFreed(let number): freePlace(number)
        case .placedNearby(let number, let start):
            if let start { capacity.take(taker(number), at: start) }
        case .moved(let number, let date, let new):
            end(number, .moved)
            counterparts[number] = Held.MovedFrom(date: date, number: new)
        case .missed(let number): end(number, .noShow)
        case .arrived(let arrived): arrive(arrived, now)
        case .ticketTaken(let taken), .ticketReported(let taken): take(taken)
        case .numbersLeased(let lease): add(lease, now)
        case .numberVoided(let label): void(label)
        case .leaseEnded(let id, let used): endLease(id, used)
        case .windowOpened(let window): set(window, .open, now)
        case .windowClosed(let window): set(window, .closed, now)
        case .breakBegun(let window): set(window, .onBreak, now)
        case .breakEnded(let window): set(window, .open, now)
        case .called(let label, let window): call(label, window, now)
        case .recalled(let label): changeTicket(label) { $0.calls += 1 }
        case .servingBegun(let label):
            changeTicket(label) {
                $0.state = .serving
                $0.servedAt = now
                $0.exceeded = 0
            }
        case .skipped(let label): leave(label, .skipped, wasThere: false, now)
        case .parked(let label): leave(label, .parked, wasThere: true, now)
        case .resumed(let label): resume(label, now)
        case .transferred(let label, let service, let window):
            transfer(label, service, window, now)
        case .finished(let label, let outcome): finish(label, outcome, now)
        case .turnEnded(let label, let outcome): endTurn(label, outcome, now)
        case .endedAs(let label, let ending): end(label, as: ending)
        case .pausedFor(let window, let reason): windows[Int(window)].pause = reason
        case .seated(let window, let who): windows[Int(window)].who = who
        case .waitingJoined, .placeOffered, .offerAccepted, .offerEnded, .waitingEnded:
            changeWaitingList(event)
        }
    }

    private mutating func add(_ held: Held) {
        let booking = Booking(
            applicant: held.applicant, start: held.start, until: held.until ?? DayMoment(0),
            service: held.service, channel: held.channel,
            state: held.until == nil ? .confirmed : .held, visit: PackedTurns(held.further))
        bookings.append(booking)
        counterparts[held.number] = held.movedFrom
        if held.further != nil { learn(taker(held.number)) }
        capacity.take(taker(held.number))
        nextDue = min(nextDue, held.until?.time ?? (held.start + plan.rules.graceSeconds))
    }

    mutating func change(_ number: UInt32, _ body: (inout Booking) -> Void) {
        body(&bookings[Int(number) - 1])
    }

    mutating func freePlace(_ number: UInt32) {
        guard bookings[Int(number) - 1].takesPlace else { return }
        change(number) { $0.takesPlace = false }
        capacity.give(taker(number))
    }

    mutating func end(_ number: UInt32, _ state: Booking.State) {
        change(number) { $0.state = state }
        freePlace(number)
    }

    private mutating func cancel(_ cancelled: Cancelled, _ now: Int32) {
        change(cancelled.number) {
            $0.state = .cancelled
            $0.until = cancelled.freeFrom
        }
        if !cancelled.reason.isEmpty {
            reasons.byBooking[cancelled.number] = cancelled.reason
        }
        if cancelled.freeFrom <= DayMoment(now) {
            freePlace(cancelled.number)
        } else {
            nextDue = min(nextDue, cancelled.freeFrom.time)
        }
    }

    /// What was typed about these people is no longer to be read.
    public mutating func forget(_ people: Set<Applicant>) {
        for number in reasons.byBooking.keys
        where people.contains(bookings[Int(number) - 1].applicant) {
            reasons.byBooking[number] = ForgottenWords.mark
        }
    }

    /// The time, but for what is noticed only after the day is over: that ended with the day.
    func within(_ now: Int32) -> Int32 { min(now, OfficeDay.end) }

    private mutating func set(_ window: UInt8, _ state: WindowStatus.State, _ now: Int32) {
        let revision = revision
        let busy = windows[Int(window)].state == .open
        let lasted = within(now) - windows[Int(window)].since
        if busy {
            windows[Int(window)].openSeconds += lasted
            if let who = windows[Int(window)].who {
                seats[who, default: SeatTime()].openSeconds += lasted
            }
        } else if let reason = windows[Int(window)].pause {
            pauses.append(PauseSpell(reason: reason, seconds: lasted))
        }
        windows[Int(window)].pause = nil
        if state == .closed { windows[Int(window)].who = nil }
        windows[Int(window)].state = state
        nextDue = min(nextDue, OfficeDay.end)
        windows[Int(window)].since = within(now)
        windows[Int(window)].changed = revision
    }
}

extension DayEvent {
    /// Whether it says where somebody counts who is here and has lost the place.
    fileprivate var isSeating: Bool {
        if case .placedNearby = self { return true }
        return false
    }
}

/// Words that were typed about bookings.
///
/// Days are alike whatever the words are: who has no key of a person reads a mark in their place.
struct TypedWords: Hashable, Sendable {
    var byBooking: [UInt32: String] = [:]

    static func == (a: TypedWords, b: TypedWords) -> Bool {
        a.byBooking.keys == b.byBooking.keys
    }

    func hash(into hasher: inout Hasher) { hasher.combine(byBooking.count) }
}
