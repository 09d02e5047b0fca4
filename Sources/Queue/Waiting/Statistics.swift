// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

extension OfficeDay {
    /// How the day went, up to now or, of a day that is over, to its midnight.
    ///
    /// Each wait counts by itself, from coming into the line (or a booking's time) to the call that
    /// ended it: who is parked, transferred or skipped and comes back waits anew. Each time at a window
    /// does too, from the start of serving, or from the call where the clerk did not say, until the
    /// applicant was served, refused, parked or transferred. Who left without being called, still
    /// waits, or is still being served adds to no figure, but to the register of breaches of R3.5 and
    /// R3.6 when it has taken longer than permitted. Whatever follows, a breach stays in it; breaches
    /// stand in the order in which the tickets came, and those of one ticket as they happened.
    ///
    /// A visit counts in each of its services, once for each turn: its ticket is one more of each service that it
    /// came to, and a visit that was missed or cancelled is missed or cancelled in all of them.
    public func statistics(office: OfficeID, date: CivilDate, at now: Int32) -> DayStatistics {
        let now = min(now, OfficeDay.end)
        var statistics = DayStatistics(
            office: office, date: date, hasHappened: !bookings.isEmpty || !tickets.isEmpty,
            services: plan.services.map { ServiceTally(service: $0.id) },
            windows: plan.windows.indices.map { tally(window: $0, now) })
        for booking in bookings where booking.ticket < 0 {
            for service in booking.turns {
                switch booking.state {
                case .noShow: statistics.services[Int(service)].noShows += 1
                case .cancelled: statistics.services[Int(service)].cancelled += 1
                default: break
                }
            }
        }
        for turn in endedTurns {
            statistics.services[Int(turn.service)].tickets += 1
            statistics.services[Int(turn.service)].booked += 1
            if turn.outcome == .served { statistics.services[Int(turn.service)].served += 1 }
            if turn.outcome == .refused { statistics.services[Int(turn.service)].refused += 1 }
        }
        for ticket in tickets {
            count(ticket, in: &statistics.services[Int(ticket.service)])
            countForetold(ticket, now, in: &statistics)
        }
        for spell in spells where spell.isCounted {
            switch spell.kind {
            case .wait: statistics.services[Int(spell.service)].waits.append(spell.seconds)
            case .service: statistics.services[Int(spell.service)].servings.append(spell.seconds)
            }
        }
        statistics.breaches = breaches(date, now)
        statistics.listed = listedTallies(at: now)
        statistics.hours = hours(date)
        return statistics
    }

    private func tally(window index: Int, _ now: Int32) -> WindowTally {
        let status = windows[index]
        let open = status.state == .open ? max(0, now - status.since) : 0
        let busy = ticket(at: index).map { max(0, now - $0.calledAt) } ?? 0
        return WindowTally(
            window: plan.windows[index].id,
            tickets: tickets.count {
                $0.window == UInt8(index) && ($0.outcome == .served || $0.outcome == .refused)
            } + endedTurns.count { $0.window == UInt8(index) },
            openSeconds: Int(status.openSeconds + open), busySeconds: Int(status.busySeconds + busy)
        )
    }

    private func count(_ ticket: Ticket, in tally: inout ServiceTally) {
        tally.tickets += 1
        if ticket.booking > 0 { tally.booked += 1 }
        switch ticket.outcome {
        case .served: tally.served += 1
        case .refused: tally.refused += 1
        case .left: tally.left += 1
        case .noShow: tally.noShows += 1
        case nil: if ticket.state == .skipped { tally.noShows += 1 }
        }
    }

    /// Whatever took longer than permitted, what is not over yet included.
    private func breaches(_ date: CivilDate, _ now: Int32) -> [Breach] {
        let all = spells + tickets.indices.compactMap { present(Int32($0), now) }
        let late = all.enumerated().filter { $0.element.limit > 0 }
            .filter { $0.element.seconds > $0.element.limit }
            .sorted { ($0.element.ticket, $0.offset) < ($1.element.ticket, $1.offset) }
        return late.map { _, spell in
            Breach(
                kind: spell.kind, date: date, ticket: tickets[Int(spell.ticket)].label,
                seconds: spell.seconds, limit: spell.limit)
        }
    }

    /// The wait or the time at a window that lasts; nil if there is none.
    private func present(_ index: Int32, _ now: Int32) -> Spell? {
        let ticket = tickets[Int(index)]
        let (kind, begin): (Breach.Kind, Int32)
        switch ticket.state {
        case .waiting: (kind, begin) = (.wait, ticket.waitsFrom)
        case .serving: (kind, begin) = (.service, ticket.servedAt)
        case .called, .parked, .skipped, .finished: return nil
        }
        return Spell(
            kind: kind, ticket: index, service: ticket.service, window: ticket.window,
            seconds: now - begin, limit: limit(of: ticket, kind), isCounted: false, end: now)
    }

    /// Counts what was foretold as soon as it is known whether it came true.
    private func countForetold(_ ticket: Ticket, _ now: Int32, in statistics: inout DayStatistics) {
        // Who did not answer has a later call on record than the one foretold.
        guard let foretold = ticket.foretold, !cameBack(ticket) else { return }
        let isWithin = wasCalled(ticket) && ticket.firstCalledAt - ticket.takenAt <= foretold.p90
        guard wasCalled(ticket) || presentUntil(ticket, now) - ticket.takenAt > foretold.p90
        else { return }
        statistics.foretold += 1
        if isWithin { statistics.withinP90 += 1 }
    }

    /// Until when the applicant was there, which is not after the day's midnight.
    private func presentUntil(_ ticket: Ticket, _ now: Int32) -> Int32 {
        ticket.outcome == nil ? now : min(ticket.finishedAt, now)
    }

    /// Whether the ticket was skipped and came back to the end of the line.
    private func cameBack(_ ticket: Ticket) -> Bool {
        let place =
            ticket.booking == 0 ? ticket.takenAt : bookings[Int(ticket.booking) - 1].start
        return ticket.key != place
    }

    private func wasCalled(_ ticket: Ticket) -> Bool { ticket.calls > 0 }
}
