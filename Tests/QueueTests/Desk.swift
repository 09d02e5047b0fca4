// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
public import Queue
import Testing

/// A day at work in a test: each command is decided, applied, and checked by the checker.
struct Desk {
    struct Entry: Hashable {
        var events: [DayEvent]
        var revision: UInt32
        var at: Int32
    }

    private(set) var day: OfficeDay
    private(set) var entries: [Entry] = []
    private(set) var checker = DayChecker()
    private(set) var violation: Violation?
    var now: Int32

    init(_ plan: DayPlan, at now: Int32 = -86_400) {
        day = OfficeDay(plan: plan)
        self.now = now
        commit([.planned(plan)])
    }

    /// Makes events part of the day's history.
    mutating func commit(_ events: [DayEvent]) {
        var entry = Entry(events: events, revision: day.revision + 1, at: now)
        day.apply(events, revision: entry.revision, at: now)
        if day.hasWaitingList {
            let followUps = day.waitingFollowUps(on: Desk.date, at: DayMoment(now))
            day.applyFollowUps(followUps)
            entry.events += followUps
        }
        entries.append(entry)
        // After the first violation nothing more can be checked.
        guard violation == nil else { return }
        do throws(Violation) {
            try checker.check(entry.events, revision: entry.revision, at: now)
        } catch {
            violation = error
            Issue.record("\(error)")
        }
        // The journal's claims are those of the day's own bookings.
        let claims = day.bookings.filter(\.state.isLive).flatMap { booking in
            booking.turns.map {
                LiveBooking(applicant: booking.applicant, service: day.plan.services[Int($0)].id)
            }
        }
        if Set(claims) != checker.liveClaims { Issue.record("claims differ") }
    }

    /// What time alone brings about.
    mutating func sweep() {
        let due = day.due(at: now)
        guard !due.isEmpty else { return }
        commit(due)
        day.settleDue()
    }

    @discardableResult
    mutating func order(_ command: DayCommand) throws(QueueRefusal) -> [DayEvent] {
        sweep()
        let events = try day.decide(command, at: now)
        commit(events)
        return events
    }

    /// Why the command is refused; nil if it is carried out.
    mutating func refusal(_ command: DayCommand) -> QueueRefusal? {
        do throws(QueueRefusal) {
            try order(command)
            return nil
        } catch {
            if case .reported(_, let refusal) = error { return refusal }
            return error
        }
    }

    /// The date on which it is.
    static let date = CivilDate("2026-03-19")!

    // MARK: What tests do most

    static func applicant(_ number: Int) -> Applicant { Applicant(high: 7, low: UInt64(number)) }

    /// Holds and confirms a slot; the booking's number.
    @discardableResult
    mutating func book(
        _ service: String, _ start: Int32, by applicant: Int, _ channel: BookingChannel = .portal
    ) throws -> UInt32 {
        try order(
            .hold(
                service: ServiceID(service)!, start: start, channel: channel,
                applicant: Desk.applicant(applicant)))
        let number = UInt32(day.bookings.count)
        try order(.confirm(number))
        return number
    }

    /// Takes a ticket.
    @discardableResult
    mutating func take(_ service: String) throws -> TicketLabel {
        try order(.takeTicket(service: ServiceID(service)!))
        return day.tickets[day.tickets.count - 1].label
    }

    /// Comes for a booking and gets a ticket.
    @discardableResult
    mutating func arrive(_ booking: UInt32) throws -> TicketLabel {
        try order(.arrive(booking))
        return day.tickets[day.tickets.count - 1].label
    }

    /// Calls whoever is next.
    @discardableResult
    mutating func callNext(_ window: Int) throws -> TicketLabel {
        try order(.callNext(WindowID("\(window)")!))
        return try #require(day.ticket(at: window - 1)).label
    }

    /// Moves a booking within the day.
    mutating func move(_ number: UInt32, to start: Int32) throws(QueueRefusal) {
        sweep()
        let old = try day.movable(number)
        let date = Desk.date
        let held = try day.moveIn(
            old, service: day.plan.services[Int(old.service)].id,
            further: old.further?.services(in: day.plan), channel: old.channel,
            from: Held.MovedFrom(date: date, number: number), leaving: number, start: start,
            at: now)
        commit([.held(held), .moved(number, to: date, number: held.number)])
    }

    func state(_ label: TicketLabel) -> Ticket.State? {
        day.ticketIndex(label).map { day.tickets[$0].state }
    }

    func state(_ booking: UInt32) -> Booking.State { day.bookings[Int(booking) - 1].state }
}

/// Where the clocks run, a time is a moment.
extension OfficeDay {
    func due(at now: Int32) -> [DayEvent] { due(at: DayMoment(now)) }

    func decide(_ command: DayCommand, at now: Int32) throws(QueueRefusal) -> [DayEvent] {
        try decide(command, at: DayMoment(now))
    }

    func moveIn(
        _ old: Booking, service: ServiceID, further: FurtherServices? = nil,
        channel: BookingChannel, from: Held.MovedFrom,
        leaving: UInt32?, start: Int32, at now: Int32, isByOffice: Bool = false
    ) throws(QueueRefusal) -> Held {
        try moveIn(
            old, service: service, further: further, channel: channel, from: from, leaving: leaving,
            start: start,
            at: DayMoment(now),
            daysAhead: isByOffice ? nil : now < 0 ? (86_399 - Int(now)) / 86_400 : 0)
    }
}

extension DayChecker {
    mutating func check(
        _ events: [DayEvent], revision: UInt32, at now: Int32
    ) throws(Violation) {
        try check(events, revision: revision, at: DayMoment(now))
    }
}

extension WindowID: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init("\(value)")! }
}

extension TicketLabel: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value)! }
}

extension ServiceID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value)! }
}
