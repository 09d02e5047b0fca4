// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

extension OfficeDay {
    /// What came of an entry, asked for right after it was applied.
    ///
    /// A repeat of its request is answered by applying the day's entries up to it anew, so that it
    /// gets the very same receipt.
    public func receipt(of events: [DayEvent], office: OfficeID, date: CivilDate) -> Receipt {
        var booking: UInt32?
        var ticket: TicketLabel?
        var window: UInt8?
        var lease: NumberLease?
        var waiting: UInt32?
        for event in events {
            switch event {
            case .planned, .placeFreed, .placedNearby, .expired, .missed, .numberVoided,
                .leaseEnded:
                break
            case .held(let held): booking = held.number
            case .confirmed(let number), .released(let number): booking = number
            case .cancelled(let cancelled): booking = cancelled.number
            // After a move within the day, the new booking has been named already.
            case .moved(let number, _, _): booking = booking ?? number
            case .arrived(let arrived): (booking, ticket) = (arrived.booking, arrived.label)
            case .ticketTaken(let taken), .ticketReported(let taken): ticket = taken.label
            case .numbersLeased(let given): lease = given
            case .windowOpened(let index), .windowClosed(let index), .breakBegun(let index),
                .breakEnded(let index):
                window = index
            case .called(let label, let index): (ticket, window) = (label, index)
            case .recalled(let label), .servingBegun(let label), .skipped(let label),
                .parked(let label), .resumed(let label), .transferred(let label, _, _),
                .finished(let label, _), .turnEnded(let label, _), .endedAs(let label, _):
                ticket = label
            case .pausedFor(let index, _), .seated(let index, _): window = index
            case .waitingJoined(let joined): waiting = joined.number
            case .offerAccepted(let accepted):
                booking = accepted.booking
                waiting = spot(of: accepted.booking).map { UInt32($0 + 1) }
            // What follows for others on the list is not told to whoever brought it about.
            case .waitingEnded(let number, .left): waiting = number
            case .offerEnded(let number, .declined):
                booking = number
                waiting = spot(of: number).map { UInt32($0 + 1) }
            case .placeOffered, .waitingEnded, .offerEnded: break
            }
        }
        return Receipt(
            revision: revision,
            booking: booking.flatMap { try? view(booking: $0, office: office, date: date) },
            ticket: ticket.flatMap(ticketIndex).map { view(tickets[$0]) },
            window: window.map { plan.windows[Int($0)].id }, lease: lease,
            waiting: waiting.flatMap { try? view(waiting: $0, office: office, date: date) })
    }

    private func time(_ second: Int32) -> TimeOfDay {
        // Slots lie within the day.
        TimeOfDay(second: min(max(second, 0), 86_399)) ?? .midnight
    }

    /// A booking as it stands.
    public func view(
        booking number: UInt32, office: OfficeID, date: CivilDate
    ) throws(QueueRefusal) -> BookingView {
        let booking = try booking(number)
        return BookingView(
            id: BookingID(office: office, date: date, number: number),
            service: plan.services[Int(booking.service)].id, start: time(booking.start),
            minutes: Int(plan.seconds(booking.service, booking.further) / 60),
            channel: booking.channel, state: booking.state,
            until: booking.state == .held || booking.state == .offered
                ? Timestamp(second: plan.second(of: booking.until)) : nil,
            ticket: booking.ticket < 0 ? nil : tickets[Int(booking.ticket)].label,
            counterpart: counterparts[number].map {
                BookingID(office: office, date: $0.date, number: $0.number)
            }, reason: reasons.byBooking[number] ?? "",
            further: booking.further?.services(in: plan))
    }

    /// A ticket as it stands; for a board, which everybody sees, without the reasons that it has.
    public func view(_ ticket: Ticket, forBoard: Bool = false) -> TicketView {
        TicketView(
            label: ticket.label, service: plan.services[Int(ticket.service)].id,
            state: ticket.state,
            window: ticket.window == Ticket.noWindow
                ? nil : plan.windows[Int(ticket.window)].id,
            calls: Int(ticket.calls), outcome: ticket.outcome, booking: ticket.booking,
            takenAt: ticket.takenAt, dueAt: ticket.key, calledAt: ticket.calledAt,
            servedAt: ticket.servedAt, finishedAt: ticket.finishedAt, foretold: ticket.foretold,
            reason: forBoard ? nil : ticket.reason, ending: forBoard ? nil : ticket.ending,
            then: services(after: ticket))
    }

    /// What a visit goes on to after the present turn.
    private func services(after ticket: Ticket) -> [ServiceID] {
        guard ticket.booking > 0, ticket.state != .finished,
            let further = bookings[Int(ticket.booking) - 1].further
        else { return [] }
        return further.services.dropFirst(Int(ticket.turn)).map { plan.services[Int($0)].id }
    }

    /// The board, or what has changed on it after a revision.
    ///
    /// Too much to tell one by one, or a revision that the day does not have, gives the whole board.
    public func board(office: OfficeID, date: CivilDate, since: UInt32) -> Board {
        let changed = tickets.filter { $0.changed > since }
        let isWhole =
            since < max(1, renamedAt) || since > revision || changed.count > OfficeDay.changesLimit
        let shown =
            isWhole
            ? waiting + tickets.filter { $0.state != .waiting && $0.state != .finished }
            : changed
        return Board(
            office: office, date: date, revision: revision, isWhole: isWhole,
            windows: windows.indices.filter { isWhole || windows[$0].changed > since }.map(view),
            tickets: shown.map { view($0, forBoard: true) })
    }

    /// The most changed tickets that are told one by one.
    static let changesLimit = 100

    private func view(window index: Int) -> WindowView {
        WindowView(
            id: plan.windows[index].id, state: windows[index].state,
            ticket: ticket(at: index)?.label,
            services: plan.services.indices.filter {
                plan.windows[index].services & 1 << UInt8($0) != 0
            }.map { plan.services[$0].id })
    }
}
