// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// What becomes of a day's waiting list: a place that becomes free is kept for the first whom it suits, in the
/// entry that frees it.
///
/// After each entry nobody on the list who waits for an answer to nothing has a place that is free and suits: so there
/// is none that anybody else could take before them.
extension OfficeDay {
    /// Whether anybody ever joined the list.
    public var hasWaitingList: Bool { !waitingList.isEmpty }

    /// What follows for the list from the day as it is: first those who are on it no more, then an offer to each, in
    /// the order in which they joined, who has none and for whom a place is free that suits.
    ///
    /// A place suits that is of the service, starts when it is wanted, was not offered before, can be booked through
    /// the channel, and can be kept for as long as the office keeps one before its time, and its lead time.
    public func waitingFollowUps(on date: CivilDate, at moment: DayMoment) -> [DayEvent] {
        guard waitingList.contains(where: \.isLive) else { return [] }
        // Nothing is copied before something follows.
        var day = self
        var events: [DayEvent] = []
        for index in waitingList.indices where waitingList[index].isLive {
            let struck = day.strikes(index, on: date)
            guard !struck.isEmpty else { continue }
            day.applyFollowUps(struck)
            events += struck
        }
        for index in waitingList.indices {
            guard let offer = day.offer(to: index, at: moment) else { continue }
            day.applyFollowUps([.placeOffered(offer)])
            events.append(.placeOffered(offer))
        }
        return events
    }

    /// Makes true what follows in the entry that was applied last.
    public mutating func applyFollowUps(_ events: [DayEvent]) {
        for event in events {
            note(event)
            changeWaitingList(event)
        }
    }

    /// Takes somebody off the list, and the place with them that is kept for them.
    public func striking(_ number: UInt32, _ end: WaitingEnd) -> [DayEvent] {
        let spot = waitingList[Int(number) - 1]
        guard spot.isLive else { return [] }
        let withdrawn = spot.offer.map { [DayEvent.offerEnded($0, .withdrawn)] } ?? []
        return withdrawn + [.waitingEnded(number, end)]
    }

    private func strikes(_ index: Int, on date: CivilDate) -> [DayEvent] {
        let spot = waitingList[index]
        let number = UInt32(index + 1)
        if spot.silent >= WaitingSpot.patience { return striking(number, .unanswered) }
        if plan.reception.waitingList == nil, spot.state == .waiting {
            return striking(number, .listClosed)
        }
        if isOver(spot, on: date) { return striking(number, .bookingOver) }
        // By a new plan there is no such place any more.
        if let offer = spot.offer, capacity.isWithoutPlace(offer) {
            return [.offerEnded(offer, .withdrawn)]
        }
        return []
    }

    /// Whether nothing is wanted any more, as far as the bookings of this day tell.
    private func isOver(_ spot: WaitingSpot, on date: CivilDate) -> Bool {
        let joined = spot.joined
        guard var booked = joined.booking else {
            return bookings.contains {
                $0.state.isLive && $0.applicant == joined.applicant
                    && $0.turns.contains(joined.service)
            }
        }
        while booked.date == date {
            guard let booking = try? booking(booked.number) else { return true }
            guard booking.state == .moved, let next = counterparts[booked.number] else {
                return !booking.isToCome || booking.start <= joined.from
            }
            booked = next
        }
        return false
    }

    private func offer(to index: Int, at moment: DayMoment) -> PlaceOffered? {
        let spot = waitingList[index]
        guard spot.state == .waiting, let rules = plan.reception.waitingList,
            plan.policy.takesBookings, plan.closedBecause == nil,
            plan.renders(Int(spot.joined.service))
        else { return nil }
        let until = plan.moment(rules.offerSeconds, after: moment)
        let service = Int(spot.joined.service)
        let earliest = moment.time + plan.rules.leadSeconds
        let start = capacity.starts(of: service).first { start in
            guard spot.wants(start), start >= earliest, until <= DayMoment(start),
                let slot = capacity.slot(at: start, service: service)
            else { return false }
            return capacity.hasShare(slot, channel: spot.joined.channel)
                && capacity.admits(slot, service: service)
        }
        return start.map {
            PlaceOffered(
                booking: UInt32(bookings.count + 1), waiting: spot.joined.number, start: $0,
                until: until)
        }
    }

    // MARK: Applying

    /// Makes an event of the list true; others are none of it.
    mutating func changeWaitingList(_ event: DayEvent) {
        switch event {
        case .waitingJoined(let joined): waitingList.append(WaitingSpot(joined))
        case .placeOffered(let offer): keep(offer)
        case .offerAccepted(let accepted): accept(accepted)
        case .offerEnded(let number, let end): endOffer(number, end)
        case .waitingEnded(let number, let end):
            waitingList[Int(number) - 1].state = .ended
            waitingList[Int(number) - 1].end = end
        default: break
        }
    }

    private mutating func keep(_ offer: PlaceOffered) {
        let index = Int(offer.waiting) - 1
        let joined = waitingList[index].joined
        bookings.append(
            Booking(
                applicant: joined.applicant, start: offer.start, until: offer.until,
                service: joined.service, channel: joined.channel, state: .offered))
        waitingList[index].state = .offered
        waitingList[index].offers.append(offer.booking)
        capacity.take(taker(offer.booking))
        nextDue = min(nextDue, offer.until.time)
    }

    private mutating func accept(_ accepted: OfferAccepted) {
        change(accepted.booking) { $0.state = .confirmed }
        counterparts[accepted.booking] = accepted.movedFrom
        nextDue = min(
            nextDue, bookings[Int(accepted.booking) - 1].start + plan.rules.graceSeconds)
        guard let index = spot(of: accepted.booking) else { return }
        waitingList[index].state = .accepted
    }

    private mutating func endOffer(_ number: UInt32, _ end: OfferEnd) {
        self.end(number, end == .unanswered ? .expired : .released)
        guard let index = spot(of: number) else { return }
        waitingList[index].state = .waiting
        let start = bookings[Int(number) - 1].start
        switch end {
        case .withdrawn: break
        case .declined:
            waitingList[index].passed.append(start)
            waitingList[index].silent = 0
            waitingList[index].declined += 1
        case .unanswered:
            waitingList[index].passed.append(start)
            waitingList[index].silent += 1
            waitingList[index].unanswered += 1
        }
    }

    /// The place on the list of whoever a booking was offered to; nil for another booking.
    func spot(of booking: UInt32) -> Int? {
        waitingList.firstIndex { $0.offers.contains(booking) }
    }
}

extension OfficeDay {
    /// The booking for which another was given up, or that was given up for it; nil if it was not moved.
    public func movedTo(_ number: UInt32) -> Held.MovedFrom? { counterparts[number] }
}

extension Booking {
    /// Whether the applicant is still to come.
    public var isToCome: Bool { state == .held || state == .confirmed }
}
