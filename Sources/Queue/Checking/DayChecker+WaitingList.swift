// SPDX-License-Identifier: Apache-2.0

import Parties

/// What is on the books about somebody on the waiting list.
struct WaitingBook {
    let joined: WaitingJoined
    /// The place that is kept for an answer.
    var offer: UInt32?
    /// The starts that were offered and not taken.
    var refused: Set<Int32> = []
    /// Offers in a row that nobody answered.
    var silent = 0
    var isOn = true

    /// Whether they wait, and nothing is kept for them.
    var isIdle: Bool { isOn && offer == nil }
}

/// That a free place was offered to the first of the waiting list whom it suited, before anybody else had it.
///
/// It goes through everybody on the list and every slot, and seats who is in a slot by sending each on in turn.
extension DayChecker {
    mutating func join(_ joined: WaitingJoined, _ plan: DayPlan) throws(Violation) {
        let who = "waiting \(joined.number)"
        try require(Int(joined.number) == waiting.count + 1, .waitingList, who)
        try require(plan.reception.waitingList != nil, .waitingList, who)
        try require(plan.policy != .walkInOnly, .noBookings, who)
        try requireService(joined.service, plan)
        try require(joined.from <= joined.to && joined.to > now, .waitingList, who)
        let twins = waiting.values.filter {
            $0.isOn && $0.joined.applicant == joined.applicant
                && $0.joined.service == joined.service
        }
        try require(twins.isEmpty, .waitingList, "\(who), who is on the list already")
        waiting[joined.number] = WaitingBook(joined: joined)
    }

    mutating func offer(_ offer: PlaceOffered, _ plan: DayPlan) throws(Violation) {
        let who = "waiting \(offer.waiting) at \(offer.start)"
        guard let book = waiting[offer.waiting], book.isIdle else {
            throw violation(.waitingList, who)
        }
        try require(Int(offer.booking) == bookings.count + 1, .bookingNumber, who)
        try require(isOfferable(offer.start, to: book, plan), .waitingList, who)
        try require(offer.until > moment, .expiry, who)
        try requireNobodyBefore(offer.waiting, offer.start, book.joined, plan)
        bookings[offer.booking] = BookingBook(
            applicant: book.joined.applicant, service: book.joined.service, start: offer.start,
            channel: book.joined.channel, isMovedByOffice: false, until: offer.until,
            stage: .offered, movedFrom: nil, services: [book.joined.service],
            isAtOneWindow: false)
        waiting[offer.waiting]?.offer = offer.booking
    }

    mutating func accept(_ accepted: OfferAccepted, _ plan: DayPlan) throws(Violation) {
        let who = "booking \(accepted.booking)"
        guard let book = bookings[accepted.booking], book.stage == .offered,
            let (number, spot) = waiting.first(where: { $0.value.offer == accepted.booking })
        else { throw violation(.bookingState, who) }
        try require(book.until.map { moment < $0 } ?? false, .lapse, who)
        try require((accepted.movedFrom == nil) == (spot.joined.booking == nil), .waitingList, who)
        bookings[accepted.booking]?.stage = .confirmed
        bookings[accepted.booking]?.movedFrom = accepted.movedFrom
        waiting[number]?.offer = nil
        waiting[number]?.isOn = false
        madeOfOffers.append(accepted.booking)
    }

    mutating func endOffer(_ booking: UInt32, _ end: OfferEnd) throws(Violation) {
        let who = "booking \(booking)"
        guard let book = bookings[booking], book.stage == .offered,
            let (number, spot) = waiting.first(where: { $0.value.offer == booking })
        else { throw violation(.bookingState, who) }
        let isOver = book.until.map { $0 <= moment } ?? true
        switch end {
        case .declined: try require(!isOver, .lapse, who)
        case .unanswered: try require(isOver, .expiry, who)
        case .withdrawn: break
        }
        bookings[booking]?.stage = .over
        bookings[booking]?.takesPlace = false
        waiting[number]?.offer = nil
        guard end != .withdrawn else { return }
        waiting[number]?.refused.insert(book.start)
        waiting[number]?.silent = end == .declined ? 0 : spot.silent + 1
    }

    mutating func leave(_ number: UInt32, _ end: WaitingEnd, _ plan: DayPlan) throws(Violation) {
        let who = "waiting \(number)"
        guard let book = waiting[number], book.isIdle else { throw violation(.waitingList, who) }
        switch end {
        case .unanswered: try require(book.silent >= 3, .waitingList, who)
        case .listClosed: try require(plan.reception.waitingList == nil, .waitingList, who)
        case .left, .bookingOver, .forgotten: break
        }
        waiting[number]?.isOn = false
    }

