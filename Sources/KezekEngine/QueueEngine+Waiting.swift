// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Parties
import Queue
import Synchronization

/// Waiting lists: who joins and leaves them, what they answer, and who is on them no more as it is not needed.
///
/// What is offered follows from a day's entries (``OfficeDay/waitingFollowUps(on:at:)``) and is written with them.
extension QueueEngine {
    /// What a command on a waiting list needs.
    struct WaitingCall {
        let request: RequestID
        let caller: CallerID
        let standing: Standing
        let now: Timestamp
        let room: OfficeRoom
        let handler: ReceiptHandler
    }

    func join(
        _ wish: WaitingWish, _ call: WaitingCall, _ state: inout RoomState
    ) throws(CommandFault) -> (@Sendable () -> Void)? {
        switch wish.who {
        case .person(let person):
            let hashes = keys.all(person.applicant)
            let applicant = applicant(
                hashes, wanting: [person.service], isLimited: state.isLimited)
            let entry = WaitingEntry(
                service: person.service, from: wish.from.second, to: wish.to.second,
                channel: person.channel, applicant: applicant, booking: nil, before: nil)
            return try decide(.join(entry), wish, hashes, call, &state) {
                [self] _ throws(QueueRefusal) in
                let isBooked = claims.withLock { claims in
                    hashes.contains { claims[Claim($0, person.service), default: 0] > 0 }
                }
                if isBooked { throw .alreadyBooked(person.service) }
            }
        case .booking(let id):
            try prove(call.standing, id, for: nil, call.now, call.room, &state)
            let cell = try cell(of: id.date, call.room.id, call.now, &state)
            let found = cell.withDecided { day -> (Booking, ServiceID)? in
                guard id.number >= 1, id.number <= day.bookings.count else { return nil }
                let booking = day.bookings[Int(id.number) - 1]
                return (booking, day.plan.services[Int(booking.service)].id)
            }
            guard let (booking, service) = found else {
                throw .refused(.unknownBooking(id.number), on: id.date, alternatives: [])
            }
            guard booking.further == nil else {
                throw .refused(.waitingForOneService, on: id.date, alternatives: [])
            }
            let entry = WaitingEntry(
                service: service, from: wish.from.second, to: wish.to.second,
                channel: call.standing.channel(moving: booking.channel),
                applicant: booking.applicant,
                booking: Held.MovedFrom(date: id.date, number: id.number),
                before: id.date == wish.date ? booking.start : nil)
            return try decide(.join(entry), wish, [booking.applicant], call, &state) {
                _ throws(QueueRefusal) in
                // Time may have ended it since.
                let booking = try cell.decided.movable(id.number)
                guard wish.date <= id.date, booking.isToCome else { throw .notEarlier(id.number) }
            }
        }
    }

    private func decide(
        _ command: DayCommand, _ wish: WaitingWish, _ person: [Applicant], _ call: WaitingCall,
        _ state: inout RoomState,
        _ check: @escaping (RoomState) throws(QueueRefusal) -> Void
    ) throws(CommandFault) -> (@Sendable () -> Void)? {
        try decide(
            command, wish.date, call.request, call.caller, call.standing, call.now, call.room,
            &state, call.handler
        ) { (state) throws(QueueRefusal) in
            try check(state)
            guard let most = state.office.reception?.waitingList?.perPerson else { return }
            let lists = state.days.values.reduce(0) { sum, cell in
                sum
                    + cell.withDecided { day in
                        let now = day.time(of: call.now)
                        return day.liveSpots.count {
                            person.contains($0.joined.applicant) && $0.joined.to > now
                        }
                    }
            }
            guard lists < most else { throw .waitingListFull(most, isPerson: true) }
        }
    }

