// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

extension OfficeDay {
    /// How the day went, up to now or, of a day that is over, to its midnight.
    ///
    /// A wait counts from `waitsFrom` to the call. Who was not called has waited until they left
    /// or, if they are still there, until now: that is no wait of the figures, but it is a breach
    /// of R3.5 when it is longer than permitted. Who did not answer and came back waits anew from
    /// then on. The time of serving counts from `servedAt`, or from the call where the clerk did
    /// not say, to the end, for those who were served or refused; for one who is still at the
    /// window, to now, but only in the register of breaches of R3.6. Breaches stand in the order in
    /// which the tickets came.
    public func statistics(office: OfficeID, date: CivilDate, at now: Int32) -> DayStatistics {
        let now = min(now, 86_400)
        var statistics = DayStatistics(
            office: office, date: date, hasHappened: !bookings.isEmpty || !tickets.isEmpty,
            services: plan.services.map { ServiceTally(service: $0.id) },
            windows: plan.windows.indices.map { tally(window: $0, now) })
        for booking in bookings where booking.ticket < 0 {
            switch booking.state {
            case .noShow: statistics.services[Int(booking.service)].noShows += 1
            case .cancelled: statistics.services[Int(booking.service)].cancelled += 1
            default: break
            }
        }
        for ticket in tickets {
            count(ticket, in: &statistics.services[Int(ticket.service)])
            countBreaches(ticket, now, in: &statistics)
            countForetold(ticket, now, in: &statistics)
        }
        return statistics
    }

    private func tally(window index: Int, _ now: Int32) -> WindowTally {
        let status = windows[index]
        let open = status.state == .open ? max(0, now - status.since) : 0
        let busy = ticket(at: index).map { max(0, now - $0.calledAt) } ?? 0
        return WindowTally(
            window: plan.windows[index].id,
            tickets: tickets.filter { $0.window == UInt8(index) && $0.servingSeconds != nil }.count,
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
        if wasCalled(ticket) { tally.waits.append(wait(ticket, until: answeredCall(ticket))) }
        if let seconds = ticket.servingSeconds { tally.servings.append(seconds) }
    }

    private func countBreaches(_ ticket: Ticket, _ now: Int32, in statistics: inout DayStatistics) {
        func note(_ kind: Breach.Kind, _ seconds: Int32, limit: Int32) {
            guard limit > 0, seconds > limit else { return }
            statistics.breaches.append(
                Breach(
                    kind: kind, date: statistics.date, ticket: ticket.label, seconds: seconds,
                    limit: limit))
        }
        let end = wasCalled(ticket) ? answeredCall(ticket) : presentUntil(ticket, now)
        note(.wait, wait(ticket, until: end), limit: plan.waitLimit)
        if let seconds = ticket.servingSeconds {
            note(.service, seconds, limit: plan.serviceLimit)
        } else if ticket.state == .serving {
            note(.service, now - ticket.servedAt, limit: plan.serviceLimit)
        }
    }

    /// Counts what was foretold as soon as it is known whether it came true.
    private func countForetold(_ ticket: Ticket, _ now: Int32, in statistics: inout DayStatistics) {
        // Who did not answer has a later call on record than the one foretold.
        guard let foretold = ticket.foretold, !waitsAnew(ticket) else { return }
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

    /// From when the wait counted at first: from the ticket or, of a booking, from its time.
    private func firstDue(_ ticket: Ticket) -> Int32 {
        ticket.booking == 0
            ? ticket.takenAt : max(ticket.takenAt, bookings[Int(ticket.booking) - 1].start)
    }

    /// Whether the ticket was skipped and came back to the end of the line.
    private func waitsAnew(_ ticket: Ticket) -> Bool { ticket.waitsFrom != firstDue(ticket) }

    /// The call that ended the wait: the first one, but of somebody who did not answer and waited
    /// anew the last one.
    private func answeredCall(_ ticket: Ticket) -> Int32 {
        waitsAnew(ticket) ? ticket.calledAt : ticket.firstCalledAt
    }

    private func wasCalled(_ ticket: Ticket) -> Bool { ticket.calls > 0 }

    private func wait(_ ticket: Ticket, until end: Int32) -> Int32 {
        // The call that was not answered was before the new wait began.
        let from = end < ticket.waitsFrom ? firstDue(ticket) : ticket.waitsFrom
        return max(0, end - from)
    }
}

extension Ticket {
    /// How long serving took; nil unless the applicant was served or refused.
    fileprivate var servingSeconds: Int32? {
        guard outcome == .served || outcome == .refused else { return nil }
        return finishedAt - (servedAt > 0 ? servedAt : calledAt)
    }
}
