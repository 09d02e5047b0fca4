// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// The guards of the commands on a day's waiting list.
extension OfficeDay {
    func join(
        _ entry: WaitingEntry, _ moment: DayMoment, daysAhead: Int
    ) throws(QueueRefusal) -> DayEvent {
        let service = try bookable(entry.service, daysAhead: daysAhead)
        guard let rules = plan.reception.waitingList else { throw .noWaitingList }
        // Where another slot of the day is to be earlier, what is wanted ends before its own.
        let to = min(entry.to, entry.before.map { $0 - 1 } ?? entry.to)
        if entry.from > to, let booking = entry.booking, entry.before != nil {
            throw .notEarlier(booking.number)
        }
        let wanted = capacity.starts(of: service).filter { entry.from <= $0 && $0 <= to }
        guard let last = wanted.last else { throw .notASlot(entry.from) }
        guard last > moment.time else { throw .slotPassed(last) }
        guard plan.moment(rules.offerSeconds, after: moment) <= DayMoment(last),
            last >= moment.time + plan.rules.leadSeconds
        else { throw .tooSoon(leadSeconds: max(rules.offerSeconds, plan.rules.leadSeconds)) }
        if let other = waitingNumber(of: [entry.applicant], for: UInt8(service)) {
            throw .alreadyWaiting(other)
        }
        let waiting = waitingList.count { $0.isLive && $0.joined.to > moment.time }
        guard waiting < rules.perDay else { throw .waitingListFull(rules.perDay, isPerson: false) }
        return .waitingJoined(
            WaitingJoined(
                number: UInt32(waitingList.count + 1), applicant: entry.applicant,
                service: UInt8(service), from: entry.from, to: to, channel: entry.channel,
                booking: entry.booking))
    }

    func leaveWaitingList(_ number: UInt32) throws(QueueRefusal) -> [DayEvent] {
        guard try spot(number).isLive else { throw .noOffer(number) }
        return striking(number, .left)
    }

    func declineOffer(_ number: UInt32) throws(QueueRefusal) -> DayEvent {
        .offerEnded(try offer(to: number), .declined)
    }

    /// `giving` is the booking that is given up for it.
    func acceptOffer(
        _ number: UInt32, giving: Held.MovedFrom?
    ) throws(QueueRefusal) -> DayEvent {
        .offerAccepted(OfferAccepted(booking: try offer(to: number), movedFrom: giving))
    }

    /// The booking that is kept for somebody's answer.
    private func offer(to number: UInt32) throws(QueueRefusal) -> UInt32 {
        let spot = try spot(number)
        guard spot.state == .offered, let offer = spot.offer else { throw .noOffer(number) }
        return offer
    }

    /// Somebody on the list by their number.
    public func spot(_ number: UInt32) throws(QueueRefusal) -> WaitingSpot {
        guard number >= 1, number <= waitingList.count else { throw .unknownWaiting(number) }
        return waitingList[Int(number) - 1]
    }

    /// The number under which one person waits for a service, under any of these hashes; nil if they do not.
    func waitingNumber(of person: [Applicant], for service: UInt8) -> UInt32? {
        waitingList.first {
            $0.isLive && $0.joined.service == service && person.contains($0.joined.applicant)
        }?.joined.number
    }

    /// Those who wait, with what they joined for.
    public var liveSpots: [WaitingSpot] { waitingList.filter(\.isLive) }

    // MARK: As they are told

    /// Somebody on the list as they stand.
    public func view(
        waiting number: UInt32, office: OfficeID, date: CivilDate
    ) throws(QueueRefusal) -> WaitingView {
        let spot = try spot(number)
        let joined = spot.joined
        return WaitingView(
            id: WaitingID(office: office, date: date, number: number),
            service: plan.services[Int(joined.service)].id, from: told(joined.from),
            to: told(joined.to), channel: joined.channel, state: spot.state, end: spot.end,
            ahead: waitingList[..<(Int(number) - 1)].count {
                $0.isLive && $0.joined.service == joined.service
            },
            booking: joined.booking.map {
                BookingID(office: office, date: $0.date, number: $0.number)
            },
            offer: spot.offer.flatMap { try? view(booking: $0, office: office, date: date) })
    }

    private func told(_ second: Int32) -> TimeOfDay {
        TimeOfDay(second: min(max(second, 0), 86_399)) ?? .midnight
    }

    /// Everybody who joined, in the order in which they did.
    public func waitingViews(office: OfficeID, date: CivilDate) -> [WaitingView] {
        waitingList.indices.compactMap {
            try? view(waiting: UInt32($0 + 1), office: office, date: date)
        }
    }
}

extension WaitingView {
    /// The same with what its applicant answers with.
    public func with(_ secret: BookingSecret) -> WaitingView {
        var view = self
        view.secret = secret
        return view
    }
}