    func act(
        _ id: WaitingID, _ action: WaitingAction, _ call: WaitingCall, _ state: inout RoomState
    ) throws(CommandFault) -> (@Sendable () -> Void)? {
        try prove(call.standing, id, call.now, call.room, &state)
        let command: DayCommand
        switch action {
        case .leave: command = .leaveWaitingList(id.number)
        case .answer(.decline): command = .declineOffer(id.number)
        case .answer(.accept):
            let day = try cell(of: id.date, call.room.id, call.now, &state).decided
            if let spot = try? day.spot(id.number), let booking = spot.joined.booking {
                return try accept(
                    id, giving: last(of: booking, state), spot.joined.applicant, call, &state)
            }
            command = .acceptOffer(id.number, giving: nil)
        }
        return try decide(
            command, id.date, call.request, call.caller, call.standing, call.now, call.room, &state,
            call.handler)
    }

    /// The booking that has come of another by moves, as decisions see it.
    private func last(of booking: Held.MovedFrom, _ state: RoomState) -> Held.MovedFrom {
        var booking = booking
        while let cell = state.days[booking.date.dayNumber],
            let next = cell.withDecided({ $0.successor(of: booking.number) })
        {
            booking = next
        }
        return booking
    }

    /// Takes the place that is kept and gives the booking up, in one batch: nobody has both or neither.
    private func accept(
        _ id: WaitingID, giving given: Held.MovedFrom, _ applicant: Applicant,
        _ call: WaitingCall, _ state: inout RoomState
    ) throws(CommandFault) -> (@Sendable () -> Void)? {
        let (room, now) = (call.room, call.now)
        let new = try cell(of: id.date, room.id, now, &state)
        let command = DayCommand.acceptOffer(id.number, giving: given)
        let mark = RequestMark(
            id: call.request, fingerprint: Fingerprint(command).value, caller: call.caller)
        switch new.requests.known(mark) {
        case .new: break
        case .mismatch: throw .requestMismatch
        case .pending:
            new.requests.wait(for: call.request, call.handler)
            return nil
        case .recorded(let revision):
            return repeated(new.stream, room.id, id.date, revision, mark, call.handler)
        }
        let old = try cell(of: given.date, room.id, now, &state)
        if case .new = old.requests.known(mark) {} else { throw .requestMismatch }
        var leaving = Writing(cell: old, now: now)
        leaving.sweep()
        var entering = Writing(cell: new, now: now)
        if old !== new { entering.sweep() }
        do throws(QueueRefusal) {
            let events = try new.decided.decide(command, at: entering.moment)
            _ = try old.decided.movable(given.number)
            guard case .offerAccepted(let accepted)? = events.first else {
                throw .noOffer(id.number)
            }
            let left = DayEvent.moved(given.number, to: id.date, number: accepted.booking)
            let booked = BookingID(office: room.id, date: given.date, number: given.number)
            if let beyond = book(
                events, of: call.standing.person(keys) + [applicant], entering,
                giving: leaving.given.union([booked]))
            {
                throw beyond
            }
            // The claim is kept, as by a move: one booking hands it to the other.
            new.requests.begin(mark, call.handler)
            if old !== new { old.requests.begin(mark, nil) }
            if old === new {
                leaving.add(events + [left], [], mark, isCounted: true)
                send([leaving], room, &state, call.request)
            } else {
                leaving.add([left], [], mark)
                entering.add(events, [], mark, isCounted: true)
                send([leaving, entering], room, &state, call.request)
            }
            return nil
        } catch {
            let fault = CommandFault.refused(error, on: id.date, alternatives: [])
            entering.takeBack()
            var isElsewhere = false
            if case .beyondLimit = error { isElsewhere = true }
            return refuse(
                fault, leaving, room, &state, isOnItsWay: new.inFlight > 0 || isElsewhere,
                call.handler)
        }
    }

    // MARK: Who is on a list no more

