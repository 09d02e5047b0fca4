// SPDX-License-Identifier: Apache-2.0

/// How long somebody will wait: the line played through with the service times seen today.
///
/// The same day gives the same forecast everywhere: what is drawn depends on the revision alone.
extension OfficeDay {
    /// The most and the least replications of one forecast, and the calls of the whole line that they may play.
    static let forecastReplications = 19...99
    static let forecastCalls = 10_000

    /// The wait of somebody who comes into the line now for a service, in seconds until the call;
    /// nil if no window that is open, or due back from its break, renders it.
    ///
    /// `key` is the time from which they are due.
    func forecast(of service: Int, from key: Int32, at now: Int32) -> WaitQuantiles? {
        let model = LineModel(self, at: now, newcomer: service, key: key)
        return quantiles(model, of: model.places.count - 1)
    }

    /// The wait of a waiting ticket, and what the line looks like.
    ///
    /// - Throws: `unknownTicket`; `ticketIs` unless the ticket waits.
    public func forecast(
        ticket label: TicketLabel, at now: Int32
    ) throws(QueueRefusal) -> WaitAnswer {
        let ticket = try ticket(label)
        guard let index = ticketIndex(label), let place = line.firstIndex(of: Int32(index)) else {
            throw .ticketIs(ticket.state, label)
        }
        let before = line[..<place].map { tickets[Int($0)] }
        return answer(ticket, before, LineModel(self, at: now), place, now)
    }

    /// The wait of somebody who took a ticket for the service now, and what the line looks like.
    ///
    /// - Throws: `unknownService`, also where no window renders it; `notToday`, `closed` and `outsideReception` as for
    ///   a ticket, as none is given out; `bookingsOnly` where nobody gets one without a booking.
    public func forecast(
        newcomer id: ServiceID, at now: Int32
    ) throws(QueueRefusal) -> WaitAnswer {
        let service = try service(id)
        try requireReception(now)
        try requireRendered(service)
        try plan.requireSomeReason()
        let letter = plan.services[service].letter
        guard let label = TicketLabel(letter: letter, number: 1) else {
            throw .numbersExhausted(letter)
        }
        let newcomer = Ticket(
            label: label, service: UInt8(service), booking: 0, takenAt: now, since: now, key: now,
            foretold: nil)
        let model = LineModel(self, at: now, newcomer: service, key: now)
        let before = waiting.filter { $0.key <= now }
        return answer(newcomer, before, model, before.count, now)
    }

    private func answer(
        _ ticket: Ticket, _ before: [Ticket], _ model: LineModel, _ place: Int, _ now: Int32
    ) -> WaitAnswer {
        let able = plan.windows.indices.filter { mayCall(ticket, window: $0) }
        let open = able.filter { windows[$0].state == .open }
        // Somebody whom only other windows may call is not ahead.
        let calling = open.isEmpty ? able : open
        return WaitAnswer(
            revision: revision, wait: quantiles(model, of: place),
            ahead: before.filter { ticket in calling.contains { mayCall(ticket, window: $0) } }
                .count,
            openWindows: open.count, alarm: alarm(at: now))
    }

    /// The wait at one of the model's places.
    ///
    /// Whatever place is asked about, the same replications are played up to it: who stands behind somebody whom the
    /// same windows call is never told a shorter wait.
    private func quantiles(_ model: LineModel, of place: Int) -> WaitQuantiles? {
        let group = model.places[place].group
        guard model.counters.contains(where: { $0.groups.contains(group) }) else { return nil }
        let bounds = OfficeDay.forecastReplications
        let count = min(
            max(OfficeDay.forecastCalls / max(1, line.count), bounds.lowerBound),
            bounds.upperBound)
        var simulation = LineSimulation(model, seed: UInt64(revision))
        let calls = simulation.calls(of: place, replications: count)
        let half = calls[LineSimulation.rank(1, in: 2, of: count)]
        let most = calls[LineSimulation.rank(9, in: 10, of: count)]
        guard half < .max else { return nil }
        // Who is not called at all in so many cases waits until midnight.
        return WaitQuantiles(
            p50: half - model.now, p90: min(most, max(half, 86_400)) - model.now)
    }
}