    /// Whoever takes a place for themselves takes none that could have been offered.
    ///
    /// Who moves on the same day gives a place up for it, which is another where services take several slots.
    func requireNobodyWaits(for held: Held, _ plan: DayPlan) throws(Violation) {
        guard !held.isMovedByOffice, !isOfNewPlan, held.movedFrom == nil else { return }
        guard waiting.values.contains(where: \.isIdle) else { return }
        let services = [held.service] + (held.further?.services ?? [])
        let windows = DayWindows(plan)
        let starts = windows.turns(
            BookingBook(
                applicant: held.applicant, service: held.service, start: held.start,
                channel: held.channel, isMovedByOffice: false, until: nil, stage: .held,
                movedFrom: nil, services: services, isAtOneWindow: false))
        for (service, slots) in zip(services, starts ?? []) {
            let start = windows.start(of: slots[0])
            for (number, book) in waiting.sorted(by: { $0.key < $1.key })
            where book.isIdle && book.joined.service == service
                && isOfferable(start, to: book, plan) && hasShare(book.joined, at: start, plan)
            {
                throw violation(.waitingList, "booking \(held.number) before waiting \(number)")
            }
        }
    }

    /// After an entry that may have freed a place: none is free that suits somebody on the list, where every service
    /// takes one slot and nobody has several at one window, so that this is quickly told.
    func requireNothingLeft(
        after events: [DayEvent], _ plan: DayPlan
    ) throws(Violation) {
        guard waiting.values.contains(where: \.isIdle), plan.reception.waitingList != nil,
            plan.policy != .walkInOnly, plan.closedBecause == nil,
            events.contains(where: \.mayFree),
            plan.services.allSatisfy({ $0.seconds <= plan.rules.slotMinutes * 60 }),
            !bookings.values.contains(where: { $0.takesPlace && $0.isAtOneWindow })
        else { return }
        let windows = DayWindows(plan)
        var there: [Int: [(channel: BookingChannel, service: UInt8)]] = [:]
        for booking in bookings.values where booking.takesPlace {
            for (service, slots) in zip(booking.services, windows.turns(booking) ?? []) {
                there[slots[0], default: []].append((booking.channel, service))
            }
        }
        for (number, book) in waiting.sorted(by: { $0.key < $1.key }) where book.isIdle {
            for slot in 0..<windows.count {
                let start = windows.start(of: slot)
                guard isOfferable(start, to: book, plan) else { continue }
                let others = there[slot] ?? []
                let own = others.count { $0.channel == book.joined.channel }
                guard own < windows.share(book.joined.channel, in: slot) else { continue }
                let all = (others.map(\.service) + [book.joined.service]).map {
                    windows.able([$0], in: [slot])
                }
                try require(
                    !canSit(all), .waitingList, "waiting \(number), for whom \(start) is free")
            }
        }
    }

    // MARK: What suits

    /// Whether a start may be offered to somebody now, if there is room.
    private func isOfferable(_ start: Int32, to book: WaitingBook, _ plan: DayPlan) -> Bool {
        guard let rules = plan.reception.waitingList else { return false }
        let until = plan.moment(Int32(rules.offerMinutes) * 60, after: moment)
        return book.joined.from <= start && start <= book.joined.to
            && !book.refused.contains(start) && start >= now + plan.rules.leadSeconds
            && until <= DayMoment(start)
    }

    /// Nobody who joined before, whom the start suits, waits with nothing kept for them.
    private func requireNobodyBefore(
        _ number: UInt32, _ start: Int32, _ joined: WaitingJoined, _ plan: DayPlan
    ) throws(Violation) {
        for (other, book) in waiting.sorted(by: { $0.key < $1.key })
        where other < number && book.isIdle && book.joined.service == joined.service
            && isOfferable(start, to: book, plan) && hasShare(book.joined, at: start, plan)
        {
            throw violation(.waitingList, "waiting \(number) before \(other)")
        }
    }

    /// Whether the channel of somebody on the list has a part of its share left at a start.
    private func hasShare(_ joined: WaitingJoined, at start: Int32, _ plan: DayPlan) -> Bool {
        let windows = DayWindows(plan)
        let wanted = BookingBook(
            applicant: joined.applicant, service: joined.service, start: start,
            channel: joined.channel, isMovedByOffice: false, until: nil, stage: .offered,
            movedFrom: nil, services: [joined.service], isAtOneWindow: false)
        guard let slots = windows.turns(wanted)?.flatMap({ $0 }) else { return false }
        return slots.allSatisfy { slot in
            let own = bookings.values.count {
                $0.takesPlace && $0.channel == joined.channel
                    && windows.turns($0)?.contains { $0.contains(slot) } == true
            }
            return own < windows.share(joined.channel, in: slot)
        }
    }

    /// Whether each of some people can have one of the windows that they can have, no two the same.
    private func canSit(_ all: [[Int]]) -> Bool {
        var at: [Int: Int] = [:]
        func seat(_ who: Int, _ tried: inout Set<Int>) -> Bool {
            for window in all[who] where tried.insert(window).inserted {
                guard let other = at[window], !seat(other, &tried) else {
                    at[window] = who
                    return true
                }
            }
            return false
        }
        return all.indices.allSatisfy { who in
            var tried: Set<Int> = []
            return seat(who, &tried)
        }
    }
}

extension DayEvent {
    /// Whether a place may be free after it that was not before, or somebody wait who did not.
    fileprivate var mayFree: Bool {
        switch self {
        case .planned, .released, .expired, .cancelled, .placeFreed, .placedNearby, .moved, .missed,
            .waitingJoined, .offerEnded, .finished:
            true
        default: false
        }
    }
}