    /// Takes those off a day's list who have what they wanted, or nothing any more that could be earlier, as the
    /// bookings of other days tell that are on disk.
    func clearWaitingList(
        of cell: DayCell, _ room: OfficeRoom, _ state: inout RoomState, _ now: Timestamp
    ) {
        let spots = cell.withDecided { $0.hasWaitingList ? $0.liveSpots : [] }
        var gone: [DayEvent] = []
        for spot in spots where isOver(spot, cell, state) {
            gone += cell.withDecided { $0.striking(spot.joined.number, .bookingOver) }
        }
        guard !gone.isEmpty else { return }
        var writing = Writing(cell: cell, now: now)
        writing.add(gone, [], nil)
        send([writing], room, &state, nil)
    }

    private func isOver(_ spot: WaitingSpot, _ cell: DayCell, _ state: RoomState) -> Bool {
        let joined = spot.joined
        guard var booking = joined.booking else {
            let service = cell.withDecided { $0.plan.services[Int(joined.service)].id }
            let claim = Claim(joined.applicant, service)
            // Hardly anybody has one, and bookings are many.
            guard claims.withLock({ $0[claim, default: 0] > 0 }) else { return false }
            return state.days.values.contains { $0.committed.liveClaims.contains(claim) }
        }
        while let other = state.days[booking.date.dayNumber] {
            let day = other.committed
            if let next = day.successor(of: booking.number) {
                booking = next
                continue
            }
            guard booking.number >= 1, booking.number <= day.bookings.count else { return false }
            let last = day.bookings[Int(booking.number) - 1]
            return !last.isToCome
                || (booking.date.dayNumber, last.start) <= (cell.date.dayNumber, joined.from)
        }
        return false
    }

    /// Takes people off all lists, as they are to be forgotten.
    func leaveWaitingLists(_ people: Set<Applicant>, now: Timestamp) {
        for room in allRooms {
            room.state.withLock { state in
                for cell in state.days.values {
                    let gone = cell.withDecided { day in
                        day.liveSpots.filter { people.contains($0.joined.applicant) }
                            .flatMap { day.striking($0.joined.number, .forgotten) }
                    }
                    guard !gone.isEmpty else { continue }
                    var writing = Writing(cell: cell, now: now)
                    writing.add(gone, [], nil)
                    send([writing], room, &state, nil)
                }
            }
        }
    }

    // MARK: Proofs and questions

    /// - Throws: `unproven` unless the caller speaks for whoever is on the list.
    func prove(
        _ standing: Standing, _ id: WaitingID, _ now: Timestamp, _ room: OfficeRoom,
        _ state: inout RoomState
    ) throws(CommandFault) {
        guard !standing.actsByNumber else { return }
        let applicant = try cell(of: id.date, room.id, now, &state)
            .withDecided { try? $0.spot(id.number).joined.applicant }
        try prove(standing, id, applicant, now)
    }

    private func prove(
        _ standing: Standing, _ id: WaitingID, _ applicant: Applicant?, _ now: Timestamp
    ) throws(CommandFault) {
        guard !standing.actsByNumber else { return }
        let isRight = try speaks(standing, for: applicant) { keys.isSecret($0, of: id, now: now) }
        guard isRight else { throw .unproven(.wrongWaiting) }
    }

    func keyed(_ view: WaitingView) -> WaitingView { view.with(keys.secret(of: view.id)) }

    func waitingPlace(
        _ id: WaitingID, _ standing: Standing, _ day: OfficeDay, _ now: Timestamp
    ) throws(CommandFault) -> WaitingView {
        try prove(standing, id, try? day.spot(id.number).joined.applicant, now)
        do throws(QueueRefusal) {
            return keyed(try day.view(waiting: id.number, office: id.office, date: id.date))
        } catch { throw .refused(error, on: id.date, alternatives: []) }
    }
}

extension OfficeDay {
    /// The booking for which another was given up; nil if it was not moved.
    func successor(of number: UInt32) -> Held.MovedFrom? {
        guard number >= 1, number <= bookings.count, bookings[Int(number) - 1].state == .moved
        else { return nil }
        return movedTo(number)
    }
}
